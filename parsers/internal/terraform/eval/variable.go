package eval

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// given is the value that somebody gives to a root variable: an expression of constants, or a text that is read by the
// variable's type.
type given struct {
	x    hclsyntax.Expression
	text *string
}

// values gathers what is given to the variables of the root module. A text for a name that is no variable is ignored.
func (r *run) values(m *config.Module) map[string]given {
	out := r.ofAccount(m)
	for name, v := range r.in.Env {
		if name, ok := strings.CutPrefix(name, "TF_VAR_"); ok {
			out[name] = given{text: &v}
		}
	}
	bodies := slices.Clone(m.Values)
	for _, f := range r.in.VarFiles {
		body, diagnostics := config.ReadValues(f)
		r.program.Errors = append(r.program.Errors, diagnostics...)
		bodies = append(bodies, body)
	}
	for _, body := range bodies {
		for name, a := range body.Attributes {
			out[name] = given{x: a.Expr}
		}
	}
	for name, v := range r.in.Vars {
		out[name] = given{text: &v}
	}
	return out
}

// variableType is the type constraint of a variable with the defaults of optional attributes.
type variableType struct {
	ty       cty.Type
	defaults *typeexpr.Defaults
	stated   bool
}

// typeOf reads a type constraint, also in quotes as Terraform 0.11 writes them.
func (r *run) typeOf(b *config.Block) variableType {
	if t, ok := r.types[b]; ok {
		return t
	}
	t := variableType{ty: cty.DynamicPseudoType}
	if x := b.Attr("type"); x != nil {
		if tpl, ok := x.(*hclsyntax.TemplateExpr); ok && tpl.IsStringLiteral() {
			v, _ := tpl.Value(nil)
			t.ty, t.stated = quotedType(v.AsString())
		} else if ty, defaults, diags := typeexpr.TypeConstraintWithDefaults(x); !diags.HasErrors() {
			t = variableType{ty, defaults, true}
		}
	}
	r.types[b] = t
	return t
}

func quotedType(name string) (cty.Type, bool) {
	switch name {
	case "string":
		return cty.String, true
	case "list":
		return cty.List(cty.DynamicPseudoType), true
	case "map":
		return cty.Map(cty.DynamicPseudoType), true
	}
	return cty.DynamicPseudoType, false
}

// variable is the value of an input variable in the module instance.
func (f *frame) variable(name string, at hcl.Range) (cty.Value, error) {
	b := f.module.Variables[name]
	if v, ok := f.asked(name); ok {
		return v, nil
	}
	if b == nil {
		key, m := f.undeclared("var."+name, fact.Resource, at)
		return f.Provided(symbol.Symbol{Key: key, Missing: m}, name), nil
	}
	return f.once("var."+name, b.Range, func() (cty.Value, error) {
		v, err := f.variableValue(name, b)
		if err != nil {
			return v, err
		}
		return f.conform(v, f.typeOf(b))
	})
}

// conform fills in optional attributes and converts to the variable's type.
func (r *run) conform(v cty.Value, t variableType) (cty.Value, error) {
	return r.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
		v := args[0]
		if t.defaults != nil && !calc.IsNull(v) && !calc.HoldsHandles(v.Type()) && !v.IsMarked() {
			v = t.defaults.Apply(v)
		}
		if t.ty.IsListType() && r.IsUnordered(v) {
			return v, nil
		}
		return r.To(v, t.ty)
	})
}

// variableValue is what is given to the variable or its default, as reports may show it.
func (f *frame) variableValue(name string, b *config.Block) (v cty.Value, err error) {
	if f.caller == nil {
		v, err = f.rootVariable(name, b)
	} else {
		v, err = f.calledVariable(name, b)
	}
	return f.shown("var."+name, b, v), err
}

// calledVariable is what the call of the module gives, or the default.
func (f *frame) calledVariable(name string, b *config.Block) (cty.Value, error) {
	v, err := cty.NullVal(cty.DynamicPseudoType), error(nil)
	x := f.call.Attr(name)
	if x != nil {
		if v, err = f.caller.settled(x); err != nil {
			f.report(err, f.caller.frame, x.Range())
			return f.failedValue(f.prefix()+"var."+name, x.Range()), nil
		}
		if !calc.IsNull(v) || f.isNullable(b) {
			return v, nil
		}
	}
	if d := b.Attr("default"); d != nil {
		return f.scope().settled(d)
	}
	if x != nil {
		return v, nil
	}
	return f.unknownVariable(name, b, ""), nil
}

