package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Result is what the rules say about one deployment, in a stable order.
type Result struct {
	Findings  []Finding
	Undecided []Undecided
	// Decided counts the questions that were answered, whatever the answer.
	Decided   int
	Functions []FunctionFact
	// Inhabited are the VPCs that the deployment's senders have a subnet in, named as Finding.Tenancy is.
	Inhabited []string
}

// FunctionFact is what is known about one function's attachment.
type FunctionFact struct {
	Address, Root   string
	Deployment      int // as in Finding
	Span            source.Span
	InVPC           fact.Verdict
	VPC             string
	SubnetsComplete bool
	Missing         []fact.Missing
	Subnets         []SubnetFact
}

// SubnetFact says how far a function's packets get from one subnet.
type SubnetFact struct {
	Subnet              string
	Internet, Internet6 PathFact
}

// PathFact is the outcome of one trace: Status is "reachable", "blocked" or "unknown".
type PathFact struct {
	Status string
	Via    string
	Cause  trace.Cause
}

// Run asks every rule of packs about the linked networks of one deployment, one for each scenario, and merges what they
// say. Intent is what the author declares about the deployment.
func Run(networks []*graph.Network, packs []Pack, intent Intent) Result {
	var out Result
	merged := newLedger()
	for _, n := range networks {
		shared := newEngines(n, &intent)
		shared.packs = packs
		for _, pack := range packs {
			for _, rule := range pack.Rules {
				if n.Trial != nil && !rule.Tries {
					continue
				}
				p := shared.pass(rule, pack.Name, nil)
				rule.Run(p)
				merged.take(p)
			}
		}
		if n.Trial != nil {
			continue
		}
		out.Functions = append(out.Functions, functionFacts(shared)...)
		out.Inhabited = append(out.Inhabited, shared.inhabited()...)
	}
	merged.close(&out)
	return out
}

// Merge combines the results of several deployments. What they say of one that all of them take values from is one
// finding, with all whom it affects. Of a network that is for one of the others, that one speaks.
func Merge(results []Result) (all Result) {
	found, open := map[findingKey]int{}, map[findingKey]int{}
	results = withoutTenants(results)
	for _, r := range results {
		all.Decided += r.Decided
		all.Functions = append(all.Functions, r.Functions...)
		for _, f := range r.Findings {
			if i, again := found[keyOf(&f)]; again {
				all.Findings[i].join(&f)
				all.Findings[i].Affects = unique(all.Findings[i].Affects)
				continue
			}
			found[keyOf(&f)] = len(all.Findings)
			f.Affects = slices.Clip(f.Affects) // of the result
			all.Findings = append(all.Findings, f)
		}
		for _, u := range r.Undecided {
			if i, again := open[keyOf(&u.Finding)]; again {
				all.Undecided[i].Affects = unique(slices.Concat(all.Undecided[i].Affects, u.Affects))
				all.Undecided[i].Missing = fact.Unique(slices.Concat(all.Undecided[i].Missing, u.Missing))
				continue
			}
			open[keyOf(&u.Finding)] = len(all.Undecided)
			all.Undecided = append(all.Undecided, u)
		}
	}
	return all
}

func keyOf(f *Finding) findingKey { return findingKey{f.Rule.Name, f.Root, f.Resource, f.Key} }

// ledger merges reports of equal rule, resource and key: one finding for one cause, with all whom it affects.
type ledger struct {
	order   []findingKey
	records map[findingKey]*record
	// decided counts the answers, also those that all is well, which leave no record.
	decided int
}

type findingKey struct{ rule, root, resource, key string }

type record struct {
	finding   *Finding
	undecided *Undecided
}

func newLedger() *ledger { return &ledger{records: map[findingKey]*record{}} }

func (l *ledger) take(p *Pass) {
	l.decided += p.decided
	for _, r := range p.reports {
		l.enter(r)
	}
}

