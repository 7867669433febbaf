package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestDHCPOptionsOfAVPC(t *testing.T) {
	for name, tc := range map[string]struct{ written, want string }{
		"options of the stack":          {"!Ref Options", "Options"},
		"options by attribute":          {"!GetAtt Options.DhcpOptionsId", "Options"},
		"the word default is none":      {"default", "unset"},
		"options that are a parameter":  {"!Ref Given", "${Given}"},
		"options that a literal id has": {"dopt-0a1b", "dopt-0a1b"},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t, `
Parameters: {Given: {Type: String}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Options: {Type: AWS::EC2::DHCPOptions, Properties: {DomainNameServers: [10.0.0.10, AmazonProvidedDNS]}}
  Association: {Type: AWS::EC2::VPCDHCPOptionsAssociation, Properties: {VpcId: !Ref Vpc, DhcpOptionsId: `+tc.written+`}}
`)
			a := only(t, &n.DHCPAssociations)
			equal(t, "VPC", show(a.VPC, nil, func(id graph.ID[graph.VPC]) string { return string(id) }), "Vpc")
			equal(t, "options", show(a.Options, nil, func(id graph.ID[graph.DHCPOptions]) string { return string(id) }), tc.want)
			var servers []string
			for _, it := range only(t, &n.DHCPOptions).DNSServers.In(nil).Items {
				servers = append(servers, show(it.Value, nil, fact.Text.String))
			}
			equal(t, "servers", strings.Join(servers, " "), "10.0.0.10 AmazonProvidedDNS")
		})
	}
}