func (f *frame) isNullable(b *config.Block) bool {
	x := b.Attr("nullable")
	if x == nil {
		return true
	}
	v, err := f.scope().settled(x)
	return err != nil || !calc.IsBool(v) || !v.IsKnown() || v.True()
}

// rootVariable is what is given or the default. A default of null or "" of a text says that somebody shall give a
// value: unless the inputs are final, the variable is then not known.
func (f *frame) rootVariable(name string, b *config.Block) (cty.Value, error) {
	v, tried := f.tried(name, b)
	if g, ok := f.given[name]; ok {
		f.failed = f.failed || tried // it is not for trying
		return f.givenValue(g, f.typeOf(b), b.Range)
	}
	if tried {
		return v, nil
	}
	return f.defaultOf(name, b)
}

// defaultOf is what holds where nobody gives a value.
func (f *frame) defaultOf(name string, b *config.Block) (cty.Value, error) {
	d := b.Attr("default")
	if d == nil {
		if f.in.Same != nil {
			if v, ok := f.in.Same(name); ok {
				return v, nil
			}
		}
		return f.unknownVariable(name, b, ""), nil
	}
	v, err := f.scope().settled(d)
	if err != nil || f.in.Final {
		return v, err
	}
	t := f.typeOf(b)
	if calc.IsBool(v) && !f.triesNumber() && (f.in.Library || f.in.Callable && f.awaitsCaller()) {
		return f.eitherWay(name, b), nil
	}
	if isEmptyCollection(v) && (f.isForCallers(name) || f.isGivenBeside(name)) {
		return f.unknownVariable(name, b, ""), nil
	}
	if f.in.Library {
		if open, ok := f.libraryVariable(name, b, v); ok {
			return open, nil
		}
	}
	f.recordTexts(v, f.missingOf("var."+name, b))
	v = f.openTexts(name, b, v, t.ty)
	text, list := t.ty == cty.String || !t.stated, t.ty == cty.List(cty.String) || t.ty == cty.Set(cty.String)
	switch {
	case calc.IsNull(v) && (text && !calc.IsPlural(name) || list):
		return f.unknownVariable(name, b, "null"), nil
	case text && calc.IsText(v) && v.AsString() == "":
		return f.unknownVariable(name, b, "empty"), nil
	case isEmptyList(v) && strings.HasSuffix(name, "_ids"):
		return f.unknownVariable(name, b, ""), nil
	}
	return v, nil
}

// recordTexts records the texts of a default.
func (f *frame) recordTexts(v cty.Value, m fact.Missing) {
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
		if calc.IsText(v) {
			f.program.Symbols.Default(v.AsString(), m)
		}
		return true, nil
	})
}

// openTexts makes unknown what a default leaves null of the texts that an object must have: somebody shall give them.
func (f *frame) openTexts(name string, b *config.Block, v cty.Value, ty cty.Type) cty.Value {
	if !ty.IsObjectType() || calc.IsNull(v) || !v.IsKnown() || v.IsMarked() || !v.Type().IsObjectType() {
		return v
	}
	attrs, types, m := v.AsValueMap(), ty.AttributeTypes(), f.missingOf("var."+name, b)
	for _, attribute := range slices.Sorted(maps.Keys(types)) {
		x, has := attrs[attribute]
		if has && types[attribute] == cty.String && !ty.AttributeOptional(attribute) && calc.IsNull(x) {
			key := f.prefix() + "var." + name + "." + attribute
			attrs[attribute] = f.Token(symbol.Symbol{Key: key, Missing: m, Unset: "null"})
		}
	}
	return cty.ObjectVal(attrs)
}

func isEmptyList(v cty.Value) bool {
	ty := v.Type()
	return (ty.IsTupleType() || ty.IsListType() || ty.IsSetType()) && v.IsKnown() && !v.IsNull() && v.LengthInt() == 0
}

func isEmptyCollection(v cty.Value) bool {
	return isEmptyList(v) || calc.IsMapping(v) && v.IsKnown() && !v.IsNull() && v.LengthInt() == 0
}

