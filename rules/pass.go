package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// worlds bounds how often one subject is looked at again because a condition is undecided.
const worlds = 64

// Pass is one rule at work on one network. Its View and Trace answer for the world at hand; a rule reads them and
// reports verdicts. It never looks at conditions itself: see Each.
type Pass struct {
	*graph.View
	Trace *trace.Engine

	rule    *Rule
	pack    string
	engines *engines
	engine  *engine
	reports []report
	awaited []fact.Missing
	// decided counts the answers that left no report, because all is well.
	decided int
	// spare is the pass over one subject in the same world: subjects are looked at one after another.
	spare *Pass
}

// Asked says whether somebody asks for the rule by its own name. Then it also speaks of what it leaves alone where it
// only runs as one of all.
func (p *Pass) Asked() bool {
	return slices.ContainsFunc(p.engines.packs, func(k Pack) bool { return slices.Contains(k.Asked, p.rule.Name) })
}

// report is one answer of a rule in one world.
type report struct {
	verdict  fact.Verdict
	question question
	finding  *Finding // nil where the verdict is False
}

// question is what a report answers.
type question struct{ resource, key string }

// Word is a property, given by its CloudFormation name, as the language of the deployment writes it.
func (p *Pass) Word(property string) string { return p.Language.Word(property) }

// Report states the rule's verdict on one question. True makes f a finding; False says that all is well; Unknown makes
// an undecided entry that names the missing facts. Reports of equal Resource and Key are one.
func (p *Pass) Report(v fact.Verdict, f Finding) {
	p.Ask(v, f.Resource, f.Key, func() Finding { return f })
}

// Ask is Report for a finding that takes work to write down: describe is not called where all is well. Resource and key
// are those of the finding.
func (p *Pass) Ask(v fact.Verdict, resource, key string, describe func() Finding) {
	r := report{verdict: v, question: question{resource, key}}
	if n := len(p.reports); v.IsFalse() && n > 0 && p.reports[n-1].verdict.IsFalse() &&
		p.reports[n-1].question == r.question {
		return // that is said already, as of another subnet
	}
	p.Spend(1)
	if !v.IsFalse() {
		p.Spend(findingWork)
		f := describe()
		f.Resource, f.Key = resource, key
		r.finding = p.sign(f)
	}
	p.reports = append(p.reports, r)
}

// findingWork is what it takes to write a finding down, in things looked at.
const findingWork = 50

// sign makes the finding one of the pass's rule.
func (p *Pass) sign(f Finding) *Finding {
	f.Rule, f.Pack, f.Root = p.rule, p.pack, p.Root
	f.Message += p.once(&f)
	if f.Severity == 0 {
		f.Severity = p.rule.Severity
	}
	p.callOf(&f)
	p.onModel(&f)
	p.inAccount(&f)
	p.onTrial(&f)
	if len(p.Network.Beside) > 0 {
		p.sendHome(&f)
	}
	return &f
}

// Count answers that all is well with the resource as such. A rule whose questions are about what it finds in a loop,
// such as each service that a function needs, so counts the resource even where there is nothing to ask.
func (p *Pass) Count(resource string) { p.Ask(fact.No(), resource, "", nil) }

// Await has the conditions that v waits for decided before the rule's answers count, although no question is asked yet:
// what to ask depends on them. It is for verdicts by which a rule chooses its questions, not for those that it reports.
// True and False wait for nothing, and of an Unknown only the missing facts with an Atom are tried in both cases; the
// others leave no answer open.
func (p *Pass) Await(v fact.Verdict) {
	if v.IsUnknown() {
		p.awaited = append(p.awaited, v.Missing...)
	}
}

// Each calls f for every node of the table in the worlds in which the node exists. Where f's verdicts wait for a
// condition, f is asked again in both of its cases: a finding that holds in all of them is reported, one that holds in
// some is undecided and names what decides.
func Each[T any, P interface {
	*T
	graph.Node
}](p *Pass, table *graph.Table[T], f func(*Pass, P)) {
	EachWhere(p, table, func(*Pass, P) fact.Verdict { return fact.Yes() }, f)
}

