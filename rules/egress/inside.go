package egress

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// publicSubnetSeverity lowers the severity where something in the VPC suggests that the function is there for that and
// not for the internet.
func publicSubnetSeverity(p *rules.Pass, from rules.Sender, s survey) rules.Severity {
	// One that may be mounted is no error.
	inside := len(p.NeedsOf(from).Nodes) > 0 || slices.ContainsFunc(from.Functions, func(f *graph.Function) bool {
		return !f.FileSystems.In(p.World).Empty().IsTrue()
	})
	switch lost := missed(p, from); {
	case lost == need.Strong:
		return rules.Error
	case inside && lost == need.Weak:
		return rules.Warning
	case inside:
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
		if store.Mounted {
			continue // the function would mount it
		}
		for _, s := range graph.Resolve(p.View, &p.Subnets, store.Subnets).Items {
			if id, ok := s.Value.VPC.Get(p.World); ok.IsTrue() && string(id) == vpc.Address {
				return true
			}
		}
	}
	return false
}
