package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// A state of Terraform holds what one root module has created, with its ids: as the module's files would say it, apart
// from what others add.

// stateKey is the key of the things of a type of Terraform.
func stateKey(typ string) string { return "state " + typ }

// stateKinds are the types that are read, and their attributes as inTerraform takes them.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs
var stateKinds = map[string]struct{ as, properties string }{
	"aws_vpc": {"AWS::EC2::VPC", "CidrBlock InstanceTenancy EnableDnsSupport EnableDnsHostnames"},
	"aws_subnet": {
		"AWS::EC2::Subnet", "VpcId CidrBlock AvailabilityZone MapPublicIpOnLaunch Ipv6CidrBlock",
	},
	"aws_route_table":                  {"AWS::EC2::RouteTable", "VpcId"},
	"aws_default_route_table":          {"AWS::EC2::RouteTable", "VpcId"},
	"aws_route_table_association":      {"AWS::EC2::SubnetRouteTableAssociation", "SubnetId GatewayId RouteTableId"},
	"aws_internet_gateway":             {"AWS::EC2::InternetGateway", ""},
	"aws_egress_only_internet_gateway": {"AWS::EC2::EgressOnlyInternetGateway", "VpcId"},
	"aws_nat_gateway":                  {"AWS::EC2::NatGateway", "SubnetId AllocationId ConnectivityType"},
	"aws_vpc_endpoint": {"AWS::EC2::VPCEndpoint", "VpcId ServiceName VpcEndpointType PrivateDnsEnabled SubnetIds" +
		" RouteTableIds SecurityGroupIds PolicyDocument=policy"},
	"aws_security_group":         {"AWS::EC2::SecurityGroup", "VpcId GroupName=name"},
	"aws_default_security_group": {"AWS::EC2::SecurityGroup", "VpcId GroupName=name"},
	"aws_network_acl":            {"AWS::EC2::NetworkAcl", "VpcId"},
	"aws_default_network_acl":    {"AWS::EC2::NetworkAcl", "VpcId"},
	"aws_iam_role": {
		"AWS::IAM::Role",
		"RoleName=name AssumeRolePolicyDocument=assume_role_policy ManagedPolicyArns PermissionsBoundary",
	},
	"aws_iam_policy":                 {"AWS::IAM::ManagedPolicy", "ManagedPolicyName=name PolicyDocument=policy"},
	"aws_iam_role_policy":            {"AWS::IAM::RolePolicy", "RoleName=role PolicyName=name PolicyDocument=policy"},
	"aws_iam_role_policy_attachment": {lower.PolicyAttachment, "Roles=role PolicyArn"},
	"aws_iam_policy_attachment":      {lower.PolicyAttachment, "Roles PolicyArn"},
}

var terraform = aws.LanguageNamed("terraform")

// inTerraform gives make the properties of a resource of Terraform: without "=", each is from the attribute that is its
// name in Terraform's words.
func inTerraform(properties string) string {
	words := strings.Fields(properties)
	for i, word := range words {
		if !strings.Contains(word, "=") {
			words[i] += "=" + terraform.Word(word)
		}
	}
	return strings.Join(words, " ")
}

// isState tells a state as Terraform stores it, and as `terraform show -json` prints it.
func isState(root *tree.Node) bool {
	stored := root.Get("lineage") != nil && root.Get("resources") != nil
	shown := root.Get("values") != nil || root.Get("prior_state").Get("values") != nil
	return root.Get("terraform_version") != nil && (stored || shown)
}

// readState takes the resources and outputs of a state.
func (s *Snapshot) readState(root *tree.Node) {
	s.outputs = root.Get("outputs")
	if before := root.Get("prior_state"); before != nil { // of a plan
		root = before
	}
	if shown := root.Get("values"); shown != nil {
		s.outputs = shown.Get("outputs")
		s.shownModule(shown.Get("root_module"))
		return
	}
	for _, r := range follow(root, "resources") {
		for _, in := range follow(r, "instances") {
			s.resource(r, in.Get("attributes"))
		}
	}
}

func (s *Snapshot) shownModule(m *tree.Node) {
	for _, r := range follow(m, "resources") {
		s.resource(r, r.Get("values"))
	}
	for _, child := range follow(m, "child_modules") {
		s.shownModule(child)
	}
}

