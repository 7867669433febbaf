package all_test

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// languages are those in which a network can be written, in the order of the table. Every template in YAML counts as one
// in JSON, into which the test translates it.
var languages = []string{"CloudFormation YAML", "CloudFormation JSON", "SAM", "Terraform"}

// languageOf is the language of a file of an archive that holds its case's network; other files hold variants of it.
var languageOf = map[string]string{"template.yaml": "CloudFormation YAML", "sam.yaml": "SAM", "main.tf": "Terraform"}

// gap is a rule without fixtures in a language.
type gap struct{ rule, language string }

// gaps has the reason for each.
var gaps = map[gap]string{
	{"gateway_attachment_race", "Terraform"}:   "a gateway is attached by its own vpc_id, so that a reference to it waits for the attachment; CloudFormation attaches by a third resource",
	{"ipv6_flag_without_subnets", "Terraform"}: "the provider leaves out a vpc_config block with two empty lists, so that nothing fails",
}

// severities has the rules that are not equally severe in every language, with the reason.
var severities = map[string]string{
	"eni_permission_race": "Terraform's provider tries again to create the function, and CloudFormation does not",
	"managed_vpc_config":  "SAM refuses the template, and the others deploy it",
}

// TestParity holds every rule to one answer about one network, in whatever language it is written.
func TestParity(t *testing.T) {
	var table strings.Builder
	fmt.Fprintf(&table, "%-32s", "")
	for _, language := range languages {
		fmt.Fprintf(&table, " %-20s", language)
	}
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			fmt.Fprintf(&table, "\n%-32s", rule.Name)
			covered := parity(t, pack.Name, rule)
			for _, language := range languages {
				why, excused := gaps[gap{rule.Name, language}]
				switch {
				case covered[language] && excused:
					t.Errorf("%s has fixtures in %s, so this is no longer so: %s", rule.Name, language, why)
				case !covered[language] && !excused:
					t.Errorf("%s has no bad and good case in %s, and there is no reason for that", rule.Name, language)
				}
				fmt.Fprintf(&table, " %-20s", map[bool]string{true: "yes", false: "-"}[covered[language]])
			}
		}
	}
	t.Log("bad and good cases by language:\n" + table.String())
}

// parity compares the answers of each case of the rule's archive and gives the languages with a bad and a good case.
func parity(t *testing.T, pack string, rule *rules.Rule) map[string]bool {
	archive, err := txtar.ParseFile(filepath.Join(fixtures, pack, rule.Name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	only := rules.Pack{Name: pack, Rules: []*rules.Rule{rule}}
	cases := map[string]map[string]answer{}
	for _, f := range archive.Files {
		if language, ok := languageOf[path.Base(f.Name)]; ok {
			name := path.Dir(f.Name)
			if cases[name] == nil {
				cases[name] = map[string]answer{}
			}
			answerIn(t, only, archive, f, language, cases[name])
		}
	}
	bad, good := map[string]bool{}, map[string]bool{}
	why, excused := severities[rule.Name]
	equallySevere := true
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		for language := range cases[name] {
			bad[language] = bad[language] || strings.HasPrefix(name, "bad")
			good[language] = good[language] || strings.HasPrefix(name, "good")
		}
		first := cases[name][writtenIn(cases[name])[0]]
		for _, a := range cases[name] {
			equallySevere = equallySevere && slices.Equal(a.Severities, first.Severities)
		}
		t.Run(rule.Name+"/"+name, func(t *testing.T) { compareAnswers(t, cases[name], excused) })
	}
	if equallySevere && excused {
		t.Errorf("%s is equally severe in every language, so this is no longer so: %s", rule.Name, why)
	}
	maps.DeleteFunc(bad, func(language string, has bool) bool { return !has || !good[language] })
	return bad
}

// compareAnswers holds all languages to the answer in the first, with the same severities unless those are excused.
func compareAnswers(t *testing.T, answers map[string]answer, excused bool) {
	written := writtenIn(answers)
	first := answers[written[0]]
	for _, language := range written[1:] {
		got := answers[language]
		if excused {
			got.Severities = first.Severities
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("the answer in %s is not that in %s:\n%s", language, written[0], diff)
		}
	}
}

// writtenIn lists the languages that have an answer, in order.
func writtenIn(answers map[string]answer) []string {
	return slices.DeleteFunc(slices.Clone(languages), func(l string) bool { _, ok := answers[l]; return !ok })
}

// answer is what a rule says of a network, without what depends on the language: whether it is so, is not so
// or is open somewhere, and for which functions. Functions go by their bare names.
type answer struct {
	True, False, Unknown    bool
	Severities              []string
	Affected, AffectedMaybe []string
}

// answerIn lints the file, and its translation to JSON.
func answerIn(t *testing.T, pack rules.Pack, archive *txtar.Archive, f txtar.File, language string, into map[string]answer) {
	files := source.NewFileSet()
	declared := declaredIn(t, files, archive, f.Name)
	file := files.Add(f.Name, f.Data)
	into[language] = answerOf(lint(t, file, pack, declared))
	if language == "CloudFormation YAML" {
		root, _ := tree.Read(file)
		into["CloudFormation JSON"] = answerOf(lint(t, files.Add("template.json", []byte(toJSON(root))), pack, declared))
	}
}

func answerOf(r rules.Result) answer {
	a := answer{True: len(r.Findings) > 0, False: r.Decided > len(r.Findings), Unknown: len(r.Undecided) > 0}
	for _, f := range r.Findings {
		a.Severities = append(a.Severities, f.Severity.String())
		a.Affected = append(a.Affected, bareNames(f.Affects)...)
	}
	for _, u := range r.Undecided {
		a.AffectedMaybe = append(a.AffectedMaybe, bareNames(u.Affects)...)
	}
	for _, list := range []*[]string{&a.Severities, &a.Affected, &a.AffectedMaybe} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return a
}

var index = regexp.MustCompile(`\[[^\]]*\]$`)

// bareNames are the names that the languages share: OrdersFunction and aws_lambda_function.orders_function[0] are one.
func bareNames(addresses []string) []string {
	var out []string
	for _, a := range addresses {
		a = index.ReplaceAllString(a, "")
		a = a[strings.LastIndex(a, ".")+1:]
		out = append(out, strings.ToLower(strings.ReplaceAll(a, "_", "")))
	}
	return out
}
