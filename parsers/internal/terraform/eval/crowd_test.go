package eval_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// TestCrowds: of what no network has a node for, copies are told apart up to a number of them, in the order of the
// blocks. Others stand for an unknown number, which is told; what may be in a network is always told apart, and counts.
func TestCrowds(t *testing.T) {
	const text = `
resource "queue" "few" {
  count = 9997
}
resource "queue" "many" {
  count = 100000
  name  = "q-${count.index}"
}
resource "queue" "of_map" {
  for_each = { a = 1, b = 2, c = 3, d = 4 }
  name     = each.key
}
resource "queue" "last" {
  for_each = toset(["a", "b"])
}
resource "queue" "one" {}
resource "node" "n" {
  count = 9900
  of    = queue.many[7].arn
}
`
	in := eval.Inputs{InNetwork: func(typ string) bool { return typ == "node" }}
	e := run(t, text, in)
	all := map[string]int{}
	for _, of := range e.Instances {
		all[strings.TrimRight(of.Address, "0123456789]")]++
	}
	want := map[string]int{
		"queue.few[": 9997, "queue.many[*": 1, "queue.of_map[*": 1, `queue.last["a"`: 1, `queue.last["b"`: 1,
		"queue.one": 1, "node.n[": 9900,
	}
	for name, n := range want {
		if all[name] != n {
			t.Errorf("%d of %s, want %d", all[name], name, n)
		}
	}
	if len(all) != len(want) || len(e.Errors) > 0 {
		t.Errorf("instances %v, errors %v", all, e.Errors)
	}
	var said []string
	for _, n := range e.Notices {
		said = append(said, n.Message)
	}
	if !slices.Equal(said, []string{
		"the 100000 copies of queue.many are not told apart", "the 4 copies of queue.of_map are not told apart",
	}) {
		t.Errorf("notices %q", said)
	}
	if e := run(t, text+"resource \"node\" \"m\" {\n  count = 101\n}\n", in); len(e.Errors) != 1 {
		t.Errorf("too many that may be in a network: errors %v", e.Errors)
	}
}
