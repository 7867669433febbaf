package report

import (
	"fmt"
	"text/tabwriter"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// tally counts what is said by one rule, or by all.
type tally struct {
	errors, warnings, notes int
	// definite are the functions that findings affect, open those about which alone a question is open.
	definite, open map[member]bool
}

func newTally() *tally { return &tally{definite: map[member]bool{}, open: map[member]bool{}} }

func (t *tally) add(f rules.Finding) {
	switch Severity(f) {
	case rules.Error:
		t.errors++
	case rules.Warning:
		t.warnings++
	default:
		t.notes++
	}
	for _, address := range f.Affects {
		t.definite[member{f.Root, address}] = true
	}
}

func (t *tally) ask(u rules.Undecided) {
	for _, address := range u.Affects {
		t.open[member{u.Root, address}] = true
	}
}

func (t *tally) row(name string) string {
	open := 0
	for of := range t.open {
		if !t.definite[of] {
			open++
		}
	}
	return fmt.Sprintf("%d\t%d\t%d\t%d\t%d\t  %s", t.errors, t.warnings, t.notes, len(t.definite), open, name)
}

// statistics writes a table: for each rule that has something to say the findings by severity, the functions that they
// affect, and the functions about which the rule has open questions only.
func (p *printer) statistics() {
	of, all := p.r.tallies()
	table := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "ERRORS\tWARNINGS\tNOTES\tFUNCTIONS\tUNDECIDED\t  RULE")
	for _, pack := range p.r.Packs {
		for _, rule := range pack.Rules {
			if t := of[rule.Name]; t != nil {
				_, _ = fmt.Fprintln(table, t.row(rule.Name))
			}
		}
	}
	_, _ = fmt.Fprintln(table, all.row("all rules"))
	_ = table.Flush()
}

// tallies count what each rule says, by its name, and what all say.
func (r *Report) tallies() (of map[string]*tally, all *tally) {
	of, all = map[string]*tally{}, newTally()
	by := func(f rules.Finding) *tally {
		if of[f.Rule.Name] == nil {
			of[f.Rule.Name] = newTally()
		}
		return of[f.Rule.Name]
	}
	for _, f := range r.Findings() {
		by(f).add(f)
		all.add(f)
	}
	for _, u := range r.Undecided() {
		by(u.Finding).ask(u)
		all.ask(u)
	}
	return of, all
}
