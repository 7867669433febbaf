package sam_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/sam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/tree"
)

// TestTransformAgreesWithTheTranslator compares with the expected outputs of the translator that AWS publishes. To run
// it, set SAM_TRANSLATOR_TESTS to tests/translator of a checkout of aws/serverless-application-model.
func TestTransformAgreesWithTheTranslator(t *testing.T) {
	dir := os.Getenv("SAM_TRANSLATOR_TESTS")
	if dir == "" {
		t.Skip("SAM_TRANSLATOR_TESTS is not set")
	}
	inputs, _ := filepath.Glob(filepath.Join(dir, "input", "*.yaml"))
	var network, plain, providers, grants tally
	for _, input := range inputs {
		name := strings.TrimSuffix(filepath.Base(input), ".yaml")
		if strings.HasPrefix(name, "error_") {
			continue
		}
		for _, partition := range []string{"", "aws-cn", "aws-us-gov"} {
			want := readFile(t, filepath.Join(dir, "output", partition, name+".json"))
			if want == nil {
				continue
			}
			got, diagnostics := sam.Transform(withTransform(readFile(t, input)))
			for _, d := range diagnostics {
				t.Errorf("%s, which the translator takes: %s", name, d.Message)
			}
			for _, f := range want.Get("Resources").Fields {
				id, place := f.Key, filepath.Join(partition, name)+": "+f.Key
				kind := f.Value.Get("Type")
				if kind == nil {
					continue
				}
				switch kind.Text {
				case "AWS::Lambda::Function":
					w, g := networkOf(want, id), networkOf(got, id)
					if w.isPlain() {
						plain.add(place, w, g)
					} else {
						network.add(place, w, g)
					}
				case "AWS::Lambda::CapacityProvider":
					w, g := providerOf(want, id), providerOf(got, id)
					providers.add(place, w, g)
				case "AWS::IAM::Role", "AWS::IAM::ManagedPolicy":
					if strings.HasPrefix(name, "graphqlapi_") {
						continue // the roles of AppSync have no function behind them and are not made
					}
					grants.add(place, grantOf(want, id), grantOf(got, id))
				}
			}
		}
	}
	network.check(t, "functions with a VpcConfig, ENI actions or a managed policy beyond the basic one")
	plain.check(t, "other functions")
	providers.check(t, "capacity providers")
	grants.check(t, "roles and the policies of connectors")
}

// withTransform asks for the transform where an input leaves that out: the translator does not look at it.
func withTransform(root *tree.Node) *tree.Node {
	if root.Get("Transform") == nil {
		root.Fields = append(root.Fields, tree.Field{
			Key: "Transform", Value: &tree.Node{Kind: tree.Scalar, Text: "AWS::Serverless-2016-10-31"}})
	}
	return root
}

// tally counts how often two descriptions agree.
type tally struct {
	matched, total int
	misses         []string
}

func (c *tally) add(place string, want, got fmt.Stringer) {
	c.total++
	if want.String() == got.String() {
		c.matched++
		return
	}
	c.misses = append(c.misses, fmt.Sprintf("%s\n  want %s\n  got  %s", place, want, got))
}

func (c *tally) check(t *testing.T, what string) {
	t.Helper()
	t.Logf("%s: %d of %d agree", what, c.matched, c.total)
	for _, miss := range c.misses {
		t.Log(miss)
	}
	if c.total == 0 || c.matched*100 < c.total*98 {
		t.Errorf("%s: fewer than 98 %% agree", what)
	}
}

// description is a comparable account of one thing.
type description string

func (d description) String() string { return string(d) }

// network is what decides about the network of a function.
type network struct {
	vpc             string
	managed         []string
	interfaces      []string // effect and action
	hasRole, exists bool
}

func (n network) String() string {
	return fmt.Sprintf("exists=%v role=%v vpc=%s managed=%v interfaces=%v", n.exists, n.hasRole, n.vpc, n.managed, n.interfaces)
}

