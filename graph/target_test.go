package graph_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// TestJoined: an attachment names the transit gateway and the VPC, so it is unseen only if both may be named elsewhere.
func TestJoined(t *testing.T) {
	exported := fact.Missing{Kind: fact.Export, Name: "export"}
	for name, c := range map[string]struct {
		exports      []string
		gateway, vpc string // of the attachment; without a gateway there is none
		from         string
		want         fact.Truth
	}{
		"attached here":                              {nil, "Hub", "Vpc", "Vpc", fact.True},
		"not attached":                               {nil, "", "", "Vpc", fact.False},
		"the transit gateway is exported":            {[]string{"Hub"}, "", "", "Vpc", fact.False},
		"the VPC is exported":                        {[]string{"Vpc"}, "", "", "Vpc", fact.False},
		"both are exported":                          {[]string{"Hub", "Vpc"}, "", "", "Vpc", fact.Unknown},
		"another VPC is attached":                    {nil, "Hub", "Other", "Vpc", fact.False},
		"a VPC from elsewhere is attached":           {nil, "Hub", "${Network}", "${Network}", fact.True},
		"a VPC from elsewhere is not attached":       {nil, "Hub", "Vpc", "vpc-1", fact.False},
		"it may be attached to a VPC from elsewhere": {[]string{"Hub"}, "", "", "${Network}", fact.Unknown},
	} {
		n := network(func(b *graph.Builder, n *graph.Network) {
			graph.Add(b, &n.VPCs, vpc(head("Vpc"), "10.0.0.0/16"))
			graph.Add(b, &n.VPCs, vpc(head("Other"), "10.1.0.0/16"))
			graph.Add(b, &n.TransitGateways, &graph.TransitGateway{Header: head("Hub")})
			if c.gateway != "" {
				graph.Add(b, &n.TransitAttachments, &graph.TransitGatewayAttachment{Header: head("Attachment"),
					TransitGateway: ref[graph.TransitGateway](c.gateway), VPC: ref[graph.VPC](c.vpc)})
			}
			for _, address := range c.exports {
				b.Export(address, exported)
			}
		})
		check(t, name, n.In(nil).IsJoined(n.TransitGateways.Get("Hub"), ref[graph.VPC](c.from)), c.want)
	}
}
