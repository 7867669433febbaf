package terraform_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestDHCPOptions(t *testing.T) {
	for name, test := range map[string]struct {
		options map[string]args
		id      string
		want    string
	}{
		"of one's own":         {map[string]args{"aws_vpc_dhcp_options.o": {"domain_name_servers": list("10.0.0.10")}}, "${aws_vpc_dhcp_options.o.id}", "10.0.0.10"},
		"adopted from AWS":     {map[string]args{"aws_default_vpc_dhcp_options.o": {}}, "${aws_default_vpc_dhcp_options.o.id}", "AmazonProvidedDNS"},
		"servers not known":    {map[string]args{"aws_vpc_dhcp_options.o": {"domain_name_servers": unknown("servers")}}, "${aws_vpc_dhcp_options.o.id}", "? servers"},
		"AWS's own, by a word": {nil, "default", "nothing"},
		"defined elsewhere":    {nil, "${var.options}", "${var.options}"},
	} {
		t.Run(name, func(t *testing.T) {
			resources := map[string]args{
				"aws_vpc.main":                           {"cidr_block": "10.0.0.0/16"},
				"aws_vpc_dhcp_options_association.given": {"vpc_id": "${aws_vpc.main.id}", "dhcp_options_id": test.id},
			}
			for address, a := range test.options {
				resources[address] = a
			}
			n := lower(t, resources)
			associations := n.VPCs.Get("aws_vpc.main").DHCP.In(nil).Items
			if len(associations) != 1 {
				t.Fatalf("%d associations", len(associations))
			}
			got := id(associations[0].Value.Options)
			if o := n.DHCPOptions.Get(graph.ID[graph.DHCPOptions](got)); o != nil {
				got = ""
				in := o.DNSServers.In(nil)
				for _, it := range in.Items {
					got += show(it.Value, fact.Text.String)
				}
				for _, m := range in.Open {
					got += "? " + m.Name
				}
			}
			expect(t, "DNS servers", got, test.want)
		})
	}
}

func TestTheDefaultVPCMayChangeItsDNSAttributes(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_default_vpc.as_it_is": {},
		"aws_default_vpc.changed":  {"enable_dns_support": false, "enable_dns_hostnames": "${var.hostnames}"},
	})
	as, changed := n.VPCs.Get("aws_default_vpc.as_it_is"), n.VPCs.Get("aws_default_vpc.changed")
	expect(t, "support and host names by default", show(as.DNSSupport, yesNo)+" "+show(as.DNSHostnames, yesNo), "yes yes")
	expect(t, "support and host names as written", show(changed.DNSSupport, yesNo)+" "+show(changed.DNSHostnames, yesNo), "no ? var.hostnames")
}

func yesNo(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
