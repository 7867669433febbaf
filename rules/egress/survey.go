package egress

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// survey is how one flow of a sender fares from each of its subnets.
type survey struct {
	paths []rules.SubnetPath
	open  []fact.Missing
}

func look(p *rules.Pass, from rules.Sender, to trace.Destination) survey {
	return lookAt(p, from, trace.Flow{To: to})
}

func lookAt(p *rules.Pass, from rules.Sender, flow trace.Flow) survey {
	paths, open := p.Paths(from, flow)
	return survey{paths, open}
}

// every says whether the sender has subnets and ask holds for all of them.
func (s survey) every(ask func(rules.SubnetPath) fact.Verdict) fact.Verdict {
	exists := s.some(func(rules.SubnetPath) fact.Verdict { return fact.Yes() })
	exception := s.some(func(path rules.SubnetPath) fact.Verdict { return ask(path).Not() })
	return fact.And(exists, exception.Not())
}

// some says whether ask holds for one of its subnets.
func (s survey) some(ask func(rules.SubnetPath) fact.Verdict) fact.Verdict {
	return fact.Or(fact.Some(s.paths, ask), fact.Doubt(s.open))
}

func reachable(path rules.SubnetPath) fact.Verdict { return path.Reachable }

// outward are the packets to the internet, and to services on it; ofFunctions are those that most of this pack speaks
// of.
var (
	outward     = trace.PacketsTo(trace.ClassInternet, trace.ClassService)
	ofFunctions = outward.Of(trace.Hyperplane)
)

// firstBlocked is the path to show as evidence: the first that does not get through.
func (s survey) firstBlocked() (rules.SubnetPath, bool) {
	for _, path := range s.paths {
		if path.Reachable.IsFalse() {
			return path, true
		}
	}
	return rules.SubnetPath{}, false
}

func (s survey) evidence(from rules.Sender) []trace.Hop {
	if path, ok := s.firstBlocked(); ok {
		return from.Evidence(path.Result)
	}
	if len(s.paths) > 0 {
		return from.Evidence(s.paths[0].Result)
	}
	return []trace.Hop{from.Hop()}
}

// each is rules.EachSender over those whose interface never has a public IPv4 address, as that of a function. The pack
// managed speaks for instances.
func each(p *rules.Pass, f func(*rules.Pass, rules.Sender)) {
	rules.EachSenderOn(p, trace.Hyperplane, f)
}
