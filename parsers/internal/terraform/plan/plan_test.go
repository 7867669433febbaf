package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/plan"
)

func read(t *testing.T, text string) *plan.Plan {
	t.Helper()
	if !plan.Is([]byte(text)) {
		t.Fatal("not recognised")
	}
	p, ds := plan.Read(source.NewFileSet().Add("plan.json", []byte(text)))
	if p == nil || len(ds) > 0 {
		t.Fatal(ds)
	}
	return p
}

// show writes an argument: tokens as their keys, what is unknown as "?".
func show(p *eval.Program, address, name string) string {
	for _, in := range p.Instances {
		if in.Address != address {
			continue
		}
		if !in.Config.Type().HasAttribute(name) {
			return "absent"
		}
		return text(p.Symbols, in.Config.GetAttr(name))
	}
	return "no instance"
}

func text(table *symbol.Table, v cty.Value) string {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown():
		return "?"
	case v.Type() == cty.String:
		return table.Text(v.AsString()).String()
	case v.Type().IsTupleType() || v.Type().IsObjectType():
		var parts []string
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			if part := text(table, x); v.Type().IsObjectType() {
				parts = append(parts, k.AsString()+"="+part)
			} else {
				parts = append(parts, part)
			}
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprintf("%#v", v)
}

const header = `"format_version": "1.2", "terraform_version": "1.11.4"`

// planned is a plan to create a function in the subnets of a module.
const planned = `{` + header + `,
"variables": {"zones": {"value": ["a", "b"]}, "name": {"value": "x"}, "password": {"value": "hunter2"}},
"planned_values": {"root_module": {
  "resources": [
    {"address": "aws_security_group.api", "mode": "managed", "type": "aws_security_group", "name": "api", "values": {"name": "api"}},
    {"address": "aws_security_group.ruled", "mode": "managed", "type": "aws_security_group", "name": "ruled", "values": {"name": "ruled"}},
    {"address": "aws_vpc_security_group_egress_rule.r", "mode": "managed", "type": "aws_vpc_security_group_egress_rule", "name": "r", "values": {}},
    {"address": "aws_lambda_function.api", "mode": "managed", "type": "aws_lambda_function", "name": "api",
     "values": {"function_name": "api", "memory_size": 128, "vpc_config": [{}],
       "environment": [{"variables": {"PASSWORD": "hunter2", "MODE": "x"}}]},
     "sensitive_values": {"environment": [{"variables": {"PASSWORD": true}}]}},
    {"address": "aws_lambda_function.loose", "mode": "managed", "type": "aws_lambda_function", "name": "loose", "values": {"vpc_config": [{}]}}
  ],
  "child_modules": [{"address": "module.net[\"a.b\"]", "resources": [
    {"address": "module.net[\"a.b\"].aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main", "values": {"cidr_block": "10.0.0.0/16"}},
    {"address": "module.net[\"a.b\"].aws_subnet.one", "mode": "managed", "type": "aws_subnet", "name": "one", "values": {"cidr_block": "10.0.0.0/24"}},
    {"address": "module.net[\"a.b\"].aws_subnet.many[0]", "mode": "managed", "type": "aws_subnet", "name": "many", "index": 0, "values": {}},
    {"address": "module.net[\"a.b\"].aws_subnet.many[1]", "mode": "managed", "type": "aws_subnet", "name": "many", "index": 1, "values": {}}
  ]}]}},
"resource_changes": [
  {"address": "aws_security_group.api", "change": {"actions": ["create"], "after_unknown": {"id": true, "arn": true, "egress": true, "vpc_id": true}}},
  {"address": "aws_security_group.ruled", "change": {"actions": ["create"], "after_unknown": {"id": true, "egress": true}}},
  {"address": "aws_lambda_function.api", "change": {"actions": ["create"], "after_unknown": {"arn": true, "role": true, "vpc_config": [{"subnet_ids": true, "security_group_ids": true, "vpc_id": true}]}}},
  {"address": "aws_lambda_function.loose", "change": {"actions": ["create"], "after_unknown": {"vpc_config": [{"subnet_ids": true, "security_group_ids": true}]}}},
  {"address": "module.net[\"a.b\"].aws_subnet.one", "change": {"actions": ["create"], "after_unknown": {"id": true, "vpc_id": true, "ipv6_cidr_block": true}}},
  {"address": "module.net[\"a.b\"].aws_subnet.many[0]", "change": {"actions": ["create"], "after_unknown": {"vpc_id": true}}}
],
"configuration": {
  "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}},
  "root_module": {
    "variables": {"password": {"sensitive": true}, "zones": {}, "name": {}},
    "resources": [
      {"address": "aws_security_group.api", "mode": "managed", "type": "aws_security_group", "name": "api",
       "expressions": {"name": {"constant_value": "api"}, "vpc_id": {"references": ["module.net[\"a.b\"].vpc_id", "module.net[\"a.b\"]", "module.net"]}}},
      {"address": "aws_security_group.ruled", "mode": "managed", "type": "aws_security_group", "name": "ruled", "expressions": {"name": {"constant_value": "ruled"}}},
      {"address": "aws_vpc_security_group_egress_rule.r", "mode": "managed", "type": "aws_vpc_security_group_egress_rule", "name": "r",
       "expressions": {"security_group_id": {"references": ["aws_security_group.ruled.id", "aws_security_group.ruled"]}}},
      {"address": "aws_lambda_function.api", "mode": "managed", "type": "aws_lambda_function", "name": "api", "depends_on": ["aws_iam_role_policy.net"],
       "expressions": {"function_name": {"constant_value": "api"}, "role": {"references": ["aws_iam_role.x.arn", "aws_iam_role.x"]},
         "environment": [{"variables": {"references": ["var.password"]}}],
         "vpc_config": [{"subnet_ids": {"references": ["module.net[\"a.b\"].one", "module.net[\"a.b\"]", "module.net"]},
                         "security_group_ids": {"references": ["aws_security_group.api.id", "aws_security_group.api", "aws_security_group.ruled.id", "aws_security_group.ruled"]}}]}},
      {"address": "aws_lambda_function.loose", "mode": "managed", "type": "aws_lambda_function", "name": "loose",
       "expressions": {"vpc_config": [{"subnet_ids": {"references": ["module.net[\"a.b\"].many", "module.net[\"a.b\"]", "module.net"]},
                                       "security_group_ids": {"references": ["local.groups"]}}]}}
    ],
    "module_calls": {"net": {"source": "./net", "for_each_expression": {"constant_value": ["a.b"]},
      "expressions": {"role": {"references": ["aws_iam_role.x.arn", "aws_iam_role.x"]}},
      "module": {
        "outputs": {"vpc_id": {"expression": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}},
                    "one": {"expression": {"references": ["aws_subnet.one.id", "aws_subnet.one"]}},
                    "many": {"expression": {"references": ["aws_subnet.many"]}}},
        "resources": [
          {"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main", "expressions": {"cidr_block": {"constant_value": "10.0.0.0/16"}}},
          {"address": "aws_subnet.one", "mode": "managed", "type": "aws_subnet", "name": "one",
           "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}, "ipv6_cidr_block": {"references": ["aws_vpc.main.ipv6_cidr_block", "aws_vpc.main"]}}},
          {"address": "aws_subnet.many", "mode": "managed", "type": "aws_subnet", "name": "many",
           "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main", "var.other"]}}}
        ]}}}
  }}}`

