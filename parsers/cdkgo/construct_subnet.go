package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// subnet is one subnet with its route table.
type subnet struct {
	construct, table  *construct
	group, subnetType string // its SubnetConfiguration; "" where it belongs to none
	zone              int    // counts the zones of its VPC
}

// newSubnet makes a subnet outside of an awsec2.Vpc. Like one inside, it has a route table of its own.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Subnet.html
func (f *frame) newSubnet(c *construct, props *val) {
	c.typ = "AWS::EC2::Subnet"
	c.props = props.property()
	isPublic := c.goType == "awsec2.PublicSubnet"
	if isPublic && props.form == structure && props.get("MapPublicIpOnLaunch").form == absent {
		c.props.Fields = append(c.props.Fields, property("MapPublicIpOnLaunch", value.One("true", c.span)))
	}
	f.add(c)
	c.subnet = &subnet{construct: c}
	if isPublic {
		c.subnet.subnetType = public
	}
	c.addRouteTable(mapOf(c.span, property("VpcId", props.get("VpcId").property())))
}

// addRouteTable gives the subnet c its route table.
func (c *construct) addRouteTable(props value.Value) {
	table := c.addChild("RouteTable", "AWS::EC2::RouteTable", c.span, props)
	c.addChild("RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", c.span, mapOf(c.span,
		property("SubnetId", c.ref("", c.span)), property("RouteTableId", table.ref("", c.span))))
	c.subnet.table = table
}

// newNetworkACL gives subnets an ACL. Nothing of it is followed, neither its entries nor its subnets.
func (f *frame) newNetworkACL(c *construct, props *val) {
	what := fact.Missing{Kind: fact.Expression, Name: c.goType + " " + c.address, Span: c.span}
	f.addAs(c, "AWS::EC2::SubnetNetworkAclAssociation",
		property("SubnetId", value.Computed(props.spanOf("SubnetSelection"), what)),
		property("NetworkAclId", value.Computed(c.span, what)))
}

// associateACL is AssociateNetworkAcl(id, acl) of a subnet. The entries of the ACL are not followed.
func associateACL(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	c := f.newConstruct(on, args[0], "awsec2.CfnSubnetNetworkAclAssociation", at)
	f.addAs(c, "AWS::EC2::SubnetNetworkAclAssociation",
		property("SubnetId", on.property()), property("NetworkAclId", unknownFrom(args[1], at)))
	return nothing
}
