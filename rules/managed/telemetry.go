package managed

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// logs is the endpoint service of CloudWatch Logs.
const logs = "logs"

// cut asks from which subnets the instances do not reach CloudWatch Logs, over IPv4 because of a stop that the
// pass's rule owns, nor over IPv6. The result names those subnets and shows the way from the first.
func cut(p *rules.Pass, from rules.Sender) (v fact.Verdict, where string, evidence []trace.Hop) {
	var names []string
	ask := func(s *graph.Subnet) fact.Verdict {
		src := from.From(p.View, s)
		v4 := p.Path(from, s, trace.Flow{To: trace.Service(logs)})
		v6 := p.Trace.Trace(src, trace.Flow{To: trace.Internet(6)})
		v := fact.And(p.Stopped(v4), v6.Reachable.Not(), answersElsewhere(p, s).Not())
		if evidence == nil || v.IsTrue() && len(names) == 0 {
			evidence = v4.Evidence(sends(from))
		}
		if v.IsTrue() {
			names = append(names, s.Address)
		}
		return v
	}
	v = p.SubnetsOf(from).Any(ask)
	if len(names) > 1 {
		return v, "subnets " + words.Quoted(names), evidence
	}
	return v, "subnet " + words.Quoted(names), evidence
}

// sends is the first step of every trace from the instances.
func sends(from rules.Sender) trace.Hop {
	hop := from.Hop()
	hop.Message = "instances of " + from.Name() + " send from its subnets"
	return hop
}

// ofInstances are the packets to the internet, and to services on it, of managed instances.
var ofInstances = trace.PacketsTo(trace.ClassInternet, trace.ClassService).Of(trace.EC2)
