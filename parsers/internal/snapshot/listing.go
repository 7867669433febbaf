package snapshot

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// listing is what one call of the AWS CLI lists.
type listing struct {
	// id is the entry that identifies a thing, and vpc the one with the VPC that it lies in.
	id, vpc string
	state   func(*thing) []object
}

// blockPublicAccess is the key of what is no list: the options of a region.
const blockPublicAccess = "VpcBlockPublicAccessOptions"

// listings are the keys of the lists that are read.
// https://docs.aws.amazon.com/cli/latest/reference/ec2/index.html
var listings map[string]listing

func init() {
	listings = map[string]listing{
		"Vpcs":                       {"VpcId", "VpcId", (*thing).stateVPC},
		"Subnets":                    {"SubnetId", "VpcId", (*thing).subnet},
		"RouteTables":                {"RouteTableId", "VpcId", (*thing).routeTable},
		"NatGateways":                {"NatGatewayId", "VpcId", (*thing).natGateway},
		"InternetGateways":           {"InternetGatewayId", "Attachments.VpcId", (*thing).internetGateway},
		"EgressOnlyInternetGateways": {"EgressOnlyInternetGatewayId", "Attachments.VpcId", (*thing).egressOnly},
		"VpcEndpoints":               {"VpcEndpointId", "VpcId", (*thing).endpoint},
		"NetworkAcls":                {"NetworkAclId", "VpcId", (*thing).acl},
		"SecurityGroups":             {"GroupId", "VpcId", (*thing).group},
		"SecurityGroupRules":         {"SecurityGroupRuleId", "", nil}, // groups list their rules too
		"PrefixLists":                {"PrefixListId", "", (*thing).prefixList},
		"Entries":                    {},
		"VpcPeeringConnections": {
			"VpcPeeringConnectionId", "RequesterVpcInfo.VpcId AccepterVpcInfo.VpcId", (*thing).peering,
		},
		"TransitGatewayVpcAttachments":   {"TransitGatewayAttachmentId", "VpcId", (*thing).transitAttachment},
		"NetworkInterfaces":              {"NetworkInterfaceId", "", (*thing).networkInterface},
		"Addresses":                      {"AllocationId", "", (*thing).address},
		"DhcpOptions":                    {"DhcpOptionsId", "", (*thing).dhcpOptions},
		blockPublicAccess:                {"", "", (*thing).blockPublicAccess},
		"VpcBlockPublicAccessExclusions": {"ExclusionId", "", (*thing).exclusion},
		"Functions":                      {"FunctionArn", "", (*thing).function},
		"RoleDetailList":                 {"Arn", "", (*thing).role},
		"Policies":                       {"Arn", "", (*thing).policy},
		factVPC:                          {"", "", (*thing).factVPC},
		factSubnet:                       {"", "", (*thing).factSubnet},
		factGroup:                        {"", "", (*thing).factGroup},
		"Exports":                        {"Name", "", nil},
		"Stacks":                         {"StackName", "", nil},
		"Parameters":                     {"Name", "", nil},
	}
	for typ := range stateKinds {
		listings[stateKey(typ)] = listing{"", "", (*thing).stated}
	}
}

// follow is what a path of keys leads to: all that is there, if lists are on the way.
func follow(n *tree.Node, path string) (out []*tree.Node) {
	if n == nil {
		return nil
	}
	if n.Kind == tree.Sequence {
		for _, it := range n.Items {
			out = append(out, follow(it, path)...)
		}
		return out
	}
	if path == "" {
		return []*tree.Node{n}
	}
	key, rest, _ := strings.Cut(path, ".")
	return follow(n.Get(key), rest)
}

// texts are the scalars that any of the paths, which spaces part, lead to.
func texts(n *tree.Node, paths string) (out []string) {
	for path := range strings.FieldsSeq(paths) {
		for _, at := range follow(n, path) {
			if text := at.Literal(); text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}
