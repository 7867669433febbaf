package lint_test

import (
	"strings"
	"testing"
)

// onlyTheirName is what the run says where nothing decides which subnets are found: they ask for public ones.
var onlyTheirName = []string{
	"? data.aws_security_group.own", "? data.aws_subnets.own", "public_subnet_by_name app/main.tf aws_lambda_function.api",
}

// TestDataSourcesFindWhatOtherRootModulesCreate: a data source finds what exactly one root module creates.
func TestDataSourcesFindWhatOtherRootModulesCreate(t *testing.T) {
	const (
		vpc     = "data \"aws_vpc\" \"shop\" {\n  tags = { Name = \"shop\" }\n}\n"
		subnets = "data \"aws_subnets\" \"own\" {\n  filter {\n    name = \"vpc-id\"\n    values = [data.aws_vpc.shop.id]\n  }\n" +
			"  tags = { Tier = \"public\" }\n}\n"
		group = "data \"aws_security_group\" \"own\" {\n  name = \"open\"\n  vpc_id = data.aws_vpc.shop.id\n}\n"
		ids   = "data.aws_subnets.own.ids"
		id    = "data.aws_security_group.own.id"
	)
	many := func(typ, filter, value string) string {
		return "data \"" + typ + "\" \"many\" {\n  filter {\n    name = \"" + filter + "\"\n" +
			"    values = [\"" + value + "\"]\n  }\n}\n"
	}
	groups := func(subnets, rest string) string {
		text := function(subnets, "many", rest)
		return strings.Replace(text, "[many]", "data.aws_security_groups.many.ids", 1)
	}
	own := func(vpc, cidr string) string {
		return "resource \"aws_security_group\" \"own\" {\n  vpc_id = " + vpc + "\n  egress {\n" +
			"    from_port = 0\n    to_port = 0\n    protocol = \"-1\"\n    cidr_blocks = [" + cidr + "]\n  }\n}\n"
	}
	const role = "data \"aws_iam_role\" \"own\" {\n  name = \"shop-function\"\n}\n"
	withRole := strings.Replace(function("[\"subnet-0123456789abcdef0\"]", "\"sg-0123456789abcdef0\"", role),
		`"arn:aws:iam::123456789012:role/api"`, "data.aws_iam_role.own.arn", 1)
	staged := strings.ReplaceAll(network, "\"shop\"", "\"${var.stage}-shop\"") + "variable \"stage\" {}\n"
	check(t, []sample{
		{"by tags and names", map[string]string{
			"network/main.tf": network, "app/main.tf": function(ids, id, vpc+subnets+group),
		}, []string{public}},
		{"a group that blocks", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, id, vpc+strings.Replace(subnets, "public", "private", 1)+
				strings.Replace(group, "\"open\"", "\"database\"", 1)),
		}, []string{database}},
		{"a VPC of another name", map[string]string{
			"network/main.tf": network,
			"app/main.tf":     function(ids, id, strings.Replace(vpc, "= \"shop\"", "= \"bank\"", 1)+subnets+group),
		}, onlyTheirName},
		{"two root modules with a VPC of that name", map[string]string{
			"network/main.tf": network, "old/main.tf": network, "app/main.tf": function(ids, id, vpc+subnets+group),
		}, []string{
			"? which of network and old has what data.aws_security_group.own finds",
			"? which of network and old has what data.aws_subnets.own finds",
		}},
		{"a filter with a wildcard", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, id, vpc+group+strings.Replace(subnets, "tags = { Tier = \"public\" }",
				"filter {\n    name = \"tag:Name\"\n    values = [\"*-public\"]\n  }", 1)),
		}, []string{public}},
		{"tags alone", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, id, "data \"aws_subnets\" \"own\" {\n  tags = { Name = \"shop-public\" }\n}\n"+
				"data \"aws_security_group\" \"own\" {\n  tags = { Name = \"shop-open\" }\n}\n"),
		}, []string{public}},
		{"one subnet by its range", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function("[data.aws_subnet.own.id]", id, vpc+group+
				"data \"aws_subnet\" \"own\" {\n  vpc_id = data.aws_vpc.shop.id\n  cidr_block = \"10.0.1.0/24\"\n}\n"),
		}, []string{public}},
		{"a stage that both do not know", map[string]string{
			"network/main.tf": staged,
			"app/main.tf": function(ids, id, strings.Replace(vpc, "= \"shop\"", "= \"${var.stage}-shop\"", 1)+
				"variable \"stage\" {}\n"+subnets+group),
		}, []string{public}},
		{"a stage that only one of them knows", map[string]string{
			"network/main.tf": staged,
			"app/main.tf":     function(ids, id, strings.Replace(vpc, "= \"shop\"", "= \"dev-shop\"", 1)+subnets+group),
		}, onlyTheirName},
		{"a stage for each", map[string]string{
			"dev/main.tf": staged + "provider \"random\" {}\n", "dev/terraform.tfvars": "stage = \"dev\"\n",
			"network/main.tf": staged, "network/terraform.tfvars": "stage = \"prod\"\n",
			"app/main.tf": function(ids, id, strings.Replace(vpc, "= \"shop\"", "= \"prod-shop\"", 1)+
				strings.Replace(subnets, "public", "private", 1)+strings.Replace(group, "\"open\"", "\"database\"", 1)),
		}, []string{database}},
		{"a module that another root module calls", map[string]string{
			"modules/network/main.tf": network,
			"network/main.tf":         "module \"network\" {\n  source = \"../modules/network\"\n}\n",
			"app/main.tf":             function(ids, id, vpc+subnets+group),
		}, []string{public}},
		{"a lookup inside a module", map[string]string{
			"network/main.tf":      network,
			"modules/find/main.tf": vpc + subnets + group + "output \"ids\" { value = " + ids + " }\noutput \"id\" { value = " + id + " }\n",
			"app/main.tf":          function("module.find.ids", "module.find.id", "module \"find\" {\n  source = \"../modules/find\"\n}\n"),
		}, []string{public}},
		{"groups by a name with a wildcard", map[string]string{
			"network/main.tf": network,
			"app/main.tf": groups(ids, vpc+strings.Replace(subnets, "public", "private", 1)+
				many("aws_security_groups", "group-name", "data*")),
		}, []string{database}},
		{"groups by tags", map[string]string{
			"network/main.tf": network,
			"app/main.tf": groups(ids, vpc+strings.Replace(subnets, "public", "private", 1)+
				many("aws_security_groups", "tag:Name", "shop-database")),
		}, []string{database}},
		{"all groups of a VPC, its default group too", map[string]string{
			"network/main.tf": network,
			"app/main.tf": groups(ids, vpc+strings.Replace(subnets, "public", "private", 1)+
				many("aws_security_groups", "vpc-id", "${data.aws_vpc.shop.id}")),
		}, []string{"? data.aws_security_groups.many"}},
		{"tables that an endpoint is in", map[string]string{
			"network/main.tf": network + "resource \"aws_route_table\" \"tagged\" {\n  vpc_id = aws_vpc.main.id\n" +
				"  tags = { Tier = \"tagged\" }\n}\n",
			"app/main.tf": function("[\"subnet-0123456789abcdef0\"]", "\"sg-0123456789abcdef0\"", vpc+
				many("aws_route_tables", "tag:Tier", "tagged")+"resource \"aws_vpc_endpoint\" \"s3\" {\n"+
				"  vpc_id = data.aws_vpc.shop.id\n  service_name = \"com.amazonaws.eu-central-1.dynamodb\"\n"+
				"  route_table_ids = data.aws_route_tables.many.ids\n}\n"),
		}, []string{"? subnet-0123456789abcdef0"}},
		{"a rule for the range of a VPC", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, "aws_security_group.own.id",
				vpc+strings.Replace(subnets, "public", "private", 1)+
					own("data.aws_vpc.shop.id", "data.aws_vpc.shop.cidr_block")),
		}, []string{"security_group_blocks_https app/main.tf aws_lambda_function.api"}},
		{"a rule for the range of a subnet, in its VPC", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function("[data.aws_subnet.one.id]", "aws_security_group.own.id",
				"data \"aws_subnet\" \"one\" {\n  tags = { Name = \"shop-private\" }\n}\n"+
					own("data.aws_subnet.one.vpc_id", "data.aws_subnet.one.cidr_block")),
		}, []string{"security_group_blocks_https app/main.tf aws_lambda_function.api"}},
		{"a rule for the range of a VPC of another name", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, "aws_security_group.own.id",
				strings.Replace(vpc, "= \"shop\"", "= \"bank\"", 1)+strings.Replace(subnets, "public", "private", 1)+
					own("data.aws_vpc.shop.id", "data.aws_vpc.shop.cidr_block")),
		}, []string{"? data.aws_subnets.own"}}, // the rule lets something out, wherever that VPC is
		{"another Region", map[string]string{
			"network/main.tf": strings.Replace(network, "eu-central-1", "eu-west-1", 1),
			"app/main.tf":     function(ids, id, vpc+subnets+group),
		}, onlyTheirName},
		{"data sources that name each other", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, id, "data \"aws_vpc\" \"shop\" {\n  filter {\n    name = \"vpc-id\"\n    values = [data.aws_vpc.other.id]\n  }\n}\n"+
				"data \"aws_vpc\" \"other\" {\n  filter {\n    name = \"vpc-id\"\n    values = [data.aws_vpc.shop.id]\n  }\n}\n"+subnets+group),
		}, onlyTheirName},
		{"a role that cannot make interfaces", map[string]string{
			"network/main.tf": network, "app/main.tf": withRole,
		}, []string{"? subnet-0123456789abcdef0", "eni_permissions_missing network/main.tf app:aws_lambda_function.api"}},
		{"a role that a third root module lets make interfaces", map[string]string{
			"network/main.tf": network, "app/main.tf": withRole,
			"rights/main.tf": "resource \"aws_iam_role_policy_attachment\" \"own\" {\n  role = data.aws_iam_role.own.name\n" +
				"  policy_arn = \"arn:aws:iam::123456789012:policy/own\"\n}\n" + role,
		}, []string{"? subnet-0123456789abcdef0"}},
		{"a role that a third root module names", map[string]string{
			"network/main.tf": network, "app/main.tf": withRole,
			"rights/main.tf": "resource \"aws_iam_role_policy_attachment\" \"own\" {\n  role = \"shop-function\"\n" +
				"  policy_arn = \"arn:aws:iam::123456789012:policy/own\"\n}\n" + strings.Replace(role, "shop-", "other-", 1),
		}, []string{"? subnet-0123456789abcdef0"}},
		{"a rule that a third root module adds", map[string]string{
			"network/main.tf": network,
			"app/main.tf": function(ids, id, vpc+strings.Replace(subnets, "public", "private", 1)+
				strings.Replace(group, "\"open\"", "\"database\"", 1)),
			"rules/main.tf": vpc + strings.Replace(group, "\"open\"", "\"database\"", 1) + "resource \"aws_security_group_rule\" \"web\" {\n" +
				"  security_group_id = " + id + "\n  type = \"egress\"\n  from_port = 443\n  to_port = 443\n  protocol = \"tcp\"\n" +
				"  cidr_blocks = [\"0.0.0.0/0\"]\n}\n",
		}, []string{"? what rules:aws_security_group_rule.web adds to it"}},
	})
}
