package lint

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// NoConfig is the value of Options.Config that switches the search off. A file of that name is ./none.
const NoConfig = "none"

// ConfigError is the error of a configuration, or of a file of the context, that cannot be used.
type ConfigError struct {
	// What says which of the two it is, Name is that of the file, and Problems say what is wrong with it. Files holds
	// its text.
	What     string
	Name     string
	Files    *source.FileSet
	Problems []source.Diagnostic
}

func (e *ConfigError) Error() string {
	return fmt.Sprintf("the %s %s has errors", e.What, report.Line(e.Name))
}

// settings are the configuration of a run; an empty one where there is none.
type settings struct {
	*config.Config
	// file is the name of the configuration, "" for none. Its paths are relative to its directory.
	file string
	// within bounds what it may name.
	within *boundary.Boundary
	// dir is the working directory.
	dir string
}

// configure reads the configuration of the run and adds it to the files.
func (r *run) configure() (*settings, error) {
	s := &settings{Config: &config.Config{}, dir: r.Dir}
	if err := s.find(r); err != nil || s.file == "" {
		return s, err
	}
	text, err := s.within.Read(s.file)
	if err != nil {
		return nil, fmt.Errorf("the configuration %s: %w", report.Line(s.file), err)
	}
	var problems []source.Diagnostic
	s.Config, problems = config.Load(r.files.Add(s.file, text), config.Names(r.Packs))
	problems = append(problems, s.nowhere()...)
	if len(problems) > 0 {
		return nil, &ConfigError{"configuration", s.file, r.files, problems}
	}
	return s, nil
}

// find names the configuration: the file that the options name, else the one that is nearest to each of the paths.
func (s *settings) find(r *run) error {
	switch r.Config {
	case NoConfig:
		return nil
	case "":
		return s.findNearest(r)
	}
	within, err := boundary.Around(s.dir, filepath.Dir(r.Config), "", r.buffers(nil))
	if err != nil {
		return err
	}
	name, err := within.Upwards(filepath.Dir(r.Config), filepath.Base(r.Config))
	if abs := boundary.Absolute(s.dir, r.Config); err == nil && boundary.Absolute(s.dir, name) != abs {
		err = fs.ErrNotExist
	}
	if err != nil {
		return fmt.Errorf("--config %s: %w", r.Config, err)
	}
	s.file, s.within = name, within
	return nil
}

func (s *settings) findNearest(r *run) error {
	first := ""
	for _, p := range orHere(r.paths) {
		from := p
		if abs := boundary.Absolute(s.dir, p); r.buffers(r.buffer).At(abs, s.dir) != nil {
			from = filepath.Dir(abs) // of a file that may not be there yet
		}
		within, err := boundary.Around(s.dir, from, r.Root, r.buffers(nil))
		if err != nil {
			continue // discovery says what is wrong with the path
		}
		name, err := within.Upwards(from, config.FileName, config.OtherName)
		if err != nil {
			continue
		}
		if first != "" && name != s.file {
			return fmt.Errorf("%s and %s have different configurations, %s and %s: "+
				"lint them one at a time, or choose one with --config",
				first, p, report.Line(orNone(s.file)), report.Line(orNone(name)))
		}
		first, s.file, s.within = p, name, within
	}
	return nil
}

func orNone(name string) string {
	if name == "" {
		return NoConfig
	}
	return name
}

// toConfig turns a path relative to the working directory into one relative to the configuration.
func (s *settings) toConfig(name string) string {
	from := filepath.Dir(boundary.Absolute(s.dir, s.file))
	rel, err := filepath.Rel(from, boundary.Absolute(s.dir, name))
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}

// fromConfig turns a path relative to the configuration into one relative to the working directory.
func (s *settings) fromConfig(name string) string {
	from := filepath.Dir(boundary.Absolute(s.dir, s.file))
	return boundary.Name(s.dir, filepath.Join(from, filepath.FromSlash(name)))
}

// nowhere are the paths of roots that lead to nothing. Globs may.
func (s *settings) nowhere() (out []source.Diagnostic) {
	for _, r := range s.Roots {
		if r.Key.Value.IsLiteral() && !s.within.Has(s.fromConfig(string(r.Key.Value))) {
			message := fmt.Sprintf("there is no %q beside this file", r.Key.Value)
			out = append(out, source.Diagnostic{File: s.file, Span: r.Key.Span, Message: message})
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
		rel := s.toConfig(name)
		return holds(s.Paths.Exclude, rel) || !dir && len(include) > 0 && !holds(include, rel)
	}
}

// together names the outermost directory of fragments that the file lies in, or is empty.
func (s *settings) together(name string) (dir string) {
	if len(s.Paths.Fragments) == 0 {
		return ""
	}
	for rel := path.Dir(s.toConfig(name)); rel != ".." && !strings.HasPrefix(rel, "../"); rel = path.Dir(rel) {
		if slices.ContainsFunc(s.Paths.Fragments, func(g config.PathGlob) bool { return matches(g, rel) }) {
			dir = s.fromConfig(rel)
		}
		if rel == path.Dir(rel) {
			break
		}
	}
	return dir
}

// matches reports whether the glob is the path, which is relative to the configuration, or matches it.
func matches(glob config.PathGlob, rel string) bool {
	return string(glob) == rel || doublestar.MatchUnvalidated(string(glob), rel)
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