func (s *Snapshot) resource(r, attributes *tree.Node) {
	typ := r.Get("type").Literal()
	if attributes == nil || r.Get("mode").Literal() != "managed" {
		return
	}
	if typ == "aws_ssm_parameter" && attributes.Get("type").Literal() != "SecureString" {
		if text := attributes.Get("value").Literal(); text != "" {
			name := valueName{"Parameters", attributes.Get("name").Literal()}
			s.values = append(s.values, writtenValue{name: name, text: text})
		}
	}
	id := attributes.Field("id")
	if id == nil || stateKinds[typ].as == "" {
		return
	}
	name := id.Value.Literal()
	switch {
	case typ == "aws_iam_role", typ == "aws_iam_policy": // which others name by their ARNs
		name = attributes.Get("arn").Literal()
	case strings.HasPrefix(typ, "aws_iam_"): // the ids of these are names, which another account may have too
		name += " in " + s.Name
	}
	s.facts = append(s.facts, written{stateKey(typ), name, headOf(id), attributes})
}

// locate says in which VPC the things of states lie that tell their subnet or table alone.
func (a *Account) locate() {
	for _, t := range a.ordered {
		if !strings.HasPrefix(t.key, "state ") || len(t.vpcs) > 0 {
			continue
		}
		if t.vpcs = texts(t.node, "vpc_id"); t.key == stateKey("aws_vpc") {
			t.vpcs = []string{t.id}
		}
	}
	for _, t := range a.ordered {
		for _, of := range texts(t.node, "subnet_id route_table_id") {
			if at := a.things[of]; at != nil && len(t.vpcs) == 0 && strings.HasPrefix(t.key, "state ") {
				t.vpcs = at.vpcs
			}
		}
	}
}

// stated is a resource of a state. Others may add to it.
func (t *thing) stated() []object {
	typ := strings.TrimPrefix(t.key, "state ")
	o := t.make(t.id, stateKinds[typ].as, t.node, inTerraform(stateKinds[typ].properties))
	o.Span = t.at
	o.Exported = &fact.Missing{Kind: fact.Snapshot, Name: "what others than its state add to " + t.id, Span: t.at}
	out := []object{o}
	switch typ {
	case "aws_route_table", "aws_default_route_table":
		for i, n := range follow(t.node, "route") {
			out = append(out, t.statedRoute(i, n)...)
		}
	case "aws_internet_gateway":
		if len(t.vpcs) == 1 {
			a := t.implied(".Attachment", "AWS::EC2::VPCGatewayAttachment").of("VpcId", t.vpcs[0])
			out = append(out, a.of("InternetGatewayId", t.id))
		}
	case "aws_security_group", "aws_default_security_group":
		out = append(out, t.statedRules("egress", "Egress", "Destination")...)
		out = append(out, t.statedRules("ingress", "Ingress", "Source")...)
	case "aws_network_acl", "aws_default_network_acl":
		out = append(out, t.statedEntries()...)
	case "aws_iam_role":
		inline := value.Value{Kind: value.List, Span: t.at}
		for _, n := range follow(t.node, "inline_policy") {
			inline.Items = append(inline.Items, t.make("", "", n, "PolicyName=name PolicyDocument=policy").Properties)
		}
		o.put("Policies", t.at, inline)
	}
	return out
}

// grants are what states say that the role gets, apart from what stands on the role. Another account may have a role of
// the same name: then those count that the state of the role has.
func (a *Account) grants(role *thing) (out []*thing) {
	name := role.node.Get("name").Literal()
	isAlone := len(a.granted[name].roles) == 1
	for _, t := range a.granted[name].by {
		if isAlone || t.from == role.from {
			out = append(out, t)
		}
	}
	return out
}

// granted are the roles of one name in states, and what grants them something.
type granted struct{ roles, by []*thing }

// grant notes the thing if it is a role of a state, or grants roles something.
func (a *Account) grant(t *thing) {
	switch t.key {
	case stateKey("aws_iam_role"):
		name := t.node.Get("name").Literal()
		a.granted[name] = granted{append(a.granted[name].roles, t), a.granted[name].by}
	case stateKey("aws_iam_role_policy"), stateKey("aws_iam_role_policy_attachment"),
		stateKey("aws_iam_policy_attachment"):
		for _, name := range texts(t.node, "role roles") {
			a.granted[name] = granted{a.granted[name].roles, append(a.granted[name].by, t)}
		}
	}
}

