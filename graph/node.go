// Package graph is the network of one deployment as typed nodes: what the files state, and, after Builder.Link, what
// AWS adds to it without being asked. It knows no file format and no rule.
package graph

import (
	"iter"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// ID is the identity of a node of type T. For a node of this deployment it is the node's address; for one defined
// elsewhere it is a literal id ("subnet-0a1b") or a symbol ("${SubnetId}"). Equal IDs are the same node.
type ID[T any] string

// Ref is a property that holds the identity of a T.
type Ref[T any] = fact.Value[ID[T]]

// Node is anything with a Header.
type Node interface{ Head() *Header }

// Header is what all nodes have.
type Header struct {
	// Address is unique in the deployment: the logical id, nested stacks as Parent.Child, or a Terraform address.
	Address string
	// Type is the resource type as written, such as AWS::EC2::Subnet. Implicit nodes have the type they would have.
	Type string
	// Span is the place that names the resource; an implicit node takes the place of what implies it.
	Span source.Span
	// Props finds the places of single properties; nil finds none.
	Props Places
	// When is the condition under which the resource exists.
	When fact.Cond
	// Depends lists the addresses of all direct dependencies, stated and implied by references.
	Depends []string
	// Exported is set when the resource's identity leaves the deployment, so that others may add to it.
	Exported *fact.Missing
	// Outputs are the names of the outputs and exports that hand on the resource's identity.
	Outputs []string
	// Region is the AWS Region of the resource, which may be known in parts; without any part nothing tells it.
	Region fact.Text
	// Account is set on what exists in the account already, and is no part of the deployment.
	Account *Account
	// Kept is set on what stays in the account when the resource leaves the deployment.
	Kept bool
	// CreatedFirst is set where a replacement is created before the resource is deleted, as its author asks.
	CreatedFirst bool
	// Several is set on a node that stands for any number of resources alike: references to it may mean different ones.
	Several bool
	// Implicit is set on nodes that AWS creates unasked: a main route table, a default group, a generated role.
	Implicit bool
	// Tags holds the tags whose key and value are known, and what CDK writes into Metadata as aws:cdk:path.
	Tags map[string]string
}

// Places finds where a property is written, by its path such as "VpcConfig.SubnetIds[0]". It may be asked by several
// goroutines.
type Places interface {
	Place(path string) (source.Span, bool)
}

// Copy is an instance of a module that was downloaded, so that its files are not the place to change anything.
type Copy interface {
	// Address is that of the instance, such as module.network.
	Address() string
	// Holds reports whether the place is in a file of the module.
	Holds(at source.Span) bool
	// Call is the place outside of all copies that decides what stands at the place in this one: an argument of a call,
	// or the call itself.
	Call(at source.Span) source.Span
}

// Model is an instance of a module that is not here, and that this program has a description of.
type Model struct {
	// Address is that of the instance, such as module.network; Name is that of the module, such as
	// terraform-aws-modules/vpc/aws.
	Address, Name string
	// Span is the place of its call.
	Span source.Span
}

// Head returns h itself, which makes every node that embeds a Header a Node.
func (h *Header) Head() *Header { return h }

// Own are the facts of missing that do not merely say that others may add to the node: what these may add makes nothing
// worse that is well without it.
func (h *Header) Own(missing []fact.Missing) []fact.Missing {
	return slices.DeleteFunc(slices.Clone(missing), func(m fact.Missing) bool {
		return h.Exported != nil && m == *h.Exported
	})
}

// At is the place of the property path, or of the node when the property is not written.
func (h *Header) At(path string) source.Span {
	if s, ok := h.Written(path); ok {
		return s
	}
	return h.Span
}

// Written is the place of the property path, if it is written.
func (h *Header) Written(path string) (source.Span, bool) {
	if h.Props == nil {
		return source.Span{}, false
	}
	return h.Props.Place(path)
}

// Table holds the nodes of one type in the order of the files.
type Table[T any] struct {
	order []*T
	byID  map[ID[T]]*T
	meter *budget.Meter // of the network
}

// Put puts node in the table under id. A later node with the same id replaces the earlier. It is no method: each
// package that knows the network compiles those of all tables.
func Put[T any](t *Table[T], id ID[T], node *T) {
	if t.byID == nil {
		t.byID = map[ID[T]]*T{}
	}
	if old, ok := t.byID[id]; ok {
		*old = *node
		return
	}
	t.byID[id] = node
	t.order = append(t.order, node)
}

// Get returns the node of this deployment with that id, or nil for one defined elsewhere.
func (t *Table[T]) Get(id ID[T]) *T { return t.byID[id] }

// At returns the node of this deployment at that address, or nil.
func (t *Table[T]) At(address string) *T { return t.byID[ID[T](address)] }

// All yields the nodes in order. Each counts as work on the network.
func (t *Table[T]) All() iter.Seq[*T] { return counted(t.order, t.meter) }

// counted yields the nodes and counts them.
func counted[P any](nodes []P, meter *budget.Meter) iter.Seq[P] {
	return func(yield func(P) bool) {
		for i, n := range nodes {
			if !yield(n) {
				meter.Spend(i + 1)
				return
			}
		}
		meter.Spend(len(nodes))
	}
}

// Len is the number of nodes.
func (t *Table[T]) Len() int { return len(t.order) }
