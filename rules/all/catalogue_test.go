package all_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/testdata"
)

// promised are the rules that the tool promises, by pack. Renaming one breaks its users' configuration.
var promised = map[string]string{
	"attachment": `dedicated_tenancy incomplete_vpc_config vpc_mismatch vpc_config_quota datastore_unreachable
		efs_mount_target`,
	"egress": `public_subnet_only mixed_subnet_egress nat_route_missing no_internet_route service_unreachable nat_in_private_subnet
		nat_route_loop private_nat_to_internet nat_without_address nat_unused nat_instance peering_default_route
		public_access_blocked`,
	"routes": `blackhole_route internet_gateway_unattached gateway_attachment_race unassociated_route_table implicit_main_table
		duplicate_route route_destination_family shadowed_route`,
	"firewall": `security_group_no_egress security_group_blocks_https network_acl_blocks_egress network_acl_blocks_return
		datastore_blocks_function`,
	"endpoints": `gateway_endpoint_route_table endpoint_blocks_function endpoint_private_dns endpoint_vpc_dns vpc_dns_off
		endpoint_policy endpoint_type endpoint_region custom_dns endpoint_zones`,
	"ipv6": `ipv6_subnet_not_dual_stack ipv6_only_subnet ipv6_flag_without_subnets ipv6_no_route ipv6_firewall
		ipv6_flag_off ipv6_not_used ipv6_only_way_out`,
	"iam":        "eni_permissions_missing eni_permission_scope eni_permission_denied eni_permission_race role_trust",
	"resilience": "single_zone",
	"managed":    "managed_no_telemetry_path managed_no_public_address managed_vpc_config managed_operator_role",
	"intent":     "assertion_failed",
}

func TestEveryPromisedRuleExists(t *testing.T) {
	missing := maps.Clone(promised)
	for _, pack := range all.Packs() {
		var names []string
		for _, r := range pack.Rules {
			names = append(names, r.Name)
		}
		for _, name := range strings.Fields(promised[pack.Name]) {
			if !slices.Contains(names, name) {
				t.Errorf("pack %s lacks %s", pack.Name, name)
			}
		}
		delete(missing, pack.Name)
	}
	for pack := range missing {
		t.Errorf("there is no pack %s", pack)
	}
}

// TestEveryPackIsTested finds packs without the test that runs their fixtures, and fixtures of no pack.
func TestEveryPackIsTested(t *testing.T) {
	entries, err := testdata.Rules.ReadDir("rules")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		folders = append(folders, e.Name())
	}
	var tested []string
	for _, pack := range all.Packs() {
		text, err := os.ReadFile(filepath.Join("..", pack.Name, pack.Name+"_test.go"))
		if err != nil || !strings.Contains(string(text), "packtest.Run(t, "+pack.Name+".Pack)") {
			t.Errorf("pack %s has no test that calls packtest.Run (%v)", pack.Name, err)
		}
		tested = append(tested, pack.Name)
	}
	slices.Sort(tested)
	if !slices.Equal(folders, tested) {
		t.Errorf("there are fixtures for the packs %v, want %v", folders, tested)
	}
}

// TestOneCauseIsOneFinding breaks one thing that forty functions share.
func TestOneCauseIsOneFinding(t *testing.T) {
	const functions = 40
	cases := []struct{ name, rule, resource, broken, mended string }{
		{"a NAT gateway in a private subnet", "nat_in_private_subnet", "Nat", "SubnetId: !Ref PublicSubnet", "SubnetId: !Ref LonelySubnet"},
		{"a private NAT gateway", "private_nat_to_internet", "Nat", "AllocationId: !GetAtt Address.AllocationId", "ConnectivityType: private"},
		{"a role without permissions", "eni_permissions_missing", "Role", "AWSLambdaVPCAccessExecutionRole", "AWSLambdaBasicExecutionRole"},
		{"a network ACL that lets nothing out", "network_acl_blocks_egress", "Acl", "RuleAction: allow # out", "RuleAction: deny"},
		{"a dedicated VPC", "dedicated_tenancy", "Vpc", "InstanceTenancy: default", "InstanceTenancy: dedicated"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			whole := stack(functions)
			if findings := serious(t, whole); len(findings) > 0 {
				t.Fatalf("the sound stack has the finding %s on %s", findings[0].Rule.Name, findings[0].Resource)
			}
			findings := serious(t, strings.Replace(whole, c.broken, c.mended, 1))
			if len(findings) != 1 {
				for _, f := range findings {
					t.Logf("%s %s: %s", f.Rule.Name, f.Resource, f.Message)
				}
				t.Fatalf("%d findings, want one", len(findings))
			}
			f := findings[0]
			if f.Rule.Name != c.rule || f.Resource != c.resource || len(f.Affects) != functions {
				t.Errorf("%s on %s affects %d functions", f.Rule.Name, f.Resource, len(f.Affects))
			}
		})
	}
}

// serious are the findings above a note.
func serious(t *testing.T, text string) []rules.Finding {
	t.Helper()
	archive := fixture.Archive{}
	answer := archive.Lint("stack.yaml", []byte(text), all.Packs()...)
	if len(answer.Problems) > 0 {
		t.Fatal(answer.Problems[0].Message)
	}
	return slices.DeleteFunc(answer.Findings, func(f rules.Finding) bool { return f.Severity == rules.Note })
}

func stack(functions int) string {
	var b strings.Builder
	b.WriteString(`Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, InstanceTenancy: default } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  PublicSubnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  PublicTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PublicSubnetTable: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref PublicSubnet, RouteTableId: !Ref PublicTable } }
  PublicRoute:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: { RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  LonelySubnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24 } }
  Address: { Type: AWS::EC2::EIP, Properties: { Domain: vpc } }
  Nat:
    Type: AWS::EC2::NatGateway
    DependsOn: Attachment
    Properties:
      SubnetId: !Ref PublicSubnet
      AllocationId: !GetAtt Address.AllocationId
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  SubnetTable: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table } }
  Route: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  SubnetAcl: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl } }
  AclIn: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, RuleAction: allow, CidrBlock: 0.0.0.0/0 } }
  AclOut:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 100
      Protocol: -1
      Egress: true
      RuleAction: allow # out
      CidrBlock: 0.0.0.0/0
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]
`)
	for i := range functions {
		fmt.Fprintf(&b, `  Group%[1]d: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: one, VpcId: !Ref Vpc } }
  Function%[1]d:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment: { Variables: { API: https://api.example.com/orders } }
      VpcConfig: { SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group%[1]d] }
`, i)
	}
	return b.String()
}
