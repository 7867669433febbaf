// Command gen writes the pages about the rules and the schema of the configuration. It runs in the folder docs.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/docs"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// generate builds the program, so that the pages show what it really prints.
func generate() error {
	temp, err := os.MkdirTemp("", "docs")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	program := filepath.Join(temp, "lambda-vpc-lint.exe")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/lambda-vpc-lint").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	pages, err := docs.Pages(all.Packs(), "../testdata/rules", func(files []txtar.File, args ...string) (string, error) {
		dir, err := os.MkdirTemp(temp, "example")
		if err != nil {
			return "", err
		}
		if err := docs.Unpack(dir, files); err != nil {
			return "", err
		}
		c := exec.Command(program, args...)
		c.Dir, c.Stderr = dir, os.Stderr
		out, err := c.Output()
		if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
			err = nil // that is what findings make
		}
		return string(out), err
	})
	if err != nil {
		return err
	}
	return errors.Join(docs.Sync("rules", pages), writeSchema())
}

func writeSchema() error {
	code, err := os.ReadFile("../internal/config/config.go")
	if err != nil {
		return err
	}
	text, err := config.Schema(code, config.Names(all.Packs()))
	if err != nil {
		return err
	}
	return os.WriteFile("config.schema.json", text, 0o644)
}
