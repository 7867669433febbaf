package endpoints

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// callsOf are the calls of the service that are known of the sender's functions.
func callsOf(p *rules.Pass, s rules.Sender, service string) (out []need.Call) {
	for _, f := range s.Functions {
		out = append(out, need.Calls(p.View, f, service)...)
	}
	return out
}

// byResource gathers the calls on each resource. Where a policy of the role says which they are, that the environment
// names the resource only makes them likely.
func byResource(calls []need.Call) (out [][]need.Call) {
	groups := map[string]int{}
	for _, c := range calls {
		key := c.Resource.String()
		if named := c.Resource.Addresses(); len(named) > 0 {
			key = named[0]
		}
		if _, ok := groups[key]; !ok {
			groups[key] = len(out)
			out = append(out, nil)
		}
		out[groups[key]] = append(out[groups[key]], c)
	}
	for i, group := range out {
		out[i] = told(group)
	}
	return out
}

// told leaves out a call whose action is not known beside those whose action is.
func told(calls []need.Call) []need.Call {
	isVague := func(c need.Call) bool { return strings.HasSuffix(c.Action, ":*") }
	clear := slices.DeleteFunc(slices.Clone(calls), isVague)
	if len(clear) == 0 {
		return calls[:1]
	}
	for i := range clear {
		for _, c := range calls {
			if c.Strength > clear[i].Strength {
				clear[i].Need = c.Need
			}
		}
	}
	return clear
}

// stoppage is what policies of endpoints do to calls.
type stoppage struct {
	// some says whether any call is stopped; calls are those that certainly are.
	some  fact.Verdict
	calls []need.Call
	// hop is the first stop, and evidence the way to it.
	hop      *trace.Hop
	evidence []trace.Hop
}

func stoppedCalls(p *rules.Pass, s rules.Sender, calls []need.Call) stoppage {
	out := stoppage{some: fact.No()}
	for _, c := range calls {
		paths, _ := p.Paths(s, trace.Flow{To: trace.Calling(c.Name, request(p, s, c))})
		stopped := fact.No()
		for _, path := range paths {
			one, hop := atPolicy(path)
			stopped = fact.Or(stopped, one)
			if hop != nil && out.hop == nil {
				out.hop, out.evidence = hop, append(s.Evidence(path.Result), rules.Because(s.Header, c.Need))
			}
		}
		if out.some = fact.Or(out.some, stopped); stopped.IsTrue() {
			out.calls = append(out.calls, c)
		}
	}
	return out
}

// atPolicy says whether the path stops at the policy of an endpoint, and where.
func atPolicy(path rules.SubnetPath) (fact.Verdict, *trace.Hop) {
	if !path.Reachable.IsFalse() {
		return path.Reachable.Not(), nil
	}
	for _, h := range path.Blocks {
		if h.Cause == trace.EndpointPolicy {
			return fact.Yes(), h
		}
	}
	return fact.No(), nil
}

// request is the call as a policy sees it, with the role of the sender's function.
func request(p *rules.Pass, s rules.Sender, c need.Call) *policy.Request {
	r := &policy.Request{Action: c.Action, Resource: c.Resource}
	if len(s.Functions) == 1 {
		if role, ok := s.Functions[0].Role.Get(p.World); ok.IsTrue() {
			r.Caller = string(role)
		}
	}
	for _, address := range c.Resource.Addresses() {
		r.Others = append(r.Others, likes(p, address)...)
	}
	return r
}

// likes are the other resources of the kind of that at address.
func likes(p *rules.Pass, address string) (out []string) {
	head := p.Head(address)
	if head == nil {
		return nil
	}
	kind := aws.KindOf(head.Type)
	if kind == "" {
		return nil
	}
	for r := range p.ResourcesOfKind(kind) {
		if r.Address != address {
			out = append(out, r.Address)
		}
	}
	return out
}

// resourceName is what a sentence calls the resource: its address where there is nothing else in the text.
func resourceName(t fact.Text) string {
	if len(t) == 1 && t[0].Address != "" {
		return t[0].Address
	}
	return t.String()
}

// most is the number of actions that a sentence lists.
const most = 3

// doing is what a sentence calls the calls, before the resource.
func doing(calls []need.Call) string {
	if len(calls) == 0 || strings.HasSuffix(calls[0].Action, ":*") {
		return "use"
	}
	var actions []string
	for _, c := range calls {
		actions = append(actions, c.Action)
	}
	slices.Sort(actions)
	if actions = slices.Compact(actions); len(actions) > most {
		actions = append(actions[:most], "other actions")
	}
	return "do " + words.And(actions) + " on"
}
