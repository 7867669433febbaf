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
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
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
	p, err := s.to(v, cty.String)
	if err != nil || isNull(p) {
		return nil, "", true, errors.New("the path must be a text")
	}
	if !isText(p) || symbol.Has(p.AsString()) {
		return nil, "", false, nil
	}
	if name = p.AsString(); path.IsAbs(name) {
		return nil, name, true, errors.New("the file lies outside of what may be read")
	}
	name = path.Join(s.root, name)
	content, err = s.loader.ReadFile(name)
	if err == nil && len(content) <= budget.HCLText.Max {
		err = s.chargeText(len(content))
	}
	if err != nil || len(content) > budget.HCLText.Max {
		err = errors.New("the file " + name + " cannot be read")
	}
	return content, name, true, err
}

// unread is the content of a file that is not here or not known: a build artefact, most often.
func (s *scope) unread(name string, args []cty.Value) (cty.Value, error) {
	return s.derived(cty.String, name+"("+s.canonical(args...)+")", args...), nil
}

// file is the content of a file. Of one that cannot be read, nothing is known but that it is a text.
func (s *scope) file(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
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
		return cty.NilVal, errArguments
	}
	if _, _, ok, err := s.open(args[0]); ok && err == nil {
		return cty.True, nil
	}
	return s.derived(cty.Bool, "fileexists("+s.canonical(args...)+")", args...), nil
}

// fileSet is not known: directories are not listed.
func (s *scope) fileSet(args []cty.Value) (cty.Value, error) {
	return s.derived(cty.Set(cty.String), "fileset("+s.canonical(args...)+")", args...), nil
}

// templateFile evaluates the template in a file with the variables that are given.
func (s *scope) templateFile(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errArguments
	}
	content, name, ok, err := s.open(args[0])
	if !ok || err != nil || !utf8.Valid(content) {
		return s.unread("templatefile", args)
	}
	return s.render(string(content), name, args)
}

func (s *scope) templateString(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errArguments
	}
	if !isText(args[0]) || hasToken(args[0]) {
		return s.unread("templatestring", args)
	}
	return s.render(args[0].AsString(), "", args)
}

func (s *scope) render(content, name string, args []cty.Value) (cty.Value, error) {
	names, _ := args[1].Unmark()
	if isHandle(names) {
		names = asHandle(names).object()
	}
	if !names.IsKnown() || names.IsNull() || !isMapping(names) {
		return s.unread("template", args)
	}
	if over := config.TooLarge([]byte(content)); over != nil {
		return cty.NilVal, s.overrun(*over)
	}
	x, diags := hclsyntax.ParseTemplate([]byte(content), name, hcl.InitialPos)
	if diags.HasErrors() {
		return cty.NilVal, errors.New("the template " + name + ": " + diags[0].Summary)
	}
	in := newFrame(s.run, emptyModule(), s.dir)
	in.level = s.level + 1
	return in.scope().with(names.AsValueMap()).settled(x)
}
