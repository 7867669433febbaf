package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/sarif"
)

type writer func(io.Writer, *report.Report, report.Options) error

var formats = map[string]writer{"text": report.Text, "json": report.JSON, "sarif": sarif.Write}

// output is one -f: a format and the file it goes to, or "" for standard output.
type output struct {
	render writer
	file   string
}

// parseOutputs reads the values of -f. Without any the report is text on standard output.
func parseOutputs(specs []string) ([]output, error) {
	if len(specs) == 0 {
		specs = []string{"text"}
	}
	var out []output
	direct := 0
	for _, spec := range specs {
		format, file, toFile := strings.Cut(spec, "=")
		w, ok := formats[format]
		switch {
		case !ok:
			return nil, fmt.Errorf("--format %q: want text, json or sarif%s", format, suggest.For(format, []string{"text", "json", "sarif"}))
		case toFile && file == "":
			return nil, fmt.Errorf("--format %q names no file", spec)
		case !toFile:
			direct++
		}
		out = append(out, output{w, file})
	}
	if direct > 1 {
		return nil, errors.New("more than one --format without a file: only one can go to standard output")
	}
	return out, nil
}

func (o output) write(stdout io.Writer, r *report.Report, opts report.Options) error {
	if o.file == "" {
		opts.Color = colored(stdout)
		return o.render(stdout, r, opts)
	}
	return writeFile(o.file, func(w io.Writer) error { return o.render(w, r, opts) })
}

// writeFile replaces the file at path as a whole or not at all. What is no regular file, such as /dev/null, is written
// to directly.
func writeFile(path string, write func(io.Writer) error) (err error) {
	target, flags := path, os.O_WRONLY
	info, statErr := os.Stat(path)
	direct := statErr == nil && !info.Mode().IsRegular()
	if !direct {
		target = filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
		flags |= os.O_CREATE | os.O_EXCL
	}
	f, err := os.OpenFile(target, flags, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && !direct {
			_ = os.Remove(target)
		}
	}()
	if err := errors.Join(write(f), f.Close()); err != nil || direct {
		return err
	}
	return os.Rename(target, path)
}
