package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/params"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

// givens are what flags and the configuration say about each deployment. Flags win.
type givens struct {
	*settings
	files  *source.FileSet
	flags  parsers.Values
	read   map[string]*giving // of each file that the configuration names
	errors []source.Diagnostic
}

// giving is a file of values that was read, once for all deployments.
type giving struct {
	text       []byte
	parameters []params.Given
}

// of are the values of the deployment.
func (g *givens) of(root string) parsers.Values {
	v := g.flags
	v.Parameters = map[string]string{}
	v.Variables = nil
	v.Region = g.Region
	for _, r := range g.Roots {
		if g.names(r.Key.Value, root) {
			g.add(&v, r)
		}
	}
	maps.Copy(v.Parameters, g.flags.Parameters)
	v.Variables = append(v.Variables, g.flags.Variables...)
	if g.flags.Region != "" {
		v.Region = g.flags.Region
	}
	return v
}

// names reports whether the glob of an entry of roots stands for the deployment.
func (s *settings) names(glob config.PathGlob, root string) bool {
	rel := s.relative(root)
	return string(glob) == rel || doublestar.MatchUnvalidated(string(glob), rel)
}

func (g *givens) add(v *parsers.Values, r config.Entry[config.PathGlob, config.Root]) {
	for _, f := range r.Value.ParameterFiles {
		for _, p := range g.file(f, true).parameters {
			v.Parameters[p.Name] = p.Value
		}
	}
	for _, p := range r.Value.Parameters {
		v.Parameters[p.Key.Value] = string(p.Value)
	}
	for _, f := range r.Value.VariableFiles {
		if read := g.file(f, false); read.text != nil {
			v.Variables = append(v.Variables, parsers.Variable{File: g.beside(f.Value), Text: read.text})
		}
	}
	for _, x := range r.Value.Variables {
		v.Variables = append(v.Variables, g.variable(r.Key.Value, x))
	}
	if r.Value.Region != "" {
		v.Region = r.Value.Region
	}
}

// variable is the value of one variable. A list or map is given as a file, in which Terraform's types are plain.
func (g *givens) variable(root config.PathGlob, x config.Entry[string, config.Variable]) parsers.Variable {
	if !x.Value.Expression {
		return parsers.Variable{Name: x.Key.Value, Value: x.Value.Text}
	}
	return parsers.Variable{
		File: fmt.Sprintf("%s (%s of %s)", g.settings.file, x.Key.Value, root),
		Text: fmt.Appendf(nil, "%s = %s\n", x.Key.Value, x.Value.Text),
	}
}

// file reads a file that the configuration names, inside the boundary.
func (g *givens) file(f config.At[string], parameters bool) *giving {
	name := g.beside(f.Value)
	if read := g.read[name]; read != nil {
		return read
	}
	read := &giving{}
	g.read[name] = read
	text, err := g.within.Read(name)
	if err != nil {
		g.fail(f.Span, "%s: %s", f.Value, reason(err))
		return read
	}
	read.text = text
	if parameters {
		var problems []source.Diagnostic
		read.parameters, problems = params.Read(g.files.Add(name, text), "")
		g.errors = append(g.errors, problems...)
	}
	return read
}

func (g *givens) fail(at source.Span, format string, args ...any) {
	g.errors = append(g.errors, source.Diagnostic{File: g.settings.file, Span: at, Message: fmt.Sprintf(format, args...)})
}

// problems are what was wrong with the files that entries of roots name, and the parameters and variables in entries that
// none of their deployments declares. An entry for what was not looked at is not judged.
func (g *givens) problems(roots []parsers.Root) []source.Diagnostic {
	for _, r := range g.Roots {
		declared := map[string][]string{}
		found := false
		for _, root := range roots {
			if g.names(r.Key.Value, root.Name) {
				found = true
				declared[root.Flag] = append(declared[root.Flag], root.Parameters...)
			}
		}
		if !found {
			continue
		}
		check := func(flag, what string, key config.At[string]) {
			if names := declared[flag]; !slices.Contains(names, key.Value) {
				slices.Sort(names)
				g.fail(key.Span, "%q declares no %s %q%s", r.Key.Value, what, key.Value, suggest.For(key.Value, names))
			}
		}
		for _, p := range r.Value.Parameters {
			check("parameter", "parameter", p.Key)
		}
		for _, x := range r.Value.Variables {
			check("var", "variable", x.Key)
		}
	}
	slices.SortStableFunc(g.errors, func(a, b source.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Span.Compare(b.Span))
	})
	return g.errors
}
