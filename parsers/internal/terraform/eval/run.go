package eval

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// Inputs are what a root module is evaluated with. Of values for one variable the later of these wins: the default,
// Env, terraform.tfvars, *.auto.tfvars, VarFiles in their order, Vars.
// See https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
type Inputs struct {
	Vars     map[string]string
	VarFiles []*source.File
	// Env are environment variables by their name; those that begin with TF_VAR_ count.
	Env map[string]string
	// Region is used where the provider's configuration does not tell it; empty is not known.
	Region string
	// Account answers for data sources; nil is not known.
	Account Account
	// Workspace is terraform.workspace; empty is not known.
	Workspace string
	// Final says that nobody gives other values: a default of null or "" is that value, and not unknown.
	Final bool
	// Library evaluates the module as one that others call with arguments of their own: switches, and what attaches its
	// functions to a VPC, are not known, and its outputs are for others to build on.
	Library bool
	// Calls are calls of such a module, as far as the files have them.
	Calls []*config.Block
	// Trial is one of Trials: values of variables that nobody has given. Nil: nothing is tried.
	Trial []fact.Assignment
	// Apart says that the modules which the root module calls are deployed each from a copy of its own.
	Apart bool
	// InNetwork says whether resources of the type may be in a network. Of the others not all copies are told apart
	// where there are many. Nil: all may be.
	InNetwork func(typ string) bool
	// Until is when the evaluation has to end, or nil.
	Until *budget.Deadline
	// Callable says of a deployment that nothing in the module is for root modules alone, so that it may be made for
	// others to call: they may add rules to the groups that its outputs name, and set switches either way where they
	// also have to say what attaches its functions to a VPC.
	Callable bool
	// Name is that of the deployment. Roots are the root modules of the run that it may take values from.
	Name  string
	Roots []*Root
	// Parameter finds the resource that writes a parameter of Systems Manager, for the root module of that name: its
	// address in another root module. That is nil where none is certain; none says that certainly none writes it.
	Parameter func(own string, name fact.Text) (in *Root, address string, none bool)
	// Stored is what a deployment in another language certainly writes to the parameter of that name, with addresses in
	// the place of ids. ok is false where none is certain.
	Stored func(name fact.Text) (text string, ok bool)
	// Same gives the value that a variable has in another root module, for one that nobody gives a value. Nil: it has
	// none.
	Same func(name string) (cty.Value, bool)
}

// run is one evaluation of a root module. It is for one goroutine.
type run struct {
	*calc.Run
	in      Inputs
	loader  *config.Loader
	root    string
	program *Program
	// scope goes before all addresses of a root module beside another one, which takes values from it; besides are all
	// of these. top is the module.
	scope   string
	besides *besides
	top     *frame

	installed map[string]string
	given     map[string]given
	types     map[*config.Block]variableType
	loaded    map[string]bool
	said      map[source.Diagnostic]bool
	accepted  map[string]bool // by the path of calls
	absent    []absentCall
	doubts    []doubt
	absentees map[*config.Module][]absentee
	elsewhere []elsewhere
	managed   map[string]*policy.Managed // by the address of the data source that reads it
	arns      map[string]*object         // by the key of the token
	ghosts    map[string]bool            // instances that are referred to and never exist
	// subnettings are the variables and locals of modules that say how many subnets there are; see frame.subnetting.
	subnettings map[*config.Module]map[string]bool
	// failed says that an expression could not be evaluated, so that Terraform would not go on.
	failed bool
	// at is the expression that is evaluated, in the frame.
	at    hcl.Range
	frame *frame

	steps, instances int
	bystanders       int // that are told apart
}

// Run evaluates the root module in the directory root. It never fails: what cannot be read or evaluated is in the
// diagnostics of the program, and unknown.
func Run(root string, loader *config.Loader, in Inputs) *Program {
	return newRun(root, loader, in, symbol.NewTable()).whole()
}

// Run is Run for the root module with its name before all addresses: it becomes part of another deployment.
func (o *Root) Run(in Inputs) *Program {
	r := newRun(o.Dir, o.Loader, in, symbol.NewTable())
	r.scope = o.Name
	return r.whole()
}

// whole evaluates the root module with those that it takes values from.
func (r *run) whole() *Program {
	r.besides = &besides{runs: map[string]*run{}, reads: map[string][]string{}}
	r.program.run = r
	r.walk()
	r.gather()
	return r.program
}

func newRun(root string, loader *config.Loader, in Inputs, table *symbol.Table) *run {
	r := &run{
		in: in, loader: loader, root: root,
		types: map[*config.Block]variableType{}, loaded: map[string]bool{}, accepted: map[string]bool{},
		ghosts: map[string]bool{}, said: map[source.Diagnostic]bool{}, arns: map[string]*object{},
		subnettings: map[*config.Module]map[string]bool{},
		managed:     map[string]*policy.Managed{}, absentees: map[*config.Module][]absentee{},
		program: &Program{Symbols: table, Exported: map[string]fact.Missing{}},
	}
	r.Run = calc.New(r, table)
	return r
}

