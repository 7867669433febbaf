package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// How much is shown of what is undecided, so that it stays a screen or two.
const (
	shownGroups = 12
	shownNames  = 3
)

// undecided tells what the questions wait for, and how it is supplied.
func (p *printer) undecided() {
	groups := waiting(p.r.Undecided())
	for i, g := range groups {
		if i == shownGroups {
			p.rest(groups[i:])
			return
		}
		p.group(g)
	}
}

// withAccount completes the steps that give values.
const withAccount = "with --context FILE too where a value is the id of what exists (see lambda-vpc-snapshot)"

func (p *printer) group(g *group) {
	p.line("%s %s:", p.ink.severity("undecided")("undecided:"), p.ink.strong(Line(p.r.headline(g))))
	for _, step := range g.steps(p.r) {
		p.line("    %s", Line(step))
	}
	p.detail("questions", g.counted())
	p.detail("functions", names(g.functions))
	p.line("")
}

// rest counts the groups that are not shown.
func (p *printer) rest(groups []*group) {
	questions := 0
	for _, g := range groups {
		questions += len(g.questions)
	}
	p.line("%s and %s with %s; -f json lists all", p.ink.severity("undecided")("undecided:"),
		count(len(groups), "more fact"), count(questions, "question"))
	p.line("")
}

// headline says who waits, and for what.
func (r *Report) headline(g *group) string {
	who := count(len(g.functions), "function")
	switch {
	case len(g.functions) == 0 && len(g.questions) == 1:
		who = "1 question waits"
	case len(g.functions) == 0:
		who = count(len(g.questions), "question") + " wait"
	case len(g.functions) == 1:
		who += " waits"
	default:
		who += " wait"
	}
	shown := make([]string, min(len(g.facts), shownNames))
	for i := range shown {
		shown[i] = noun(g.facts[i].Missing)
		if isQuestion(shown[i]) {
			shown[i] = "knowledge of " + shown[i]
		}
		if loc, ok := r.placeOf(g.facts[i]); ok {
			shown[i] += fmt.Sprintf(" (%s:%d)", loc.File, loc.StartLine)
		}
	}
	what := strings.Join(shown, ", ")
	if more := len(g.facts) - len(shown); more > 0 {
		what += fmt.Sprintf(" and %d more", more)
	}
	return who + " for " + what
}

// placeOf is where the fact is asked for, as far as it is known.
func (r *Report) placeOf(f *waited) (source.Location, bool) {
	if loc, ok := r.Files.Location(f.Span); ok {
		return loc, true
	}
	return r.Files.Location(f.questions[0].Span)
}

// noun names a fact in a sentence.
func noun(m fact.Missing) string {
	switch m.Kind {
	case fact.Parameter:
		return "parameter " + m.Name
	case fact.Variable:
		return "variable " + m.Name
	case fact.Secret:
		return "secret " + m.Name
	case fact.Import:
		return "export " + m.Name
	case fact.Macro:
		return "macro " + m.Name
	case fact.Export:
		return "what others add to " + m.Name
	}
	return m.Name
}

// steps are what to do, in this order: commands, flags of this one, and sentences. The last resort is the reason why
// there are none.
func (g *group) steps(r *Report) (out []string) {
	for _, f := range g.facts {
		for _, step := range before(f.Missing) {
			if !slices.Contains(out, step) {
				out = append(out, step)
			}
		}
	}
	switch g.by {
	case byParameter:
		return g.values("--parameter %s=…", "--parameters FILE")
	case byVariable:
		return g.values("--var %s=…", "--var-file FILE")
	case byRegion:
		return []string{byRegion.flag("")}
	case byAccount, byDataSource, byState:
		if r.Context {
			out = append(out, "the context does not hold it; take one where this is deployed:")
		}
		return append(out, g.by.snapshot(r.Region)...)
	case byInput:
		return []string{byInput.flag(""), withAccount}
	case byDownload:
		return append(out, g.downloads()...)
	case nothing:
		return []string{"no command supplies it: " + why(g.facts[0].Missing)}
	}
	return []string{hint(g.facts[0].Missing)}
}

