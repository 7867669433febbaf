package aws

// GroupForm is a way to write the rules of security groups. Its fields are types and names of the language.
type GroupForm struct {
	// Group is the property that names the group of a rule, and "" for rules that are written on their group.
	Group string
	// Ingress and Egress are the types of the resources, or the properties of the group.
	Ingress, Egress string
	// Direction is the property that tells ingress from egress, if the type does not.
	Direction               string
	Protocol, From, To      string
	IngressPeer, EgressPeer string
	IPv6                    string
	// PortsAlways: rules for all protocols have ports too.
	PortsAlways bool
	// Itself is the property that makes the group its own peer. Without one, a rule names its own group as any other,
	// which one that is written on the group cannot.
	Itself string
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
var templateGroupForms = []GroupForm{
	{
		Ingress: "SecurityGroupIngress", Egress: "SecurityGroupEgress",
		Protocol: "IpProtocol", From: "FromPort", To: "ToPort", IPv6: "CidrIpv6",
		IngressPeer: "SourceSecurityGroupId", EgressPeer: "DestinationSecurityGroupId",
	},
	{
		Ingress: "AWS::EC2::SecurityGroupIngress", Egress: "AWS::EC2::SecurityGroupEgress",
		Group: "GroupId", Protocol: "IpProtocol", From: "FromPort", To: "ToPort", IPv6: "CidrIpv6",
		IngressPeer: "SourceSecurityGroupId", EgressPeer: "DestinationSecurityGroupId",
	},
}

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
var terraformGroupForms = []GroupForm{
	{
		Ingress: "ingress", Egress: "egress",
		Protocol: "protocol", From: "from_port", To: "to_port", IPv6: "ipv6_cidr_blocks",
		IngressPeer: "security_groups", EgressPeer: "security_groups", PortsAlways: true, Itself: "self",
	},
	{
		Ingress: "aws_security_group_rule", Egress: "aws_security_group_rule",
		Group: "security_group_id", Direction: "type", Protocol: "protocol", From: "from_port", To: "to_port",
		IPv6: "ipv6_cidr_blocks", IngressPeer: "source_security_group_id", EgressPeer: "source_security_group_id",
		PortsAlways: true, Itself: "self",
	},
	{
		Ingress: "aws_vpc_security_group_ingress_rule",
		Egress:  "aws_vpc_security_group_egress_rule", Group: "security_group_id", Protocol: "ip_protocol",
		From: "from_port", To: "to_port", IPv6: "cidr_ipv6",
		IngressPeer: "referenced_security_group_id", EgressPeer: "referenced_security_group_id",
	},
}
