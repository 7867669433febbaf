package cloudformation

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Resource is a resource that another language states in the terms of CloudFormation, as AWS CDK does.
type Resource struct {
	Address string
	Type    string // such as "AWS::Lambda::Function"
	Span    source.Span
	// Properties are those of the type, by their CloudFormation names. Texts may hold tokens of the deployment's symbols;
	// one for a resource has the resource's Address, and the attribute that Fn::GetAtt would name.
	Properties eval.Value
	When       fact.Cond
	// Depends lists addresses beside those that the properties refer to.
	Depends []string
	// Implicit is set on what nobody wrote down, such as a role that CDK makes for a function.
	Implicit bool
}

// Add makes r part of the deployment. It becomes a node in Lower.
func (d *Deployment) Add(r Resource) {
	own := &resource{
		address:    r.Address,
		typ:        r.Type,
		span:       r.Span,
		properties: r.Properties,
		when:       r.When,
		depends:    d.dependencies(r),
		generated:  r.Implicit,
	}
	if name := r.Properties.Get("RoleName"); r.Type == roles.typ && name.Kind == eval.Text && !symbol.Has(name.Text) {
		d.roleNames[name.Text] = r.Address
	}
	d.resources[r.Address] = own
	d.ordered = append(d.ordered, own)
}

// dependencies are the stated ones, and the resources that the properties refer to.
func (d *deployed) dependencies(r Resource) []string {
	out := slices.Clone(r.Depends)
	for _, leaf := range read.Leaves(r.Properties, func(string) bool { return false }) {
		out = append(out, d.symbols.Text(leaf.Value.Text).Addresses()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
