package terraform_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

const (
	allow = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"], "Resource": "${aws_sqs_queue.q.arn}"}]}`
	trust = `{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}}`
)

// attached tells what a role has, by who attaches it: an ARN, or the first action and resource of a document.
func attached(l fact.List[policy.Attached]) []string {
	out := []string{}
	in := l.In(nil)
	for _, it := range in.Items {
		what := it.Value.ARN.String()
		if it.Value.Document != nil {
			s := it.Value.Document.Statements.Items[0].Value
			what = s.Actions.Items[0].Value.String() + " on " + s.Resources.Items[0].Value.String()
		}
		out = append(out, it.Value.By+": "+what)
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return out
}

func TestPoliciesOfARole(t *testing.T) {
	const send = "sqs:SendMessage on ${aws_sqs_queue.q.arn}"
	for name, test := range map[string]struct {
		role args
		more map[string]args
		want []string
	}{
		"an inline block":            {role: args{"inline_policy": list(args{"name": "p", "policy": allow})}, want: []string{"aws_iam_role.r: " + send}},
		"an empty inline block":      {role: args{"inline_policy": list(args{})}},
		"managed policies":           {role: args{"managed_policy_arns": list("arn:aws:iam::aws:policy/A")}, want: []string{"aws_iam_role.r: arn:aws:iam::aws:policy/A"}},
		"unknown policies":           {role: args{"managed_policy_arns": unknown("arns")}, want: []string{"? arns"}},
		"a role policy":              {more: map[string]args{"aws_iam_role_policy.p": {"role": "${aws_iam_role.r.id}", "policy": allow}}, want: []string{"aws_iam_role_policy.p: " + send}},
		"a role policy by name":      {role: args{"name": "worker"}, more: map[string]args{"aws_iam_role_policy.p": {"role": "worker", "policy": allow}}, want: []string{"aws_iam_role_policy.p: " + send}},
		"a policy that is not known": {more: map[string]args{"aws_iam_role_policy.p": {"role": "${aws_iam_role.r.id}", "policy": "${var.policy}"}}, want: []string{"? var.policy"}},
		"a policy with a hole":       {more: map[string]args{"aws_iam_role_policy.p": {"role": "${aws_iam_role.r.id}", "policy": `{"Statement": [${var.statement}]}`}}, want: []string{"? var.statement"}},
		"an attachment":              {more: map[string]args{"aws_iam_role_policy_attachment.a": {"role": "${aws_iam_role.r.name}", "policy_arn": "arn:aws:iam::aws:policy/A"}}, want: []string{"aws_iam_role_policy_attachment.a: arn:aws:iam::aws:policy/A"}},
		"an own policy, attached":    {more: map[string]args{"aws_iam_policy.p": {"policy": allow}, "aws_iam_role_policy_attachment.a": {"role": "${aws_iam_role.r.name}", "policy_arn": "${aws_iam_policy.p.arn}"}}, want: []string{"aws_iam_role_policy_attachment.a: " + send}},
		"an attachment of many":      {more: map[string]args{"aws_iam_policy_attachment.a": {"name": "a", "roles": list("other", "${aws_iam_role.r.name}"), "policy_arn": "arn:aws:iam::aws:policy/A"}}, want: []string{"aws_iam_policy_attachment.a: arn:aws:iam::aws:policy/A"}},
		"exclusive attachments":      {more: map[string]args{"aws_iam_role_policy_attachments_exclusive.e": {"role_name": "${aws_iam_role.r.name}", "policy_arns": list("arn:aws:iam::aws:policy/A")}}, want: []string{"aws_iam_role_policy_attachments_exclusive.e.policy_arns[0]: arn:aws:iam::aws:policy/A"}},
		"unknown exclusive ones":     {more: map[string]args{"aws_iam_role_policy_attachments_exclusive.e": {"role_name": "${aws_iam_role.r.name}", "policy_arns": unknown("arns")}}, want: []string{"? arns"}},
		"a policy of another":        {more: map[string]args{"aws_iam_role_policy.p": {"role": "other", "policy": allow}}},
	} {
		t.Run(name, func(t *testing.T) {
			resources := map[string]args{"aws_iam_role.r": {"name": "r", "assume_role_policy": trust}}
			for k, v := range test.role {
				resources["aws_iam_role.r"][k] = v
			}
			for k, v := range test.more {
				resources[k] = v
			}
			r := lower(t, resources).Roles.Get("aws_iam_role.r")
			expect(t, "policies", attached(r.Policies), test.want...)
		})
	}
}

func TestTrustAndBoundaryOfARole(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_iam_policy.boundary": {"policy": allow},
		"aws_iam_role.r":          {"assume_role_policy": trust, "permissions_boundary": "${aws_iam_policy.boundary.arn}"},
		"aws_iam_role.choice":     {"assume_role_policy": either{inProd, trust, `{"Statement": []}`}},
	})
	r := n.Roles.Get("aws_iam_role.r")
	document, ok := r.Trust.Get(nil)
	if !ok.IsTrue() || document.Statements.Items[0].Value.Principals.Items[0].Value.Value.String() != "lambda.amazonaws.com" {
		t.Errorf("trust: %+v", document)
	}
	boundary, _ := n.In(nil).Identity(r).Boundary.Get(nil)
	if boundary.Document == nil || boundary.By != "aws_iam_policy.boundary" {
		t.Errorf("boundary: %+v", boundary)
	}
	for world, want := range map[*fact.World]int{prod: 1, dev: 0} {
		document, _ := n.Roles.Get("aws_iam_role.choice").Trust.Get(world)
		if got := len(document.Statements.Items); got != want {
			t.Errorf("%d statements, want %d", got, want)
		}
	}
}