// EachWhere is Each for rules that speak about a node only where applies holds: worlds in which it is False do not
// count, as if the node did not exist there. So a function that some condition attaches to a VPC is judged by how it
// fares where it is attached. Where facts other than conditions leave applies Unknown, so are f's verdicts.
func EachWhere[T any, P interface {
	*T
	graph.Node
}](p *Pass, table *graph.Table[T], applies func(*Pass, P) fact.Verdict, f func(*Pass, P)) {
	var node P // of all worlds and calls, so that two closures serve the whole table
	appliesHere := func(q *Pass) fact.Verdict { return applies(q, node) }
	look := func(q *Pass) { f(q, node) }
	for n := range table.All() {
		node = n
		p.decide(node, appliesHere, look)
	}
}

// answer is what one world had to say about one subject: whether the rule applies to it, and the reports if so.
type answer struct {
	world   *fact.World
	applies fact.Verdict
	reports []report
	awaited []fact.Missing
}

func (a answer) wants() []fact.Missing {
	ms := slices.Concat(a.applies.Missing, a.awaited)
	for _, r := range a.reports {
		if r.verdict.IsUnknown() {
			ms = append(ms, r.verdict.Missing...)
		}
	}
	return ms
}

// decide asks about the subject in the pass's world, and where a condition is in the way, in those that it divides.
func (p *Pass) decide(subject graph.Node, applies func(*Pass) fact.Verdict, f func(*Pass)) {
	here := p.answer(p.World, subject, applies, f)
	if !isConditional(here.wants()) && p.Network.Trial == nil { // as nearly all are
		p.keep(here.alone())
		return
	}
	in := func(w *fact.World) answer { return p.answer(w, subject, applies, f) }
	answers := fact.Leaves(p.World, worlds, in, answer.wants)
	if p.Network.Trial != nil {
		p.keep(p.attained(answers))
		return
	}
	p.keep(merge(answers))
}

// answer is what the world has to say about the subject.
func (p *Pass) answer(w *fact.World, subject graph.Node, applies func(*Pass) fact.Verdict, f func(*Pass)) answer {
	q := p.in(w)
	a := answer{world: w, applies: w.Holds(subject.Head().When)}
	if p.Network.Trial != nil {
		a.awaited = w.Holds(p.Network.Trial.Refused).Missing
	}
	if a.applies.IsTrue() {
		a.applies = applies(q)
	}
	if !a.applies.IsFalse() && !isConditional(a.applies.Missing) {
		f(q)
		a.reports, a.awaited = distinct(q.reports), append(a.awaited, q.awaited...)
		for i := range a.reports {
			if v := &a.reports[i].verdict; !v.IsFalse() {
				*v = fact.And(a.applies, *v)
			}
		}
	}
	return a
}

// keep takes over the reports about one subject.
func (p *Pass) keep(rs []report) {
	for i := range rs {
		if p.isTheirs(&rs[i]) || p.isOthers(&rs[i]) {
			continue
		}
		if rs[i].verdict.IsFalse() {
			p.decided++
		} else {
			p.reports = append(p.reports, rs[i])
		}
	}
}

// isConditional reports that a condition is among what an answer waits for.
func isConditional(ms []fact.Missing) bool {
	return slices.ContainsFunc(ms, func(m fact.Missing) bool { return m.Atom != nil })
}

func (p *Pass) in(w *fact.World) *Pass {
	if w != p.World {
		return p.engines.pass(p.rule, p.pack, w)
	}
	if p.spare == nil {
		p.spare = p.engines.pass(p.rule, p.pack, w)
	}
	p.spare.reports, p.spare.awaited = p.spare.reports[:0], nil
	return p.spare
}

