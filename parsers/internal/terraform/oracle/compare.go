package oracle

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Symbolic stands, among the values that are compared with Terraform's, for one that is not known without a provider.
type Symbolic struct{}

// Result counts what a comparison found. Differences has a line for each instance on one side only and each argument
// that differs, Unresolved one for each that is symbolic.
type Result struct {
	Instances, Matched      int
	Equal, Differ, Symbolic int
	Differences, Unresolved []string
}

func (r *Result) String() string {
	return fmt.Sprintf("instances equal %d of %d, attributes equal %d, different %d, symbolic %d", r.Matched, r.Instances, r.Equal, r.Differ, r.Symbolic)
}

// Compare compares instances by address: their arguments one by one.
func Compare(terraform, ours map[string]any) *Result {
	r := &Result{}
	all := map[string]bool{}
	for a := range terraform {
		all[a] = true
	}
	for a := range ours {
		all[a] = true
	}
	for _, a := range slices.Sorted(maps.Keys(all)) {
		r.Instances++
		want, there := terraform[a]
		got, here := ours[a]
		switch {
		case !there:
			r.Differences = append(r.Differences, a+": Terraform has no such instance")
		case !here:
			r.Differences = append(r.Differences, a+": only Terraform has it")
		default:
			r.Matched++
			r.arguments(a, want, got)
		}
	}
	return r
}

func (r *Result) arguments(address string, want, got any) {
	w, _ := want.(map[string]any)
	g, _ := got.(map[string]any)
	names := map[string]bool{}
	for n := range w {
		names[n] = true
	}
	for n := range g {
		names[n] = true
	}
	for _, n := range slices.Sorted(maps.Keys(names)) {
		switch compare(w[n], g[n]) {
		case equal:
			r.Equal++
		case symbolic:
			r.Symbolic++
			r.Unresolved = append(r.Unresolved, fmt.Sprintf("%s.%s: Terraform has %s, we have %s", address, n, show(w[n]), show(g[n])))
		default:
			r.Differ++
			r.Differences = append(r.Differences, fmt.Sprintf("%s.%s: Terraform has %s, we have %s", address, n, show(w[n]), show(g[n])))
		}
	}
}

type relation int

const (
	equal relation = iota
	symbolic
	different
)

// compare is different where any part is, else symbolic where any part is. Null, an empty list and an absent argument
// are one; numbers and booleans are equal to their texts, which providers convert.
func compare(want, got any) relation {
	switch g := got.(type) {
	case Symbolic:
		return symbolic
	case map[string]any:
		w, ok := want.(map[string]any)
		if !ok {
			return different
		}
		worst := equal
		for _, k := range slices.Concat(slices.Collect(maps.Keys(w)), slices.Collect(maps.Keys(g))) {
			worst = max(worst, compare(w[k], g[k]))
		}
		return worst
	case []any:
		w, ok := want.([]any)
		if len(g) == 0 && (want == nil || len(w) == 0) {
			return equal
		}
		if !ok || len(w) != len(g) {
			return different
		}
		worst := equal
		for i := range g {
			worst = max(worst, compare(w[i], g[i]))
		}
		return worst
	}
	if w, ok := want.([]any); ok && len(w) == 0 && got == nil {
		return equal
	}
	if reflect.DeepEqual(want, got) || want != nil && got != nil && fmt.Sprint(want) == fmt.Sprint(got) {
		return equal
	}
	w, wok := want.(string)
	g, gok := got.(string)
	switch {
	case wok && gok && strings.HasPrefix(g, "{") && strings.HasPrefix(w, Opening+"data.aws_iam_policy_document."):
		return symbolic // a document that we compute and the oracle does not
	case wok && gok && strings.HasSuffix(g, ":ipv6_cidr_block"+Closing) && strings.HasPrefix(w, "2001:db8:"):
		return symbolic // a range that the oracle makes up, so that functions can take it apart
	case wok && gok && strings.Contains(g, Opening+"?"):
		return symbolic // computed from what is not known
	}
	return different
}

func show(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(text) > 300 {
		text = append(text[:300], "…"...)
	}
	return string(text)
}
