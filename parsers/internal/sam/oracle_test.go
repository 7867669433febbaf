package sam_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
)

// TestTransformAgreesWithTheTranslator compares with the expected outputs of the translator that AWS publishes. To run
// it, set SAM_TRANSLATOR_TESTS to tests/translator of a checkout of aws/serverless-application-model.
func TestTransformAgreesWithTheTranslator(t *testing.T) {
	dir := os.Getenv("SAM_TRANSLATOR_TESTS")
	if dir == "" {
		t.Skip("SAM_TRANSLATOR_TESTS is not set")
	}
	inputs, _ := filepath.Glob(filepath.Join(dir, "input", "*.yaml"))
	var network, plain, providers, grants, references tally
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
			known := dangling(want, want)
			references.add(filepath.Join(partition, name), description("[]"), description(fmt.Sprint(
				slices.DeleteFunc(dangling(got, got), func(id string) bool { return slices.Contains(known, id) }))))
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
	references.check(t, "templates without a reference to nothing")
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
	return fmt.Sprintf("exists=%v role=%v vpc=%s managed=%v interfaces=%v",
		n.exists, n.hasRole, n.vpc, n.managed, n.interfaces)
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

// dangling lists what Ref and GetAtt below n name that root does not have.
func dangling(root, n *tree.Node) []string {
	if n == nil {
		return nil
	}
	var out []string
	if name, arg, ok := n.Intrinsic(); ok && arg != nil {
		id := arg.Text
		if name == "Fn::GetAtt" && len(arg.Items) > 0 {
			id = arg.Items[0].Text
		} else if name == "Fn::GetAtt" {
			id, _, _ = strings.Cut(id, ".")
		}
		if (name == "Ref" || name == "Fn::GetAtt") && !strings.HasPrefix(id, "AWS::") &&
			root.Get("Resources").Get(id) == nil && root.Get("Parameters").Get(id) == nil {
			out = append(out, id)
		}
	}
	for _, f := range n.Fields {
		out = append(out, dangling(root, f.Value)...)
	}
	for _, item := range n.Items {
		out = append(out, dangling(root, item)...)
	}
	return out
}
