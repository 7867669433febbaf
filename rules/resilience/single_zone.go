package resilience

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SingleZone flags functions and capacity providers of which all subnets lie in one Availability Zone.
var SingleZone = &rules.Rule{
	Name:     "single_zone",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			report(p, &f.Header, "function", f.Subnets, []string{f.Address})
		})
		rules.Each(p, &p.CapacityProviders, func(p *rules.Pass, c *graph.CapacityProvider) {
			report(p, &c.Header, "capacity provider", c.Subnets, p.Guests(c))
		})
	},
}

func report(p *rules.Pass, h *graph.Header, kind string, subnets fact.List[graph.Ref[graph.Subnet]],
	affected []string) {
	v, why := oneZone(p, subnets)
	p.Ask(v, h.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: h.At("VpcConfig.SubnetIds"), Affects: affected,
			Message: fmt.Sprintf("%s %q stops working when one Availability Zone fails, because %s",
				kind, h.Address, why),
			Remedy: "add a subnet in another Availability Zone",
		}
	})
}

// oneZone says whether the subnets, of which there is one at least, are all in one zone. Zones are compared as they are
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
