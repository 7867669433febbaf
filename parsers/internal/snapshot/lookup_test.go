package snapshot

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

type asks = map[string][]string

func TestDataSourcesFindInTheAccount(t *testing.T) {
	j := example(t)
	a := account(t, j.text(t))
	for _, c := range []struct {
		name, typ, region string
		asks              asks
		attribute         string
		want              any // nil: the account does not tell
	}{
		{"a tag", "aws_vpc", "eu-west-1", asks{"tags.Name": {"network"}}, "id", vpcID},
		{"a tag that nothing has", "aws_vpc", "", asks{"tags.Name": {"other"}}, "id", nil},
		{"another region", "aws_vpc", "us-east-1", asks{"tags.Name": {"network"}}, "id", nil},
		{"nothing at all", "aws_vpc", "", asks{}, "id", nil},
		{"an argument that is not known here", "aws_vpc", "", asks{"state": {"available"}}, "id", nil},
		{"a filter by tag", "aws_subnet", "", asks{"filter.tag:Name": {"pub*"}}, "id", publicID},
		{"a wildcard for one letter", "aws_subnet", "", asks{"filter.tag:Name": {"dat?"}}, "availability_zone", "eu-west-1a"},
		{"an id", "aws_subnet", "", asks{"id": {publicID}}, "vpc_id", vpcID},
		{"several where one is asked for", "aws_subnet", "", asks{"vpc_id": {vpcID}}, "id", nil},
		{"many", "aws_subnets", "", asks{"filter.vpc-id": {vpcID}, "tags.Name": {"public", "private"}}, "ids",
			[]string{publicID, privateID}},
		{"none of many", "aws_subnets", "", asks{"filter.vpc-id": {vpcID}, "tags.Name": {"x"}}, "ids", []string{}},
		{"a truth", "aws_subnet", "", asks{"filter.tag:Name": {"public"}, "filter.map-public-ip-on-launch": {"true"}},
			"map_public_ip_on_launch", true},
		{"the table of a subnet", "aws_route_table", "", asks{"subnet_id": {publicID}}, "route_table_id", "rtb-0a1b2c3d4e5f60701"},
		{"the main table", "aws_route_table", "", asks{"vpc_id": {vpcID}, "filter.association.main": {"true"}}, "id",
			"rtb-0a1b2c3d4e5f60709"},
		{"a route", "aws_route", "", asks{"route_table_id": {"rtb-0a1b2c3d4e5f60701"}, "destination_cidr_block": {"0.0.0.0/0"}},
			"gateway_id", "igw-0a1b2c3d4e5f60701"},
		{"a route that is not there", "aws_route", "", asks{"route_table_id": {"rtb-0a1b2c3d4e5f60703"},
			"destination_cidr_block": {"0.0.0.0/0"}}, "gateway_id", nil},
		{"a group", "aws_security_group", "", asks{"name": {"default"}, "vpc_id": {vpcID}}, "id", "sg-0a1b2c3d4e5f60701"},
		{"a parameter", "aws_ssm_parameter", "", asks{"name": {"/network/private-subnet"}}, "value", privateID},
		{"an export", "aws_cloudformation_export", "", asks{"name": {"network-DataSubnet"}}, "value", "subnet-0a1b2c3d4e5f60703"},
		{"another type", "aws_ami", "", asks{"id": {"ami-1"}}, "id", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, ok := a.Lookup(c.typ, c.region, c.asks)
			if ok != (c.want != nil) {
				t.Fatalf("found %v, %v", found, ok)
			}
			if ok && !reflect.DeepEqual(found[c.attribute], c.want) {
				t.Errorf("%s is %v, want %v", c.attribute, found[c.attribute], c.want)
			}
		})
	}
}

// TestManyAreFoundOnlyInAWholeList: a list that may lack one is none.
func TestManyAreFoundOnlyInAWholeList(t *testing.T) {
	j := example(t)
	j.Filter = map[string]any{"vpcs": []string{"vpc-2"}}
	if found, ok := account(t, j.text(t)).Lookup("aws_subnets", "", asks{"vpc_id": {vpcID}}); ok {
		t.Errorf("found %v", found)
	}
}

// TestTagsThatWereLeftOutDecideNothing, apart from those that every snapshot keeps.
func TestTagsThatWereLeftOutDecideNothing(t *testing.T) {
	j := example(t)
	j.Hidden = []string{"tags"}
	a := account(t, j.text(t))
	byTier := asks{"filter.vpc-id": {vpcID}, "tags.Tier": {"private"}}
	if found, ok := a.Lookup("aws_subnets", "", byTier); ok {
		t.Errorf("by a tag that was left out: %v", found)
	}
	byName := asks{"filter.vpc-id": {vpcID}, "tags.Name": {"private"}}
	if _, ok := a.Lookup("aws_subnets", "", byName); !ok {
		t.Error("nothing by name")
	}
}