func (l *ledger) enter(r report) {
	if !r.verdict.IsUnknown() {
		l.decided++
	}
	if r.verdict.IsFalse() {
		return
	}
	f := r.finding
	k := keyOf(f)
	e, ok := l.records[k]
	if !ok {
		e = &record{}
		l.records[k] = e
		l.order = append(l.order, k)
	}
	switch {
	case r.verdict.IsUnknown():
		if e.undecided == nil {
			e.undecided = &Undecided{Finding: *f}
			e.undecided.Message = fmt.Sprintf("cannot tell of %q whether this is so: %s", f.Resource, f.Rule.Summary())
		}
		e.undecided.Affects = append(e.undecided.Affects, f.Affects...)
		e.undecided.Missing = append(e.undecided.Missing, r.verdict.Missing...)
	case e.finding == nil:
		e.finding = f
	default:
		e.finding.join(f)
	}
}

// join makes f speak also for other, which says the same of the same.
func (f *Finding) join(other *Finding) {
	f.Affects = append(f.Affects, other.Affects...)
	f.Scenarios = scenariosOf(f, other)
	f.tried = f.tried && other.tried
	f.Severity = max(f.Severity, other.Severity)
	f.Fix = Both(f.Fix, other.Fix)
}

func (l *ledger) close(out *Result) {
	out.Decided += l.decided
	for _, k := range l.order {
		e := l.records[k]
		if e.finding != nil {
			e.finding.Affects = unique(e.finding.Affects)
			out.Findings = append(out.Findings, *e.finding)
		}
		if e.undecided != nil {
			e.undecided.Affects = unique(e.undecided.Affects)
			e.undecided.Missing = fact.Unique(e.undecided.Missing)
			out.Undecided = append(out.Undecided, *e.undecided)
		}
	}
	slices.SortStableFunc(out.Findings, compare)
	out.Findings = OneALine(out.Findings)
	slices.SortStableFunc(out.Undecided, func(a, b Undecided) int { return compare(a.Finding, b.Finding) })
}

func compare(a, b Finding) int {
	return cmp.Or(
		a.Span.Compare(b.Span), strings.Compare(a.Rule.Name, b.Rule.Name), strings.Compare(a.Key, b.Key),
		strings.Compare(a.Resource, b.Resource),
	)
}

func unique(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}

func functionFacts(shared *engines) []FunctionFact {
	e := shared.in(nil)
	var out []FunctionFact
	for f := range e.view.Functions.All() {
		if !e.view.IsBeside(f.Address) {
			out = append(out, factsOf(e, f))
		}
	}
	return out
}

func factsOf(e *engine, f *graph.Function) FunctionFact {
	v, a := e.view, e.of(&f.Header)
	subnets := a.subnets
	ff := FunctionFact{
		Address: f.Address, Root: v.Root, Span: f.Span,
		InVPC: a.inVPC, SubnetsComplete: len(subnets.Open) == 0, Missing: subnets.Open,
		Subnets: make([]SubnetFact, 0, len(subnets.Items)),
	}
	v4, v6 := e.paths(a, trace.Flow{To: trace.Internet(4)}), e.paths(a, trace.Flow{To: trace.Internet(6)})
	for i, it := range subnets.Items {
		if vpc, ok := it.Value.VPC.Get(v.World); ok.IsTrue() && ff.VPC == "" {
			ff.VPC = string(vpc)
		}
		ff.Subnets = append(ff.Subnets, SubnetFact{
			Subnet: it.Value.Address, Internet: pathFact(v4[i].Result), Internet6: pathFact(v6[i].Result),
		})
	}
	return ff
}

func pathFact(r *trace.Result) PathFact {
	p := PathFact{Status: Status(r.Reachable), Via: r.Via}
	if owner, ok := Owner(r); ok && r.Reachable.IsFalse() {
		p.Cause = owner.Cause
	}
	return p
}

// Status is what reports call the answer to whether something is reached: "reachable", "blocked" or "unknown".
func Status(reached fact.Verdict) string {
	switch reached.Truth {
	case fact.True:
		return "reachable"
	case fact.False:
		return "blocked"
	}
	return "unknown"
}
