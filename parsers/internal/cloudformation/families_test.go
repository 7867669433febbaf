package cloudformation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func targets(r *graph.Route, w *fact.World) string {
	var out []string
	in := r.Targets.In(w)
	for _, it := range in.Items {
		out = append(out, show(it.Value, w, func(t graph.Target) string { return string(t.Kind) + " " + t.ID }))
	}
	if len(in.Open) > 0 {
		out = append(out, "open: "+names(in.Open))
	}
	return strings.Join(out, ", ")
}

func TestRouteTargets(t *testing.T) {
	for name, tc := range map[string]struct{ written, production, elsewhere string }{
		"an internet gateway": {"GatewayId: !Ref Igw", "gateway Igw", "gateway Igw"},
		"a NAT gateway":       {"NatGatewayId: !GetAtt Nat.NatGatewayId", "NAT gateway Nat", "NAT gateway Nat"},
		"the local route":     {"GatewayId: local", "local ", "local "},
		"one of two": {"{NatGatewayId: !If [Production, !Ref Nat, !Ref AWS::NoValue], GatewayId: !If [Production, !Ref AWS::NoValue, !Ref Igw]}",
			"NAT gateway Nat", "gateway Igw"},
		"a NAT gateway or not": {"NatGatewayId: !If [Production, !Ref Nat, nat-1]", "NAT gateway Nat",
			"NAT gateway nat-1"},
		"a firewall's endpoint": {"VpcEndpointId: !Select [1, !Split [':', !Select [0, !GetAtt Firewall.EndpointIds]]]",
			"VPC endpoint ${Select}", "VPC endpoint ${Select}"},
		"a transit gateway elsewhere": {"TransitGatewayId: !ImportValue tgw", "transit gateway ${import:tgw}",
			"transit gateway ${import:tgw}"},
	} {
		t.Run(name, func(t *testing.T) {
			written := "      " + tc.written
			if body, ok := strings.CutPrefix(tc.written, "{"); ok {
				written = "      " + strings.ReplaceAll(strings.TrimSuffix(body, "}"), "], GatewayId",
					"]\n      GatewayId")
			}
			n := network(t, production+`
Resources:
  Igw: {Type: AWS::EC2::InternetGateway}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: subnet-1, ConnectivityType: private}}
  Firewall: {Type: AWS::NetworkFirewall::Firewall, Properties: {VpcId: vpc-1}}
  Route:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-1
      DestinationCidrBlock: 0.0.0.0/0
`+written+"\n")
			r := only(t, &n.Routes)
			for holds, want := range map[bool]string{true: tc.production, false: tc.elsewhere} {
				got := targets(r, worlds(holds))
				if before, _, ok := strings.Cut(want, "${Select}"); ok && strings.HasPrefix(got, before+"${") {
					continue
				}
				equal(t, "targets", got, want)
			}
		})
	}
}

func TestNATGatewayAllocations(t *testing.T) {
	for name, tc := range map[string]struct{ written, address, attribute string }{
		"the allocation id":                  {"!GetAtt Eip.AllocationId", "Eip", "AllocationId"},
		"the address in place of it":         {"!Ref Eip", "Eip", "PublicIp"},
		"a literal allocation":               {"eipalloc-1", "eipalloc-1", "AllocationId"},
		"an allocation that is a parameter":  {"!Ref Allocation", "${Allocation}", "AllocationId"},
		"one of two, by a condition in Join": {"!Join ['', [!GetAtt Eip.AllocationId]]", "Eip", "AllocationId"},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t, `
Parameters: {Allocation: {Type: String}}
Resources:
  Eip: {Type: AWS::EC2::EIP}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: subnet-1, AllocationId: `+tc.written+`}}
`)
			a, ok := only(t, &n.NATGateways).Allocation.Get(nil)
			if !ok.IsTrue() {
				t.Fatalf("the allocation is %v", ok)
			}
			equal(t, "address", string(a.Address), tc.address)
			equal(t, "attribute", a.Attribute, tc.attribute)
		})
	}
}

