package cloudformation_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

func TestFragmentsThatOnlyTogetherResolveAreOneTemplate(t *testing.T) {
	const (
		vpc    = "Resources: {Vpc: {Type: AWS::EC2::VPC}}"
		subnet = "Resources: {Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}}"
		table  = "Resources: {Table: {Type: AWS::EC2::RouteTable, DependsOn: Subnet, Properties: {VpcId: !Ref Vpc}}}"
	)
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"one lacks what the other has": {map[string]string{"b.yaml": vpc, "a.yaml": subnet}, []string{"b.yaml a.yaml"}},
		"each lacks what the other has": {map[string]string{
			"a.yaml": "Resources: {A: {Type: AWS::EC2::VPC, DependsOn: [B]}}",
			"b.yaml": "Resources: {B: {Type: AWS::EC2::VPC}}\nOutputs: {O: {Value: !GetAtt A.CidrBlock}}",
		}, []string{"a.yaml b.yaml"}},
		"three": {map[string]string{"a.yaml": vpc, "b.yaml": subnet, "c.yaml": table}, []string{"a.yaml b.yaml c.yaml"}},
		"a parameter of the other": {map[string]string{
			"a.yaml": subnet, "b.yaml": "Parameters: {Vpc: {Type: String}}\nResources: {}",
		}, []string{"b.yaml a.yaml"}},
		"in a text": {map[string]string{
			"a.yaml": vpc, "b.yaml": `Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub "${Vpc}-${Own}-${!Not}"}}, Own: {Type: AWS::EC2::VPC}}`,
		}, []string{"a.yaml b.yaml"}},
		"in folders below": {map[string]string{"x/parent.yaml": vpc, "x/f/a.yaml": subnet, "x/g/b.yaml": table}, []string{"x/parent.yaml x/f/a.yaml x/g/b.yaml"}},
		"by chance": {map[string]string{
			"a.yaml": vpc, "b.yaml": subnet, "c.yaml": "Resources: {}", "d.yaml": "Resources: {}", "e.yaml": "Resources: {}",
		}, nil},
		"two folders down":           {map[string]string{"x/parent.yaml": vpc, "x/f/f/a.yaml": subnet}, nil},
		"in sisters of a folder":     {map[string]string{"x/a/a.yaml": vpc, "x/b/b.yaml": subnet, "y/a.yaml": vpc, "y/b.yaml": subnet}, []string{"x/a/a.yaml x/b/b.yaml", "y/a.yaml y/b.yaml"}},
		"two have what one lacks":    {map[string]string{"a.yaml": subnet, "b.yaml": vpc, "c.yaml": vpc}, nil},
		"nobody has all that is":     {map[string]string{"a.yaml": vpc, "b.yaml": table}, nil},
		"two would define the same":  {map[string]string{"a.yaml": vpc + "\nOutputs: {O: {Value: x}}", "b.yaml": subnet + "\nOutputs: {O: {Value: y}}"}, nil},
		"both are whole":             {map[string]string{"a.yaml": vpc, "b.yaml": "Resources: {V: {Type: AWS::EC2::VPC}}"}, nil},
		"a macro may add what lacks": {map[string]string{"a.yaml": "Transform: Own\n" + subnet, "b.yaml": vpc}, nil},
		"a loop may add what lacks":  {map[string]string{"a.yaml": "Transform: AWS::LanguageExtensions\n" + strings.Replace(subnet, "{", "{Fn::ForEach::X: [Vpc, [a], {}], ", 1), "b.yaml": vpc}, nil},
		"made by the SAM transform":  {map[string]string{"a.yaml": "Resources: {F: {Type: AWS::Serverless::Function}}\nOutputs: {O: {Value: !Ref FRole}, P: {Value: !Ref ServerlessRestApi}}", "b.yaml": "Resources: {FRole: {Type: AWS::IAM::Role}}"}, nil},
		"no logical id":              {map[string]string{"a.yaml": "Resources: {}\nOutputs: {O: {Value: !Ref \"${self:custom.x}\"}}", "b.yaml": vpc}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var ts []*cloudformation.Template
			for _, name := range slices.Sorted(maps.Keys(c.files)) {
				ts = append(ts, parse(t, name, c.files[name]))
			}
			merged, of := cloudformation.Merge(ts)
			var got []string
			for i, m := range merged {
				var names []string
				for _, j := range of[i] {
					names = append(names, ts[j].File.Name)
				}
				if m.File.Name != names[0] || m.IsFragment() {
					t.Errorf("%s begins with %s", m.File.Name, names[0])
				}
				got = append(got, strings.Join(names, " "))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestATransformHoldsForAllFragments(t *testing.T) {
	base := parse(t, "base.yaml", "Transform: AWS::Serverless-2016-10-31\nParameters: {Subnets: {Type: CommaDelimitedList}}")
	function := parse(t, "function.yaml", "Transform: [AWS::LanguageExtensions]\nResources:\n"+
		"  F: {Type: AWS::Serverless::Function, Properties: {VpcConfig: {SubnetIds: !Ref Subnets}}}")
	merged, _ := cloudformation.Merge([]*cloudformation.Template{base, function})
	if len(merged) != 1 {
		t.Fatalf("%d templates", len(merged))
	}
	b := graph.NewBuilder("base.yaml", "cloudformation")
	stack := merged[0].Lower(b, cloudformation.Bindings{})
	if n := b.Link(); n.Functions.Get("F") == nil || len(n.Open) > 0 || len(stack.Diagnostics) > 0 {
		t.Errorf("open: %v, %v", n.Open, stack.Diagnostics)
	}
}

func TestNothingIsConcludedFromWhatAFragmentDoesNotHold(t *testing.T) {
	fragment := parse(t, "t.yaml", "Resources: {S: {Type: AWS::EC2::Subnet, DependsOn: Lost, Properties: {VpcId: !Ref Vpc}}}")
	b := graph.NewBuilder("t.yaml", "cloudformation")
	stack := fragment.Lower(b, cloudformation.Bindings{})
	var open []string
	for _, m := range b.Link().Open {
		open = append(open, m.Name)
	}
	equal(t, "open", fmt.Sprint(open), "[Vpc Lost]")
	if len(stack.Diagnostics) != 1 || !strings.Contains(stack.Diagnostics[0].Message, `not define "Vpc" and 1 more`) {
		t.Errorf("diagnostics are %v", stack.Diagnostics)
	}
}