func (f *frame) unknownVariable(name string, b *config.Block, unset string) cty.Value {
	key := f.prefix() + "var." + name
	m := f.missingOf("var."+name, b)
	t := f.typeOf(b)
	switch {
	case t.ty == cty.String, !t.stated && !calc.IsPlural(name):
		if m.Kind == fact.Variable && isSensitive(b) {
			m.Kind = fact.Secret // no text that somebody gives is used
		}
		return f.Token(symbol.Symbol{Key: key, Missing: m, Unset: unset, Domain: f.allowed(name, b)})
	case !t.stated:
		return cty.UnknownVal(cty.List(cty.String)).Mark(calc.Source{Missing: m, Key: key})
	case t.ty == cty.List(cty.DynamicPseudoType):
		return cty.UnknownVal(cty.List(cty.String)).Mark(calc.Source{Missing: m, Key: key})
	case t.ty == cty.Bool:
		return f.Truth(calc.Opaque(key, m))
	}
	if ty := t.ty.WithoutOptionalAttributesDeep(); ty.IsCollectionType() {
		return cty.UnknownVal(ty).Mark(calc.Source{Missing: m, Key: key, Declared: true})
	}
	return f.Unknown(t.ty.WithoutOptionalAttributesDeep(), key, m)
}

// missingOf is what would make known a variable, or an output, which kind.name says.
func (f *frame) missingOf(name string, b *config.Block) fact.Missing {
	m := fact.Missing{Kind: fact.Resource, Name: f.prefix() + name, Span: f.where(b.Range)}
	if variable, ok := strings.CutPrefix(name, "var."); ok && f.caller == nil {
		m.Name = variable
		if !b.Outside { // no flag gives a value to any other
			m.Kind = fact.Variable
		}
	}
	return m
}

// allowed reads the texts that a validation of the form contains([…], var.x) allows.
func (f *frame) allowed(name string, b *config.Block) []string {
	for _, v := range b.Body.Blocks {
		a := v.Body.Attributes["condition"]
		if v.Type != "validation" || a == nil {
			continue
		}
		call, ok := a.Expr.(*hclsyntax.FunctionCallExpr)
		if !ok || call.Name != "contains" || len(call.Args) != 2 {
			continue
		}
		of, ok := call.Args[1].(*hclsyntax.ScopeTraversalExpr)
		if !ok || len(of.Traversal) != 2 || of.Traversal.RootName() != "var" || attrName(of.Traversal, 1) != name {
			continue
		}
		list, diags := call.Args[0].Value(nil)
		if diags.HasErrors() || !list.CanIterateElements() {
			continue
		}
		var out []string
		for _, v := range list.AsValueSlice() {
			if !calc.IsText(v) {
				return nil
			}
			out = append(out, v.AsString())
		}
		return out
	}
	return nil
}

// givenValue reads a given value. A text stays one where the variable is a text, and is else an expression. Of one that
// is none, nothing is said but that: it may be a secret.
func (f *frame) givenValue(g given, t variableType, at hcl.Range) (cty.Value, error) {
	x := g.x
	if g.text != nil {
		if t.ty == cty.String || !t.stated || t.ty == cty.DynamicPseudoType {
			return cty.StringVal(symbol.Escape(*g.text)), nil
		}
		parsed, diags := hclsyntax.ParseExpression([]byte(*g.text), "", hcl.InitialPos)
		if diags.HasErrors() {
			return cty.NilVal, f.failAt(at, "the value that is given is no %s", t.ty.FriendlyNameForConstraint())
		}
		x = parsed
	}
	if !isConstant(x) {
		return cty.NilVal, f.failAt(at, "the value that is given is no constant")
	}
	constants := newFrame(f.run, emptyModule(), f.dir)
	return constants.scope().settled(x)
}

// isConstant reports that an expression names nothing and calls nothing.
func isConstant(x hclsyntax.Expression) bool {
	calls := false
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics { // the visitor says nothing
		_, call := n.(*hclsyntax.FunctionCallExpr)
		calls = calls || call
		return nil
	})
	return !calls && len(x.Variables()) == 0
}

// span is the place of a block of the module.
func (f *frame) span(b *config.Block) source.Span {
	if f.model != nil {
		return f.callOf(repetition(b.Body))
	}
	return f.module.Span(b.Range)
}