func TestARegionalNATGateway(t *testing.T) {
	n := network(t, `
Resources:
  Nat:
    Type: AWS::EC2::NatGateway
    Properties:
      AvailabilityMode: regional
      VpcId: vpc-1
      AvailabilityZoneAddresses: [{AvailabilityZone: eu-west-1a, AllocationIds: [eipalloc-1]}, {AvailabilityZoneId: euw1-az2}]
`)
	nat := only(t, &n.NATGateways)
	equal(t, "mode", text(nat.Availability), "regional")
	equal(t, "VPC", id(nat.VPC), "vpc-1")
	if !nat.Subnet.IsUnset() || !nat.Allocation.IsUnset() {
		t.Error("a regional gateway has no subnet and here no allocation")
	}
}

func TestPeeringIsAcceptedOnlyInsideOneAccountAndRegion(t *testing.T) {
	for name, tc := range map[string]struct{ written, want string }{
		"the own account":        {"", "true"},
		"the own Region, by Ref": {"PeerRegion: !Ref AWS::Region", "true"},
		"another Region":         {"PeerRegion: eu-west-1", "unknown: acceptance of Peering"},
		"another account":        {"PeerOwnerId: '123456789012'", "unknown: acceptance of Peering"},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t,
				"Resources:\n  Peering:\n    Type: AWS::EC2::VPCPeeringConnection\n    Properties:\n      VpcId: vpc-1\n      PeerVpcId: vpc-2\n      "+tc.written+"\n")
			got := show(only(t, &n.Peerings).Accepted, nil,
				func(b bool) string { return map[bool]string{true: "true", false: "false"}[b] })
			equal(t, "accepted", got, tc.want)
		})
	}
}

func TestAnInstanceWithInlineInterfaces(t *testing.T) {
	n := network(t, `
Resources:
  Eni: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: subnet-2, SourceDestCheck: false}}
  Nat:
    Type: AWS::EC2::Instance
    Properties:
      SourceDestCheck: "false"
      NetworkInterfaces:
        - {DeviceIndex: "0", SubnetId: subnet-1, GroupSet: [sg-1], AssociatePublicIpAddress: true}
        - {DeviceIndex: "1", NetworkInterfaceId: !Ref Eni}
`)
	i := only(t, &n.Instances)
	equal(t, "subnet", id(i.Subnet), "subnet-1")
	equal(t, "groups", ids(i.Groups, nil), "sg-1")
	equal(t, "interfaces", ids(i.Interfaces, nil), "Eni")
	if public, ok := i.PublicIP.Get(nil); !public || !ok.IsTrue() {
		t.Error("the instance has a public address")
	}
	if check, ok := i.SourceDestCheck.Get(nil); check || !ok.IsTrue() {
		t.Error("the check is off")
	}
}

func TestManagedInstances(t *testing.T) {
	n := network(t, `
Resources:
  Operator: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Provider:
    Type: AWS::Lambda::CapacityProvider
    Properties:
      PermissionsConfig: {CapacityProviderOperatorRoleArn: !GetAtt Operator.Arn}
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: r
      CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: !GetAtt Provider.Arn}}
  Alias: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref Function, FunctionVersion: "1"}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Alias, EventSourceArn: arn:aws:kafka:x}}
`)
	p := only(t, &n.CapacityProviders)
	equal(t, "subnets", ids(p.Subnets, nil), "subnet-1")
	equal(t, "operator role", id(p.OperatorRole), "Operator")
	equal(t, "capacity provider", id(only(t, &n.Functions).CapacityProvider), "Provider")
	equal(t, "function of the mapping", id(only(t, &n.EventSourceMappings).Function), "Function")
}

