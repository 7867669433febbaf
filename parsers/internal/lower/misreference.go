package lower

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// anyGateway are what EC2 takes as a GatewayId too, and gives back in another property. The documentation does not say
// so of transit gateways; https://github.com/aws/aws-cdk/issues/2062 shows that the route is made.
var anyGateway = []aws.Kind{aws.NATGateway, aws.EgressOnlyGateway, aws.TransitGateway}

// misreferences records what the properties of r name and do not take.
func (l *Deployment) misreferences(r *Resource) {
	if r.Data {
		return
	}
	all := aws.ReferencesOf(r.As)
	for _, ref := range all {
		l.unlisted(r, ref)
		for _, it := range l.given(r, ref).Items {
			if it.Value.Kind != value.Text {
				continue
			}
			target, kind := l.identified(it.Value.Text)
			takes := func(k aws.Kind) bool { return k == kind || l.stands(it.Value.Text, k) }
			if kind != "" && !slices.ContainsFunc(ref.Takes, takes) {
				l.misreference(graph.Misreference{
					Header: l.header(r), Named: it.When, Property: ref.Path, Takes: ref.Takes,
					Target: target, Kind: kind, Belongs: belongs(all, kind), Value: orSpan(it.Value.Span, r.Span),
					Taken: l.defaults.AnyGateway && r.As == "AWS::EC2::Route" && ref.Path == "GatewayId" &&
						slices.Contains(anyGateway, kind),
				})
			}
		}
	}
}

func (l *Deployment) misreference(m graph.Misreference) {
	id := m.Address + "." + m.Property + "=" + m.Target + "|" + m.Named.String()
	graph.Put(&l.network.Misreferences, graph.ID[graph.Misreference](id), &m)
}

// unlisted records a property of r that is a list and is given a text. What Terraform writes in other words need not be
// a list there.
func (l *Deployment) unlisted(r *Resource, ref aws.Reference) {
	if !ref.List || r.Type != r.As && r.As != "AWS::Lambda::Function" {
		return
	}
	for _, it := range l.texts(fact.Always(), written(r, ref)) {
		l.misreference(graph.Misreference{
			Header: l.header(r), Named: it.When, Property: ref.Path, Takes: ref.Takes, Value: orSpan(it.Span, r.Span),
		})
	}
}

// texts are the cases in which the value is certainly a text, and no list.
func (l *Deployment) texts(when fact.Cond, v value.Value) []fact.Item[string] {
	v = read.Expand(l.symbols, v)
	switch {
	case v.Kind == value.Choice:
		return append(l.texts(when.And(v.When), *v.Then), l.texts(when.And(v.When.Not()), *v.Else)...)
	case v.Kind == value.Text && v.Text != "" && (v.Single || l.isText(v.Text)):
		return []fact.Item[string]{{When: when, Value: v.Text, Span: v.Span}}
	}
	return nil
}

// isText says whether the text certainly is one: a symbol alone may stand for a list, unless it is that of a parameter
// or identifies a resource.
func (l *Deployment) isText(text string) bool {
	s, ok := l.symbols.Only(text)
	if !ok {
		return true
	}
	_, kind := l.identified(text)
	return kind != "" || l.defaults.NamedLists && s.Missing.Kind == fact.Parameter && s.Address == ""
}

// written is the property of r.
func written(r *Resource, ref aws.Reference) value.Value {
	if before, ok := r.Before[ref.Path]; ok {
		return before
	}
	v := r.Properties
	for name := range strings.SplitSeq(ref.Path, ".") {
		v = v.Get(name)
	}
	return v
}

// given are the values that r has for a property, each under its condition.
func (l *Deployment) given(r *Resource, ref aws.Reference) fact.List[value.Value] {
	if ref.List {
		return read.Flatten(l.symbols, written(r, ref))
	}
	return read.Cases(l.symbols, written(r, ref))
}

// belongs is the first of the properties that takes the kind, "" if none does.
func belongs(all []aws.Reference, kind aws.Kind) string {
	for _, ref := range all {
		if slices.Contains(ref.Takes, kind) {
			return ref.Path
		}
	}
	return ""
}

// identified is the one resource that the text certainly identifies, and what that is: by its id, or as a resource of
// these files. The kind is empty where that is not known.
func (l *Deployment) identified(text string) (target string, kind aws.Kind) {
	s, ok := l.symbols.Only(text)
	if !ok {
		return text, aws.KindOfID(text)
	}
	r := l.resources[s.Address]
	if r == nil || r.Data && s.Attribute != "id" || s.Attribute == firstInterface {
		return "", ""
	}
	if kind := aws.KindOf(r.Type); kind.IsIdentity(r.Type, s.Attribute) {
		return r.Address, kind
	}
	return "", ""
}

// stands says whether the language takes what the text names for a resource of the kind, as an alias for its function.
func (l *Deployment) stands(text string, kind aws.Kind) bool {
	s, ok := l.symbols.Only(text)
	if !ok || l.resources[s.Address] == nil {
		return false
	}
	_, ok = l.names.Identity(l.resources[s.Address], s.Attribute, kind)
	return ok
}

// isOpen says whether the text is not known and need not be one id.
func (l *Deployment) isOpen(text string) bool {
	_, kind := l.identified(text)
	return kind == "" && symbol.Has(text)
}

// firstInterface is the attribute of an instance that is the id of an interface.
const firstInterface = "primary_network_interface_id"

func orSpan(s, other source.Span) source.Span {
	if s.IsValid() {
		return s
	}
	return other
}
