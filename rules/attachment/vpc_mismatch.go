package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// VPCMismatch flags functions whose subnets and security groups are not all of one VPC. The VPC of the first subnet is
// taken as the one that is meant. Of a capacity provider it is not documented when AWS looks.
var VPCMismatch = &rules.Rule{
	Name:     "vpc_mismatch",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.EachSenderOn(p, trace.Hyperplane, func(p *rules.Pass, from rules.Sender) {
			subnets := p.SubnetsOf(from)
			groups := graph.Resolve(p.View, &p.SecurityGroups, from.Groups)
			meant, told := first(subnets)
			stranger(p, from, subnets, func(s *graph.Subnet) fact.Verdict {
				return fact.And(told, p.SameVPC(meant, s.VPC).Not())
			}, "SubnetIds", "subnet")
			stranger(p, from, groups, func(g *graph.SecurityGroup) fact.Verdict {
				return fact.And(told, outside(p, g, meant))
			}, "SecurityGroupIds", "security group")
		})
	},
}

// first is the VPC of the first subnet. Without any subnet there is nothing to compare with, and told is False.
func first(subnets fact.Elements[*graph.Subnet]) (vpc graph.Ref[graph.VPC], told fact.Verdict) {
	if len(subnets.Items) == 0 {
		return vpc, fact.Doubt(subnets.Open)
	}
	return subnets.Items[0].Value.VPC, fact.Yes()
}

// stranger reports whether one list of VpcConfig has elements in another VPC, and blames the first.
func stranger[T any, P interface {
	*T
	graph.Node
}](p *rules.Pass, from rules.Sender, list fact.Elements[P], elsewhere func(P) fact.Verdict, property, what string) {
	p.Ask(list.Any(elsewhere), from.Address, property, func() rules.Finding {
		name, span := "", from.At("VpcConfig."+property)
		for _, it := range list.Items {
			if elsewhere(it.Value).IsTrue() {
				name, span = it.Value.Head().Address, orElse(it.Span, span)
				break
			}
		}
		return rules.Finding{
			Span: span, Affects: from.Affected(),
			Message: fmt.Sprintf("%s cannot be deployed, because %s %q is not in the VPC of its first subnet",
				from.Name(), what, name),
			Remedy: "name only subnets and security groups of one VPC",
		}
	})
}

// outside says whether the group cannot be used in the VPC. A group without a VPC is in the account's default VPC,
// which no VPC created here is. Nothing says whether Lambda accepts a group that is associated with a second VPC.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
func outside(p *rules.Pass, g *graph.SecurityGroup, vpc graph.Ref[graph.VPC]) fact.Verdict {
	associated := g.OtherVPCs.In(p.World).Any(func(other graph.Ref[graph.VPC]) fact.Verdict {
		return p.SameVPC(vpc, other)
	})
	undocumented := fact.Wants(fact.Missing{Kind: fact.Semantics,
		Name: "whether Lambda accepts a security group by its association with a second VPC"})
	return fact.And(p.SameVPC(vpc, g.VPC).Not(), fact.Or(associated.Not(), undocumented))
}

func orElse(s, other source.Span) source.Span {
	if s.IsValid() {
		return s
	}
	return other
}
