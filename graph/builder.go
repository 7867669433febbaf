package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// Builder collects the nodes of one deployment from any number of templates or modules and links them once.
type Builder struct {
	net      *Network
	exports  map[string]fact.Missing
	complete map[string]bool // by root
	referred map[string]bool // ids that texts name
	around   Surroundings
}

// NewBuilder starts the network of the deployment whose root template or module is root. The language is the name of
// one, as aws.LanguageNamed takes it.
func NewBuilder(root, language string) *Builder {
	net := &Network{
		Root: root, Language: aws.LanguageNamed(language),
		Foreign: map[string]fact.Missing{},
		headers: map[string]*Header{},
		ofKind:  map[aws.Kind][]*Resource{},
		meter:   &budget.Meter{Of: budget.NetworkWork},
	}
	return &Builder{
		net: net, exports: map[string]fact.Missing{}, complete: map[string]bool{},
		referred: map[string]bool{},
	}
}

// Network gives the tables to fill with Add.
func (b *Builder) Network() *Network { return b.net }

// Add puts a node into its table, under its address.
func Add[T any, P interface {
	*T
	Node
}](b *Builder, t *Table[T], node P) {
	b.net.Spend(1)
	h := node.Head()
	t.meter = b.net.meter
	Put(t, ID[T](h.Address), (*T)(node))
	b.net.headers[h.Address] = P(t.At(h.Address)).Head()
}

// Until sets the deadline of all work on the network, or nil.
func (b *Builder) Until(d *budget.Deadline) { b.net.meter.Until = d }

// Beside adds a deployment that values are taken from.
func (b *Builder) Beside(other Beside) {
	if b.net.beside == nil {
		b.net.beside = map[string]Beside{}
	}
	b.net.beside[other.Scope] = other
	b.net.Beside = append(b.net.Beside, other)
}

// Foreign records what a symbol stands for that no node of this deployment is.
func (b *Builder) Foreign(id string, m fact.Missing) { b.net.Foreign[id] = m }

// Export records that the identity of the node at address leaves the deployment through what m names. The node may be
// added later, or be one that Link adds.
func (b *Builder) Export(address string, m fact.Missing) { b.exports[address] = m }

// Complete says that nobody adds to what the deployment of that root creates, whatever leaves it. The nodes of others
// are not meant.
func (b *Builder) Complete(root string) { b.complete[root] = true }

// IsComplete says so of the deployment that the resource at address is part of.
func (b *Builder) IsComplete(address string) bool {
	root, _ := b.net.Home(address)
	return b.complete[root]
}
