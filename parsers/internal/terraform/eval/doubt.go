package eval

import (
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Whether an evaluation fails matters to try and can alone. Everywhere else Terraform would not go on, so that what is
// evaluated may be taken to succeed. In their arguments, what fails or not as a value turns out is a choice with a
// failing branch. https://developer.hashicorp.com/terraform/language/functions/can

var errDoubt = errors.New("it depends on a value that is not known")

// trying is the scope inside an argument of try or can. What it refers to, such as a local, is evaluated outside.
func (s *scope) trying() *scope {
	in := *s
	in.tries, in.doubts = true, new(int)
	return &in
}

// maxDoubts is how many doubts one argument of try or can has. More of them would only make more cases, which all say
// that it is not known whether it fails.
const maxDoubts = 2

// unless is v where the condition does not hold; there the evaluation fails.
func (s *scope) unless(fails fact.Cond, v cty.Value) cty.Value {
	if !s.tries {
		return v
	}
	return s.choice(fails, failed(errDoubt), v)
}

// doubt is v, or a failure: which, depends on args. The key names the computation.
func (s *scope) doubt(v cty.Value, key string, args ...cty.Value) cty.Value {
	if !s.tries || failedWholly(v) || *s.doubts >= maxDoubts {
		return v
	}
	*s.doubts++
	return s.unless(opaque("can("+key+")", s.firstMissing(args...)).Not(), v)
}

func failedWholly(v cty.Value) bool {
	is, _ := failureOf(v)
	return is
}

// failing is the condition of the branches of v that fail.
func (s *scope) failing(v cty.Value) fact.Cond {
	switch src, _ := SourceOf(v); {
	case !s.tries || !mayFail(v):
		return fact.Never()
	case src.Choice == nil:
		return fact.Always()
	case failedWholly(src.Choice.Then) && !mayFail(src.Choice.Else):
		return src.Choice.When
	case failedWholly(src.Choice.Else) && !mayFail(src.Choice.Then):
		return src.Choice.When.Not()
	}
	return opaque("fails("+s.canonical(v)+")", s.firstMissing(v))
}

// partial are functions that fail for some values of the right type. Those of other names fail for null only.
var partial = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq(`
	base64decode bcrypt chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets csvdecode file filebase64
	filebase64sha256 filebase64sha512 filemd5 fileset filesha1 filesha256 filesha512 format formatdate formatlist
	index jsondecode log matchkeys parseint pow range regex regexall rsadecrypt setproduct signum slice substr sum
	templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp tobool tonumber uuidv5 yamldecode
	zipmap alltrue anytrue`) {
		partial[name] = true
	}
}

// converting are partial where it is not known what is converted.
var converting = map[string]bool{"tolist": true, "tomap": true, "toset": true}

// takesNull are functions for which null is a value like others.
var takesNull = map[string]bool{
	"coalesce": true, "coalescelist": true, "compact": true, "contains": true, "jsonencode": true, "lookup": true,
	"merge": true, "one": true, "sensitive": true, "nonsensitive": true, "ephemeralasnull": true, "tostring": true,
	"tonumber": true, "tobool": true, "type": true, "yamlencode": true, "list": true, "map": true, "issensitive": true,
}

// called puts in doubt what a call gives for arguments that are not known.
func (s *scope) called(name string, v cty.Value, args []cty.Value) cty.Value {
	if !s.tries || !slices.ContainsFunc(args, s.isOpen) {
		return v
	}
	if s.settledBySamples(name, v) {
		return v
	}
	plain, _ := args[0].Unmark()
	vague := hasToken(args[0]) || plain.Type() == cty.DynamicPseudoType
	if partial[name] || strings.Contains(name, "::") || converting[name] && vague {
		return s.doubt(v, name+"("+s.canonical(args...)+")", args...)
	}
	if takesNull[name] {
		return v
	}
	return s.unless(s.anyNull(args), v)
}

// settledBySamples reports that a function of texts gave more than a symbol for its result.
func (s *scope) settledBySamples(name string, v cty.Value) bool {
	if _, reads := textual[name]; !reads || v.ContainsMarked() || !v.IsWhollyKnown() {
		return false
	}
	sym, ok := onlySymbol(v, s.table)
	return !ok || !strings.HasPrefix(sym.Key, name+"(")
}

// anyNull is the condition under which one of the values is null that nobody may have given.
func (s *scope) anyNull(vs []cty.Value) fact.Cond {
	out := fact.Never()
	for _, v := range vs {
		if sym, ok := onlySymbol(v, s.table); ok && sym.Unset == "null" {
			out = out.Or(s.equalsNull(v))
		}
	}
	return out
}

// isOpen reports a value that is not wholly known.
func (s *scope) isOpen(v cty.Value) bool {
	return v.ContainsMarked() || !v.IsWhollyKnown() || len(s.inputs([]cty.Value{v})) > 0
}

// access is index, as the expression at hand has it: inside of try and can, an element that is not there is a failing
// branch.
func (s *scope) access(v, key cty.Value) (cty.Value, error) {
	if !s.tries {
		return s.index(v, key)
	}
	return s.spread([]cty.Value{v, key}, func(args []cty.Value) (cty.Value, error) {
		v, key := args[0], args[1]
		plain, _ := v.Unmark()
		if isMapping(plain) && plain.IsKnown() && !plain.IsNull() {
			none := failed(errDoubt)
			out, err := s.indexMapping(plain, key, &none)
			if failedWholly(out) {
				return s.indexOne(v, key) // for its message
			}
			return out, err
		}
		out, err := s.indexOne(v, key)
		if err != nil {
			return out, err
		}
		return s.stepped(v, key, out), nil
	})
}

// stepped puts the element of a collection that is not known in doubt.
func (s *scope) stepped(v, key, out cty.Value) cty.Value {
	src, unknown := SourceOf(v)
	plain, _ := v.Unmark()
	n, isNumber := smallNumber(key)
	switch {
	case isHandle(v), unknown && isNumber && src.front != nil && n < len(src.front.items):
		return out
	case unknown && isNumber && n == 0 && src.Key != "" && (src.each != nil || plain.Type().IsListType()):
		return s.unless(s.empty(v), out)
	case unknown, !plain.IsKnown(), hasToken(v):
		return s.doubt(out, s.name(v)+stepText(s.run, key), v, key)
	case s.isOpen(key):
		return s.doubt(out, s.canonical(v)+stepText(s.run, key), key)
	}
	return out
}

// operated puts in doubt what an operator makes of texts that may not be numbers or truth values, and of a divisor that
// may be 0.
func (s *scope) operated(op *hclsyntax.Operation, v cty.Value, args []cty.Value) cty.Value {
	divides := op == hclsyntax.OpDivide || op == hclsyntax.OpModulo
	if slices.ContainsFunc(args, hasToken) || divides && s.isOpen(args[len(args)-1]) {
		return s.doubt(v, "operator on "+s.canonical(args...), args...)
	}
	return v
}

// joined puts a text in doubt if a part of it may be null.
func (s *scope) joined(v cty.Value, parts []cty.Value) cty.Value {
	isOpen := func(p cty.Value) bool { return isText(p) && symbol.Has(p.AsString()) }
	if !s.tries || !slices.ContainsFunc(parts, isOpen) {
		return v
	}
	return s.unless(s.anyNull(parts), v)
}
