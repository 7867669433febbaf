package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

// linkRouteSetters opens the routes of all tables where software that runs in the deployment may set some: a NAT
// instance that points the default route at itself, or a function that moves it to another one.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html
func (b *Builder) linkRouteSetters() {
	n := b.net
	for r := range n.Roles.All() {
		if !r.isRunning() {
			continue
		}
		for _, it := range r.Policies.Items {
			if doc := it.Value.Document; doc != nil && slices.ContainsFunc(doc.Statements.Items, setsRoutes) {
				name := fmt.Sprintf("routes that whoever has role %q sets", r.Address)
				missing := fact.Missing{Kind: fact.Semantics, Name: name, Span: it.Span}
				missAll(&n.RouteTables, routesOf, r.When.And(it.When), missing)
				break
			}
		}
	}
}

// isRunning says whether the role is for instances or functions, and not for those who deploy.
func (r *Role) isRunning() bool {
	for _, c := range fact.Cases(r.Trust) {
		doc, ok := c.Value.Get(nil)
		if !ok.IsTrue() {
			continue
		}
		for _, s := range doc.Statements.Items {
			for _, p := range s.Value.Principals.Items {
				service, _ := p.Value.Value.Literal()
				if service == "ec2.amazonaws.com" || service == aws.LambdaPrincipal {
					return true
				}
			}
		}
	}
	return false
}

// setsRoutes says whether the statement names the permission to set routes. A wildcard is no sign that anybody does.
func setsRoutes(s fact.Item[policy.Statement]) bool {
	isSetting := func(it fact.Item[fact.Text]) bool {
		action, _ := it.Value.Literal()
		return strings.EqualFold(action, "ec2:ReplaceRoute") || strings.EqualFold(action, "ec2:CreateRoute")
	}
	return s.Value.Has(nil, policy.Allow).IsTrue() && slices.ContainsFunc(s.Value.Actions.Items, isSetting)
}