func TestDataStores(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_subnet.db":                {"vpc_id": "vpc-1"},
		"aws_db_subnet_group.named":    {"name": "orders", "subnet_ids": list("${aws_subnet.db.id}")},
		"aws_db_subnet_group.other":    {"subnet_ids": list("subnet-9")},
		"aws_db_instance.by_name":      {"engine": "postgres", "db_subnet_group_name": "orders", "vpc_security_group_ids": list("sg-1")},
		"aws_rds_cluster.by_symbol":    {"engine": "aurora-mysql", "db_subnet_group_name": "${aws_db_subnet_group.other.id}", "port": 3307},
		"aws_db_instance.elsewhere":    {"engine": "unheard-of", "db_subnet_group_name": "shared"},
		"aws_db_instance.default":      {"engine": "mysql"},
		"aws_opensearch_domain.in":     {"vpc_options": list(args{"subnet_ids": list("${aws_subnet.db.id}"), "security_group_ids": list("sg-2")})},
		"aws_opensearch_domain.out":    {},
		"aws_msk_cluster.iam":          {"broker_node_group_info": list(args{"client_subnets": list("${aws_subnet.db.id}"), "security_groups": list("sg-3")}), "client_authentication": list(args{"sasl": list(args{"iam": true})})},
		"aws_msk_serverless_cluster.s": {"vpc_config": list(args{"subnet_ids": list("${aws_subnet.db.id}")})},
	})
	for address, want := range map[graph.ID[graph.DataStore]]struct {
		subnets, groups []string
		port            string
	}{
		"aws_db_instance.by_name":      {[]string{"aws_subnet.db"}, []string{"sg-1"}, "5432"},
		"aws_rds_cluster.by_symbol":    {[]string{"subnet-9"}, nil, "3307"},
		"aws_db_instance.elsewhere":    {[]string{"? subnet group shared"}, nil, "? port of aws_db_instance.elsewhere"},
		"aws_db_instance.default":      {[]string{"? subnets of the default VPC"}, nil, "3306"},
		"aws_opensearch_domain.in":     {[]string{"aws_subnet.db"}, []string{"sg-2"}, "443"},
		"aws_opensearch_domain.out":    {nil, nil, "443"},
		"aws_msk_cluster.iam":          {[]string{"aws_subnet.db"}, []string{"sg-3"}, "9098"},
		"aws_msk_serverless_cluster.s": {[]string{"aws_subnet.db"}, nil, "9098"},
	} {
		s := n.DataStores.Get(address)
		expect(t, string(address)+": subnets", ids(s.Subnets), want.subnets...)
		expect(t, string(address)+": groups", ids(s.Groups), want.groups...)
		expect(t, string(address)+": port", number(s.Port), want.port)
	}
}

func TestANameMayBeGivenInTwoRegions(t *testing.T) {
	n := lower(t, map[string]args{
		"module.eu.module.db.aws_db_instance.d":      {"db_subnet_group_name": "main"},
		"module.eu.module.net.aws_db_subnet_group.g": {"name": "main", "subnet_ids": list("subnet-eu")},
		"module.us.module.net.aws_db_subnet_group.g": {"name": "main", "subnet_ids": list("subnet-us")},
		"aws_db_instance.between":                    {"db_subnet_group_name": "main"},
	})
	for address, want := range map[graph.ID[graph.DataStore]][]string{
		"module.eu.module.db.aws_db_instance.d": {"subnet-eu"},
		"aws_db_instance.between":               {"? subnet group main"},
	} {
		expect(t, string(address)+": subnets", ids(n.DataStores.Get(address).Subnets), want...)
	}
}