func TestDataStores(t *testing.T) {
	n := network(t, production+`
Resources:
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: g, SubnetIds: [subnet-1, subnet-2]}}
  Postgres: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBSubnetGroupName: !Ref Group, VPCSecurityGroups: [sg-1]}}
  Ported: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, Port: "3307", DBSubnetGroupName: shared, VPCSecurityGroups: [sg-1]}}
  Own: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: g, DBSubnetGroupName: Own-Group, SubnetIds: [subnet-3]}}
  Caches: {Type: AWS::ElastiCache::SubnetGroup, Properties: {Description: g, CacheSubnetGroupName: own-group, SubnetIds: [subnet-4]}}
  Twin: {Type: AWS::DocDB::DBSubnetGroup, Properties: {DBSubnetGroupDescription: g, DBSubnetGroupName: twin, SubnetIds: [subnet-5]}}
  Other: {Type: AWS::DocDB::DBSubnetGroup, Properties: {DBSubnetGroupDescription: g, DBSubnetGroupName: twin, SubnetIds: [subnet-6]}}
  Named: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBSubnetGroupName: own-group, VPCSecurityGroups: [sg-1]}}
  Unclear: {Type: AWS::DocDB::DBCluster, Properties: {DBSubnetGroupName: twin, VpcSecurityGroupIds: [sg-1]}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBSubnetGroupName: !Ref Group}}
  Member: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}}
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {EngineFamily: POSTGRESQL, VpcSubnetIds: [subnet-1], VpcSecurityGroupIds: [sg-1]}}
  Cache: {Type: AWS::ElastiCache::ServerlessCache, Properties: {Engine: valkey, SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}}
  Search: {Type: AWS::OpenSearchService::Domain, Properties: {DomainName: d}}
  Kafka: {Type: AWS::MSK::Cluster, Properties: {BrokerNodeGroupInfo: {ClientSubnets: [subnet-1], SecurityGroups: [sg-1]}, ClientAuthentication: {Sasl: {Iam: {Enabled: true}}}}}
  Both: {Type: AWS::MSK::Cluster, Properties: {BrokerNodeGroupInfo: {ClientSubnets: [subnet-1], SecurityGroups: [sg-1]}, ClientAuthentication: {Sasl: {Iam: {Enabled: true}, Scram: {Enabled: true}}}}}
`)
	var got []string
	for s := range n.DataStores.All() {
		got = append(got,
			strings.Join([]string{s.Address, s.Kind, ids(s.Subnets, nil), ids(s.Groups, nil), show(s.Port, nil, itoa)},
				" | "))
	}
	want := []string{
		"Postgres | RDS instance | subnet-1, subnet-2 | sg-1 | 5432",
		"Ported | RDS instance | open: subnet group shared | sg-1 | 3307",
		"Named | RDS instance | subnet-3 | sg-1 | 3306",
		"Unclear | DocumentDB cluster | open: subnet group twin | sg-1 | 27017",
		"Cluster | RDS cluster | subnet-1, subnet-2 |  | 3306",
		"Member | RDS instance | subnet-1, subnet-2 |  | 3306",
		"Proxy | RDS proxy | subnet-1 | sg-1 | 5432",
		"Cache | ElastiCache serverless cache | subnet-1 | sg-1 | 6379",
		"Search | OpenSearch domain |  |  | 443",
		"Kafka | MSK cluster | subnet-1 | sg-1 | 9098",
		"Both | MSK cluster | subnet-1 | sg-1 | unknown: port of Both",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("data stores (-want +got)\n%s", diff)
	}
}

func TestASAMFunctionAndItsRole(t *testing.T) {
	n := network(t, `
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}}}
Resources:
  Function: {Type: AWS::Serverless::Function, Properties: {Handler: h, Runtime: nodejs22.x, CodeUri: .}}
`)
	f, role := only(t, &n.Functions), only(t, &n.Roles)
	if !f.SAM || f.Implicit || !role.Implicit {
		t.Errorf("function: SAM %v, implicit %v; role: implicit %v", f.SAM, f.Implicit, role.Implicit)
	}
	equal(t, "subnets", ids(f.Subnets, nil), "subnet-1")
	equal(t, "role", id(f.Role), role.Address)
	if !slices.ContainsFunc(role.Managed.Items, func(it fact.Item[fact.Value[fact.Text]]) bool {
		return strings.HasSuffix(text(it.Value), "service-role/AWSLambdaVPCAccessExecutionRole")
	}) {
		t.Errorf("the generated role lacks the policy for VPC access: %v", role.Managed.Items)
	}
}

