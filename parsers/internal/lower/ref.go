package lower

import (
	"fmt"
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

// Of is the kind of resource that a T is.
type Of[T any] struct{ Kind aws.Kind }

// What properties refer to.
var (
	VPCs              = Of[graph.VPC]{aws.VPC}
	Subnets           = Of[graph.Subnet]{aws.Subnet}
	DHCPOptions       = Of[graph.DHCPOptions]{aws.DHCPOptions}
	RouteTables       = Of[graph.RouteTable]{aws.RouteTable}
	InternetGateways  = Of[graph.InternetGateway]{aws.InternetGateway}
	VPNGateways       = Of[graph.VPNGateway]{aws.VPNGateway}
	ElasticIPs        = Of[graph.ElasticIP]{aws.ElasticIP}
	Instances         = Of[graph.Instance]{aws.Instance}
	NetworkInterfaces = Of[graph.NetworkInterface]{aws.NetworkInterface}
	Peerings          = Of[graph.Peering]{aws.PeeringConnection}
	TransitGateways   = Of[graph.TransitGateway]{aws.TransitGateway}
	Endpoints         = Of[graph.VPCEndpoint]{aws.VPCEndpoint}
	PrefixLists       = Of[graph.PrefixList]{aws.PrefixList}
	SecurityGroups    = Of[graph.SecurityGroup]{aws.SecurityGroup}
	ACLs              = Of[graph.NetworkACL]{aws.NetworkACL}
	CapacityProviders = Of[graph.CapacityProvider]{aws.CapacityProvider}
	Functions         = Of[graph.Function]{aws.Function}
	FileSystems       = Of[graph.DataStore]{aws.FileSystem}
	S3FileSystems     = Of[graph.DataStore]{aws.S3FileSystem}
	RDSInstances      = Of[graph.DataStore]{aws.RDSInstance}
	RDSClusters       = Of[graph.DataStore]{aws.RDSCluster}
	RDSProxies        = Of[graph.DataStore]{aws.RDSProxy}
)

// Ref reads a property that names a T. A resource of this deployment gives its address; what is defined elsewhere
// gives its literal id, or its symbol, which the network can then explain. What a resource has adopted is that
// resource.
func Ref[T any](l *Deployment, v value.Value, k Of[T]) graph.Ref[T] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) graph.Ref[T] {
		if other, of := l.identified(text); of != "" && of != k.Kind && !l.stands(text, k.Kind) {
			name := fmt.Sprintf("what is meant by %q, a %s in place of a %s", other, of, k.Kind)
			return fact.Computed[graph.ID[T]](span, fact.Missing{Kind: fact.Semantics, Name: name, Span: span})
		}
		return standing[T](l, l.identity(text, k.Kind), span)
	})
}

// standing is the T of that identity, or what stands in for it where something has adopted it.
func standing[T any](l *Deployment, id string, span source.Span) graph.Ref[T] {
	out := fact.Known(graph.ID[T](id), span)
	for _, a := range l.adopters[id] {
		out = fact.Choice(a.when, fact.Known(graph.ID[T](a.address), span), out, span)
	}
	return out
}

// refs reads a property that names any number of Ts.
func refs[T any](l *Deployment, v value.Value, k Of[T]) fact.List[graph.Ref[T]] {
	out := read.Each(read.Flatten(l.symbols, v), func(v value.Value) graph.Ref[T] { return Ref(l, v, k) })
	for _, gap := range out.Open {
		if len(gap.Missing) == 1 && l.names.NotEmpty(gap.Missing[0]) {
			out.AppendIf(gap.When, fact.Computed[graph.ID[T]](out.Span, gap.Missing...), out.Span)
		}
	}
	return out
}

// orEmpty is refs for the lists of a function's VpcConfig: one that is not known is empty, or else holds one element at
// least. So rules can judge the function where it is in a VPC.
func orEmpty[T any](l *Deployment, v value.Value, k Of[T]) fact.List[graph.Ref[T]] {
	out := refs(l, v, k)
	for _, text := range l.texts(fact.Always(), v) {
		if !strings.Contains(text.Value, ",") && !l.isOpen(text.Value) {
			continue // the one that is meant
		}
		const unclear = "what is meant by a text in place of a list"
		missing := fact.Missing{Kind: fact.Semantics, Name: unclear, Span: text.Span}
		for i := range out.Items {
			out.Items[i].Value = fact.Computed[graph.ID[T]](text.Span, missing)
		}
	}
	always := func(it fact.Item[graph.Ref[T]]) bool { return it.When.IsAlways() }
	if !l.defaults.NamedLists || slices.ContainsFunc(out.Items, always) {
		return out
	}
	gaps := out.Open
	out.Open = nil
	for _, gap := range gaps {
		if len(gap.Missing) > 0 {
			gap.When = gap.When.And(isEmpty(gap.Missing).Not())
			out.AppendIf(gap.When, fact.Computed[graph.ID[T]](out.Span, gap.Missing...), out.Span)
		}
		out.Miss(gap.When, gap.Missing...)
	}
	return out
}

