package oracle

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Symbolic stands for a value of ours that is not known without a provider.
type Symbolic struct{}

// Result counts what a comparison found.
type Result struct {
	Instances, Matched      int // all instances, and those that both sides have
	Equal, Differ, Symbolic int // the arguments of the matched instances
	// Differences has a line for each instance that one side lacks and each argument that differs.
	Differences []string
	// Unresolved has a line for each symbolic argument.
	Unresolved []string
}

func (r *Result) String() string {
	return fmt.Sprintf("instances equal %d of %d, attributes equal %d, different %d, symbolic %d",
		r.Matched, r.Instances, r.Equal, r.Differ, r.Symbolic)
}

// Compare compares the instances of both sides by their addresses, and the arguments of each by their names. An
// argument is a string, a float64, a bool, nil, a []any, a map[string]any or, on our side, Symbolic.
func Compare(terraform, ours map[string]any) *Result {
	r := &Result{}
	for _, a := range keysOfBoth(terraform, ours) {
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
			r.compareArguments(a, want, got)
		}
	}
	return r
}

// compareArguments compares one instance.
func (r *Result) compareArguments(address string, want, got any) {
	w, _ := want.(map[string]any)
	g, _ := got.(map[string]any)
	for _, n := range keysOfBoth(w, g) {
		line := fmt.Sprintf("%s.%s: Terraform has %s, we have %s", address, n, show(w[n]), show(g[n]))
		switch compare(w[n], g[n]) {
		case equal:
			r.Equal++
		case symbolic:
			r.Symbolic++
			r.Unresolved = append(r.Unresolved, line)
		default:
			r.Differ++
			r.Differences = append(r.Differences, line)
		}
	}
}

// keysOfBoth are the keys of either map, sorted.
func keysOfBoth(a, b map[string]any) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// relation is how two values relate. A larger one wins where parts of a value relate in several ways.
type relation int

const (
	equal relation = iota
	symbolic
	different
)

// compare compares values part by part. Null, an empty list and an absent argument are the same. Numbers and booleans
// are equal to their texts, since providers convert them.
func compare(want, got any) relation {
	switch g := got.(type) {
	case Symbolic:
		return symbolic
	case map[string]any:
		return compareObjects(want, g)
	case []any:
		return compareLists(want, g)
	}
	if w, ok := want.([]any); ok && len(w) == 0 && got == nil {
		return equal
	}
	if reflect.DeepEqual(want, got) || want != nil && got != nil && fmt.Sprint(want) == fmt.Sprint(got) {
		return equal
	}
	w, wok := want.(string)
	g, gok := got.(string)
	if wok && gok && isComputed(w, g) {
		return symbolic
	}
	return different
}

func compareObjects(want any, g map[string]any) relation {
	w, ok := want.(map[string]any)
	if !ok {
		return different
	}
	worst := equal
	for _, k := range keysOfBoth(w, g) {
		worst = max(worst, compare(w[k], g[k]))
	}
	return worst
}

func compareLists(want any, g []any) relation {
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

// isComputed says whether two texts differ only because one side computes what the other leaves as a name.
func isComputed(want, got string) bool {
	switch {
	case strings.HasPrefix(got, "{") && strings.HasPrefix(want, Opening+"data.aws_iam_policy_document."):
		return true // a document that we compute and the oracle does not
	case strings.HasSuffix(got, ":ipv6_cidr_block"+Closing) && strings.HasPrefix(want, "2001:db8:"):
		return true // a range that the oracle makes up, so that functions can take it apart
	}
	return strings.Contains(got, Opening+"?") // computed from what is not known
}

// show is a value as JSON, cut to a length that fits into a line.
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
