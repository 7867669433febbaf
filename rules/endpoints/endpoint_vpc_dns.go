package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointVPCDNS flags VPCs without the DNS attributes that an endpoint's private DNS names need.
var EndpointVPCDNS = &rules.Rule{
	Name:     "endpoint_vpc_dns",
	Severity: rules.Error,
	URL:      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html",
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Endpoints, func(p *rules.Pass, e *graph.VPCEndpoint) {
			vpc, known := p.VPC(e.VPC)
			if vpc == nil {
				p.Report(fact.And(wantsNames(p, e), known), rules.Finding{Resource: e.Address, Span: e.At("VpcId")})
				return
			}
			p.Ask(fact.And(wantsNames(p, e), fact.And(p.HasDNSSupport(vpc), p.HasDNSHostnames(vpc)).Not()),
				vpc.Address, "", func() rules.Finding {
					attribute := "EnableDnsHostnames"
					if p.HasDNSSupport(vpc).IsFalse() {
						attribute = "EnableDnsSupport"
					}
					return rules.Finding{
						Span: vpc.At(attribute),
						Trace: []trace.Hop{{Address: e.Address, Span: e.At("PrivateDnsEnabled"),
							Role:    trace.RoleEndpoint,
							Message: fmt.Sprintf("endpoint %q asks for private DNS names", e.Address)}},
						Message: fmt.Sprintf("endpoint %q cannot be created: its private DNS names need %s of VPC %q, "+
							"which is not on", e.Address, p.Word(attribute), vpc.Address),
						Remedy: fmt.Sprintf("set %s and %s of VPC %q to true",
							p.Word("EnableDnsSupport"), p.Word("EnableDnsHostnames"), vpc.Address),
					}
				})
		})
	},
}
