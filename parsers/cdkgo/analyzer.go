package cdkgo

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Network gives the network of one Go package, which counts as one deployment. Its result is a *graph.Network and never
// nil. The network has no nodes where the package makes no constructs. Its spans are positions in the Fset of the pass.
// A package that takes more than budget.Time to read is an error.
var Network = &analysis.Analyzer{
	Name:       "cdknetwork",
	Doc:        "build the network that AWS CDK code written in Go describes",
	URL:        "https://github.com/lambda-vpc-lint/lambda-vpc-lint/blob/main/docs/cdk-go.md",
	ResultType: reflect.TypeFor[*graph.Network](),
	FactTypes:  []analysis.Fact{(*vpcFact)(nil), (*pointerFact)(nil)},
	Run:        run,
}

func run(pass *analysis.Pass) (n any, err error) {
	defer budget.Catch(&err)
	until := budget.NewDeadline(budget.Time)
	if !until.Run(func() { n = build(pass, until) }) {
		return nil, budget.Spent{Of: until.Of}
	}
	return n, nil
}

func build(pass *analysis.Pass, until *budget.Deadline) *graph.Network {
	b := graph.NewBuilder(pass.Pkg.Path(), "cdk")
	b.Until(until)
	exportPointerFacts(pass)
	if usesCDK(pass.Pkg) && !isCDK(pass.Pkg) {
		p := read(pass, until)
		p.exportVPCFacts()
		p.lower(b)
	}
	return b.Link()
}

// lower states the constructs as CloudFormation resources and makes nodes of those.
func (p *program) lower(b *graph.Builder) {
	d := cloudformation.NewDeployment(b, p.symbols)
	for _, c := range p.constructs {
		d.Add(lower.Resource{
			Address:    c.address,
			Type:       c.typ,
			Span:       c.span,
			Properties: p.properties(c),
			When:       c.when,
			Depends:    p.dependencies(c),
			Implicit:   c.implicit && c.typ == "AWS::IAM::Role",
		})
	}
	d.Lower()
	n := b.Network()
	n.Open = append(n.Open, p.unseen...)
	for _, c := range p.constructs {
		if node := n.Functions.Get(graph.ID[graph.Function](c.address)); node != nil && c.function != nil {
			node.PublicAcknowledged = c.function.publicAcknowledged
		}
	}
	p.exports.apply(b, p.constructs)
}

// properties are those of the construct. They are unknown where an override may have changed any of them.
func (p *program) properties(c *construct) value.Value {
	for _, o := range p.overrides {
		if o.appliesTo(c) {
			return (&val{span: o.missing.Span, missing: o.missing}).property()
		}
	}
	return c.props
}

// dependencies are the addresses of what c is created after: those that are stated and, for a function, all policies.
// CDK makes a function wait for the policies of its role. An L1 function waits for none by itself, but it may wait for
// any where the code states an order that is not followed.
func (p *program) dependencies(c *construct) []string {
	out := c.depends
	if c.typ != "AWS::Lambda::Function" || c.function == nil && !p.unordered {
		return out
	}
	for _, other := range p.constructs {
		if other.typ == "AWS::IAM::Policy" {
			out = append(out, other.address)
		}
	}
	return out
}
