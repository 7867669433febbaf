package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// amazonDNS is what stands in the place of a DNS server for the Amazon resolver of each VPC:
// https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
const amazonDNS = "AmazonProvidedDNS"

func (l *lowering) dhcpOptions(r *resource) {
	graph.Add(l.builder, &l.network.DHCPOptions, &graph.DHCPOptions{Header: l.header(r), DNSServers: l.texts(r.get("domain_name_servers"))})
}

// defaultDHCPOptions reads aws_default_vpc_dhcp_options, which adopts AWS's own options and cannot change their servers.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_vpc_dhcp_options
func (l *lowering) defaultDHCPOptions(r *resource) {
	n := &graph.DHCPOptions{Header: l.header(r)}
	n.DNSServers.Append(fact.Known(fact.Lit(amazonDNS), r.Span), r.Span)
	graph.Add(l.builder, &l.network.DHCPOptions, n)
}

// dhcpAssociation reads the id "default" as what the API takes it for: no options of one's own.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateDhcpOptions.html
func (l *lowering) dhcpAssociation(r *resource) {
	options := fact.Map(ref(l, r.get("dhcp_options_id"), dhcpOptions), func(id graph.ID[graph.DHCPOptions], span source.Span) graph.Ref[graph.DHCPOptions] {
		if id == "default" {
			return graph.Ref[graph.DHCPOptions]{}
		}
		return fact.Known(id, span)
	})
	graph.Add(l.builder, &l.network.DHCPAssociations, &graph.DHCPAssociation{Header: l.header(r), VPC: ref(l, r.get("vpc_id"), vpcs), Options: options})
}
