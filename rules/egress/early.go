package egress

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reportEarly reports a function that an invocation may run before the ways exist that it needs. CloudFormation deletes
// in the opposite order, so that the invocation upon deletion may come after the ways are gone.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
func reportEarly(p *rules.Pass, from rules.Sender, all []need.Invocation) {
	late := lateFor(p, all)
	if len(late) == 0 {
		return
	}
	before := trace.New(p.View.Without(set(late)))
	for _, w := range wanted(p, from, all) {
		s := look(p, from, w.to)
		v := fact.And(s.every(reachable), goes(before, from, w.to).Not(), p.NeedsOf(from).Direct(need.Strong))
		if v.IsFalse() {
			continue
		}
		p.Ask(v, from.Address, "order", func() rules.Finding {
			return early(p, from, all[0], w, last(p, necessary(p, from, w.to, late)))
		})
		return // what else it needs waits for much the same
	}
}

// early is the finding that the invocation does not wait for what the function lacks.
func early(p *rules.Pass, from rules.Sender, i need.Invocation, w want, lacks []string) rules.Finding {
	finding := rules.Finding{
		Severity: rules.Warning, Span: from.Span, Affects: from.Affected(),
		Message: fmt.Sprintf("%q may run %s before %s: then it does not reach %s",
			i.Address, from.Name(), existing(lacks), w.name),
		Remedy: fmt.Sprintf("make %s depend on %s", from.Name(), words.And(words.Quote(lacks))),
		Trace: []trace.Hop{{Address: i.Address, Span: i.Resource.Span,
			Message: fmt.Sprintf("%q runs %s during the deployment", i.Address, from.Name())}},
	}
	switch {
	case !i.Answers:
	case w.to.Call != nil:
		finding.Message += ", and the stack hangs; so it may when the stack is deleted"
	default:
		finding.Message += ", and the stack fails; so it may when the stack is deleted"
	}
	for _, address := range lacks {
		if p.DependsOn(address, from.Address) {
			finding.Remedy = fmt.Sprintf("make %q depend on %s", i.Address, words.And(words.Quote(lacks)))
		}
		finding.Trace = append(finding.Trace, trace.Hop{Address: address, Span: p.Head(address).Span,
			Message: fmt.Sprintf("%q does not wait for %q", i.Address, address)})
	}
	return finding
}

// want is a destination that the function needs when it is invoked, and what a sentence calls it.
type want struct {
	to   trace.Destination
	name string
}

// wanted lists what the function certainly needs in the invocations.
func wanted(p *rules.Pass, from rules.Sender, all []need.Invocation) (out []want) {
	needs := p.NeedsOf(from)
	if slices.ContainsFunc(all, func(i need.Invocation) bool { return i.Answers }) {
		out = append(out, want{trace.Calling("s3", policy.CustomResourceAnswer), "S3, to which it puts its answer"})
	}
	for n, to := range rules.Outside(needs) {
		if n.Strength == need.Strong && n.Name != needs.Answer.Name {
			out = append(out, want{to, n.Name})
		}
	}
	for _, n := range needs.Nodes {
		if n.Strength == need.Strong {
			out = append(out, want{trace.Node(n.Name), fmt.Sprintf("%q", n.Name)})
		}
	}
	return out
}

// goes says whether the flow gets through from all subnets of the sender, by the engine.
func goes(e *trace.Engine, from rules.Sender, to trace.Destination) fact.Verdict {
	paths, _ := e.Paths(from.Sender, trace.Flow{To: to})
	ends := []fact.Verdict{fact.Yes()}
	for _, path := range paths {
		ends = append(ends, path.Reachable)
	}
	return fact.And(ends...)
}
