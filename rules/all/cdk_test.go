package all_test

import (
	"fmt"
	"go/format"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cdkgo"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// onlyCloudFormation are the rules about what CDK takes care of by itself.
var onlyCloudFormation = []string{"gateway_attachment_race"}

// TestParityOfCode writes the networks of the fixtures in CDK, resource by resource, and holds every rule to the answer
// that it gives about the template. Left out are templates with parameters, conditions and functions that CDK writes in
// other ways.
func TestParityOfCode(t *testing.T) {
	gopath := t.TempDir()
	stubs := newStubs()
	type pair struct {
		rule *rules.Rule
		pack string
		file fixture.File
	}
	pairs := map[string]pair{}
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			archive, err := fixture.Read(pack.Name, rule.Name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				if path.Base(f.Name) != "template.yaml" || slices.Contains(onlyCloudFormation, rule.Name) {
					continue
				}
				root, _ := tree.Read(source.NewFileSet().Add(f.Name, f.Data))
				code, ok := (&coder{stubs: stubs}).program(root)
				if !ok {
					continue
				}
				pkg := "parity/" + rule.Name + "/" + strings.ReplaceAll(path.Dir(f.Name), "-", "")
				write(t, gopath, pkg+"/main.go", code)
				pairs[pkg] = pair{rule, pack.Name, f}
			}
		}
	}
	if len(pairs) < 100 {
		t.Errorf("only %d fixtures can be written in CDK", len(pairs))
	}
	stubs.write(t, gopath)
	for _, result := range analysistest.Run(t, gopath, cdkgo.Network, slices.Sorted(maps.Keys(pairs))...) {
		p, ok := pairs[result.Pass.Pkg.Path()]
		if !ok {
			continue
		}
		pack := rules.Pack{Name: p.pack, Rules: []*rules.Rule{p.rule}}
		t.Run(p.rule.Name+"/"+path.Dir(p.file.Name), func(t *testing.T) {
			bare := fixture.Archive{} // as the code, without a configuration
			want := packtest.AnswerOf(bare.Lint(p.file.Name, p.file.Data, pack).Result)
			got := packtest.AnswerOf(rules.Run([]*graph.Network{result.Result.(*graph.Network)}, []rules.Pack{pack}, rules.Intent{}))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the answer about the template (-) is not that about the code (+):\n%s", diff)
			}
		})
	}
	t.Logf("%d fixtures in CDK", len(pairs))
}