func TestEndpointsGatewaysAndAccess(t *testing.T) {
	n := network(t, `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  S3:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      RouteTableIds: [!Ref Table]
      PolicyDocument: {Statement: {Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "*"}}
  Vgw: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vgw}}
  Propagation: {Type: AWS::EC2::VPNGatewayRoutePropagation, Properties: {RouteTableIds: [!Ref Table], VpnGatewayId: !Ref Vgw}}
  Tgw: {Type: AWS::EC2::TransitGateway}
  Transit: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref Tgw, VpcId: !Ref Vpc, SubnetIds: [subnet-1]}}
  Block: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: {InternetGatewayBlockMode: block-bidirectional}}
  Exclusion: {Type: AWS::EC2::VPCBlockPublicAccessExclusion, Properties: {VpcId: !Ref Vpc, InternetGatewayExclusionMode: allow-egress}}
`)
	e := only(t, &n.Endpoints)
	equal(t, "service", text(e.Service), "com.amazonaws.${AWS::Region}.s3")
	equal(t, "route tables", ids(e.RouteTables, nil), "Table")
	if !e.Kind.IsUnset() || !e.PrivateDNS.IsUnset() || e.Subnets.IsSet {
		t.Error("what is not written of an endpoint must stay unset")
	}
	document, _ := e.Policy.Get(nil)
	equal(t, "policy", strings.Join(lines(document, nil), ""), "Allow s3:GetObject on * for *:*")
	a := only(t, &n.GatewayAttachments)
	equal(t, "VPN gateway", id(a.VPNGateway), "Vgw")
	if !a.InternetGateway.IsUnset() {
		t.Error("a VPN gateway is attached, not an internet gateway")
	}
	p := only(t, &n.Propagations)
	equal(t, "propagation", ids(p.Tables, nil)+" from "+text(p.From), "Table from ${Vgw}")
	equal(t, "transit attachment", id(only(t, &n.TransitAttachments).TransitGateway), "Tgw")
	equal(t, "block", text(only(t, &n.BlockPublicAccess).Mode), "block-bidirectional")
	equal(t, "exclusion", id(only(t, &n.Exclusions).VPC), "Vpc")
}

func TestARangeGivenByAnotherResource(t *testing.T) {
	n := network(t, production+`
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [Production, 10.0.0.0/16, 10.1.0.0/16]}}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, DestinationCidrBlock: !GetAtt Vpc.CidrBlock, GatewayId: igw-1}}
  Self: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [Production, !GetAtt Other.CidrBlock, 10.2.0.0/16]}}
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [Production, !GetAtt Self.CidrBlock, 10.3.0.0/16]}}
`)
	got, ok := only(t, &n.Routes).Destination.Get(worlds(false))
	if !ok.IsTrue() || got.String() != "10.1.0.0/16" {
		t.Errorf("the destination is %v %v", got, ok)
	}
	if _, ok := n.VPCs.Get("Self").CIDRs.Items[0].Value.Get(worlds(true)); !ok.IsUnknown() {
		t.Errorf("a range defined by itself is %v, want unknown", ok)
	}
}

func TestAConditionThatIsNotDefinedMayHoldOrNot(t *testing.T) {
	n := network(t, "Resources: {Vpc: {Type: AWS::EC2::VPC, Condition: Merged, Properties: {CidrBlock: 10.0.0.0/16}}}")
	if got := n.In(nil).Exists(only(t, &n.VPCs)); !got.IsUnknown() {
		t.Errorf("the VPC exists: %v", got)
	}
}
