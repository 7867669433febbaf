// Package cloudformation reads CloudFormation templates, SAM included, into the nodes of a network.
//
// A template is parsed once and lowered as often as needed: once for each stack that is made from it.
package cloudformation

import (
	"bytes"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
)

// Template is a parsed template, with its SAM resources expanded. It does not change and may be lowered at the same
// time in several goroutines.
type Template struct {
	// File is that of the template, or the first of those of its fragments.
	File      *source.File
	files     []*source.File
	template  *eval.Template
	root      *tree.Node      // as it is written
	generated map[string]bool // the logical ids that the SAM transform added
	// lacks is what the template names and does not define.
	lacks []eval.Lack
	// directives have logical ids as their addresses.
	directives []source.Directive
	// notices are about the text.
	notices []source.Diagnostic
}

// Parse reads a template. Every diagnostic is an error of the file; the Template is nil when nothing can be made of it.
func Parse(f *source.File) (*Template, []source.Diagnostic) {
	root, notices, diagnostics := tree.ReadTemplate(f)
	if root == nil {
		return nil, diagnostics
	}
	if written := root.Get("Resources"); written != nil && len(written.Fields) > budget.Resources.Max {
		message := "the file is not read: " + budget.Resources.Exceeded()
		d := source.Diagnostic{File: f.Name, Span: written.Span, Message: message, Limit: true}
		return nil, append(diagnostics, d)
	}
	t := &Template{
		File: f, files: []*source.File{f}, root: root, directives: directives(f, root), notices: notices,
	}
	return t, append(diagnostics, t.expand()...)
}

// expand makes a template of what is written. The diagnostics are errors of the files.
func (t *Template) expand() []source.Diagnostic {
	expanded, diagnostics := sam.Transform(t.root)
	expanded = sam.TransformRotation(expanded)
	template, more := eval.Parse(expanded)
	t.template = template
	if expanded != t.root {
		t.generated = added(template.Resources, t.root.Get("Resources"))
	}
	t.lacks = template.Lacks(t.root)
	return append(diagnostics, more...)
}

// Holds says whether a file of the template has the text.
func (t *Template) Holds(text string) bool {
	return slices.ContainsFunc(t.files, func(f *source.File) bool { return bytes.Contains(f.Text, []byte(text)) })
}

// HasNested says whether the template may nest others.
func (t *Template) HasNested() bool {
	return t.Holds(stackType) || t.Holds("AWS::Serverless::Application")
}

// Imports says whether the template may import what other templates export.
func (t *Template) Imports() bool {
	return slices.ContainsFunc(t.files, func(f *source.File) bool { return Imports(f.Text) })
}

// Outside is what is left of the template for those who do not look into it: its texts and parameters.
func (t *Template) Outside() *Template {
	return &Template{File: t.File, files: t.files, template: &eval.Template{Parameters: t.template.Parameters}}
}

// Parameters lists the names that the template declares.
func (t *Template) Parameters() []string {
	names := make([]string, 0, len(t.template.Parameters))
	for _, p := range t.template.Parameters {
		names = append(names, p.Name)
	}
	return names
}

// HasVariants says whether a parameter with a default chooses between variants of the template. They may differ in what
// the functions are attached to, or in the ways out of a VPC.
func (t *Template) HasVariants() bool {
	return slices.ContainsFunc(t.template.Resources, isOfNetwork) && t.template.HasVariants()
}

// isOfNetwork says so of functions in a VPC, and of the routes that others may use in other templates.
func isOfNetwork(r *eval.Resource) bool {
	switch r.Type {
	case "AWS::Lambda::Function":
		return r.Properties.Get("VpcConfig") != nil
	case "AWS::EC2::Route":
		return true
	}
	return false
}

// added lists the logical ids of resources that are not in the section as it is written, which may be missing.
func added(resources []*eval.Resource, written *tree.Node) map[string]bool {
	ids := map[string]bool{}
	for _, r := range resources {
		ids[r.ID] = true
	}
	if written != nil {
		for _, f := range written.Fields {
			delete(ids, f.Key)
		}
	}
	return ids
}

// size is the bytes of its files.
func (t *Template) size() (n int) {
	for _, f := range t.files {
		n += len(f.Text)
	}
	return n
}
