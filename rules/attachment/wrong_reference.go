package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// WrongReference flags properties that name a resource of a kind which they do not take.
var WrongReference = &rules.Rule{
	Name:     "wrong_reference",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Misreferences, func(p *rules.Pass, m *graph.Misreference) {
			p.Ask(p.World.Holds(m.Named), m.Address, m.Property+" "+string(m.Kind), func() rules.Finding {
				finding := rules.Finding{
					Span: m.Value, Affects: itself(p, m.Address),
					Message: fmt.Sprintf("%q cannot be deployed, because %s", m.Address, misfit(p, m)),
					Remedy:  amend(p, m), Fix: move(m),
				}
				if m.Taken {
					finding.Severity = rules.Warning
					finding.Message = fmt.Sprintf(
						"%q changes with every plan, because EC2 takes %q as %s and gives it back as %s",
						m.Address,
						m.Target,
						word(p, m.Property),
						word(p, m.Belongs),
					)
				}
				return finding
			})
		})
	},
}

// itself is the function at the address, if one is there.
func itself(p *rules.Pass, address string) []string {
	if p.Functions.At(address) == nil {
		return nil
	}
	return []string{address}
}
