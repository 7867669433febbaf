package aws

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTypesHaveOneKind(t *testing.T) {
	seen := map[string]Kind{}
	for _, row := range types {
		for typ := range strings.FieldsSeq(row.cloudFormation + " " + row.terraform) {
			if other, again := seen[typ]; again {
				t.Errorf("%s is of two kinds, %q and %q", typ, other, row.kind)
			}
			seen[typ] = row.kind
			if got := KindOf(typ); got != row.kind {
				t.Errorf("KindOf(%s) = %q, want %q", typ, got, row.kind)
			}
		}
	}
	if got := KindOf("AWS::CloudFormation::WaitHandle"); got != "" {
		t.Errorf("a type in no table has the kind %q", got)
	}
}

func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		kind           Kind
		typ, attribute string
		want           bool
	}{
		{VPC, "AWS::EC2::VPC", "", true},
		{VPC, "AWS::EC2::VPC", "VpcId", true},
		{VPC, "AWS::EC2::VPC", "CidrBlock", false},
		{Subnet, "AWS::EC2::VPC", "", false},
		{Role, "aws_iam_role", "arn", true},
		{Role, "aws_iam_role", "name", true},
		{Subnet, "aws_default_subnet", "id", true},
		{Subnet, "aws_default_subnet", "", false},
		{"", "AWS::CloudFormation::WaitHandle", "", false},
	} {
		if got := c.kind.IsIdentity(c.typ, c.attribute); got != c.want {
			t.Errorf("%q identified by %s.%s: %v, want %v", c.kind, c.typ, c.attribute, got, c.want)
		}
	}
}

func TestPorts(t *testing.T) {
	ports := map[string]int{"Aurora-PostgreSQL": 5432, "oracle-se2": 1521, "memcached": 11211, "ActiveMQ": 0}
	for engine, want := range ports {
		if got, ok := EnginePort(engine); got != want || ok != (want != 0) {
			t.Errorf("EnginePort(%s) = %d, %v, want %d", engine, got, ok, want)
		}
	}
	if got := MemoryDBCluster.Port(); got != 6379 {
		t.Errorf("port of a MemoryDB cluster = %d", got)
	}
	if got := RDSInstance.Port(); got != 0 {
		t.Errorf("port of an RDS instance = %d, although its engine decides", got)
	}
}

func TestPartitions(t *testing.T) {
	for region, want := range map[string][2]string{
		"eu-west-1": {"aws", "amazonaws.com"}, "us-gov-west-1": {"aws-us-gov", "amazonaws.com"},
		"cn-north-1": {"aws-cn", "amazonaws.com.cn"}, "us-iso-east-1": {}, "us-isob-east-1": {}, "eusc-de-east-1": {},
	} {
		if got := Partition(region); got != want[0] || URLSuffix(got) != want[1] {
			t.Errorf("%s is in partition %q with %q, want %q", region, got, URLSuffix(got), want)
		}
	}
}

func TestWords(t *testing.T) {
	for language, want := range map[string]string{"cloudformation": "VpcConfig", "cdk": "Vpc", "terraform": "vpc_config"} {
		l := LanguageNamed(language)
		if got := l.Word("VpcConfig"); got != want || l.Name != language {
			t.Errorf("%s: VpcConfig is %q, want %q", language, got, want)
		}
	}
}

// TestGraphAndRulesNameNoLanguage: what is so in one language only is a property of the node, or a fact of this
// package.
func TestGraphAndRulesNameNoLanguage(t *testing.T) {
	named := regexp.MustCompile(`"aws_|"(terraform|cdk)"|\.Language\.Name\b`)
	for _, room := range []string{"../../graph", "../../rules"} {
		err := filepath.WalkDir(room, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && d.Name() == "aws" {
				return cmp.Or(err, fs.SkipDir)
			}
			if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(file)
			if at := named.Find(text); at != nil {
				t.Errorf("%s names %s", file, at)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
