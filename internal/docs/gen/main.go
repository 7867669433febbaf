// Command gen writes the pages about the rules and the schema of the configuration. It runs in the folder docs.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/docs"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

func main() {
	if err := errors.Join(writePages(), writeSchema()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// folder is where the pages are, from docs.
const folder = "rules"

// writePages makes the pages of the folder those of the rules, and removes others.
func writePages() error {
	pages, err := docs.Pages(all.Packs())
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
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
