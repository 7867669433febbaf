package cloudformation

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// Add makes a resource part of the deployment that is no resource of a template, but stated as one: as AWS CDK does. An
// attribute that its texts name is one that Fn::GetAtt has. What they name is added to what it depends on.
func (d *Deployment) Add(r lower.Resource) {
	r.Depends = slices.Clone(r.Depends)
	for _, leaf := range read.Leaves(r.Properties, func(string) bool { return false }) {
		r.Depends = append(r.Depends, d.symbols.Text(leaf.Value.Text).Addresses()...)
	}
	slices.Sort(r.Depends)
	r.Depends = slices.Compact(r.Depends)
	d.add(&r)
}
