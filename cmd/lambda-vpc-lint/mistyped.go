package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
)

// mistyped is an error if the first path is not there, and may be meant for a command.
func (t *tool) mistyped(paths []string) error {
	if len(paths) == 0 || strings.ContainsAny(paths[0], `/\.`) {
		return nil
	}
	if _, err := os.Lstat(paths[0]); err == nil {
		return nil
	}
	code := 0
	var names []string
	for _, c := range commands(t.command(&code)) {
		names = append(names, c.Name())
	}
	if meant := suggest.For(paths[0], names); meant != "" {
		return fmt.Errorf("%q is no file and no command%s", paths[0], meant)
	}
	return nil
}
