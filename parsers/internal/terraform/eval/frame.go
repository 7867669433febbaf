package eval

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/models"
)

// frame is one instance of a module.
type frame struct {
	*run
	module *config.Module
	dir    string
	// address is that of the module instance, such as module.net["a"]; manifest is the path of its calls for
	// modules.json, such as "net".
	address, manifest string
	// caller is the scope of the call, nil for the root; call is the block.
	caller *scope
	call   *config.Block
	when   fact.Cond
	level  int // modules above
	// summary says that the instance stands for an unknown number of them.
	summary bool
	// copied says that the module was downloaded, itself or with the one that calls it. A model counts as downloaded.
	copied bool
	// model is what stands in for the module, nil where the module itself is here; called is what the call says of it.
	model  *models.Model
	called *models.Called
	// fetch says where the modules are downloaded that this one calls; nil: for the root module.
	fetch *fact.Lookup
	// strangers are the arguments of the call that the model does not know.
	strangers []string

	memo    memos
	sets    map[string]*set
	calls   map[string]*calls
	implied map[string][]string
	// attachers are the variables and locals that attach functions to a VPC; nil: not looked for yet.
	attachers map[string]bool
}

func newFrame(r *run, module *config.Module, dir string) *frame {
	return &frame{
		run: r, module: module, dir: dir, memo: memos{}, sets: map[string]*set{}, calls: map[string]*calls{},
		implied: map[string][]string{},
	}
}

func (f *frame) scope() *scope { return &scope{frame: f, Setting: calc.Setting{Run: f.Run}} }

// prefix goes before the addresses of what is in the module instance.
func (f *frame) prefix() string {
	switch {
	case f.address != "":
		return f.address + "."
	case f.run.scope != "":
		return f.run.scope + ":"
	}
	return ""
}

// memos are values that are evaluated once, by their names.
type memos map[string]*memo

type memo struct {
	active, done bool
	value        cty.Value
	err          error
}

// cycleError is a definition that needs itself.
type cycleError struct {
	name string
	span source.Span
}

func (e *cycleError) Error() string { return e.name + " refers to itself" }

// once evaluates the thing called name once. One that needs itself is the error that cycle gives.
func (ms memos) once(name string, cycle func() *cycleError, eval func() (cty.Value, error)) (cty.Value, error) {
	m := ms[name]
	if m == nil {
		m = &memo{}
		ms[name] = m
	}
	switch {
	case m.done:
		return m.value, m.err
	case m.active:
		return cty.NilVal, cycle()
	}
	m.active = true
	m.value, m.err = calc.Safely(eval)
	m.active, m.done = false, true
	return m.value, m.err
}

// once evaluates something of the module instance once.
func (f *frame) once(name string, at hcl.Range, eval func() (cty.Value, error)) (cty.Value, error) {
	return f.memo.once(name, func() *cycleError { return &cycleError{f.prefix() + name, f.where(at)} }, eval)
}

func (f *frame) failAt(at hcl.Range, format string, args ...any) error {
	return &problem{fmt.Sprintf(format, args...), nil, at, f}
}

// place is a text for the place of a range, stable between runs.
func (f *frame) place(at hcl.Range) string {
	return fmt.Sprintf("%s%s:%d:%d", f.prefix(), path.Base(at.Filename), at.Start.Line, at.Start.Column)
}

// orUnknown evaluates something. When that fails, the failure is said and the value is unknown, with key as identity.
func (s *scope) orUnknown(x hclsyntax.Expression, key string) cty.Value {
	v, err := s.settled(x)
	if err != nil {
		s.report(err, s.frame, x.Range())
		return s.orFailed(x, err, key)
	}
	return v
}

// orFailed is the value of an argument that fails.
func (s *scope) orFailed(x hclsyntax.Expression, err error, key string) cty.Value {
	if v, ok := s.dangling(x, err); ok {
		return v
	}
	s.failed = true
	return s.failedValue(key, x.Range())
}

func (f *frame) failedValue(key string, at hcl.Range) cty.Value {
	m := fact.Missing{Kind: fact.Intrinsic, Name: key, Span: f.where(at)}
	return cty.DynamicVal.Mark(calc.Source{Missing: m, Key: key})
}

func (f *frame) localValue(name string, at hcl.Range) (cty.Value, error) {
	a := f.module.Locals[name]
	if a == nil {
		key, m := f.undeclared("local."+name, fact.Intrinsic, at)
		return f.Provided(symbol.Symbol{Key: key, Missing: m}, name), nil
	}
	return f.once("local."+name, a.NameRange, func() (cty.Value, error) { return f.scope().settled(a.Expr) })
}

func (f *frame) path(name string) (cty.Value, error) {
	switch name {
	case "module":
		return cty.StringVal(symbol.Escape(f.relative(f.dir))), nil
	case "root":
		return cty.StringVal("."), nil
	case "cwd":
		return f.Token(symbol.Symbol{Key: "path.cwd", Missing: fact.Missing{Kind: fact.Pseudo, Name: "path.cwd"}}), nil
	}
	return cty.NilVal, fmt.Errorf("there is no path.%s", name)
}

func (f *frame) workspace(name string) cty.Value {
	if name == "workspace" && f.in.Workspace != "" {
		return cty.StringVal(f.in.Workspace)
	}
	key := "terraform." + name
	return f.Token(symbol.Symbol{Key: key, Missing: fact.Missing{Kind: fact.Pseudo, Name: key}})
}

// output evaluates one output of the module instance. One that a model does not know is defined elsewhere.
func (f *frame) output(name string) (cty.Value, error) {
	b := f.module.Outputs[name]
	if f.model != nil && (b == nil || f.isOpen(name)) {
		_, index, _ := strings.Cut(f.address, f.caller.frame.prefix()+"module."+f.call.Name)
		return f.caller.frame.absent(f.call, index).Attr(name)
	}
	if b == nil || b.Attr("value") == nil {
		return cty.NilVal, fmt.Errorf("module %s has no output %q", f.address, name)
	}
	return f.once("output."+name, b.Range, func() (cty.Value, error) {
		v, err := f.scope().settled(b.Attr("value"))
		return f.shown(name, b, v), err
	})
}

// handle is the module instance as a value. Where it stands for an unknown number of them, the outputs of one that is
// named have identities of their own.
func (f *frame) handle() *calc.Handle {
	return &calc.Handle{
		Key: f.address, Attr: f.output, Names: func() []string { return slices.Sorted(maps.Keys(f.module.Outputs)) },
		At: func(index string) *calc.Handle { return f.caller.frame.absent(f.call, index) },
	}
}

// emptyModule is what the constants in value files and templates are evaluated in: nothing has a name there.
func emptyModule() *config.Module { return &config.Module{} }