func write(t *testing.T, gopath, file, code string) {
	t.Helper()
	text, err := format.Source([]byte(code))
	if err != nil {
		t.Fatalf("%s: %v\n%s", file, err, code)
	}
	file = filepath.Join(gopath, "src", filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// stubs collects what the code uses of CDK's packages.
type stubs struct {
	fields  map[string]map[string]bool // of a construct, such as "awsec2.CfnSubnet"
	methods map[string]map[string]bool
}

func newStubs() *stubs { return &stubs{map[string]map[string]bool{}, map[string]map[string]bool{}} }

func (s *stubs) use(m map[string]map[string]bool, construct, name string) {
	if m[construct] == nil {
		m[construct] = map[string]bool{}
	}
	if name != "" {
		m[construct][name] = true
	}
}

const awscdk = "github.com/aws/aws-cdk-go/awscdk/v2"

// write makes packages that mirror the L1 constructs of awscdk v2.200.0, beside those that the tests of parsers/cdkgo
// have.
func (s *stubs) write(t *testing.T, gopath string) {
	for _, pkg := range []string{"github.com/aws/constructs-go", "github.com/aws/jsii-runtime-go", awscdk} {
		root := filepath.Join("..", "..", "parsers", "cdkgo", "testdata", "src")
		err := filepath.WalkDir(filepath.Join(root, pkg), func(file string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".go" || filepath.Base(filepath.Dir(file)) != "v2" && pkg == awscdk {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, file)
			if err == nil {
				write(t, gopath, filepath.ToSlash(rel), string(text))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	code := map[string]*strings.Builder{}
	for _, construct := range slices.Sorted(maps.Keys(s.fields)) {
		pkg, name, _ := strings.Cut(construct, ".")
		b := code[pkg]
		if b == nil {
			b = &strings.Builder{}
			fmt.Fprintf(b, "package %s\nimport %q\n", pkg, "github.com/aws/constructs-go/constructs/v10")
			code[pkg] = b
		}
		fmt.Fprintf(b, "type %sProps struct {\n", name)
		for _, f := range slices.Sorted(maps.Keys(s.fields[construct])) {
			fmt.Fprintf(b, "%s interface{}\n", f)
		}
		fmt.Fprintf(b, "}\ntype %s interface {\nAddDependency(target interface{})\n", name)
		for _, m := range slices.Sorted(maps.Keys(s.methods[construct])) {
			fmt.Fprintf(b, "%s() *string\n", m)
		}
		fmt.Fprintf(b, "}\nfunc New%s(scope constructs.Construct, id *string, props *%sProps) %s { return nil }\n", name, name, name)
	}
	for pkg, b := range code {
		write(t, gopath, awscdk+"/"+pkg+"/"+pkg+".go", b.String())
	}
}

// coder writes one template as CDK code.
type coder struct {
	stubs     *stubs
	resources *tree.Node
	imports   map[string]bool
	body      strings.Builder
	state     map[string]int // 1: being written, 2: written
	bad       bool           // there is something that is not written in this way
}

func (c *coder) program(root *tree.Node) (string, bool) {
	for _, section := range []string{"Parameters", "Conditions", "Transform", "Mappings", "Outputs"} {
		if root.Get(section) != nil {
			return "", false
		}
	}
	c.resources, c.imports, c.state = root.Get("Resources"), map[string]bool{}, map[string]int{}
	for _, f := range c.resources.Fields {
		c.resource(f.Key)
	}
	if c.bad {
		return "", false
	}
	var b strings.Builder
	b.WriteString("package main\nimport (\n\"" + awscdk + "\"\n\"github.com/aws/jsii-runtime-go\"\n")
	for _, pkg := range slices.Sorted(maps.Keys(c.imports)) {
		fmt.Fprintf(&b, "%q\n", awscdk+"/"+pkg)
	}
	b.WriteString(")\nfunc main() {\nstack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String(\"Stack\"), nil)\n")
	b.WriteString(c.body.String())
	b.WriteString("}\n")
	return b.String(), true
}

// resource writes the resource after those that it refers to.
func (c *coder) resource(id string) {
	n := c.resources.Get(id)
	parts := strings.Split(n.Get("Type").Literal(), "::")
	if c.state[id] == 1 || n.Get("Condition") != nil || n.Get("Metadata") != nil || len(parts) != 3 || parts[0] != "AWS" || parts[1] == "Serverless" || parts[1] == "CloudFormation" || parts[1] == "SSM" {
		c.bad = true
	}
	if c.bad || c.state[id] == 2 {
		return
	}
	c.state[id] = 1
	construct := "aws" + strings.ToLower(parts[1]) + ".Cfn" + parts[2]
	var props strings.Builder
	written := n.Get("Properties")
	if written == nil {
		written = &tree.Node{}
	}
	for _, f := range written.Fields {
		name := f.Key
		switch name { // the constructs have but one capital at the beginning
		case "DBSubnetGroupName", "DBClusterIdentifier":
			name = "Db" + name[2:]
		case "VPCSecurityGroups", "VPCOptions":
			name = "Vpc" + name[3:]
		}
		c.stubs.use(c.stubs.fields, construct, name)
		fmt.Fprintf(&props, "%s: %s,\n", name, c.value(f.Value))
	}
	var after []string
	if d := n.Get("DependsOn"); d != nil {
		for _, it := range append(d.Items, d) {
			if it.Kind == tree.Scalar {
				c.resource(it.Text)
				after = append(after, it.Text)
			}
		}
	}
	c.stubs.use(c.stubs.fields, construct, "")
	c.imports[strings.Split(construct, ".")[0]] = true
	pkg, name, _ := strings.Cut(construct, ".")
	fmt.Fprintf(&c.body, "v%s := %s.New%s(stack, jsii.String(%q), &%sProps{\n%s})\n_ = v%s\n", id, pkg, name, id, construct, props.String(), id)
	for _, d := range after {
		fmt.Fprintf(&c.body, "v%s.AddDependency(v%s)\n", id, d)
	}
	c.state[id] = 2
}

func (c *coder) value(n *tree.Node) string {
	if name, arg, ok := n.Intrinsic(); ok {
		return c.intrinsic(name, arg)
	}
	var b strings.Builder
	switch n.Kind {
	case tree.Scalar:
		return fmt.Sprintf("jsii.String(%q)", n.Text)
	case tree.Sequence:
		b.WriteString("[]interface{}{\n")
		for _, it := range n.Items {
			b.WriteString(c.value(it) + ",\n")
		}
	case tree.Mapping:
		b.WriteString("map[string]interface{}{\n")
		for _, f := range n.Fields {
			fmt.Fprintf(&b, "%q: %s,\n", f.Key, c.value(f.Value))
		}
	default:
		return "nil"
	}
	return b.String() + "}"
}

func (c *coder) intrinsic(name string, arg *tree.Node) string {
	switch {
	case name == "Ref":
		return c.attribute(arg.Text)
	case name == "Fn::GetAtt" && arg.Kind == tree.Scalar:
		return c.attribute(arg.Text)
	case name == "Fn::GetAtt" && len(arg.Items) == 2:
		return c.attribute(arg.Items[0].Text + "." + arg.Items[1].Text)
	case name == "Fn::Sub" && arg.Kind == tree.Scalar:
		return c.sub(arg.Text)
	}
	c.bad = true
	return "nil"
}

var placeholder = regexp.MustCompile(`\$\{([^}]+)\}`)

func (c *coder) sub(text string) string {
	var parts []string
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		parts = append(parts, fmt.Sprintf("%q", text[at:m[0]]), "*"+c.attribute(text[m[2]:m[3]]))
		at = m[1]
	}
	parts = append(parts, fmt.Sprintf("%q", text[at:]))
	return "jsii.String(" + strings.Join(parts, " + ") + ")"
}

// attribute is what names a resource, by Ref or by "Resource.Attribute".
func (c *coder) attribute(text string) string {
	if pseudo, ok := strings.CutPrefix(text, "AWS::"); ok {
		constant := map[string]string{"Region": "REGION", "AccountId": "ACCOUNT_ID", "Partition": "PARTITION", "URLSuffix": "URL_SUFFIX"}[pseudo]
		c.bad = c.bad || constant == ""
		return "awscdk.Aws_" + constant + "()"
	}
	id, attribute, hasAttribute := strings.Cut(text, ".")
	if c.resources.Get(id) == nil {
		c.bad = true
		return "nil"
	}
	c.resource(id)
	method := "Ref"
	if hasAttribute {
		method = "Attr" + strings.ReplaceAll(attribute, ".", "")
	}
	parts := strings.Split(c.resources.Get(id).Get("Type").Literal(), "::")
	if len(parts) == 3 {
		c.stubs.use(c.stubs.methods, "aws"+strings.ToLower(parts[1])+".Cfn"+parts[2], method)
	}
	return "v" + id + "." + method + "()"
}
