package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// Root is another root module of the run, that a root module may take values from.
type Root struct {
	// Name is that of its deployment, Dir its directory.
	Name, Dir string
	// States are where its state may be kept. If it is Open, others are possible: its files leave out the argument that
	// names one.
	States []State
	Open   bool
	// Callable says that nothing in it is for root modules alone: it may be there for others to call.
	Callable bool
	// Looks says that it may add to what another one creates: it reads a state, or looks things up.
	Looks bool
	// Writes says that it may write parameters of Systems Manager.
	Writes bool
	// Inputs and Loader are what it is evaluated with, by itself.
	Inputs Inputs
	Loader *config.Loader
}

// besides are the other root modules that a program takes values from. What one of them is to another one is known by
// their names.
type besides struct {
	runs  map[string]*run // by the name of the root, and the workspace
	order []*run
	reads map[string][]string // by the name of the root that takes them
	steps int
	// done says how many are part of the program.
	done int
}

// reaches says whether a takes values from b, itself or through others.
func (b *besides) reaches(from, to string) bool {
	seen := map[string]bool{}
	for todo := []string{from}; len(todo) > 0; todo = todo[1:] {
		if todo[0] == to {
			return true
		}
		if !seen[todo[0]] {
			seen[todo[0]] = true
			todo = append(todo, b.reads[todo[0]]...)
		}
	}
	return false
}

// beside is the other root module, evaluated as one of its own. It is nil where the two would take values from each
// other, and where there are too many. key tells what it is evaluated with from what it is evaluated with elsewhere.
func (r *run) beside(o *Root, key string, in Inputs) *frame {
	if o.Name == r.in.Name || r.besides.reaches(o.Name, r.in.Name) {
		return nil
	}
	made := r.besides.runs[key]
	if made == nil && (r.besides.steps > budget.HCLSteps.Max || len(r.besides.runs) >= budget.Stacks.Max) {
		return nil
	}
	r.besides.reads[r.in.Name] = append(r.besides.reads[r.in.Name], o.Name)
	if made != nil {
		return made.top
	}
	in.Roots, in.Parameter, in.Stored = r.in.Roots, r.in.Parameter, r.in.Stored
	made = newRun(o.Dir, o.Loader, in, r.Table)
	made.besides, made.scope = r.besides, o.Name
	if r.besides.of(o.Name) != nil {
		made.scope = fmt.Sprintf("%s#%d", o.Name, len(r.besides.order)+1)
	}
	r.besides.runs[key] = made
	r.besides.order = append(r.besides.order, made)
	made.walk()
	r.besides.steps += made.steps
	return made.top
}

// of is the evaluation of the root module of that name that was the first, or nil.
func (b *besides) of(name string) *run {
	for _, r := range b.order {
		if r.in.Name == name {
			return r
		}
	}
	return nil
}

// stateOf is the module that keeps the state, in the workspace. NilVal is the default one.
func (r *run) stateOf(k keeper, workspace cty.Value) *frame {
	o := k.root
	if k.call != "" && o.Name == r.in.Name {
		return r.top.inCall(k.call)
	}
	in, key := o.Inputs, o.Name
	in.Workspace = "default"
	if workspace != cty.NilVal && calc.IsText(workspace) {
		in.Workspace = workspace.AsString()
		key += " in " + r.Canonical(workspace)
	}
	if k.values != nil {
		in.VarFiles = append([]*source.File{k.values}, in.VarFiles...)
		key += " with " + k.values.Name
	}
	return r.beside(o, key, in).inCall(k.call)
}

// inCall is the module of that call, "" for the module itself. It is nil where there is none.
func (f *frame) inCall(call string) *frame {
	if f == nil || call == "" {
		return f
	}
	c, err := f.child(call)
	if err != nil {
		return nil
	}
	return c.frames[""]
}

// gather makes what the other root modules create part of the program. What is wrong with them they say themselves.
func (r *run) gather() {
	for ; r.besides.done < len(r.besides.order); r.besides.done++ {
		of := r.besides.order[r.besides.done]
		p, q := r.program, of.program
		p.Instances = append(p.Instances, q.Instances...)
		p.Open = append(p.Open, q.Open...)
		p.Copies = append(p.Copies, q.Copies...)
		p.Models = append(p.Models, q.Models...)
		p.Directives = append(p.Directives, q.Directives...)
		p.Beside = append(p.Beside, graph.Beside{
			Scope: of.scope, Root: of.in.Name, Language: aws.LanguageNamed("terraform"),
		})
		for address, m := range q.Exported {
			p.Exported[address] = m
		}
	}
}

// Join makes what the other root module creates part of the program, and gives its scope. ok is false where it cannot
// be part.
func (p *Program) Join(o *Root) (scope string, ok bool) {
	if p.run == nil || p.run.top == nil {
		return "", false
	}
	made := p.run.together(o)
	if made == nil {
		return "", false
	}
	p.run.gather()
	return made.scope, true
}

