package main

import (
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/lsp"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

// serverGCPercent is for a program that stays: a short run saves time with memory, which others need here.
const serverGCPercent = 100

// lspCommand is the server for editors.
func (t *tool) lspCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "lsp", Short: "Lint in the editor, as a server of the Language Server Protocol", Args: cobra.NoArgs,
		Long: `Speaks the Language Server Protocol over standard input and output. An editor starts it:
see docs/editors.md.

It says what the command says of the same files, with what is not saved yet in the place of what is on disk.`,
		Example: "  lambda-vpc-lint lsp",
		RunE: func(c *cobra.Command, _ []string) error {
			debug.SetGCPercent(serverGCPercent)
			base := lint.Options{Environment: os.Environ(), Version: t.build.version, Packs: t.packs}
			return lsp.Serve(t.context(), c.InOrStdin(), t.out, lsp.Options{Base: base})
		},
	}
	c.Flags().Bool("stdio", true, "speak over standard input and output, the only way there is")
	return c
}
