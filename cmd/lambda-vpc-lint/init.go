package main

import (
	_ "embed"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
)

// starter is a configuration in which all is a comment.
//
//go:embed init.yaml
var starter []byte

func (t *tool) initCommand() *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "Write a configuration with every setting as a comment", Args: cobra.NoArgs,
		Long: "Writes " + config.FileName +
			" into the working directory. Every setting in it is a comment, so that nothing " +
			`changes
until one is made to count. A file that is there already is left as it is.

Exits with 0 if the file is written, 2 if it is there already or cannot be written.`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(*cobra.Command, []string) error {
			file, err := os.OpenFile(config.FileName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return disk.Failed(config.FileName, err)
			}
			if _, err = file.Write(starter); err == nil {
				err = file.Close()
			}
			if err != nil {
				return disk.Failed(config.FileName, err)
			}
			_, err = fmt.Fprintln(t.out, "wrote "+config.FileName)
			return err
		},
	}
}