func (t *thing) statedRoute(i int, n *tree.Node) []object {
	if gateway := n.Get("gateway_id").Literal(); gateway == "local" || strings.HasPrefix(gateway, "vpce-") {
		return nil
	}
	properties := inTerraform("DestinationCidrBlock=cidr_block DestinationIpv6CidrBlock=ipv6_cidr_block" +
		" DestinationPrefixListId GatewayId NatGatewayId TransitGatewayId VpcPeeringConnectionId" +
		" EgressOnlyInternetGatewayId NetworkInterfaceId VpcEndpointId CarrierGatewayId CoreNetworkArn LocalGatewayId")
	return []object{t.part("Routes", i, "AWS::EC2::Route", n, properties).of("RouteTableId", t.id)}
}

// statedRules states one rule for each peer.
func (t *thing) statedRules(key, direction, side string) (out []object) {
	for _, n := range follow(t.node, key) {
		peers := []struct{ key, property string }{
			{"cidr_blocks", "CidrIp"}, {"ipv6_cidr_blocks", "CidrIpv6"}, {"prefix_list_ids", side + "PrefixListId"},
			{"security_groups", side + "SecurityGroupId"},
		}
		rule := func(property, peer string) {
			r := t.part(direction, len(out), "AWS::EC2::SecurityGroup"+direction, n,
				inTerraform("IpProtocol=protocol FromPort ToPort")).of("GroupId", t.id)
			out = append(out, r.set(property, peer))
		}
		for _, p := range peers {
			for _, peer := range texts(n, p.key) {
				rule(p.property, peer)
			}
		}
		if n.Get("self").Literal() == "true" {
			rule(side+"SecurityGroupId", t.id)
		}
	}
	return out
}

func (t *thing) statedEntries() (out []object) {
	for _, key := range []string{"egress", "ingress"} {
		for i, n := range follow(t.node, key) {
			properties := inTerraform("CidrBlock Ipv6CidrBlock Protocol RuleAction=action RuleNumber=rule_no")
			e := t.part(key, i, "AWS::EC2::NetworkAclEntry", n, properties).of("NetworkAclId", t.id)
			e.set("Egress", fmt.Sprint(key == "egress"))
			ports := t.make("", "", n, "From=from_port To=to_port").Properties
			if protocol := n.Get("protocol").Literal(); protocol != "-1" && protocol != "all" {
				e.put("PortRange", ports.Span, ports)
			}
			out = append(out, e)
		}
	}
	for i, subnet := range texts(t.node, "subnet_ids") {
		a := t.implied(fmt.Sprintf(".Associations[%d]", i), "AWS::EC2::SubnetNetworkAclAssociation")
		out = append(out, a.of("NetworkAclId", t.id).of("SubnetId", subnet))
	}
	return out
}

// remoteState are the outputs of the only state whose file is called like the key that a backend keeps it under.
func (a *Account) remoteState(key string) (outputs map[string]any, ok bool) {
	for _, s := range a.snapshots {
		if s.outputs == nil || key == "" || !isCalled(s.Name, key) {
			continue
		}
		if ok {
			return nil, false
		}
		outputs, ok = map[string]any{}, true
		for _, f := range s.outputs.Fields {
			if f.Value.Get("sensitive").Literal() != "true" {
				outputs[f.Key] = anything(f.Value.Get("value"))
			}
		}
	}
	return outputs, ok
}

// isCalled says whether the path of a file ends like the key, with a directory where the key has one.
func isCalled(file, key string) bool {
	f, k := strings.Split(file, "/"), strings.Split(key, "/")
	n := min(len(k), 2)
	return len(f) >= n && slices.Equal(f[len(f)-n:], k[len(k)-n:])
}

// anything is the node as texts, truths, lists and maps.
func anything(n *tree.Node) any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case tree.Sequence:
		items := []any{}
		for _, it := range n.Items {
			items = append(items, anything(it))
		}
		return items
	case tree.Mapping:
		fields := map[string]any{}
		for _, f := range n.Fields {
			fields[f.Key] = anything(f.Value)
		}
		return fields
	case tree.Scalar:
		if !n.Quoted && (n.Text == "true" || n.Text == "false") {
			return n.Text == "true"
		}
		return n.Text
	}
	return nil
}
