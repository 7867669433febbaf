package eval

import (
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/functions"
)

// relative is a directory as Terraform shows it to the configuration: relative to the root module.
func (r *run) relative(dir string) string {
	if dir == r.root {
		return "."
	}
	if r.root == "." || r.root == "" {
		return dir
	}
	if rest, ok := strings.CutPrefix(dir, r.root+"/"); ok {
		return rest
	}
	up := strings.Repeat("../", strings.Count(r.root, "/")+1)
	return up + dir
}

// open reads a file whose path is relative to the root module. ok is false when the path is not known.
func (s *scope) open(v cty.Value) (content []byte, name string, ok bool, err error) {
	p, err := s.To(v, cty.String)
	if err != nil || calc.IsNull(p) {
		return nil, "", true, errors.New("the path must be a text")
	}
	if !calc.IsText(p) || symbol.Has(p.AsString()) {
		return nil, "", false, nil
	}
	if name = p.AsString(); path.IsAbs(name) {
		return nil, name, true, errors.New("the file lies outside of what may be read")
	}
	name = path.Join(s.root, name)
	content, err = s.loader.ReadFile(name)
	if err == nil && len(content) <= budget.HCLText.Max {
		err = s.ChargeText(len(content))
	}
	if err != nil || len(content) > budget.HCLText.Max {
		err = errors.New("the file " + name + " cannot be read")
	}
	return content, name, true, err
}

// unread is the content of a file that is not here or not known: a build artefact, most often.
func (s *scope) unread(name string, args []cty.Value) (cty.Value, error) {
	return s.Derived(cty.String, name+"("+s.Canonical(args...)+")", args...), nil
}

// file is the content of a file. Of one that cannot be read, nothing is known but that it is a text.
func (s *scope) file(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, functions.ErrArguments
	}
	content, _, ok, err := s.open(args[0])
	if !ok || err != nil || !utf8.Valid(content) {
		return s.unread("file", args)
	}
	return cty.StringVal(symbol.Escape(string(content))), nil
}

// fileExists looks a file up; of one that cannot be read it is not known whether it is there.
func (s *scope) fileExists(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, functions.ErrArguments
	}
	if _, _, ok, err := s.open(args[0]); ok && err == nil {
		return cty.True, nil
	}
	return s.Derived(cty.Bool, "fileexists("+s.Canonical(args...)+")", args...), nil
}

// fileSet is not known: directories are not listed.
func (s *scope) fileSet(args []cty.Value) (cty.Value, error) {
	return s.Derived(cty.Set(cty.String), "fileset("+s.Canonical(args...)+")", args...), nil
}

// templateFile evaluates the template in a file with the variables that are given.
func (s *scope) templateFile(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, functions.ErrArguments
	}
	content, name, ok, err := s.open(args[0])
	if !ok || err != nil || !utf8.Valid(content) {
		return s.unread("templatefile", args)
	}
	return s.render(string(content), name, args)
}

func (s *scope) templateString(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, functions.ErrArguments
	}
	if !calc.IsText(args[0]) || calc.HasToken(args[0]) {
		return s.unread("templatestring", args)
	}
	return s.render(args[0].AsString(), "", args)
}

func (s *scope) render(content, name string, args []cty.Value) (cty.Value, error) {
	names, _ := args[1].Unmark()
	if calc.IsHandle(names) {
		names = calc.AsHandle(names).Object()
	}
	if !names.IsKnown() || names.IsNull() || !calc.IsMapping(names) {
		return s.unread("template", args)
	}
	if over := config.TooLarge([]byte(content)); over != nil {
		return cty.NilVal, s.Overrun(*over)
	}
	x, diags := hclsyntax.ParseTemplate([]byte(content), name, hcl.InitialPos)
	if diags.HasErrors() {
		return cty.NilVal, errors.New("the template " + name + ": " + diags[0].Summary)
	}
	in := newFrame(s.run, emptyModule(), s.dir)
	in.level = s.level + 1
	return in.scope().with(names.AsValueMap()).settled(x)
}
