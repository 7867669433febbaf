package eval

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// State is where a root module keeps what it has deployed: the kind of its backend, and those arguments of it that are
// written as text. Paths are relative to the working directory.
type State struct {
	Kind      string
	Arguments map[string]string
	// Call is the call of the root module whose module has the outputs: that of a unit of Terragrunt. "" is the root
	// module itself.
	Call string
	// Values are those of the variables that the root module has where it keeps this state; nil is not known.
	Values *source.File
}

// StateOf is the root module of that name, or the module of a call in it.
type StateOf struct{ Root, Call string }

// identities are the arguments that tell the states of one kind of backend apart. The first names the state.
// https://developer.hashicorp.com/terraform/language/backend
var identities = map[string][]string{
	"s3":         {"key", "bucket"},
	"local":      {"path"},
	"gcs":        {"prefix", "bucket"},
	"azurerm":    {"key", "container_name", "storage_account_name"},
	"remote":     {"workspaces.name", "organization"},
	"http":       {"address"},
	"consul":     {"path", "address"},
	"pg":         {"schema_name"},
	"oss":        {"key", "prefix", "bucket"},
	"cos":        {"key", "prefix", "bucket"},
	"kubernetes": {"secret_suffix", "namespace"},
}

// Naming is the argument that names a state of this kind; "" where the kind is not known here.
func Naming(kind string) string {
	if names := identities[kind]; len(names) > 0 {
		return names[0]
	}
	return ""
}

// asked is what a terraform_remote_state asks for.
type asked struct {
	kind      string
	arguments map[string]cty.Value
	// workspace is NilVal for the default one.
	workspace cty.Value
}

// asks reads the arguments of a terraform_remote_state. ok is false where they are not known.
// https://developer.hashicorp.com/terraform/language/state/remote-state-data
func (o *object) asks() (q asked, ok bool) {
	kind := o.argument("backend")
	if kind == cty.NilVal || !calc.IsText(kind) || calc.HasToken(kind) {
		return q, false
	}
	q = asked{kind: kind.AsString(), arguments: map[string]cty.Value{}, workspace: o.argument("workspace")}
	o.gather(q.arguments, "", o.argument("config"))
	for _, b := range o.set.block.Body.Blocks {
		if b.Type == "config" { // Terraform 0.11
			for name, a := range b.Body.Attributes {
				if v, err := o.settled(a.Expr); err == nil {
					o.gather(q.arguments, name, v)
				}
			}
		}
	}
	if p, local := q.arguments["path"]; q.kind == "local" && local && calc.IsText(p) {
		q.arguments["path"] = o.within(p)
	}
	return q, len(q.arguments) > 0
}

func (o *object) gather(into map[string]cty.Value, name string, v cty.Value) {
	if v == cty.NilVal || calc.IsNull(v) {
		return
	}
	plain, _ := v.Unmark()
	if ty := plain.Type(); plain.IsKnown() && (ty.IsObjectType() || ty.IsMapType()) {
		for inner, x := range plain.AsValueMap() {
			o.gather(into, strings.TrimPrefix(name+"."+inner, "."), x)
		}
		return
	}
	into[name] = v
}

// within is a path as seen from the working directory. Terraform takes it from the root module.
func (o *object) within(p cty.Value) cty.Value {
	if text := p.AsString(); !symbol.Has(text) && !path.IsAbs(text) {
		return cty.StringVal(path.Join(o.run.root, text))
	}
	return p
}

// matches is the condition under which the state is the one that is asked for, as far as is known. named says that the
// arguments that name the two agree in a text at least.
func (r *run) matches(q asked, s State) (when fact.Cond, named bool) {
	if q.kind != s.Kind {
		return fact.Never(), false
	}
	for i, name := range identities[q.kind] {
		text, has := s.Arguments[name]
		v, asks := q.arguments[name]
		switch {
		case !has && !asks:
			continue
		case has != asks:
			if i == 0 {
				return fact.Never(), false
			}
			continue
		case !calc.IsText(v):
			continue
		}
		is, shares := r.fills(v.AsString(), text)
		if is.IsNever() {
			return is, false
		}
		switch {
		case i == 0:
			named, when = shares, is
		case !shares: // nothing but a variable: it is taken to be the one that there is
		default:
			when = when.And(is)
		}
	}
	return when, named
}

// fills is the condition under which a text is the literal. shares says that they have known text in common.
func (r *run) fills(text, literal string) (when fact.Cond, shares bool) {
	return r.fillsIn(text, literal, maxForks)
}

// maxForks bounds the choices in one text that are followed.
const maxForks = 6

func (r *run) fillsIn(text, literal string, forks int) (when fact.Cond, shares bool) {
	if of := r.Table.Choices(text); len(of) > 0 && forks > 0 {
		token, c := r.Table.Intern(of[0]), of[0].Choice
		then, a := r.fillsIn(strings.ReplaceAll(text, token, c.Then), literal, forks-1)
		otherwise, b := r.fillsIn(strings.ReplaceAll(text, token, c.Else), literal, forks-1)
		return c.When.And(then).Or(c.When.Not().And(otherwise)), a || b
	}
	var form strings.Builder
	var symbols []symbol.Symbol
	for _, part := range r.Table.Split(text) {
		known, ok := part.(string)
		if !ok {
			symbols = append(symbols, part.(symbol.Symbol))
			form.WriteString("(.+)")
			continue
		}
		shares = shares || strings.ContainsFunc(known, unicode.IsLetter)
		form.WriteString(regexp.QuoteMeta(known))
	}
	if len(symbols) == 0 {
		return calc.Settled(text == literal), text == literal
	}
	long := regexp.MustCompile(`(?s)\A` + form.String() + `\z`).FindStringSubmatch(literal)
	short := regexp.MustCompile(`(?s)\A` + strings.ReplaceAll(form.String(), "(.+)", "(.+?)") + `\z`)
	switch {
	case long == nil:
		return fact.Never(), false
	case !slices.Equal(long, short.FindStringSubmatch(literal)):
		return r.EqualText(text, literal), shares
	}
	for i, s := range symbols {
		when = when.And(r.EqualText(r.Table.Intern(s), long[i+1]))
	}
	return when, shares
}

// mayHold says whether there is a world, beyond w, in which the condition holds. depth bounds the atoms that are tried.
func mayHold(w *fact.World, c fact.Cond, depth int) bool {
	is := w.Holds(c)
	if !is.IsUnknown() || depth == 0 {
		return !is.IsFalse()
	}
	for _, m := range is.Missing {
		if m.Atom != nil {
			return mayHold(w.With(m.Atom, true), c, depth-1) || mayHold(w.With(m.Atom, false), c, depth-1)
		}
	}
	return true
}
