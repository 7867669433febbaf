// Package lower turns resources into the nodes of a network. It is the one place that knows what the properties of a
// resource type mean, for every language: each states its resources in the words of CloudFormation.
//
// What a type means is taken from its page in
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
package lower

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Resource is one evaluated resource in the words of CloudFormation, whatever language it is written in.
type Resource struct {
	// Address is unique in the deployment.
	Address string
	// Type is what its language calls it, such as "aws_subnet". As is the type of CloudFormation whose properties it
	// has; empty means Type.
	Type, As string
	// Data is set on what only looks a thing up that is defined elsewhere. It becomes a plain resource.
	Data bool
	Span source.Span
	// Properties are those of the type, by their CloudFormation names. Texts may hold tokens of the deployment's
	// symbols: one for a resource has the resource's Address, and an attribute as its language names it.
	Properties value.Value
	// Written are the properties as the language writes them; Absent means that these are Properties.
	Written value.Value
	// Before are properties as they are written, where Properties says in another one what they name.
	Before map[string]value.Value
	// Props finds the places of properties; nil finds those in Properties.
	Props graph.Places
	When  fact.Cond
	// Depends lists addresses, those that the properties refer to among them.
	Depends []string
	// Outputs are as in graph.Header.
	Outputs []string
	// Exported is set when others can learn the identity, so that they may add to the resource.
	Exported *fact.Missing
	// Region is the AWS Region of the resource, which may hold tokens; "" where all of the deployment is in one.
	Region string
	// Account is set on what exists already.
	Account *graph.Account
	// Kept, CreatedFirst and Several are as in graph.Header.
	Kept, CreatedFirst, Several bool
	// Implicit is set on what nobody wrote down, such as a role that the SAM transform makes for a function.
	Implicit bool
	// SAM is set on what is written as an AWS::Serverless::Function.
	SAM bool
	// Path is what AWS CDK writes into Metadata as aws:cdk:path, Absent with other tools.
	Path value.Value
	// Parts are the resources that are written inside this one, by the property that holds them: SecurityGroupEgress,
	// SecurityGroupIngress, and Routes and Entries, which tables and ACLs have in Terraform. A property without parts
	// is read as CloudFormation writes it.
	Parts map[string]fact.List[*Resource]
}

// Get is a property by its CloudFormation name, Absent where it is not written.
func (r *Resource) Get(property string) value.Value { return r.Properties.Get(property) }

// Deployment turns the resources of one deployment into nodes. It is for one goroutine.
type Deployment struct {
	builder     *graph.Builder
	network     *graph.Network
	symbols     *symbol.Table
	names       Names
	defaults    Defaults
	resources   map[string]*Resource
	ordered     []*Resource
	adopters    map[string][]adopter // by the identity of what is adopted
	diagnostics []source.Diagnostic
}

// Names is how texts name resources in one language.
type Names interface {
	// Identity is the node that an attribute of r identifies, if that is one of the kinds. Otherwise ok is false.
	Identity(r *Resource, attribute string, kinds ...aws.Kind) (id string, ok bool)
	// Literal is the identity that a text without tokens is.
	Literal(text string) string
	// Role is the address of the role of that name which the resource at by would use.
	Role(name, by string) (address string, ok bool)
	// NotEmpty says that a list which waits for the fact has one element at least.
	NotEmpty(m fact.Missing) bool
}

// Defaults are what languages and their tools do by themselves, each in its own way.
type Defaults struct {
	// Egress: a security group without egress rules lets everything out, as AWS makes it.
	Egress bool
	// AuroraPort: the port of a provisioned Aurora PostgreSQL cluster is not sure. CloudFormation's page says 3306,
	// where the engine's own port is 5432:
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
	AuroraPort bool
	// NamedLists: the fact that an unknown list waits for is the list itself. So lists that wait for the same fact are
	// empty in the same worlds. Elsewhere it may be what the list is computed from.
	NamedLists bool
	// AnyGateway: a route takes what anyGateway lists as GatewayId, as EC2 does. Terraform
	// then sees a change in every plan, for EC2 answers with the property that is right:
	// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route
	AnyGateway bool
}

// New starts a deployment that adds its nodes to b. All its texts share symbols.
func New(b *graph.Builder, symbols *symbol.Table, names Names, defaults Defaults) *Deployment {
	return &Deployment{
		builder: b, network: b.Network(), symbols: symbols, names: names, defaults: defaults,
		resources: map[string]*Resource{}, adopters: map[string][]adopter{},
	}
}

