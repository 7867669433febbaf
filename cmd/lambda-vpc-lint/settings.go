package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// noConfiguration is the value of --config that switches the search off. A file of that name is ./none.
const noConfiguration = "none"

// settings are the configuration of a run; an empty one where there is none.
type settings struct {
	*config.Config
	// file is the name of the configuration, "" for none. Its paths are relative to its directory.
	file string
	// within bounds what it may name.
	within *parsers.Boundary
	// dir is the working directory.
	dir string
}

// configure reads the configuration of the run and adds it to files. What is wrong with it is printed with its place.
func (t *tool) configure(files *source.FileSet, o *inputOptions, paths []string, buffer *parsers.Buffer) (*settings, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	s := &settings{Config: &config.Config{}, dir: dir}
	if err := s.find(o, paths, buffer); err != nil || s.file == "" {
		return s, err
	}
	text, err := s.within.Read(s.file)
	if err != nil {
		return nil, fmt.Errorf("the configuration %s: %w", report.Line(s.file), err)
	}
	var problems []source.Diagnostic
	s.Config, problems = config.Load(files.Add(s.file, text), config.Names(t.packs))
	problems = append(problems, s.nowhere()...)
	if len(problems) > 0 {
		report.Diagnostics(t.err, files, "error", problems, colored(t.err))
		return nil, fmt.Errorf("the configuration %s has errors", report.Line(s.file))
	}
	return s, nil
}

// find names the configuration: the file of --config, else the one that is nearest to each of the paths.
func (s *settings) find(o *inputOptions, paths []string, buffer *parsers.Buffer) error {
	opts := parsers.Options{Dir: s.dir, Root: o.root}
	if o.config == noConfiguration {
		return nil
	}
	if o.config != "" {
		name, within, err := parsers.Upwards(filepath.Dir(o.config), filepath.Base(o.config), parsers.Options{Dir: s.dir})
		if abs := s.absolute(o.config); err == nil && s.absolute(name) != filepath.Clean(abs) {
			err = fs.ErrNotExist
		}
		if err != nil {
			return fmt.Errorf("--config %s: %w", o.config, err)
		}
		s.file, s.within = name, within
		return nil
	}
	first := ""
	for _, p := range orHere(paths) {
		from := p
		if buffer != nil && p == buffer.Name {
			from = filepath.Dir(p) // of a file that may not be there yet
		}
		name, within, err := parsers.Upwards(from, config.FileName, opts)
		if err != nil {
			continue // discovery says what is wrong with the path
		}
		if first != "" && name != s.file {
			return fmt.Errorf("%s and %s have different configurations, %s and %s: lint them one at a time, or choose one with --config",
				first, p, report.Line(orNone(s.file)), report.Line(orNone(name)))
		}
		first, s.file, s.within = p, name, within
	}
	return nil
}

func orHere(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}

func orNone(name string) string {
	if name == "" {
		return noConfiguration
	}
	return name
}

func (s *settings) absolute(name string) string {
	if name = filepath.FromSlash(name); filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(s.dir, name)
}

// relative turns a path relative to the working directory into one relative to the configuration.
func (s *settings) relative(name string) string {
	rel, err := filepath.Rel(filepath.Dir(s.absolute(s.file)), s.absolute(name))
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}

// beside turns a path relative to the configuration into one relative to the working directory.
func (s *settings) beside(name string) string {
	abs := filepath.Join(filepath.Dir(s.absolute(s.file)), filepath.FromSlash(name))
	if rel, err := filepath.Rel(s.dir, abs); err == nil {
		abs = rel
	}
	return filepath.ToSlash(abs)
}

// nowhere are the paths of roots that lead to nothing. Globs may.
func (s *settings) nowhere() (out []source.Diagnostic) {
	for _, r := range s.Roots {
		if r.Key.Value.IsLiteral() && !s.within.Has(s.beside(string(r.Key.Value))) {
			out = append(out, source.Diagnostic{File: s.file, Span: r.Key.Span, Message: fmt.Sprintf("there is no %q beside this file", r.Key.Value)})
		}
	}
	return out
}

// skips tells what is left out of a directory: what the configuration excludes and, without a path on the command line,
// what it does not include.
func (s *settings) skips(paths []string) func(name string, dir bool) bool {
	if s.file == "" {
		return nil
	}
	include := s.Paths.Include
	if len(paths) > 0 {
		include = nil
	}
	return func(name string, dir bool) bool {
		rel := s.relative(name)
		return holds(s.Paths.Exclude, rel) || !dir && len(include) > 0 && !holds(include, rel)
	}
}

// holds reports whether one of the globs matches the path or a directory that it lies in.
func holds(globs []config.PathGlob, name string) bool {
	for {
		for _, g := range globs {
			if doublestar.MatchUnvalidated(string(g), name) {
				return true
			}
		}
		up := filepath.ToSlash(filepath.Dir(name))
		if up == name {
			return false
		}
		name = up
	}
}

// reason is the error without the path, which the message names already.
func reason(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}