// TestExportsWithANameThatIsKnownInParts: the only one that fits is meant, where all are listed.
func TestExportsWithANameThatIsKnownInParts(t *testing.T) {
	name := fact.Text{{Symbol: "Stack"}, {Literal: "-DataSubnet"}}
	j := example(t)
	if text, ok := account(t, j.text(t)).Export(name, ""); !ok || text != "subnet-0a1b2c3d4e5f60703" {
		t.Errorf("got %q, %v", text, ok)
	}
	exports := j.output(t, "list-exports")
	exports["Exports"] = append(exports["Exports"].([]any), map[string]any{"Name": "other-DataSubnet", "Value": "subnet-2"})
	if text, ok := account(t, j.text(t)).Export(name, ""); ok {
		t.Errorf("got %q of two", text)
	}
	facts := "exports: {network-DataSubnet: subnet-1}\n"
	if text, ok := account(t, facts).Export(name, ""); ok {
		t.Errorf("got %q of facts, which list what somebody thought of", text)
	}
	if text, ok := account(t, facts).Export(fact.Lit("network-DataSubnet"), ""); !ok || text != "subnet-1" {
		t.Errorf("got %q, %v by the whole name", text, ok)
	}
	if text, ok := account(t, j.text(t)).Export(fact.Text{{Symbol: "Name"}}, ""); ok {
		t.Errorf("got %q by no name", text)
	}
}

const state = `{"version": 4, "terraform_version": "1.9.0", "serial": 3, "lineage": "x",
"outputs": {"subnets": {"value": ["subnet-2"]}, "secret": {"value": "x", "sensitive": true}},
"resources": [
{"mode": "managed", "type": "aws_vpc", "instances": [{"attributes": {"id": "vpc-1", "cidr_block": "10.0.0.0/16"}}]},
{"mode": "managed", "type": "aws_subnet", "instances": [
  {"attributes": {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.0.0.0/24"}},
  {"attributes": {"id": "subnet-2", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24"}}]},
{"mode": "managed", "type": "aws_internet_gateway", "instances": [{"attributes": {"id": "igw-1", "vpc_id": "vpc-1"}}]},
{"mode": "managed", "type": "aws_nat_gateway", "instances": [
  {"attributes": {"id": "nat-1", "subnet_id": "subnet-1", "allocation_id": "eipalloc-1"}}]},
{"mode": "managed", "type": "aws_route_table", "instances": [
  {"attributes": {"id": "rtb-1", "vpc_id": "vpc-1", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1", "nat_gateway_id": ""}]}},
  {"attributes": {"id": "rtb-2", "vpc_id": "vpc-1", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "", "nat_gateway_id": "nat-1"}]}}]},
{"mode": "managed", "type": "aws_route_table_association", "instances": [
  {"attributes": {"id": "rtbassoc-2", "subnet_id": "subnet-2", "route_table_id": "rtb-2"}}]},
{"mode": "data", "type": "aws_vpc", "instances": [{"attributes": {"id": "vpc-2"}}]}
]}`

// TestStateHoldsWhatItsModuleHasMade, and others may add to it.
func TestStateHoldsWhatItsModuleHasMade(t *testing.T) {
	n := around(account(t, state), "subnet-2")
	if n.VPCs.Len() != 1 || n.Subnets.Len() != 2 || n.NATGateways.Len() != 1 {
		t.Fatalf("%d VPCs, %d subnets, %d NAT gateways", n.VPCs.Len(), n.Subnets.Len(), n.NATGateways.Len())
	}
	table, _, known := n.In(nil).RouteTable(subnetOf(t, n, "subnet-2"))
	if !known.IsTrue() || table.Address != "rtb-2" {
		t.Errorf("the table of subnet-2: %v", known)
	}
	if _, _, known := n.In(nil).RouteTable(subnetOf(t, n, "subnet-1")); !known.IsUnknown() {
		t.Errorf("nobody else may associate subnet-1: %v", known)
	}
}

