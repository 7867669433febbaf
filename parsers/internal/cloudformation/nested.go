package cloudformation

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

const (
	stackType = "AWS::CloudFormation::Stack"
	// assetTag is the entry of Metadata with which AWS CDK names the file that it uploads for a resource.
	assetTag = "aws:asset:path"
)

// nesting evaluates the nested stacks of one template, each as soon as something asks for it: the parameters of one
// may be outputs of another.
type nesting struct {
	deployment *Deployment
	bind       Bindings
	evaluator  *eval.Evaluator
	// done has the stacks by address. Nil: the template is not found, or the stack is asked for by its own parameters.
	done map[string]*Stack
}

// output is an output of the nested stack at the address, if its template is found and has it.
func (n *nesting) output(address, name string) (eval.Value, bool) {
	s := n.stack(address)
	if s == nil {
		return eval.Value{}, false
	}
	v, ok := s.Outputs[name]
	return v, ok
}

// stack is the nested stack at the address, or nil when it is not part of the deployment.
func (n *nesting) stack(address string) *Stack {
	if s, ok := n.done[address]; ok || n.evaluator == nil || n.bind.Open == nil {
		return s
	}
	n.done[address] = nil
	for _, r := range n.evaluator.Template().Resources {
		if r.Type == stackType && n.evaluator.Address(r.ID) == address {
			n.done[address] = n.evaluate(r)
		}
	}
	return n.done[address]
}

func (n *nesting) evaluate(from *eval.Resource) *Stack {
	d, e := n.deployment, n.evaluator
	r := evaluated(e, from, n.bind.When)
	parameters := r.Get("Parameters")
	if parameters.Kind != eval.Map && parameters.Kind != eval.Absent {
		return nil // a default would take the place of what is given
	}
	at := NestedStack{Asset: from.Metadata.Get(assetTag).Literal(), Parameters: map[string]eval.Value{}}
	for _, f := range parameters.Fields {
		at.Parameters[f.Name] = f.Value
	}
	if url := r.Get("TemplateURL"); url.Kind == eval.Text {
		at.URL = url.Text
	}
	t, files := n.bind.Open(at)
	if t == nil || !d.grow(t, r.Span, true) {
		return nil
	}
	return d.Evaluate(t, Bindings{
		Bindings: eval.Bindings{
			Scope: r.Address, Parameters: at.Parameters,
			Work: e.Work, Region: n.bind.Region, AccountID: n.bind.AccountID, Partition: n.bind.Partition,
		},
		Files: files, When: r.When, Name: n.bind.Name, Others: n.bind.Others,
	})
}

// NestedStack is an AWS::CloudFormation::Stack whose template is looked for.
type NestedStack struct {
	// URL is the TemplateURL: a path or, once packaged, a URL. It may hold symbols, and is empty where it is no text.
	URL string
	// Asset is the file that AWS CDK uploads as the template, or empty.
	Asset string
	// Parameters are what the stack is given, by name.
	Parameters map[string]eval.Value
}

// Path is the place of the template relative to the one that nests it, if that is certain: a file that is packaged when
// the deployment begins. Otherwise it is empty.
// https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
func (s NestedStack) Path() string {
	switch {
	case s.Asset != "":
		return slashed(s.Asset)
	case symbol.Has(s.URL) || strings.Contains(s.URL, "://"):
		return ""
	}
	return slashed(s.URL)
}

// Tail is the known end of the path in a URL, or empty. People upload the folders that their templates are in as they
// are, to a bucket and a prefix that the files may leave open.
func (s NestedStack) Tail() string {
	if s.Path() != "" {
		return ""
	}
	_, rest, isURL := strings.Cut(s.URL, "://")
	if !isURL {
		rest = s.URL
	}
	rest, _, _ = strings.Cut(rest[symbol.End(rest):], "?")
	return strings.Trim(rest, "/")
}

// Fits reports whether CloudFormation would make the stack from the template: it refuses parameters that are given but
// not declared, and those that are declared without a default and not given.
func (s NestedStack) Fits(t *Template) bool {
	declared := map[string]bool{}
	for _, p := range t.template.Parameters {
		declared[p.Name] = true
		if v, given := s.Parameters[p.Name]; p.Default == nil && (!given || v.Kind == eval.Absent) {
			return false
		}
	}
	for name := range s.Parameters {
		if !declared[name] {
			return false
		}
	}
	return true
}

// Nested lists the paths of the templates that this one certainly nests, relative to it.
func (t *Template) Nested() (paths []string) {
	for _, r := range t.template.Resources {
		if r.Type != stackType {
			continue
		}
		url := symbol.Escape(r.Properties.Get("TemplateURL").Literal())
		at := NestedStack{URL: url, Asset: r.Metadata.Get(assetTag).Literal()}
		if p := at.Path(); p != "" {
			paths = append(paths, p)
		}
	}
	return paths
}

func slashed(file string) string { return strings.ReplaceAll(file, "\\", "/") }
