package firewall

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// tolerated is the number of ephemeral ports that may be closed before it is worth a word.
const tolerated = 1024

// NetworkACLBlocksReturn flags network ACLs that let a function's packets out and not the answers in, or only to some
// of the ports from which the function may ask.
var NetworkACLBlocksReturn = &rules.Rule{
	Name:     "network_acl_blocks_return",
	Severity: rules.Error,
	Owns:     to().Stops(trace.ACLReturn, subnets...),
	Run: func(p *rules.Pass) {
		eachACLPath(p, func(p *rules.Pass, s rules.Sender, f flow, path rules.SubnetPath) {
			const remedy = "allow TCP 1024 to 65535 in the direction of the answers"
			reportACL(p, s, f, path, remedy)
			for _, h := range path.Hops {
				if h.Lost <= tolerated {
					continue
				}
				p.Ask(path.Reachable, h.Address, "", func() rules.Finding {
					return rules.Finding{
						Span: h.Span, Severity: rules.Warning, Affects: s.Affected(), Trace: s.Evidence(path.Result),
						Message: fmt.Sprintf("%s loses some of its connections to %s: %s", s.Name(), f.name, h.Message),
						Remedy:  remedy,
					}
				})
			}
		})
	},
}