// roles is a state with roles, and what it grants them.
const roles = `{"version": 4, "terraform_version": "1.9.0", "serial": 3, "lineage": "x", "resources": [
{"mode": "managed", "type": "aws_iam_role", "instances": [
  {"attributes": {"id": "app", "name": "app", "arn": "arn:aws:iam::1:role/app", "assume_role_policy": "{}",
    "inline_policy": [{"name": "old", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}"}],
    "managed_policy_arns": ["arn:aws:iam::aws:policy/AWSLambdaExecute"], "tags": {"Team": "a"}}},
  {"attributes": {"id": "bare", "name": "bare", "arn": "arn:aws:iam::1:role/bare", "assume_role_policy": "{}"}}]},
{"mode": "managed", "type": "aws_iam_role_policy", "instances": [
  {"attributes": {"id": "app:net", "name": "net", "role": "app", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": \"*\"}}"}}]},
{"mode": "managed", "type": "aws_iam_policy", "instances": [
  {"attributes": {"id": "p", "name": "queue", "arn": "arn:aws:iam::1:policy/queue", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"}}]},
{"mode": "managed", "type": "aws_iam_role_policy_attachment", "instances": [
  {"attributes": {"id": "app-1", "role": "app", "policy_arn": "arn:aws:iam::1:policy/queue"}}]},
{"mode": "managed", "type": "aws_iam_policy_attachment", "instances": [
  {"attributes": {"id": "all", "roles": ["other", "app"], "policy_arn": "arn:aws:iam::aws:policy/AWSLambdaENIManagementAccess"}}]}
]}`

// TestStateGrantsRolesTheirPermissions, to which others may add.
func TestStateGrantsRolesTheirPermissions(t *testing.T) {
	const app, bare = "arn:aws:iam::1:role/app", "arn:aws:iam::1:role/bare"
	n := around(account(t, roles), app, bare)
	var got []string
	for _, it := range n.Roles.Get(app).Policies.Items {
		what := it.Value.ARN.String()
		if doc := it.Value.Document; doc != nil {
			what += " " + doc.Statements.Items[0].Value.Actions.Items[0].Value.String()
		}
		got = append(got, strings.TrimSpace(what))
	}
	slices.Sort(got)
	want := []string{
		"arn:aws:iam::1:policy/queue sqs:*", "arn:aws:iam::aws:policy/AWSLambdaENIManagementAccess",
		"arn:aws:iam::aws:policy/AWSLambdaExecute", "ec2:*", "s3:*",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the role gets %q", got)
	}
	for _, role := range []graph.ID[graph.Role]{app, bare} {
		if len(n.Roles.Get(role).Policies.Open) == 0 {
			t.Errorf("nobody else may add to %s", role)
		}
	}
	if p := n.Roles.Get(bare).Policies; len(p.Items) > 0 {
		t.Errorf("%s gets %v", bare, p.Items)
	}
}

// TestRolesOfOneNameAreOfTwoAccounts: each gets what its own state grants.
func TestRolesOfOneNameAreOfTwoAccounts(t *testing.T) {
	other := strings.NewReplacer("::1:", "::2:", "ec2:*", "rds:*").Replace(roles)
	n := around(account(t, roles, other), "arn:aws:iam::1:role/app")
	for _, it := range n.Roles.Get("arn:aws:iam::1:role/app").Policies.Items {
		if strings.Contains(fmt.Sprint(it.Value.Document), "rds:*") {
			t.Error("it gets what the other account grants")
		}
	}
}

// TestDataSourcesFindWhatAStateHolds, one thing alone.
func TestDataSourcesFindWhatAStateHolds(t *testing.T) {
	a := account(t, state, roles)
	for _, c := range []struct {
		typ, of string
		asks    asks
		want    any
	}{
		{"aws_iam_role", "arn", asks{"name": {"app"}}, "arn:aws:iam::1:role/app"},
		{"aws_iam_role", "arn", asks{"name": {"none"}}, nil},
		{"aws_vpc", "id", asks{"cidr_block": {"10.0.0.0/16"}}, "vpc-1"},
		{"aws_vpc", "id", asks{"tags.Name": {"*"}}, nil},
		{"aws_subnet", "vpc_id", asks{"filter.cidr-block": {"10.0.1.0/24"}, "filter.vpc-id": {"vpc-1"}}, "vpc-1"},
		{"aws_subnet", "id", asks{"vpc_id": {"vpc-1"}}, nil}, // one of several
		{"aws_subnets", "ids", asks{"filter.vpc-id": {"vpc-1"}}, nil},
	} {
		got, ok := a.Lookup(c.typ, "", c.asks)
		if ok != (c.want != nil) || ok && got[c.of] != c.want {
			t.Errorf("%s that asks for %v: %v, %v", c.typ, c.asks, got, ok)
		}
	}
}

// TestRemoteStateIsFoundByItsKey.
func TestRemoteStateIsFoundByItsKey(t *testing.T) {
	a := account(t, state)
	a.snapshots[0].Name = "states/network/terraform.tfstate"
	want := map[string]any{"subnets": []any{"subnet-2"}}
	for key, found := range map[string]bool{
		"network/terraform.tfstate": true, "prod/network/terraform.tfstate": true, "app/terraform.tfstate": false,
	} {
		got, ok := a.Lookup("terraform_remote_state", "", asks{"config.key": {key}})
		if ok != found || found && !reflect.DeepEqual(got["outputs"], want) {
			t.Errorf("%s: %v, %v", key, got, ok)
		}
	}
}
