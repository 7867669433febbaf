package eval

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/functions"
)

// policyDocument is the JSON that aws_iam_policy_document makes of its arguments. Statements that are not known make it
// one symbol, a list of texts that is not known is one in it; a statement under a condition makes it a choice.
// See https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func (o *object) policyDocument() map[string]cty.Value {
	config := o.config()
	document, err := o.document(config)
	if err != nil {
		document = o.Derived(cty.String, o.address+".json", config)
	}
	return map[string]cty.Value{"json": document, "minified_json": document, "id": o.Token(o.symbol(o.address, "id"))}
}

func (o *object) document(config cty.Value) (cty.Value, error) {
	attrs := config.AsValueMap()
	parts := []cty.Value{orNull(attrs["version"]), orNull(attrs["policy_id"])}
	sources := []string{"source_json", "override_json", "source_policy_documents", "override_policy_documents"}
	for _, name := range sources {
		parts = append(parts, orNull(attrs[name]))
	}
	statements := attrs["statement"]
	if statements != cty.NilVal && statements.Type().IsTupleType() && statements.IsKnown() {
		parts = append(parts, statements.AsValueSlice()...)
	}
	return o.CasesWithin(cty.TupleVal(parts), o.choiceWithin, func(whole cty.Value) (cty.Value, error) {
		return o.Spread(whole.AsValueSlice(), o.documentOf)
	})
}

// choiceWithin is a choice anywhere inside of v but in the resources and the values of conditions, which are texts that
// may be one of two in the document.
func (o *object) choiceWithin(v cty.Value) (found *calc.Choice) {
	_ = cty.Walk(v, func(path cty.Path, x cty.Value) (bool, error) {
		if len(path) > 0 {
			step, ok := path[len(path)-1].(cty.GetAttrStep)
			if ok && (step.Name == "resources" || step.Name == "not_resources" || step.Name == "values") {
				_, text := calc.OnlySymbol(x, o.Table)
				if _, one := calc.AsChoice(x, o.Table); text || !one {
					return false, nil
				}
			}
		}
		if c, ok := calc.AsChoice(x, o.Table); ok && found == nil {
			found = c
		}
		return found == nil && !x.Type().IsSetType(), nil
	})
	return found
}

