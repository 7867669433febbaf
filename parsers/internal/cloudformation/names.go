package cloudformation

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
)

// defaults are the attributes of a VPC that name what AWS creates with it. The linker gives the nodes these IDs.
var defaults = []string{"DefaultSecurityGroup", "DefaultNetworkAcl"}

// Identity knows the return values of Ref, which is the empty attribute, and Fn::GetAtt.
func (d *Deployment) Identity(r *lower.Resource, attribute string, kinds ...aws.Kind) (id string, ok bool) {
	switch {
	case lower.Identifies(r, attribute, kinds...):
		return r.Address, true
	case r.Type == "AWS::EC2::VPC" && slices.Contains(defaults, attribute):
		return r.Address + "." + attribute, true
	case isCluster(r.Type) && attribute == "ClusterSecurityGroupId":
		return string(graph.ClusterGroupID(r.Address)), true
	}
	return "", false
}

func isCluster(typ string) bool { return typ == "AWS::EKS::Cluster" || typ == lower.CustomCluster }

// Literal takes a word that is no id of AWS for one that a script replaces before deployment, by what is known of the
// account if that has a value of the name.
func (d *Deployment) Literal(text string) string {
	if !strings.ContainsAny(text, "-:") && d.known != nil {
		if words, ok := d.known(text); ok && len(words) == 1 {
			return words[0]
		}
	}
	return d.nodes.Placeholder(text)
}

// Role is the role with that RoleName.
func (d *Deployment) Role(name, _ string) (address string, ok bool) {
	address, ok = d.roleNames[name]
	return address, ok
}

// NotEmpty knows the list parameters that hold one element at least.
func (d *Deployment) NotEmpty(m fact.Missing) bool {
	return (m.Kind == fact.Parameter || m.Kind == fact.Secret) && d.notEmpty[m.Name]
}