func TestPlanBeforeApply(t *testing.T) {
	p := read(t, planned).Program()
	for _, c := range []struct{ name, address, argument, want string }{
		{"a value is what it is", "aws_lambda_function.api", "function_name", "api"},
		{"a reference to one id is that identity", `module.net["a.b"].aws_subnet.one`, "vpc_id", `${module.net["a.b"].aws_vpc.main.id}`},
		{"an output is followed", "aws_security_group.api", "vpc_id", `${module.net["a.b"].aws_vpc.main.id}`},
		{
			"a list of ids is known inside a block", "aws_lambda_function.api", "vpc_config",
			`[[security_group_ids=[${aws_security_group.api.id} ${aws_security_group.ruled.id}] subnet_ids=[${module.net["a.b"].aws_subnet.one.id}] vpc_id=?]]`,
		},
		{"many instances and locals stay unknown", "aws_lambda_function.loose", "vpc_config", "[[security_group_ids=? subnet_ids=?]]"},
		{"a reference beside others stays unknown", `module.net["a.b"].aws_subnet.many[0]`, "vpc_id", "?"},
		{"a range is no identity", `module.net["a.b"].aws_subnet.one`, "ipv6_cidr_block", "?"},
		{"a role that is nowhere stays unknown", "aws_lambda_function.api", "role", "?"},
		{"blocks that may be dynamic stay unknown", "aws_security_group.api", "egress", "?"},
		{"blocks of a group with rules of their own are not written", "aws_security_group.ruled", "egress", "absent"},
		{"what the provider computes is not written", "aws_lambda_function.api", "arn", "absent"},
		{"a sensitive value is unknown", "aws_lambda_function.api", "environment", "[[variables=[MODE=x PASSWORD=?]]]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(p, c.address, c.argument); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	for _, in := range p.Instances {
		if in.Address != "aws_lambda_function.api" {
			continue
		}
		if d := cmp.Diff([]string{"aws_iam_role.x", "aws_iam_role_policy.net", "aws_security_group.api", "aws_security_group.ruled", `module.net["a.b"].aws_subnet.one`}, in.Depends); d != "" {
			t.Errorf("dependencies (-want +got)\n%s", d)
		}
		if in.Region != "eu-west-1" || !in.Span.IsValid() {
			t.Errorf("region %q, span %v", in.Region, in.Span)
		}
	}
}

func TestPlanGivesVariablesExceptSensitiveOnes(t *testing.T) {
	if d := cmp.Diff(map[string]string{"zones": `["a","b"]`, "name": "x"}, read(t, planned).Variables()); d != "" {
		t.Error(d)
	}
}

func TestStateIsExact(t *testing.T) {
	p := read(t, `{`+header+`, "values": {"root_module": {"resources": [
		{"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main", "values": {"id": "vpc-0123456789abcdef0", "arn": "arn:aws:ec2:eu-west-1:1:vpc/vpc-0123456789abcdef0"}},
		{"address": "aws_subnet.one", "mode": "managed", "type": "aws_subnet", "name": "one", "values": {"id": "subnet-0123456789abcdef0", "vpc_id": "vpc-0123456789abcdef0", "ipv6_cidr_block": ""}},
		{"address": "aws_route_table.main", "mode": "managed", "type": "aws_route_table", "name": "main",
		 "values": {"id": "rtb-0123456789abcdef0", "vpc_id": "vpc-0123456789abcdef0", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-0123456789abcdef0"}]}},
		{"address": "aws_route.default", "mode": "managed", "type": "aws_route", "name": "default", "depends_on": ["aws_vpc.main"],
		 "values": {"id": "r-rtb-01234567", "route_table_id": "rtb-0123456789abcdef0", "gateway_id": "igw-0123456789abcdef0", "nat_gateway_id": ""}},
		{"address": "aws_route_table.inline", "mode": "managed", "type": "aws_route_table", "name": "inline",
		 "values": {"id": "rtb-1123456789abcdef0", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "", "nat_gateway_id": "nat-0123456789abcdef0"}]}},
		{"address": "aws_security_group.closed", "mode": "managed", "type": "aws_security_group", "name": "closed", "values": {"id": "sg-0123456789abcdef0", "egress": []}},
		{"address": "aws_db_instance.hidden", "mode": "managed", "type": "aws_db_instance", "name": "hidden",
		 "values": {"password": "hunter3"}, "sensitive_values": true},
		{"address": "aws_db_instance.db", "mode": "managed", "type": "aws_db_instance", "name": "db", "values": {"password": "hunter2", "port": 5432}, "sensitive_values": {"password": true}}
	]}}}`).Program()
	for _, c := range []struct{ name, address, argument, want string }{
		{"an id is the resource that has it", "aws_subnet.one", "vpc_id", "${aws_vpc.main.id}"},
		{"an id of nothing here is itself", "aws_route.default", "gateway_id", "igw-0123456789abcdef0"},
		{"an empty text is not set", "aws_route.default", "nat_gateway_id", "absent"},
		{"routes of their own are not counted twice", "aws_route_table.main", "route", "absent"},
		{"inline routes stay", "aws_route_table.inline", "route", "[[cidr_block=0.0.0.0/0 nat_gateway_id=nat-0123456789abcdef0]]"},
		{"no egress is none", "aws_security_group.closed", "egress", "[]"},
		{"a secret is unknown", "aws_db_instance.db", "password", "?"},
		{"all of a secret resource is unknown", "aws_db_instance.hidden", "password", "?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(p, c.address, c.argument); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	if strings.Contains(fmt.Sprintf("%#v", p.Instances[len(p.Instances)-1].Config), "hunter2") {
		t.Error("the password is in the program")
	}
	if d := cmp.Diff([]string{"aws_vpc.main"}, p.Instances[3].Depends); d != "" {
		t.Error(d)
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	for name, text := range map[string]string{
		"broken JSON":             `{` + header + `, "values": {`,
		"a version of the future": `{"format_version": "9.0", "terraform_version": "9.0", "planned_values": {}}`,
		"a state of nothing":      `{` + header + `, "values": null}`,
		"a plan of nothing":       `{` + header + `, "planned_values": null}`,
	} {
		t.Run(name, func(t *testing.T) {
			p, ds := plan.Read(source.NewFileSet().Add("plan.json", []byte(text)))
			if p != nil || len(ds) != 1 || ds[0].File != "plan.json" || ds[0].Message == "" {
				t.Error(p, ds)
			}
		})
	}
}

func TestIsLeavesOtherFilesAlone(t *testing.T) {
	for _, text := range []string{"", "{}", `{"Resources": {}}`, `["format_version", "terraform_version", "values"]`, `{"version": 4, "terraform_version": "1.11.4", "lineage": "x"}`} {
		if plan.Is([]byte(text)) {
			t.Error(text)
		}
	}
}
