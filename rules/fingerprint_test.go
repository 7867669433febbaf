package rules_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func finding(edit func(*rules.Finding)) rules.Finding {
	f := rules.Finding{
		Rule: &rules.Rule{Name: "nat_loop"}, Root: "stacks/app.yaml", Resource: "aws_nat_gateway.this[0]", Key: "ipv4",
		Message: "traffic goes round in circles", Severity: rules.Error, Affects: []string{"Api"},
	}
	edit(&f)
	return f
}

func TestFingerprintStays(t *testing.T) {
	want := rules.Fingerprint(finding(func(*rules.Finding) {}))
	if len(want) != 32 {
		t.Errorf("fingerprint %q has %d digits, want 32", want, len(want))
	}
	for name, edit := range map[string]func(*rules.Finding){
		"when the message is reworded":          func(f *rules.Finding) { f.Message = "loop" },
		"when another function is affected":     func(f *rules.Finding) { f.Affects = []string{"Api", "Worker"} },
		"when the severity changes":             func(f *rules.Finding) { f.Severity = rules.Note },
		"for another instance of the resource":  func(f *rules.Finding) { f.Resource = "aws_nat_gateway.this[1]" },
		"for an instance under for_each":        func(f *rules.Finding) { f.Resource = `aws_nat_gateway.this["a]b"]` },
		"for an instance whose key has a quote": func(f *rules.Finding) { f.Resource = `aws_nat_gateway.this["a\"]b"]` },
	} {
		t.Run(name, func(t *testing.T) {
			if got := rules.Fingerprint(finding(edit)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestFingerprintDiffers(t *testing.T) {
	seen := map[string]string{rules.Fingerprint(finding(func(*rules.Finding) {})): "the original"}
	for name, edit := range map[string]func(*rules.Finding){
		"for another rule":                  func(f *rules.Finding) { f.Rule = &rules.Rule{Name: "nat_unused"} },
		"for another root":                  func(f *rules.Finding) { f.Root = "stacks/web.yaml" },
		"for another resource":              func(f *rules.Finding) { f.Resource = "aws_nat_gateway.that[0]" },
		"for another key":                   func(f *rules.Finding) { f.Key = "ipv6" },
		"when text moves between the parts": func(f *rules.Finding) { f.Root, f.Resource = "stacks/app.yamlaws", "_nat_gateway.this" },
	} {
		t.Run(name, func(t *testing.T) {
			got := rules.Fingerprint(finding(edit))
			if other, ok := seen[got]; ok {
				t.Errorf("same fingerprint as %s", other)
			}
			seen[got] = "the one " + name
		})
	}
}