// isEmpty is the condition under which the list that waits for the facts has no elements.
func isEmpty(ms []fact.Missing) fact.Cond {
	return fact.If(&fact.Atom{Subject: "length(" + ms[0].Name + ")", Literal: "0", Why: ms})
}

// identity is the ID that text stands for, if it is that of one of the kinds. An ARN or a name that is built around the
// identity of exactly one such resource stands for that resource.
func (l *Deployment) identity(text string, kinds ...aws.Kind) string {
	if !symbol.Has(text) {
		if l.resources[text] != nil {
			return text // an expansion names a resource by its address
		}
		id := l.names.Literal(text)
		if m, ok := l.symbols.Defaulted(text); ok && aws.KindOfID(text) == "" {
			l.builder.Foreign(id, m)
		}
		l.builder.Refer(id)
		return id
	}
	own := ""
	for s := range l.symbols.In(text) {
		r := l.resources[s.Address]
		if s.Address == "" || r == nil {
			continue
		}
		id, ok := l.names.Identity(r, s.Attribute, kinds...)
		if !ok && r.Data {
			continue
		}
		if !ok || own != "" && own != id {
			return l.Elsewhere(text)
		}
		own = id
	}
	if own != "" {
		return own
	}
	return l.Elsewhere(text)
}

// Named is the text with the addresses of resources in the place of the tokens that identify them, for a deployment in
// another language. ok is false where there are other tokens.
func (l *Deployment) Named(text string) (named string, ok bool) {
	var b strings.Builder
	for _, part := range l.symbols.Split(text) {
		s, is := part.(symbol.Symbol)
		if !is {
			fmt.Fprint(&b, part)
			continue
		}
		r := l.resources[s.Address]
		if r == nil {
			return "", false
		}
		id, ok := l.names.Identity(r, s.Attribute, aws.KindOf(r.Type))
		if !ok {
			return "", false
		}
		b.WriteString(id)
	}
	return b.String(), true
}

// Identifies says whether the attribute of r identifies one of the kinds.
func Identifies(r *Resource, attribute string, kinds ...aws.Kind) bool {
	for _, k := range kinds {
		if k.IsIdentity(r.Type, attribute) {
			return true
		}
	}
	return false
}

// Placeholder is the ID of a thing that is named by plain text. All ids of AWS hold a dash or a colon; a word that does
// not is one that a script replaces before deployment, and may be anything.
func (l *Deployment) Placeholder(text string) string {
	if strings.ContainsAny(text, "-:") {
		return text
	}
	id := "${" + text + "}"
	l.builder.Foreign(id, fact.Missing{Kind: fact.Resource, Name: text})
	return id
}

// Elsewhere is the ID of a thing that no node of this deployment is: equal symbols are the same thing.
func (l *Deployment) Elsewhere(text string) string {
	t := l.symbols.Text(text)
	id := t.String()
	for _, m := range t.Missing() {
		if m.Name != "" {
			l.builder.Foreign(id, m)
			return id
		}
	}
	l.builder.Foreign(id, fact.Missing{Kind: fact.Resource, Name: id})
	return id
}

// adopter is a resource that manages what AWS has created with a VPC. It stands in for it where it exists.
type adopter struct {
	address string
	when    fact.Cond
}

// Adopt makes the resource stand in, where when holds, for what has the identity id. This has to be known before any
// node is made.
func (l *Deployment) Adopt(id string, r *Resource, when fact.Cond) {
	l.adopters[id] = append(l.adopters[id], adopter{r.Address, when})
}

// adopted is what stands in for the thing with that identity; unset where nothing does.
func adopted[T any](l *Deployment, id graph.ID[T]) graph.Ref[T] {
	var out graph.Ref[T]
	for _, a := range l.adopters[string(id)] {
		span := l.resources[a.address].Span
		out = fact.Choice(a.when, fact.Known(graph.ID[T](a.address), span), out, span)
	}
	return out
}