// Know makes the resource known to the others, which may name it.
func (l *Deployment) Know(r *Resource) {
	if r.As == "" {
		r.As = r.Type
	}
	l.resources[r.Address] = r
}

// Add makes the resource known, and a node in Lower.
func (l *Deployment) Add(r *Resource) {
	l.Know(r)
	l.ordered = append(l.ordered, r)
}

// Resource is the resource at the address, or nil.
func (l *Deployment) Resource(address string) *Resource { return l.resources[address] }

// Ordered are the resources that become nodes, in the order in which they were added.
func (l *Deployment) Ordered() []*Resource { return l.ordered }

// Lower adds the nodes of all resources to the network, in their order: as that of its type, or else as a plain
// resource. It gives back what properties of the wrong type it met.
func (l *Deployment) Lower() []source.Diagnostic {
	for _, r := range l.ordered {
		l.misreferences(r)
		l.crossings(r)
		l.misnamedRoles(r)
		if f := lowering(r); f != nil {
			f(l, r)
		} else {
			l.other(r)
		}
	}
	l.ordered = nil
	return l.diagnostics
}

// add puts a node into a table of the network.
func add[T any, P interface {
	*T
	graph.Node
}](l *Deployment, t *graph.Table[T], node P) {
	graph.Add(l.builder, t, node)
}

func (l *Deployment) header(r *Resource) graph.Header {
	h := graph.Header{
		Address: r.Address, Type: r.Type, Span: r.Span, Props: r.Props, When: r.When,
		Depends: r.Depends, Exported: r.Exported, Outputs: r.Outputs, Account: r.Account,
		Kept: r.Kept, CreatedFirst: r.CreatedFirst, Several: r.Several, Implicit: r.Implicit, Tags: tags(r),
	}
	if r.Region != "" {
		h.Region = l.symbols.Text(r.Region)
	}
	if h.Props == nil {
		h.Props = read.Places(r.Properties)
	}
	return h
}

// decoded reads the properties of r into a T.
func decoded[T any](l *Deployment, r *Resource) *decode.Decoded[T] {
	d := decode.Decode[T](l.symbols, r.Properties)
	for _, e := range d.Errors() {
		e.Message = fmt.Sprintf("resource %q: %s", r.Address, e.Message)
		l.diagnostics = append(l.diagnostics, e)
	}
	return d
}

// PathTag is the entry of Metadata that holds the construct path of a CDK resource. Here it is one of the tags.
const PathTag = "aws:cdk:path"

// tags lists what is known of the Tags property, which is a list of pairs or, in some types, a map.
func tags(r *Resource) map[string]string {
	var out map[string]string
	add := func(key, v value.Value) {
		if key.Kind == value.Text && v.Kind == value.Text && !symbol.Has(key.Text+v.Text) {
			if out == nil {
				out = map[string]string{}
			}
			out[key.Text] = v.Text
		}
	}
	tags := r.Get("Tags")
	for _, it := range tags.Items {
		add(it.Get("Key"), it.Get("Value"))
	}
	for _, f := range tags.Fields {
		add(value.Value{Kind: value.Text, Text: f.Name}, f.Value)
	}
	add(value.Value{Kind: value.Text, Text: PathTag}, r.Path)
	return out
}

// DefaultTags is the property for the tags that a resource has if its own do not say otherwise. In CloudFormation
// none has it: those of a stack are given when it is deployed.
const DefaultTags = "DefaultTags"

// Tags lists the tags of r with what is not known of them. Of own tags that are not all known, any may be: then nothing
// more is known with the defaults.
func Tags(l *Deployment, r *Resource) fact.List[graph.Variable] {
	out, defaults := read.Tags(l.symbols, r.Get("Tags")), read.Tags(l.symbols, r.Get(DefaultTags))
	if len(out.Open) == 0 {
		out.Items = append(out.Items, defaults.Items...)
	}
	out.Open = append(out.Open, defaults.Open...)
	return out
}

// written are the properties in the words of the author.
func (r *Resource) written() value.Value {
	if r.Written.Kind == value.Absent {
		return r.Properties
	}
	return r.Written
}

// other keeps a resource that has no node of its own, with its texts.
func (l *Deployment) other(r *Resource) {
	add(l, &l.network.Resources, &graph.Resource{
		Header:     l.header(r),
		Properties: read.Properties(l.symbols, r.written(), func(string) bool { return false }),
	})
}