// together is the other root module as it is deployed for this one: variables that nobody gives a value have the one of
// the variable of that name here.
func (r *run) together(o *Root) *run {
	if made := r.besides.of(o.Name); made != nil && made.top != nil && !r.besides.reaches(o.Name, r.in.Name) {
		return made
	}
	in := o.Inputs
	in.Workspace = r.in.Workspace
	in.Same = func(name string) (v cty.Value, ok bool) {
		if r.top != nil && r.top.module.Variables[name] != nil {
			v, err := r.top.variable(name, hcl.Range{})
			return v, err == nil
		}
		return cty.NilVal, false
	}
	if r.beside(o, o.Name, in) == nil {
		return nil
	}
	return r.besides.of(o.Name)
}

// Survey evaluates the root module by itself, with its name before all addresses. It takes nothing from others, but
// tells whose states it reads.
func (o *Root) Survey(roots []*Root) *Program {
	in := o.Inputs
	in.Roots = roots
	r := newRun(o.Dir, o.Loader, in, symbol.NewTable())
	r.scope = o.Name
	r.program.Reads = map[string][]StateOf{}
	r.walk()
	return r.program
}

// Outputs are the addresses of what an output names that is the program's own, or part of it.
func (p *Program) Outputs(of StateOf, name string) (addresses []string) {
	r := p.run
	if r == nil || r.in.Name != of.Root {
		if r == nil || r.besides == nil || r.besides.of(of.Root) == nil {
			return nil
		}
		r = r.besides.of(of.Root)
	}
	top := r.top.inCall(of.Call)
	if top == nil {
		return nil
	}
	if v, err := top.output(name); err == nil {
		r.addresses(r.Materialize(v), func(address string) { addresses = append(addresses, address) })
	}
	return addresses
}

// choose decides which of the root modules keeps the state that is asked for, and gives its outputs: a choice where the
// value of a variable decides. ok is false where none is certain.
func (r *run) choose(o *object, q asked) (v cty.Value, ok bool) {
	var sure, maybe []keeper
	for _, k := range r.keepers(q) {
		if k.when.IsAlways() {
			sure = append(sure, k)
		} else {
			maybe = append(maybe, k)
		}
	}
	if len(sure) > 0 {
		maybe = sure
	}
	if len(sure) > 1 {
		var names []string
		for _, k := range sure {
			names = append(names, k.root.Name)
		}
		o.unclear = "which of " + strings.Join(names, " and ") + " keeps the state that " + o.address + " reads"
		return cty.NilVal, false
	}
	for i, k := range maybe {
		for _, other := range maybe[:i] {
			if mayHold(nil, k.when.And(other.when), maxForks) {
				return cty.NilVal, false
			}
		}
	}
	if len(maybe) == 0 {
		return cty.NilVal, false
	}
	unknown := o.unread(fact.Missing{})
	v = o.unread(calc.Reason(maybe[0].when)).Value()
	for _, k := range slices.Backward(maybe) {
		top := r.stateOf(k, q.workspace)
		if top == nil {
			continue
		}
		v, ok = r.Choice(k.when, top.outputs(unknown).Value(), v), true
	}
	return v, ok
}

// keeper is a module that keeps the state which is asked for, under that condition: the root module, or that of a call.
// values are those of its stage, or nil.
type keeper struct {
	root   *Root
	call   string
	when   fact.Cond
	values *source.File
}

// keepers are those that may keep the state which is asked for.
func (r *run) keepers(q asked) (all []keeper) {
	for _, root := range r.in.Roots {
		var calls []string
		for _, s := range root.States {
			if !slices.Contains(calls, s.Call) {
				calls = append(calls, s.Call)
			}
		}
		for _, call := range calls {
			k := keeper{root: root, call: call}
			if named := r.keeps(&k, q); named && !k.when.IsNever() {
				all = append(all, k)
			}
		}
	}
	return all
}

// keeps decides when the module keeps the state that is asked for, and with which values.
func (r *run) keeps(k *keeper, q asked) (named bool) {
	k.when = fact.Never()
	for _, s := range k.root.States {
		if s.Call != k.call {
			continue
		}
		is, shares := r.matches(q, s)
		k.when, named = k.when.Or(is), named || shares
		if !is.IsAlways() || s.Values == nil {
			continue
		}
		if k.values != nil {
			return false // two stages with one state: it is that of the stage that was deployed last
		}
		k.values = s.Values
	}
	if named && k.root.Open && !k.when.IsNever() {
		k.when = fact.Always()
	}
	return named
}

// outputs are those of the root module as one value. Where there is none of that name it is what unknown says.
func (f *frame) outputs(unknown *calc.Handle) *calc.Handle {
	return &calc.Handle{
		Key: f.prefix() + "outputs", Names: func() []string { return slices.Sorted(maps.Keys(f.module.Outputs)) },
		Attr: func(name string) (cty.Value, error) {
			if v, err := f.output(name); err == nil {
				return v, nil
			}
			return unknown.Attr(name)
		},
	}
}
