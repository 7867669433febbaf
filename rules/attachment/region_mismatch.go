package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// RegionMismatch flags functions and parts of VPCs that name what is in another Region than themselves.
var RegionMismatch = &rules.Rule{
	Name:     "region_mismatch",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		named := func(p *rules.Pass, c *graph.Crossing) fact.Verdict { return p.World.Holds(c.Named) }
		rules.EachWhere(p, &p.Crossings, named, func(p *rules.Pass, c *graph.Crossing) {
			p.Ask(fact.Same(c.Region, c.Elsewhere).Not(), c.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: c.Value, Affects: itself(p, c.Address),
					Message: fmt.Sprintf("%q cannot be deployed, because it is in Region %s, "+
						"and its %s names %q in Region %s",
						c.Address, c.Region, word(p, c.Property), c.Target, c.Elsewhere),
					Remedy: fmt.Sprintf("create %q with the provider of Region %s, or name what is in Region %s",
						c.Address, c.Elsewhere, c.Region),
				}
			})
		})
	},
}