func (n network) isPlain() bool {
	beyond := slices.ContainsFunc(n.managed, func(arn string) bool {
		return !strings.HasSuffix(arn, `/AWSLambdaBasicExecutionRole"`)
	})
	return n.vpc == "" && len(n.interfaces) == 0 && !beyond
}

func networkOf(root *tree.Node, id string) network {
	f := root.Get("Resources").Get(id)
	n := network{exists: f.Get("Type") != nil && f.Get("Type").Text == "AWS::Lambda::Function"}
	properties := f.Get("Properties")
	n.vpc = long(properties.Get("VpcConfig"))
	for _, id := range generatedRoles(properties.Get("Role")) {
		role := root.Get("Resources").Get(id)
		n.hasRole = n.hasRole || role != nil
		n.managed = append(n.managed, sorted(role.Get("Properties").Get("ManagedPolicyArns"))...)
		n.interfaces = append(n.interfaces, interfaces(granted(role.Get("Properties").Get("Policies")))...)
	}
	slices.Sort(n.managed)
	n.managed = slices.Compact(n.managed)
	slices.Sort(n.interfaces)
	n.interfaces = slices.Compact(n.interfaces)
	return n
}

// generatedRoles are the logical ids that a Role property names.
func generatedRoles(n *tree.Node) []string {
	if n == nil {
		return nil
	}
	if name, arg, ok := n.Intrinsic(); ok && name == "Fn::GetAtt" {
		if arg.Kind == tree.Scalar {
			id, _, _ := strings.Cut(arg.Text, ".")
			return []string{id}
		}
		// The lists of some expected outputs are sorted, those of GetAtt included.
		return []string{arg.Items[0].Text, arg.Items[1].Text}
	}
	var out []string
	for _, f := range n.Fields {
		out = append(out, generatedRoles(f.Value)...)
	}
	for _, item := range n.Items {
		out = append(out, generatedRoles(item)...)
	}
	return out
}

func interfaces(granted []string) []string {
	return slices.DeleteFunc(granted, func(g string) bool {
		_, action, _ := strings.Cut(g, " ")
		return !strings.Contains(action, "networkinterface") && !strings.Contains(action, "privateipaddresses") &&
			action != "*" && !(strings.HasPrefix(action, "ec2:") && strings.Contains(action, "*"))
	})
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

func providerOf(root *tree.Node, id string) description {
	p := root.Get("Resources").Get(id).Get("Properties")
	operator := p.Get("PermissionsConfig").Get("CapacityProviderOperatorRoleArn")
	out := "vpc=" + long(p.Get("VpcConfig")) + " operator=" + long(operator)
	for _, role := range generatedRoles(operator) {
		out += long(root.Get("Resources").Get(role).Get("Properties").Get("ManagedPolicyArns"))
	}
	return description(out)
}

// grantOf is everything that a role or a policy resource allows and to whom, resources of statements left out.
func grantOf(root *tree.Node, id string) description {
	r := root.Get("Resources").Get(id)
	p := r.Get("Properties")
	return description(fmt.Sprintf("boundary=%s condition=%s roles=%s trust=%v allows=%v managed=%s",
		long(p.Get("PermissionsBoundary")), long(r.Get("Condition")), long(p.Get("Roles")),
		granted(p.Get("AssumeRolePolicyDocument")), append(granted(p.Get("Policies")), granted(p.Get("PolicyDocument"))...),
		sorted(p.Get("ManagedPolicyArns"))))
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
			return fmt.Sprintf("%q", "policy/"+strings.ReplaceAll(policy, "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess"))
		}
		return fmt.Sprintf("%q", n.Text)
	case tree.Sequence:
		var b strings.Builder
		for _, item := range n.Items {
			b.WriteString(long(item) + ",")
		}
		return "[" + b.String() + "]"
	case tree.Mapping:
		sorted := slices.SortedFunc(slices.Values(n.Fields), func(a, b tree.Field) int { return cmp.Compare(a.Key, b.Key) })
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
