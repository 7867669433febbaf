package policy

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
)

// plain is a statement of strings, for an evaluator that shares nothing with the one under test.
type plain struct {
	deny, notAction, notResource bool
	actions, resources           []string
}

var (
	somePatterns  = []string{"*", "ec2:*", "ec2:Create*", "EC2:describenetworkinterfaces", "ec2:DeleteNetworkInterface", "s3:*", "sqs:SendMessage", "ec2:???ateNetworkInterface", "${Action}", "ec2:${Verb}*"}
	someResources = []string{
		"*", "arn:*:ec2:*:*:*", "arn:aws:ec2:us-east-1:1:*/*", "arn:aws:ec2:*:*:network-interface/*", "arn:aws:s3:::b/*", "arn:aws:sqs:us-east-1:1:jobs",
		"arn:aws:ec2:us-east-1:1:subnet/?", "${Scope}", "arn:aws:ec2:${Region}:1:${Last}", "arn:aws:sqs:${Region}:1:jobs", "${Head}*",
	}
	contents = map[string][]string{
		"${Action}": {"*", "s3:*", "ec2:CreateNetworkInterface"}, "${Verb}": {"Create", "Describe", ""}, "${Region}": {"us-east-1", "eu-west-1", "*"},
		"${Scope}": {"*", "arn:aws:s3:::b/k", "arn:aws:ec2:us-east-1:1:subnet/s"}, "${Last}": {"*/*", "subnet/s", "*"}, "${Head}": {"", "arn:aws:s", "arn:aws:ec2:us-east-1:1:"},
	}
	// universe holds an ARN for each way in which the patterns above differ.
	universe = []string{
		"arn:aws:ec2:us-east-1:1:subnet/s", "arn:aws:ec2:us-east-1:1:network-interface/eni", "arn:aws:ec2:eu-west-1:1:network-interface/eni",
		"arn:aws:ec2:us-east-1:2:vpc/v", "arn:aws:ec2:*:1:*/*", "arn:aws:ec2:eu-west-1:1:subnet/s", "arn:aws:ec2:eu-west-1:1:*/*", "arn:aws:ec2:us-east-1:1:*/*",
	}
)

func (p plain) json() string {
	effect, action, resource := "Allow", "Action", "Resource"
	if p.deny {
		effect = "Deny"
	}
	if p.notAction {
		action = "NotAction"
	}
	if p.notResource {
		resource = "NotResource"
	}
	quoted := func(s []string) string { return `["` + strings.Join(s, `","`) + `"]` }
	return fmt.Sprintf(`{"Effect": %q, %q: %s, %q: %s}`, effect, action, quoted(p.actions), resource, quoted(p.resources))
}

func globs(patterns []string, s string, flags string) bool {
	for _, p := range patterns {
		re := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(p))
		if regexp.MustCompile(flags + `^` + re + `$`).MatchString(s) {
			return true
		}
	}
	return false
}

func globsOne(patterns []string, subjects []string) bool {
	for _, s := range subjects {
		if globs(patterns, s, "") {
			return true
		}
	}
	return false
}

// brute answers for EC2 actions without any notion of the unknown, other than for a Deny on a part.
func brute(doc []plain, action string, on Scope) fact.Truth {
	allowed, denied, partly := false, false, false
	wide := []string{"arn:aws:ec2:us-east-1:1:*/*", "arn:aws:ec2:eu-west-1:1:*/*", "arn:aws:ec2:us-east-1:2:*/*", "arn:aws:ec2:*:1:*/*"}
	for _, s := range doc {
		if globs(s.actions, action, "(?i)") == s.notAction {
			continue
		}
		switch {
		case s.deny:
			all, some := globs(s.resources, "*", ""), globsOne(s.resources, universe)
			switch {
			case some && !all:
				partly = true
			case all != s.notResource:
				denied = true
			}
		case on == Everything:
			allowed = allowed || globs(s.resources, "*", "") != s.notResource
		case on == EveryType, s.notResource:
			allowed = allowed || globsOne(s.resources, wide) != s.notResource
		default:
			allowed = allowed || globsOne(s.resources, append(universe, wide...))
		}
	}
	switch {
	case denied || !allowed:
		return fact.False
	case partly:
		return fact.Unknown
	}
	return fact.True
}

func pick(r *rand.Rand, from []string) []string {
	out := make([]string, 1+r.IntN(2))
	for i := range out {
		out[i] = from[r.IntN(len(from))]
	}
	return out
}