// walk evaluates the root module into the program of the run.
func (r *run) walk() {
	defer func() {
		if p := recover(); p != nil {
			message := fmt.Sprintf("the evaluation failed, which is a defect: %v", p)
			r.program.Errors = append(r.program.Errors, source.Diagnostic{File: r.root, Message: message})
		}
	}()
	module, err := r.load(r.root)
	if err != nil {
		r.program.Errors = append(r.program.Errors, source.Diagnostic{File: r.root, Message: err.Error()})
		return
	}
	r.installed = r.loader.Installed(r.root)
	r.given = r.values(module)
	r.top = newFrame(r, module, r.root)
	r.top.walk()
	if r.in.Trial != nil {
		r.program.Refused = r.top.refusal()
	}
	r.exports(r.top)
	r.handOn(r.top)
	r.sayElsewhere()
	r.sayAbsentees()
}

// load reads a module directory and says once what is wrong with its files.
func (r *run) load(dir string) (*config.Module, error) {
	if r.loader == nil {
		return nil, errors.New("only one module is read")
	}
	module, diagnostics, err := r.loader.Module(dir)
	if !r.loaded[dir] {
		r.loaded[dir] = true
		r.program.Errors = append(r.program.Errors, diagnostics...)
	}
	return module, err
}

// notice says something, once.
func (r *run) notice(span source.Span, format string, args ...any) {
	r.tell(&r.program.Notices, span, fmt.Sprintf(format, args...))
}

func (r *run) tell(to *[]source.Diagnostic, span source.Span, message string) {
	r.add(to, source.Diagnostic{Span: span, Message: message})
}

// limit says that a budget has run out.
func (r *run) limit(span source.Span, message string) {
	r.add(&r.program.Errors, source.Diagnostic{Span: span, Message: message, Limit: true})
}

func (r *run) add(to *[]source.Diagnostic, d source.Diagnostic) {
	if !d.Span.IsValid() {
		d.File = r.root
	}
	if !r.said[d] {
		r.said[d] = true
		*to = append(*to, d)
	}
}

// report says why something could not be evaluated. Cycles and budgets are errors, everything else a notice.
func (r *run) report(err error, f *frame, at hcl.Range) {
	var missing *calc.MissingInstance
	r.failed = r.failed || !errors.As(err, &missing)
	if errors.Is(err, calc.ErrBudget) {
		return // said where it was exhausted
	}
	var p *problem
	if errors.As(err, &p) {
		f, at = p.frame, p.at
	}
	var cycle *cycleError
	if errors.As(err, &cycle) {
		r.tell(&r.program.Errors, cycle.span, cycle.Error())
		return
	}
	r.notice(f.where(at), "%s", err.Error())
}

// step counts one expression.
func (r *run) step(at hcl.Range, f *frame) error {
	r.steps++
	r.at, r.frame = at, f
	switch {
	case r.Ended != nil:
		return r.Ended
	case r.steps > budget.HCLSteps.Max:
		return r.Exhaust(budget.HCLSteps)
	case r.in.Until.Passed():
		return r.Exhaust(budget.Time)
	case r.Depth > budget.HCLNesting.Max:
		return r.Overrun(budget.HCLNesting)
	}
	return nil
}

// here is the place of the expression that is evaluated.
func (r *run) here() source.Span {
	if r.frame == nil {
		return source.Span{}
	}
	return r.frame.where(r.at)
}

// Overrun ends the evaluation of one expression.
func (r *run) Overrun(b budget.Budget) error {
	r.limit(r.here(), "this is not evaluated: "+b.Exceeded())
	return calc.ErrBudget
}

// Exhaust ends the evaluation: from here on every expression fails.
func (r *run) Exhaust(b budget.Budget) error { return r.exhaust(r.here(), b) }

func (r *run) exhaust(span source.Span, b budget.Budget) error {
	r.Ended = calc.ErrBudget
	r.limit(span, "the evaluation of this configuration stops here: "+b.Exceeded())
	r.program.Open = append(r.program.Open, fact.Missing{Kind: fact.Intrinsic, Name: "evaluation budget", Span: span})
	return r.Ended
}

// sortedAttributes are the arguments of a body by their place.
func sortedAttributes(b *hclsyntax.Body) []*hclsyntax.Attribute {
	out := make([]*hclsyntax.Attribute, 0, len(b.Attributes))
	for _, a := range b.Attributes {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b *hclsyntax.Attribute) int {
		x, y := a.SrcRange, b.SrcRange
		return cmp.Or(cmp.Compare(x.Filename, y.Filename), cmp.Compare(x.Start.Byte, y.Start.Byte))
	})
	return out
}
