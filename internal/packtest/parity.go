package packtest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const (
	yamlLanguage = "CloudFormation YAML"
	jsonLanguage = "CloudFormation JSON"
)

// languages are those in which a network can be written. Every template in YAML counts as one in JSON, into which the
// test translates it.
var languages = []string{yamlLanguage, jsonLanguage, "SAM", "Terraform"}

// languageOf is the language of a file that holds its case's network; other files hold variants of it.
var languageOf = map[string]string{"template.yaml": yamlLanguage, "sam.yaml": "SAM", "main.tf": "Terraform"}

const (
	noConflict = "CloudFormation changes the rules of a group one by one, and leaves those of other resources; " +
		"Terraform's aws_security_group takes them away"
	noStripping = "the provider takes the default rule away from each new group; only CloudFormation strips it later"
)

const oneRegion = "a stack is in one Region; only Terraform has a provider for each"

// gap is a rule without fixtures in a language.
type gap struct{ rule, language string }

// gaps has the reason for each.
var gaps = map[gap]string{
	{"ipv6_flag_without_subnets", "Terraform"}: "the provider leaves out a vpc_config block with two empty lists, " +
		"so that nothing fails",
	{"inline_and_standalone_rules", yamlLanguage}: noConflict,
	{"inline_and_standalone_rules", jsonLanguage}: noConflict,
	{"inline_and_standalone_rules", "SAM"}:        noConflict,

	{"stripped_default_egress", "Terraform"}: noStripping,

	{"region_mismatch", yamlLanguage}: oneRegion,
	{"region_mismatch", jsonLanguage}: oneRegion,
	{"region_mismatch", "SAM"}:        oneRegion,
}

// severities has the rules that are not equally severe in every language, with the reason.
var severities = map[string]string{
	"eni_permission_race": "Terraform's provider tries again to create the function, and CloudFormation does not",
	"managed_vpc_config":  "SAM refuses the template, and the others deploy it",
}

// checkParity holds the rule to one answer about one network, in whatever language it is written, and to a bad and a
// good case in each language.
func (c *checker) checkParity(t *testing.T, rule *rules.Rule) {
	bad, good := map[string]bool{}, map[string]bool{}
	why, excused := severities[rule.Name]
	equallySevere := true
	for _, name := range slices.Sorted(maps.Keys(c.cases)) {
		answers := c.cases[name]
		first := answers[writtenIn(answers)[0]]
		for language, a := range answers {
			bad[language] = bad[language] || strings.HasPrefix(name, "bad")
			good[language] = good[language] || strings.HasPrefix(name, "good")
			equallySevere = equallySevere && slices.Equal(a.Severities, first.Severities)
		}
		compareAnswers(t, name, answers, excused)
	}
	if equallySevere && excused {
		t.Errorf("it is equally severe in every language, so this is no longer so: %s", why)
	}
	for _, language := range languages {
		covered := bad[language] && good[language]
		switch why, excused := gaps[gap{rule.Name, language}]; {
		case covered && excused:
			t.Errorf("there are fixtures in %s, so this is no longer so: %s", language, why)
		case !covered && !excused:
			t.Errorf("no bad and good case in %s, and no reason for that in internal/packtest", language)
		}
	}
}

// compareAnswers holds all languages to the answer in the first, with the same severities unless those are excused.
func compareAnswers(t *testing.T, name string, answers map[string]Answer, excused bool) {
	written := writtenIn(answers)
	first := answers[written[0]]
	for _, language := range written[1:] {
		got := answers[language]
		if excused {
			got.Severities = first.Severities
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("%s: the answer in %s is not that in %s:\n%s", name, language, written[0], diff)
		}
	}
}

// writtenIn lists the languages that have an answer, in order.
func writtenIn(answers map[string]Answer) []string {
	return slices.DeleteFunc(slices.Clone(languages), func(l string) bool { _, ok := answers[l]; return !ok })
}

// Answer is what a rule says of a network, without what depends on the language: whether it is so, is not so
// or is open somewhere, and for which functions. Functions go by their bare names.
type Answer struct {
	True, False, Unknown    bool
	Severities              []string
	Affected, AffectedMaybe []string
}

// AnswerOf is the answer that the result holds.
func AnswerOf(r rules.Result) Answer {
	a := Answer{True: len(r.Findings) > 0, False: r.Decided > len(r.Findings), Unknown: len(r.Undecided) > 0}
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
