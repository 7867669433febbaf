package lower

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// misreferences records what the properties of r name and do not take.
func (l *Deployment) misreferences(r *Resource) {
	if r.Data {
		return
	}
	all := aws.ReferencesOf(r.As)
	for _, ref := range all {
		for _, it := range l.given(r, ref).Items {
			if it.Value.Kind != value.Text {
				continue
			}
			target, kind := l.identified(it.Value.Text)
			if kind != "" && !slices.Contains(ref.Takes, kind) {
				l.misreference(graph.Misreference{
					Header: l.header(r), Named: it.When, Property: ref.Path, Takes: ref.Takes, Target: target, Kind: kind, Belongs: belongs(all, kind),
					Value: orSpan(it.Value.Span, r.Span),
				})
			}
		}
	}
}

func (l *Deployment) misreference(m graph.Misreference) {
	id := m.Address + "." + m.Property + "=" + m.Target + "|" + m.Named.String()
	l.network.Misreferences.Add(graph.ID[graph.Misreference](id), &m)
}

// given are the values that r has for a property, each under its condition.
func (l *Deployment) given(r *Resource, ref aws.Reference) fact.List[value.Value] {
	v := r.Properties
	for name := range strings.SplitSeq(ref.Path, ".") {
		v = v.Get(name)
	}
	if ref.List {
		return read.Flatten(l.symbols, v)
	}
	return read.Cases(l.symbols, v)
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

// identified is the one resource that the text certainly identifies, and what that is: by its id, or as a resource of these
// files. The kind is empty where that is not known.
func (l *Deployment) identified(text string) (target string, kind aws.Kind) {
	s, ok := l.symbols.Only(text)
	if !ok {
		if r := l.resources[text]; r != nil {
			return text, aws.KindOf(r.Type)
		}
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

// firstInterface is the attribute of an instance that is the id of an interface.
const firstInterface = "primary_network_interface_id"

func orSpan(s, other source.Span) source.Span {
	if s.IsValid() {
		return s
	}
	return other
}
