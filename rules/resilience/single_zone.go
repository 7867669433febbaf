package resilience

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SingleZone flags senders whose subnets all lie in one Availability Zone.
var SingleZone = &rules.Rule{
	Name:     "single_zone",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			v, why := oneZone(p, s.Subnets)
			p.Ask(v, s.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: s.At("VpcConfig.SubnetIds"), Affects: p.Guests(s),
					Message: s.Name() + " stops working when one Availability Zone fails, because " + why,
					Remedy:  "add a subnet in another Availability Zone",
				}
			})
		})
	},
}

// oneZone says whether the subnets are all in one zone. There must be at least one. Zones are compared as they are
// written: Select 0 and Select 1 of Fn::GetAZs are two, and so are two parameters without values.
func oneZone(p *rules.Pass, subnets fact.List[graph.Ref[graph.Subnet]]) (v fact.Verdict, why string) {
	in := subnets.In(p.World)
	missing := in.Open
	var ids []graph.ID[graph.Subnet]
	zone, placed := "", false
	var unplaced []fact.Missing
	for _, it := range in.Items {
		id, ok := it.Value.Get(p.World)
		if !ok.IsTrue() {
			missing = append(missing, ok.Missing...)
			continue
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		subnet, known := graph.Lookup(p.View, &p.Subnets, it.Value)
		if subnet == nil {
			unplaced = append(unplaced, known.Missing...)
			continue
		}
		text, set := subnet.AZ.Get(p.World)
		switch {
		case !set.IsTrue():
			unplaced = append(unplaced, fact.Missing{Kind: fact.Attribute,
				Name: "Availability Zone of " + subnet.Address, Span: subnet.Span})
		case !placed:
			zone, placed = text.String(), true
		case zone != text.String():
			return fact.No(), ""
		}
	}
	switch {
	case len(ids)+len(missing) == 0:
		return fact.No(), ""
	case len(missing) > 0:
		return fact.Wants(append(missing, unplaced...)...), ""
	case len(ids) == 1:
		return fact.Yes(), "it has a single subnet"
	case len(unplaced) > 0:
		return fact.Wants(unplaced...), ""
	}
	return fact.Yes(), "all its subnets are in that one"
}