// values are the flags that give values to the facts, or the one that gives all of them at once.
func (g *group) values(flag, file string) []string {
	out := make([]string, min(len(g.facts), shownNames))
	for i := range out {
		out[i] = fmt.Sprintf(flag, g.facts[i].Name)
	}
	all := strings.Join(out, " ")
	if more := len(g.facts) - len(out); more > 0 {
		all += fmt.Sprintf(", and %d more, or %s for all", more, file)
	}
	return []string{all, withAccount}
}

// downloads are the commands that download what the root modules call.
func (g *group) downloads() (out []string) {
	var dirs []string
	for _, u := range g.questions {
		for _, m := range u.Missing {
			dirs = append(dirs, downloadsFor(m, u.Root)...)
		}
	}
	seen := map[string]bool{}
	for _, dir := range dirs {
		if seen[dir] {
			continue
		}
		seen[dir] = true
		switch {
		case len(seen) > shownNames:
		case dir == "." || dir == "":
			out = append(out, "terraform get")
		default:
			out = append(out, "terraform -chdir="+quoted(dir)+" get")
		}
	}
	if more := len(seen) - len(out); more > 0 {
		out = append(out, fmt.Sprintf("and so in %s", count(more, "more module")))
	}
	return out
}

// downloadsFor are the directories that a fact of a question about the root needs modules downloaded for.
func downloadsFor(m fact.Missing, root string) (dirs []string) {
	if m.Lookup != nil {
		for _, of := range m.Lookup.Missing {
			dirs = append(dirs, downloadsFor(of, root)...)
		}
		root = cmp.Or(m.Lookup.Dir, root)
	}
	if meansOf(m) == byDownload && len(dirs) == 0 {
		dirs = []string{root}
	}
	return dirs
}

// quoted is a word of a shell.
func quoted(word string) string {
	if !strings.ContainsAny(word, " '\"$&;|<>()*?[]#~`\\!{}") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// counted counts the questions by pack, and says what they wait for beside.
func (g *group) counted() string {
	packs := map[string]int{}
	for _, u := range g.questions {
		packs[u.Pack]++
	}
	var parts []string
	for _, pack := range mostFirst(packs) {
		parts = append(parts, fmt.Sprintf("%s %d", pack, packs[pack]))
	}
	out := fmt.Sprintf("%d (%s)", len(g.questions), strings.Join(parts, ", "))
	if g.alone == len(g.questions) {
		return out
	}
	also := map[string]int{}
	for other, n := range g.also {
		also[other.title()] += n
	}
	titles := mostFirst(also)
	shown := titles[:min(len(titles), shownNames)]
	for i, title := range shown {
		shown[i] = fmt.Sprintf("%s (%d)", title, also[title])
	}
	more := ""
	if n := len(titles) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	how := "and wait"
	switch n := len(g.questions) - g.alone; {
	case g.alone == 0 && n == 1:
		how = "and waits"
	case n == 1:
		how = "1 of them waits"
	case g.alone > 0:
		how = fmt.Sprintf("%d of them wait", n)
	}
	return fmt.Sprintf("%s; %s for more: %s%s", out, how, strings.Join(shown, ", "), more)
}

// title names a group beside others.
func (g *group) title() string {
	out := noun(g.facts[0].Missing)
	if n := len(g.facts) - 1; n > 0 {
		out += fmt.Sprintf(" and %d more", n)
	}
	return out
}

// mostFirst are the keys, those with the largest count first.
func mostFirst(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	return keys
}

// names are those of functions.
func names(functions []member) string {
	out := make([]string, len(functions))
	for i, f := range functions {
		out[i] = f.address
	}
	return list(out, shownNames)
}

// most says in a few words what the undecided questions wait for.
func most(groups []*group, undecided int) string {
	if len(groups) == 0 || groups[0].by == nothing {
		return " (--undecided says what they wait for)"
	}
	g := groups[0]
	how := "most wait"
	switch n := len(g.questions); {
	case undecided == 1:
		how = "it waits"
	case n == undecided:
		how = "all wait"
	case n == 1:
		how = "1 waits"
	case 2*n <= undecided:
		how = fmt.Sprintf("%d wait", n)
	}
	return fmt.Sprintf(", %s for %s: see --undecided", how, Line(g.title()))
}
