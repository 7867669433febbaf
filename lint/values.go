package lint

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/params"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// values are what the options and the configuration say about each deployment. The options win.
type values struct {
	*settings
	files   *source.FileSet
	options frontend.Values         // without variables
	given   []Variable              // by the options
	read    map[string]*valueFile   // of each file that the configuration names
	sources map[string]*source.File // of variables: one file may give values to several deployments
	errors  []source.Diagnostic
}

// valueFile is a file that was read, once for all deployments.
type valueFile struct {
	text       []byte // nil: it cannot be read
	parameters []params.Given
}

// values reads what the options say.
func (r *run) values() (*values, error) {
	v := &values{
		settings: r.settings, files: r.files, given: r.Variables,
		read: map[string]*valueFile{}, sources: map[string]*source.File{},
	}
	v.options = frontend.Values{
		Parameters: map[string]string{}, Environment: terraformEnvironment(r.Environment), Region: r.Region,
	}
	for _, file := range r.ParameterFiles {
		if err := r.readParameters(file, v.options.Parameters); err != nil {
			return nil, fmt.Errorf("--parameters: %w", err)
		}
	}
	v.given = slices.Clone(v.given)
	for i, x := range v.given {
		if x.File == "" || x.Text != nil {
			continue
		}
		text, err := boundary.ReadNamed(r.Dir, x.File, r.Root, budget.File)
		if err != nil {
			return nil, fmt.Errorf("--var-file: %w", disk.Failed(x.File, err))
		}
		v.given[i].Text = text
	}
	for _, p := range r.Parameters {
		v.options.Parameters[p.Name] = p.Value
	}
	return v, nil
}

// readParameters adds the parameters of a file to values.
func (r *run) readParameters(file string, values map[string]string) error {
	text, err := boundary.ReadNamed(r.Dir, file, r.Root, budget.File)
	if err != nil {
		return disk.Failed(file, err)
	}
	file = filepath.ToSlash(file)
	files := source.NewFileSet()
	given, ds := params.Read(files.Add(file, text), "")
	if len(ds) > 0 {
		at := file
		if loc, ok := files.Location(ds[0].Span); ok {
			at = fmt.Sprintf("%s:%d:%d", file, loc.StartLine, loc.StartColumn)
		}
		return fmt.Errorf("%s: %s", at, report.Line(ds[0].Message))
	}
	for _, p := range given {
		values[p.Name] = p.Value
	}
	return nil
}

// terraformEnvironment picks what Terraform takes for values of variables.
func terraformEnvironment(environ []string) map[string]string {
	out := map[string]string{}
	for _, e := range environ {
		if name, value, ok := strings.Cut(e, "="); ok && strings.HasPrefix(name, "TF_VAR_") {
			out[name] = value
		}
	}
	return out
}

// of are the values of the deployment.
func (v *values) of(root string) frontend.Values {
	out := v.options
	out.Parameters = map[string]string{}
	out.Region = v.Region
	for _, entry := range v.Roots {
		if v.names(entry.Key.Value, root) {
			v.add(&out, entry)
		}
	}
	maps.Copy(out.Parameters, v.options.Parameters)
	for _, x := range v.given {
		out.Variables = append(out.Variables, v.variable(x))
	}
	out.Region = cmp.Or(v.options.Region, out.Region)
	return out
}

// names reports whether the glob of an entry of roots stands for the deployment.
func (s *settings) names(glob config.PathGlob, root string) bool {
	return matches(glob, s.toConfig(root))
}

// add adds what an entry of roots says.
func (v *values) add(out *frontend.Values, entry config.Entry[config.PathGlob, config.Root]) {
	root := entry.Value
	for _, f := range root.ParameterFiles {
		for _, p := range v.file(f, true).parameters {
			out.Parameters[p.Name] = p.Value
		}
	}
	for _, p := range root.Parameters {
		out.Parameters[p.Key.Value] = string(p.Value)
	}
	for _, f := range root.VariableFiles {
		if text := v.file(f, false).text; text != nil {
			out.Variables = append(out.Variables, v.variable(Variable{File: v.fromConfig(f.Value), Text: text}))
		}
	}
	for _, x := range root.Variables {
		out.Variables = append(out.Variables, v.variable(v.written(entry.Key.Value, x)))
	}
	out.Region = cmp.Or(root.Region, out.Region)
	if root.Complete != "" {
		out.Complete = root.Complete == config.Yes
	}
}

// written is the value of a variable in an entry of roots. A list or map is given as a file, in which Terraform's types
// are plain.
func (v *values) written(root config.PathGlob, x config.Entry[string, config.Variable]) Variable {
	if !x.Value.Expression {
		return Variable{Name: x.Key.Value, Value: x.Value.Text}
	}
	return Variable{
		File: fmt.Sprintf("%s (%s of %s)", v.settings.file, x.Key.Value, root),
		Text: fmt.Appendf(nil, "%s = %s\n", x.Key.Value, x.Value.Text),
	}
}

// variable makes the file of x part of the set, once.
func (v *values) variable(x Variable) frontend.Variable {
	if x.File == "" {
		return frontend.Variable{Name: x.Name, Value: x.Value}
	}
	if v.sources[x.File] == nil {
		v.sources[x.File] = v.files.Add(x.File, x.Text)
	}
	return frontend.Variable{File: v.sources[x.File]}
}

// file reads a file that the configuration names, inside the boundary.
func (v *values) file(f config.At[string], parameters bool) *valueFile {
	name := v.fromConfig(f.Value)
	if read := v.read[name]; read != nil {
		return read
	}
	read := &valueFile{}
	v.read[name] = read
	text, err := v.within.Read(name)
	if err != nil {
		v.fail(f.Span, "%s: %s", f.Value, boundary.Reason(err))
		return read
	}
	read.text = text
	if parameters {
		var problems []source.Diagnostic
		read.parameters, problems = params.Read(v.files.Add(name, text), "")
		v.errors = append(v.errors, problems...)
	}
	return read
}

func (v *values) fail(at source.Span, format string, args ...any) {
	d := source.Diagnostic{File: v.settings.file, Span: at, Message: fmt.Sprintf(format, args...)}
	v.errors = append(v.errors, d)
}

// problems are what was wrong with the files that entries of roots name, and the parameters and variables in entries
// that none of their deployments declares. An entry for what was not looked at is not judged.
func (v *values) problems(roots []parsers.Root) []source.Diagnostic {
	for _, entry := range v.Roots {
		isNamed := func(root parsers.Root) bool { return v.names(entry.Key.Value, root.Name) }
		named := slices.DeleteFunc(slices.Clone(roots), func(root parsers.Root) bool { return !isNamed(root) })
		if len(named) == 0 {
			continue
		}
		check := func(flag, what string, key config.At[string]) {
			if names := declared(named, flag); !slices.Contains(names, key.Value) {
				v.fail(key.Span, "%q declares no %s %q%s",
					entry.Key.Value, what, key.Value, suggest.For(key.Value, names))
			}
		}
		for _, p := range entry.Value.Parameters {
			check("parameter", "parameter", p.Key)
		}
		for _, x := range entry.Value.Variables {
			check("var", "variable", x.Key)
		}
	}
	slices.SortStableFunc(v.errors, func(a, b source.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Span.Compare(b.Span))
	})
	return v.errors
}
