package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

const (
	// dash is the PATH of standard input.
	dash = "-"
	// unnamed is what standard input is called that nobody gave a name.
	unnamed = "<stdin>"
)

// standardInput reads in when it is one of paths, or when it has a name. It returns the paths with that name instead.
func (o *inputOptions) standardInput(paths []string, in io.Reader) ([]string, *parsers.Buffer, error) {
	name := cmp.Or(o.stdinFilename, unnamed)
	switch at := slices.Index(paths, dash); {
	case at >= 0:
		paths = slices.Clone(paths)
		paths[at] = name
	case o.stdinFilename != "":
		paths = append(slices.Clip(paths), name)
	default:
		return paths, nil, nil
	}
	text, err := parsers.ReadBuffer(in)
	if err != nil {
		return nil, nil, fmt.Errorf("standard input: %w", err)
	}
	return paths, &parsers.Buffer{Name: name, Text: text}, nil
}