func orNull(v cty.Value) cty.Value {
	if v == cty.NilVal {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	return v
}

func (o *object) documentOf(vs []cty.Value) (cty.Value, error) {
	version, id, fixed, blocks := vs[0], vs[1], vs[2:6], vs[6:]
	list := &statementList{run: o.run}
	sources := append([]cty.Value{fixed[0]}, sequence(fixed[2])...)
	overrides := append([]cty.Value{fixed[1]}, sequence(fixed[3])...)
	for _, v := range sources {
		list.document(v)
	}
	for _, b := range blocks {
		list.block(b)
	}
	for _, v := range overrides {
		list.document(v)
	}
	if list.unknown {
		return o.Derived(cty.String, "policy("+o.Canonical(vs...)+")", vs...), nil
	}
	doc := map[string]cty.Value{"Version": lit("2012-10-17"), "Statement": cty.TupleVal(list.statements)}
	if !calc.IsNull(version) {
		doc["Version"] = version
	}
	if !calc.IsNull(id) {
		doc["Id"] = id
	}
	return functions.JSON(o.Setting, cty.ObjectVal(doc))
}

// sequence is the elements of a list, none when it is null; one that is not known is its own element.
func sequence(v cty.Value) []cty.Value {
	plain, _ := v.Unmark()
	switch {
	case plain.IsNull():
		return nil
	case !plain.IsKnown() || !plain.CanIterateElements():
		return []cty.Value{v}
	}
	return plain.AsValueSlice()
}

// statementList gathers statements; one with the Sid of an earlier one replaces it.
type statementList struct {
	*run
	statements []cty.Value
	unknown    bool
}

func (l *statementList) add(s cty.Value) {
	sid := member(s, "Sid")
	hasSid := sid != cty.NilVal && calc.IsText(sid) && sid.AsString() != ""
	for i, old := range l.statements {
		if hasSid && member(old, "Sid") != cty.NilVal && member(old, "Sid").RawEquals(sid) {
			l.statements[i] = s
			return
		}
	}
	l.statements = append(l.statements, s)
}

// document adds the statements of another document, given as JSON.
func (l *statementList) document(v cty.Value) {
	if calc.IsNull(v) || calc.IsText(v) && v.AsString() == "" {
		return
	}
	if !calc.IsText(v) {
		l.unknown = true
		return
	}
	if s, whole := l.Table.Only(v.AsString()); whole {
		managed := l.managed[s.Address]
		if managed == nil || s.Attribute != "policy" {
			l.unknown = true
			return
		}
		for _, s := range copied(managed, v) {
			l.add(s)
		}
		return
	}
	doc, err := calc.Safely(func() (cty.Value, error) { return stdlib.JSONDecode(v) })
	statements := cty.NilVal
	if err == nil {
		statements = member(doc, "Statement")
	}
	switch {
	case statements == cty.NilVal:
		l.unknown = err != nil
	case statements.Type().IsObjectType():
		l.add(statements)
	default:
		for _, s := range sequence(statements) {
			l.add(s)
		}
	}
}

// copied are statements that say of network interfaces what the AWS managed policy says, and leave all else to its
// document, which is not known here.
func copied(managed *policy.Managed, document cty.Value) (out []cty.Value) {
	add := func(effect, field string, actions []string, resource cty.Value) {
		if len(actions) == 0 {
			return
		}
		list := make([]cty.Value, len(actions))
		for i, a := range actions {
			list[i] = lit(a)
		}
		out = append(out, cty.ObjectVal(map[string]cty.Value{
			"Effect": lit(effect), field: cty.TupleVal(list), "Resource": resource,
		}))
	}
	allowed, denied, open := managed.Decided()
	add("Allow", "Action", allowed, lit("*"))
	add("Deny", "Action", denied, lit("*"))
	add("Allow", "Action", open, document)
	add("Allow", "NotAction", policy.ENIActions(), document)
	return out
}

// block adds a statement block.
func (l *statementList) block(b cty.Value) {
	if calc.IsNull(b) {
		return
	}
	if plain, _ := b.Unmark(); !plain.IsKnown() || !plain.Type().IsObjectType() {
		l.unknown = true
		return
	}
	out := map[string]cty.Value{"Effect": lit("Allow")}
	attrs := b.AsValueMap()
	if v, ok := attrs["sid"]; ok && !calc.IsNull(v) && !(calc.IsText(v) && v.AsString() == "") {
		out["Sid"] = v
	}
	if v, ok := attrs["effect"]; ok && !calc.IsNull(v) {
		out["Effect"] = v
	}
	names := map[string]string{
		"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource",
	}
	for from, to := range names {
		if v, ok := attrs[from]; ok && !calc.IsNull(v) && !isEmptyList(v) {
			out[to] = single(v)
		}
	}
	for from, to := range map[string]string{"principals": "Principal", "not_principals": "NotPrincipal"} {
		if v, ok := attrs[from]; ok {
			out[to] = l.principals(v)
		}
	}
	if v, ok := attrs["condition"]; ok {
		if c := l.conditions(v); c.LengthInt() > 0 {
			out["Condition"] = c
		}
	}
	l.add(cty.ObjectVal(out))
}

// single is the element of a list of one, as the provider writes it.
func single(v cty.Value) cty.Value {
	if items := sequence(v); len(items) == 1 {
		return items[0]
	}
	return v
}

func (l *statementList) entries(v cty.Value) []map[string]cty.Value {
	var out []map[string]cty.Value
	for _, b := range sequence(v) {
		switch plain, _ := b.Unmark(); {
		case plain.IsNull():
		case !plain.IsKnown() || !plain.Type().IsObjectType():
			l.unknown = true
		default:
			out = append(out, b.AsValueMap())
		}
	}
	return out
}

func (l *statementList) principals(v cty.Value) cty.Value {
	groups := map[string][]cty.Value{}
	for _, p := range l.entries(v) {
		kind, ids := orNull(p["type"]), orNull(p["identifiers"])
		if !calc.IsText(kind) {
			l.unknown = true
			continue
		}
		if kind.AsString() == "*" {
			return lit("*")
		}
		groups[kind.AsString()] = append(groups[kind.AsString()], sequence(ids)...)
	}
	out := map[string]cty.Value{}
	for kind, ids := range groups {
		out[kind] = single(cty.TupleVal(ids))
	}
	return cty.ObjectVal(out)
}

func (l *statementList) conditions(v cty.Value) cty.Value {
	tests := map[string]map[string]cty.Value{}
	for _, c := range l.entries(v) {
		test, variable := orNull(c["test"]), orNull(c["variable"])
		if !calc.IsText(test) || !calc.IsText(variable) {
			l.unknown = true
			continue
		}
		if tests[test.AsString()] == nil {
			tests[test.AsString()] = map[string]cty.Value{}
		}
		tests[test.AsString()][variable.AsString()] = single(orNull(c["values"]))
	}
	out := map[string]cty.Value{}
	for test, variables := range tests {
		out[test] = cty.ObjectVal(variables)
	}
	return cty.ObjectVal(out)
}