func filled(r *rand.Rand, doc []plain) []plain {
	var pairs []string
	for _, name := range []string{"${Action}", "${Verb}", "${Region}", "${Scope}", "${Last}", "${Head}"} {
		pairs = append(pairs, name, contents[name][r.IntN(len(contents[name]))])
	}
	fill := strings.NewReplacer(pairs...)
	out := make([]plain, len(doc))
	for i, s := range doc {
		out[i] = s
		out[i].actions, out[i].resources = nil, nil
		for _, a := range s.actions {
			out[i].actions = append(out[i].actions, fill.Replace(a))
		}
		for _, a := range s.resources {
			out[i].resources = append(out[i].resources, fill.Replace(a))
		}
	}
	return out
}

func verdict(t *testing.T, doc []plain, action string, on Scope) fact.Verdict {
	lines := make([]string, len(doc))
	for i, s := range doc {
		lines[i] = s.json()
	}
	return identity(t, strings.Join(lines, "\n")).Allows(nil, action, on).Verdict()
}

// With everything known the answer is that of brute force; and an answer that was definite before something became
// known is the same afterwards.
func TestEvaluationAgreesWithBruteForceAndNeverFlips(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	definite := 0
	for range 800 {
		definite += evaluateByForce(t, r)
	}
	if definite < 500 {
		t.Errorf("only %d definite answers with unknowns: the property was hardly tested", definite)
	}
}

func FuzzEvaluation(f *testing.F) {
	f.Add([]byte("a document"))
	f.Fuzz(func(t *testing.T, from []byte) { evaluateByForce(t, fuzz.Rand(from)) })
}

// evaluateByForce makes a document with unknowns and compares the answers. It counts those that are definite.
func evaluateByForce(t *testing.T, r *rand.Rand) (definite int) {
	t.Helper()
	doc := make([]plain, 1+r.IntN(3))
	for i := range doc {
		doc[i] = plain{deny: r.IntN(4) == 0, notAction: r.IntN(6) == 0, notResource: r.IntN(6) == 0, actions: pick(r, somePatterns), resources: pick(r, someResources)}
	}
	full := filled(r, doc)
	for _, q := range []struct {
		action string
		on     Scope
	}{{create, Anything}, {describe, Everything}, {remove, EveryType}} {
		before, after := verdict(t, doc, q.action, q.on), verdict(t, full, q.action, q.on)
		if want := brute(full, q.action, q.on); after.Truth != want {
			t.Fatalf("%s on %v: %v, brute force says %v\n%v", q.action, q.on, after.Truth, want, full)
		}
		if before.IsUnknown() {
			continue
		}
		definite++
		if before.Truth != after.Truth {
			t.Fatalf("%s on %v: %v became %v\n%v\n%v", q.action, q.on, before.Truth, after.Truth, doc, full)
		}
	}
	return definite
}

// FuzzGlob compares the matching of literal patterns with regular expressions.
func FuzzGlob(f *testing.F) {
	for _, pattern := range []string{"*", "ec2:*", "arn:aws:ec2:*:*:*/*", "a?c", "${*}${?}${$}", "*a*b*", "?*", "${aws:username}", "${", "é?"} {
		f.Add(pattern, "arn:aws:ec2:eu-west-1:1:subnet/s")
	}
	f.Fuzz(func(t *testing.T, pattern, subject string) {
		got := matches(fact.Lit(pattern), subjectOf(fact.Lit(subject)), nil)
		want := map[bool]fact.Truth{true: fact.True, false: fact.False}[globsByHand(pattern, subject)]
		if left, _, isVariable := strings.Cut(strings.NewReplacer("${*}", "", "${?}", "", "${$}", "").Replace(pattern), "${"); isVariable {
			if !globsByHand(left+"*", subject) && got.Truth != fact.False {
				t.Errorf("%q matches %q: %v, and its beginning does not", pattern, subject, got.Truth)
			}
			return
		}
		if got.Truth != want {
			t.Errorf("%q matches %q: %v, want %v", pattern, subject, got.Truth, want)
		}
	})
}

// globsByHand has package regexp decide, byte by byte.
func globsByHand(pattern, subject string) bool {
	re := "(?s)^"
	for pattern != "" {
		sign, after, escaped := strings.Cut(strings.TrimPrefix(pattern, "${"), "}")
		switch {
		case strings.HasPrefix(pattern, "${") && escaped && (sign == "*" || sign == "?" || sign == "$"):
			re += regexp.QuoteMeta(sign)
			pattern = after
			continue
		case pattern[0] == '*':
			re += ".*"
		case pattern[0] == '?':
			re += "."
		default:
			re += regexp.QuoteMeta(string(rune(pattern[0])))
		}
		pattern = pattern[1:]
	}
	var runes strings.Builder
	for i := range len(subject) {
		runes.WriteRune(rune(subject[i]))
	}
	return regexp.MustCompile(re + "$").MatchString(runes.String())
}
