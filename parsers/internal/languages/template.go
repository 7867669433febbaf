package languages

import (
	"cmp"
	"errors"
	"maps"
	"path"
	"path/filepath"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
)

// template is a CloudFormation template as a unit that can be deployed.
type template struct {
	*cloudformation.Template
	calls  []string
	within *boundary.Boundary
	others *others
}

// join makes templates of fragments that belong together: all of them, if that is stated.
func join(units []frontend.Parsed, stated bool) (out []frontend.Joined) {
	templates := make([]*cloudformation.Template, len(units))
	for i, u := range units {
		templates[i] = u.(*template).Template
	}
	find := cloudformation.Merge
	if stated {
		find = cloudformation.MergeAll
	}
	merged, of := find(templates)
	for i, t := range merged {
		first := units[of[i][0]].(*template)
		out = append(out, frontend.Joined{Parsed: newTemplate(t, first.within, first.others), Of: of[i]})
	}
	return out
}

// newTemplate looks in within for the templates that t nests: what is not there, or is none, is made before it is
// deployed. One that is there and cannot be read is called too, so that somebody says so.
func newTemplate(t *cloudformation.Template, within *boundary.Boundary, of *others) *template {
	out := &template{Template: t, within: within, others: of}
	for _, p := range t.Nested() {
		name := path.Join(path.Dir(t.File.Name), p)
		text, err := within.Read(name)
		if err == nil && cloudformation.IsTemplate(text) || err != nil && within.Has(name) {
			out.calls = append(out.calls, name)
		}
	}
	return out
}

func (t *template) Calls() []string { return t.calls }

// IsLibrary says so of templates that are deployed by themselves in more than one variant: the default is that of
// whoever needs no VPC, as a rule, and others choose theirs by parameters.
func (t *template) IsLibrary(called bool) bool { return !called && t.HasVariants() }

// Nests says so of a template with nested stacks, which may be named by a URL.
func (t *template) Nests() bool { return t.HasNested() }

// ReadsFiles says so of a template that includes files.
func (t *template) ReadsFiles() bool { return t.Holds("AWS::Include") }

// Network is the template with those that it nests, and the files that they include.
func (t *template) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	b := d.Builder(d.Root, "cloudformation")
	roots := t.others.meet(d)
	bind := t.others.bindings(d, b, t.File.Name)
	bind.Given, bind.Variants = d.Parameters, d.Library
	bind.Stored = (&taking{Deployment: d, builder: b, roots: roots}).stored
	if d.Account != nil {
		bind.Known = d.Account.Parameter
	}
	stack := t.Lower(b, bind)
	return b.Link(), stack.Diagnostics
}

// LetGo implements frontend.Bulky.
func (t *template) LetGo() {
	if t.others.areApart(t.within) && !t.IsLibrary(false) {
		t.Template = t.Outside()
	}
}

// bindings are what any stack in the network of the deployment is made with. Name is that of its template.
func (o *others) bindings(d frontend.Deployment, b *graph.Builder, name string) cloudformation.Bindings {
	bind := cloudformation.Bindings{
		Bindings: eval.Bindings{Region: d.Region, Work: &eval.Work{Until: d.Until}},
		Files:    filesOf(d, b.Network(), name),
		Name:     d.Root,
		Others:   cloudformation.Others{Exporters: o.exports.in(d)},
	}
	if d.Account != nil {
		bind.Exported = func(name fact.Text) (string, bool) {
			literal, _ := name.Literal()
			if stored, ok := strings.CutPrefix(literal, eval.Store); ok {
				return d.Account.Stored(stored, d.Region)
			}
			return d.Account.Export(name, d.Region)
		}
	}
	return bind
}

// filesOf finds what the template of that name names.
func filesOf(d frontend.Deployment, n *graph.Network, name string) cloudformation.Files {
	return cloudformation.Files{
		Include: func(file string) (*tree.Node, error) {
			return include(d, n, path.Join(path.Dir(name), filepath.ToSlash(file)))
		},
		Open: func(s cloudformation.NestedStack) (*cloudformation.Template, cloudformation.Files) {
			nested := nestedName(d, s, name)
			if nested == "" {
				return nil, cloudformation.Files{}
			}
			return d.Open(nested).(*template).Template, filesOf(d, n, nested)
		},
		Of: func(other string) cloudformation.Files { return filesOf(d, n, other) },
	}
}

// nestedName is the name of the nested stack's template among those of the run, or empty. A URL leads to the asset of
// that name, or else to the file with the longest common end in its path, in the folder of the template that names it
// or in one above, that fits the stack.
func nestedName(d frontend.Deployment, s cloudformation.NestedStack, from string) string {
	dir := path.Dir(from)
	if p := cmp.Or(s.Path(), assets(d, dir)[path.Base(s.Tail())]); p != "" {
		name := path.Join(dir, p)
		if _, ok := d.Look(name).(*template); ok {
			return name
		}
		return ""
	}
	for tail, more := s.Tail(), true; more && tail != ""; _, tail, more = strings.Cut(tail, "/") {
		for at, up := dir, 0; up < mostFolders; at, up = path.Join(at, ".."), up+1 {
			name := path.Join(at, tail)
			if t, ok := d.Look(name).(*template); ok && s.Fits(t.Template) {
				return name
			}
		}
	}
	return ""
}

// assets are the files of the manifests in the directory, which are relative to it.
func assets(d frontend.Deployment, dir string) map[string]string {
	all := map[string]string{}
	names, _ := d.Within.List(dir) // where nothing can be read there are none
	for _, name := range names {
		if strings.HasSuffix(name, ".assets.json") {
			manifest, _ := d.Within.Read(path.Join(dir, name))
			maps.Copy(all, cloudformation.Assets(manifest))
		}
	}
	return all
}

// mostFolders is how far up templates are looked for.
const mostFolders = 6

// include reads the local file that an AWS::Include names, for the network.
// https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
func include(d frontend.Deployment, n *graph.Network, name string) (*tree.Node, error) {
	f, err := d.File(name)
	if errors.Is(err, boundary.ErrTooLarge) {
		return nil, &eval.BrokenInclude{Problems: []source.Diagnostic{{File: name, Message: err.Error(), Limit: true}}}
	}
	if err != nil {
		return nil, err
	}
	node, _, ds := tree.ReadTemplate(f)
	if node == nil || len(ds) > 0 {
		return nil, &eval.BrokenInclude{Problems: ds}
	}
	n.Directives = append(n.Directives, cloudformation.IncludedDirectives(f, node)...)
	return node, nil
}