// distinct leaves one report for each question of one world: what is true of one path is true of the resource. It works
// in place; there are few reports.
func distinct(rs []report) []report {
	if len(rs) < 2 {
		return rs
	}
	out, at := rs[:0], make(map[question]int, len(rs))
	for i := range rs {
		if same, ok := at[rs[i].question]; ok {
			out[same] = either(out[same], rs[i])
			continue
		}
		at[rs[i].question] = len(out)
		out = append(out, rs[i])
	}
	return out
}

// either is the report that one of two is true. It shows what the one with more to show does; of equals, the first.
func either(a, b report) report {
	if a.finding == nil && b.finding == nil {
		return a
	}
	if tells(b) > tells(a) {
		a, b = b, a
	}
	if a.verdict.IsTrue() && b.verdict.IsTrue() {
		a.finding.Fix = Both(a.finding.Fix, b.finding.Fix)
	}
	a.verdict = fact.Or(a.verdict, b.verdict)
	if b.finding != nil && !slices.Equal(a.finding.Affects, b.finding.Affects) {
		a.finding.Affects = unique(slices.Concat(a.finding.Affects, b.finding.Affects))
	}
	return a
}

// tells orders reports by how much there is to show of them.
func tells(r report) int {
	switch r.verdict.Truth {
	case fact.True:
		return 2
	case fact.Unknown:
		return 1
	}
	return 0
}

// merge combines the answers of all worlds in which the rule applies. A question that a world did not ask is False
// there.
func merge(answers []answer) []report {
	if len(answers) == 1 {
		return answers[0].alone()
	}
	var order []question
	asked := map[question][]report{}
	var existing []answer
	for _, a := range answers {
		if a.applies.IsFalse() {
			continue
		}
		existing = append(existing, a)
		for _, r := range a.reports {
			q := r.question
			if _, ok := asked[q]; !ok {
				order = append(order, q)
			}
			asked[q] = append(asked[q], r)
		}
	}
	usual := usualOnes(existing)
	only := scenarios(answers, existing)
	var out []report
	for _, q := range order {
		r := across(existing, asked[q])
		if r.finding != nil {
			r.finding.Scenarios = only
		}
		if rs := reportsOn(q, usual); r.verdict.IsUnknown() && len(rs) > 0 {
			if u := across(usual, rs); u.verdict.IsTrue() {
				r = u
				r.finding.Scenarios = scenarios(answers, usual)
			}
		}
		out = append(out, r)
	}
	return out
}

// usualOnes are the answers that count if nobody gives a value to what has a default: none where all or none of them
// do. What is true of the usual deployment is worth telling, whatever becomes of others.
func usualOnes(answers []answer) []answer {
	usual := slices.DeleteFunc(slices.Clone(answers), func(a answer) bool { return !a.world.IsUsual() })
	if len(usual) == len(answers) {
		return nil
	}
	return usual
}

func reportsOn(q question, answers []answer) (out []report) {
	for _, a := range answers {
		for _, r := range a.reports {
			if r.question == q {
				out = append(out, r)
			}
		}
	}
	return out
}

// alone are the reports of the only world there is to look at.
func (a answer) alone() []report {
	if a.applies.IsFalse() {
		return nil
	}
	for i, r := range a.reports {
		if r.verdict.IsUnknown() {
			a.reports[i].verdict = fact.Wants(fact.Unique(slices.Concat(r.verdict.Missing, a.world.Missing()))...)
		}
	}
	return a.reports
}

func across(worlds []answer, rs []report) report {
	var missing []fact.Missing
	yes, no := 0, len(worlds)-len(rs)
	best := rs[0]
	for _, r := range rs {
		if tells(r) > tells(best) {
			best = r
		}
		switch r.verdict.Truth {
		case fact.True:
			yes++
		case fact.False:
			no++
		case fact.Unknown:
			missing = append(missing, r.verdict.Missing...)
		}
	}
	switch {
	case len(missing) == 0 && no <= 0 && yes > 0:
		return best
	case len(missing) == 0 && yes == 0:
		best.verdict = fact.No()
		return best
	}
	for _, a := range worlds {
		missing = append(missing, a.world.Missing()...)
	}
	best.verdict = fact.Wants(fact.Unique(missing)...)
	return best
}
