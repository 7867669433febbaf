package rules

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// inAccount places a finding about what exists in the account at the reference to it, for the files hold nothing else
// of it. The evidence has the place in the account.
func (p *Pass) inAccount(f *Finding) {
	a := p.Network.AccountAt(f.Span)
	if a == nil {
		return
	}
	f.Message += " (in the account"
	if a.Taken != "" {
		f.Message += ", " + a.Taken
	}
	f.Message += ")"
	there := f.Span
	f.Span = p.referenceTo(f)
	if !slices.ContainsFunc(f.Trace, func(h trace.Hop) bool { return p.AccountAt(h.Span) != nil }) {
		message := fmt.Sprintf("%q is in the account", f.Resource)
		hop := trace.Hop{Address: f.Resource, Span: there, Message: message}
		f.Trace = append(f.Trace[:len(f.Trace):len(f.Trace)], hop)
	}
}

// referenceTo is the place at which the first function affected names the account: the resource itself, the subnet
// that the evidence goes through, or else the first that is there.
func (p *Pass) referenceTo(f *Finding) source.Span {
	through := map[string]bool{}
	for _, h := range f.Trace {
		through[h.Address] = true
	}
	for _, s := range p.engines.senders.all[:p.engines.senders.seen] {
		if !slices.Contains(f.Affects, s.Address) || s.Account != nil {
			continue
		}
		subnets := referencesTo(p, s.Header, "VpcConfig.SubnetIds", s.Subnets)
		groups := referencesTo(p, s.Header, "VpcConfig.SecurityGroupIds", s.Groups)
		all := append(subnets, groups...)
		if fn := p.Network.Functions.At(s.Address); fn != nil {
			var roles fact.List[graph.Ref[graph.Role]]
			roles.Append(fn.Role, fn.Role.Span)
			all = append(all, referencesTo(p, s.Header, "Role", roles)...)
		}
		for _, fits := range []func(reference) bool{
			func(r reference) bool { return r.id == f.Resource },
			func(r reference) bool { return through[r.id] },
			func(reference) bool { return true },
		} {
			if i := slices.IndexFunc(all, fits); i >= 0 {
				return all[i].span
			}
		}
		return s.Span
	}
	if h := p.Head(f.Resource); h != nil && h.Account == nil {
		return h.Span
	}
	return f.Span
}

// reference is a place that names what is in the account.
type reference struct {
	id   string
	span source.Span
}

// referencesTo are those in one property of a sender.
func referencesTo[T any](p *Pass, h *graph.Header, property string, refs fact.List[graph.Ref[T]]) (out []reference) {
	for id := range fact.Certain(refs, p.World) {
		if p.InAccount(string(id)) != nil {
			out = append(out, reference{string(id), h.At(property)})
		}
	}
	return out
}

// isOthers reports an answer about what exists in the account that concerns no function of this deployment: who owns
// it hears of it.
func (p *Pass) isOthers(r *report) bool {
	if len(p.Accounts) == 0 || p.InAccount(r.question.resource) == nil {
		return false
	}
	return r.finding == nil || !slices.ContainsFunc(r.finding.Affects, func(of string) bool {
		h := p.Head(of)
		return h != nil && h.Account == nil
	})
}
