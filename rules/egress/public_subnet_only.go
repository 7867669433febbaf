package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PublicSubnetOnly flags functions whose only way out is an internet gateway, which drops their packets: the interface
// of a function never has a public IPv4 address.
var PublicSubnetOnly = &rules.Rule{
	Name:     "public_subnet_only",
	Severity: rules.Error,
	Doc:      doc("public_subnet_only"),
	URL:      "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
	Owns:     internetKeys(trace.NoPublicAddress, trace.RoleGateway),
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, attached, func(p *rules.Pass, f *graph.Function) {
			v4, v6 := look(p, f, trace.Internet(4)), look(p, f, trace.Internet(6))
			atGateways := v4.every(func(path rules.SubnetPath) fact.Verdict { return rules.StoppedBy(path.Result, rules.AtGateway) })
			if !atGateways.IsFalse() {
				atGateways = fact.And(atGateways, declaredIsolated(p, f, v4).Not())
			}
			severity, but := rules.Error, objection{}
			if atGateways.IsTrue() {
				severity = publicSubnetSeverity(p, f, v4)
			}
			if !atGateways.IsFalse() {
				but = objectionOf(p, f)
			}
			p.Ask(fact.And(atGateways, v6.some(reachable).Not(), but.stands), f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:     f.At("VpcConfig.SubnetIds"),
					Severity: severity,
					Affects:  []string{f.Address},
					Trace:    v4.evidence(f),
					Message:  fmt.Sprintf("function %q cannot reach the internet: its subnets lead to an internet gateway, which drops packets of an interface without a public IPv4 address%s", f.Address, but.clause()),
					Remedy:   "attach the function to private subnets whose default route points at a NAT gateway, or remove " + p.Word("VpcConfig") + " if it needs nothing in the VPC",
				}
			})
		})
	},
}

// objection is why the author's word that the function needs no internet does not count. It stands, and says nothing,
// where there is no such word.
type objection struct {
	stands   fact.Verdict
	evidence string
}

// objectionOf looks for something that the function needs and that its public subnets do not reach.
func objectionOf(p *rules.Pass, f *graph.Function) objection {
	acknowledged := f.PublicAcknowledged.Is(p.World, func(yes bool) bool { return yes })
	if acknowledged.IsFalse() {
		return objection{stands: fact.Yes()}
	}
	out := objection{stands: acknowledged.Not()}
	needs := p.Needs(f)
	missed := func(n need.Need, to trace.Destination) {
		cut := look(p, f, to).every(func(path rules.SubnetPath) fact.Verdict { return rules.StoppedBy(path.Result, rules.AtGateway) })
		if cut.IsTrue() && out.evidence == "" {
			out.evidence = n.Evidence
		}
		out.stands = fact.Or(out.stands, cut)
	}
	for _, n := range needs.Services {
		missed(n, trace.Service(n.Name))
	}
	for _, n := range needs.Internet {
		missed(n, trace.Internet(4))
	}
	return out
}

func (o objection) clause() string {
	if o.evidence == "" {
		return ""
	}
	return "; AllowPublicSubnet acknowledges that, but " + o.evidence
}

// publicSubnetSeverity lowers the severity where something in the VPC suggests that the function is there for that and
// not for the internet.
func publicSubnetSeverity(p *rules.Pass, f *graph.Function, s survey) rules.Severity {
	needs := p.Needs(f)
	switch {
	case needs.Strongest() == need.Strong:
		return rules.Error
	case len(needs.Nodes) > 0:
		return rules.Note
	}
	for _, path := range s.paths {
		if vpc, _ := graph.Lookup(p.View, &p.VPCs, path.Subnet.VPC); vpc != nil && servesInside(p, vpc) {
			return rules.Warning
		}
	}
	return rules.Error
}

// servesInside says whether the VPC holds what a function without internet could be there for.
func servesInside(p *rules.Pass, vpc *graph.VPC) bool {
	if len(vpc.Endpoints.Items)+len(vpc.Peerings.Items)+len(vpc.TransitGateways.Items) > 0 {
		return true
	}
	for _, a := range graph.Existing(p.View, vpc.Gateways).Items {
		if !a.Value.VPNGateway.IsUnset() {
			return true
		}
	}
	for store := range p.DataStores.All() {
		for _, s := range graph.Resolve(p.View, &p.Subnets, store.Subnets).Items {
			if id, ok := s.Value.VPC.Get(p.World); ok.IsTrue() && string(id) == vpc.Address {
				return true
			}
		}
	}
	return false
}
