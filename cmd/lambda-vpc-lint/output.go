package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/picture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/sarif"
)

// format is a way to write the report.
type format struct {
	name   string
	about  string // whom it is for
	render func(io.Writer, *report.Report, report.Options) error
}

// formats are all there are: help, messages, completion and the manual follow this list.
var formats = []format{
	{"text", "people, with the path of the packet", report.Text},
	{"concise", "hooks, problem matchers and long reports; a line for each finding",
		textWith(func(o *report.Options) { o.Concise = true })},
	{"statistics", "counts of findings and functions, by rule",
		textWith(func(o *report.Options) { o.Statistics = true })},
	{"json", "scripts; a stable schema with all that is known", report.JSON},
	{"sarif", "editors and viewers; SARIF 2.1.0 with suppressed findings", sarif.Write},
	{"code-scanning", "GitHub's code scanning; SARIF of the findings that stand", sarif.CodeScanning},
	{"github", "annotations of GitHub Actions", report.GitHub},
	{"github-summary", "the summary of a job of GitHub Actions; a table, and pictures of broken paths", summary},
	{"junit", "dashboards of tests, such as those of Jenkins and GitLab", report.JUnit},
	{"gitlab", "the Code Quality widget of GitLab", report.GitLab},
	{"checkstyle", "tools of code review that read Checkstyle's XML", report.Checkstyle},
}

// textWith is text with an option.
func textWith(choose func(*report.Options)) func(io.Writer, *report.Report, report.Options) error {
	return func(w io.Writer, r *report.Report, o report.Options) error {
		choose(&o)
		return report.Text(w, r, o)
	}
}

// summary links to the files of the commit that the job runs for.
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables
func summary(w io.Writer, r *report.Report, _ report.Options) error {
	server, repository := os.Getenv("GITHUB_SERVER_URL"), os.Getenv("GITHUB_REPOSITORY")
	commit := os.Getenv("GITHUB_SHA")
	base := ""
	if server != "" && repository != "" && commit != "" {
		base = strings.Join([]string{server, repository, "blob", commit}, "/")
	}
	return picture.Summary(w, r, base)
}

func formatNames() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// output is one -f: a format and the file it goes to, or "" for standard output.
type output struct {
	format
	file string
}

// parseOutputs reads the values of -f. Without any the report is text on standard output.
func parseOutputs(specs []string) ([]output, error) {
	if len(specs) == 0 {
		specs = []string{"text"}
	}
	var out []output
	written := map[string]bool{}
	for _, spec := range specs {
		name, file, toFile := strings.Cut(spec, "=")
		i := slices.Index(formatNames(), name)
		if toFile {
			file = filepath.Clean(file)
		}
		switch {
		case i < 0:
			names := formatNames()
			return nil, fmt.Errorf("--format %q: want %s%s", name, words.Or(names), suggest.For(name, names))
		case spec == name+"=":
			return nil, fmt.Errorf("--format %q names no file", spec)
		case written[file] && !toFile:
			return nil, errors.New("more than one --format without a file: only one can go to standard output")
		case written[file] && file != os.DevNull:
			return nil, fmt.Errorf("more than one --format goes to %s", filepath.ToSlash(file))
		}
		written[file] = true
		out = append(out, output{formats[i], file})
	}
	return out, nil
}

func (t *tool) render(o output, r *report.Report, opts report.Options) error {
	if o.file == "" {
		opts.Color, opts.Links = t.colored(t.out), t.linked(t.out)
		return o.render(t.out, r, opts)
	}
	if err := disk.Replace(o.file, func(w io.Writer) error { return o.render(w, r, opts) }); err != nil {
		return fmt.Errorf("--format %s: %w", o.name, disk.Failed(o.file, err))
	}
	return nil
}
