package sam_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
)

// result is a transformed template.
type result struct {
	*tree.Node
	files       *source.FileSet
	diagnostics []source.Diagnostic
}

const header = "Transform: AWS::Serverless-2016-10-31\n"

// transform reads and transforms a SAM template that is written without its Transform.
func transform(t *testing.T, text string) result {
	t.Helper()
	files := source.NewFileSet()
	root, diagnostics := tree.Read(files.Add("template.yaml", []byte(header+text)))
	if len(diagnostics) > 0 {
		t.Fatalf("the template of the test: %s", diagnostics[0].Message)
	}
	out, diagnostics := sam.Transform(root)
	return result{out, files, diagnostics}
}

// at returns what a path such as "Fn.Properties.Role" below Resources leads to, in long form; "" is absent.
func (r result) at(path string) string {
	n := r.Get("Resources")
	for _, key := range strings.Split(path, ".") {
		n = n.Get(key)
	}
	return long(n)
}

// is complains unless every path has its value.
func (r result) is(t *testing.T, want map[string]string) {
	t.Helper()
	for path, value := range want {
		if got := r.at(path); got != value {
			t.Errorf("%s\n got %s\nwant %s", path, got, value)
		}
	}
}

func sorted(list *tree.Node) []string {
	var out []string
	if list != nil {
		for _, item := range list.Items {
			out = append(out, long(item))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// granted lists effect and action of every statement below n.
func granted(n *tree.Node) []string {
	if n == nil {
		return nil
	}
	var out []string
	if effect, actions := n.Get("Effect"), n.Get("Action"); effect != nil && actions != nil {
		for _, action := range append(slices.Clone(actions.Items), actions) {
			if action.Kind == tree.Scalar {
				out = append(out, effect.Text+" "+strings.ToLower(action.Text))
			}
		}
	}
	for _, f := range n.Fields {
		out = append(out, granted(f.Value)...)
	}
	for _, item := range n.Items {
		out = append(out, granted(item)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// long writes a node out with sorted keys. GetAtt has its list form, and the ARN of an AWS managed policy no partition,
// because that depends on where the translator runs.
func long(n *tree.Node) string {
	if n == nil || n.Kind == tree.Null {
		return ""
	}
	if name, arg, ok := n.Intrinsic(); ok {
		switch {
		case name == "Fn::GetAtt" && arg.Kind == tree.Scalar:
			id, attribute, _ := strings.Cut(arg.Text, ".")
			return fmt.Sprintf("{Fn::GetAtt:[%q,%q,],}", id, attribute)
		case name == "Fn::Sub" && arg.Kind == tree.Scalar && strings.Contains(arg.Text, ":aws:policy/"):
			return long(arg)
		}
	}
	switch n.Kind {
	case tree.Scalar:
		if _, policy, ok := strings.Cut(n.Text, ":aws:policy/"); ok {
			policy = strings.ReplaceAll(policy, "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess")
			return fmt.Sprintf("%q", "policy/"+policy)
		}
		return fmt.Sprintf("%q", n.Text)
	case tree.Sequence:
		var b strings.Builder
		for _, item := range n.Items {
			b.WriteString(long(item) + ",")
		}
		return "[" + b.String() + "]"
	case tree.Mapping:
		sorted := slices.SortedFunc(slices.Values(n.Fields), func(a, b tree.Field) int {
			return cmp.Compare(a.Key, b.Key)
		})
		var b strings.Builder
		for _, f := range sorted {
			b.WriteString(f.Key + ":" + long(f.Value) + ",")
		}
		return "{" + b.String() + "}"
	}
	return "null"
}

func readFile(t *testing.T, name string) *tree.Node {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	root, _ := tree.Read(source.NewFileSet().Add(name, text))
	return root
}
