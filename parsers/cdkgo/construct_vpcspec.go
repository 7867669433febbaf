package cdkgo

import (
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// The types of subnets. The other constants of SubnetType are old names of these.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetType.html
const (
	public   = "PUBLIC"
	private  = "PRIVATE_WITH_EGRESS"
	isolated = "PRIVATE_ISOLATED"
)

// currentType is the type of subnet for any value of SubnetType.
func currentType(typ string) string {
	switch typ {
	case "PRIVATE_WITH_NAT", "PRIVATE":
		return private
	case "ISOLATED":
		return isolated
	}
	return typ
}

// vpcSpec is the layout of an awsec2.Vpc. It is plain data, since it is also the fact about a function that makes a
// VPC. The zero value of a field is what the construct does by default, unless the field says otherwise.
type vpcSpec struct {
	CIDR              string   // "" where AWS assigns the range
	Zones             []string // the names of the zones, where they are written
	OneZone           bool     // MaxAzs is 1; otherwise there are two zones or more
	Groups            []subnetGroup
	NAT               int    // the number of NAT gateways; everyZone stands for one in each zone
	OtherNAT          bool   // private subnets route to NAT instances, or to what the author's own provider makes
	NATGroup          string // the name of the group that holds the NAT gateways, or ""
	NoInternetGateway bool
	IPv6              bool
	// Why says what keeps the layout from being known. Only CIDR and IPv6 count where it is set.
	Why string
}

// subnetGroup is one SubnetConfiguration.
type subnetGroup struct {
	Name, Type string
	Reserved   bool
	PublicIP   string // MapPublicIpOnLaunch: "true", "false", or "" where it is not written
}

// everyZone is the number of NAT gateways unless another is written.
const everyZone = 1 << 20

// layoutProps are the props that the layout depends on.
var layoutProps = []string{
	"AvailabilityZones", "NatGateways", "SubnetConfiguration", "CreateInternetGateway", "NatGatewaySubnets",
	"NatGatewayProvider", "IpProtocol",
}

// specOf reads VpcProps, with the defaults of the construct.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Vpc.html
func specOf(props *val) vpcSpec {
	s := vpcSpec{CIDR: "10.0.0.0/16", NAT: everyZone}
	if props.form != structure && props.form != absent {
		return vpcSpec{Why: why(props)}
	}
	s.readCIDR(props)
	for _, name := range layoutProps {
		if v := props.get(name); v.form == unknown {
			return vpcSpec{CIDR: s.CIDR, Why: why(v)}
		}
	}
	s.IPv6 = props.get("IpProtocol").text == "DUAL_STACK"
	s.NoInternetGateway = props.get("CreateInternetGateway").text == "false"
	s.readZones(props)
	s.readNAT(props)
	s.readSubnetGroups(props)
	if s.NAT == everyZone && !s.hasPrivate() {
		s.NAT = 0
	}
	return s
}

// hasPrivate says whether any group has subnets that want a way out through NAT.
func (s *vpcSpec) hasPrivate() bool {
	return slices.ContainsFunc(s.Groups, func(g subnetGroup) bool { return g.Type == private && !g.Reserved })
}

func why(v *val) string { return v.missing.Name }

// readCIDR reads the range from IpAddresses, or from the deprecated prop Cidr.
func (s *vpcSpec) readCIDR(props *val) {
	if cidr := props.get("Cidr"); cidr.form != absent {
		s.CIDR = cidr.text
	}
	if pool := props.get("IpAddresses"); pool.form != absent {
		s.CIDR = ""
		if pool.isCall("awsec2.IpAddresses_Cidr") && len(pool.args) == 1 {
			s.CIDR = pool.args[0].text
		}
	}
}

func (s *vpcSpec) readZones(props *val) {
	s.OneZone = props.get("MaxAzs").text == "1"
	zones := props.get("AvailabilityZones")
	if zones.form == list {
		for _, z := range zones.items {
			if z.form != text {
				s.Why = why(z)
			}
			s.Zones = append(s.Zones, z.text)
		}
	} else if zones.form != absent {
		s.Why = why(zones)
	}
}

// readNAT reads how many NAT gateways there are, in which subnets they stand, and whether something else translates.
func (s *vpcSpec) readNAT(props *val) {
	if v := props.get("NatGateways"); v.form == text {
		n, err := strconv.Atoi(v.text)
		if err != nil {
			s.Why = v.text
		}
		s.NAT = n
	}
	if v := props.get("NatGatewayProvider"); v.form != absent && !v.isCall("awsec2.NatProvider_Gateway") {
		s.OtherNAT = true
	}
	if placement := props.get("NatGatewaySubnets"); placement.form == structure {
		s.NATGroup = placement.get("SubnetGroupName").text
		for _, f := range placement.fields {
			if f.name != "SubnetGroupName" && f.name != "SubnetType" || f.value.form != text {
				s.Why = "NatGatewaySubnets"
			}
		}
	}
}

// readSubnetGroups reads SubnetConfiguration. By default there is a public and a private group. The second is isolated
// where there is no NAT gateway.
func (s *vpcSpec) readSubnetGroups(props *val) {
	groups := props.get("SubnetConfiguration")
	switch groups.form {
	case absent:
		s.Groups = []subnetGroup{{Name: "Public", Type: public}, {Name: "Private", Type: private}}
		if s.NAT == 0 {
			s.Groups[1] = subnetGroup{Name: "Isolated", Type: isolated}
		}
	case list:
		for _, g := range groups.items {
			s.readSubnetGroup(g)
		}
	default:
		s.Why = why(groups)
	}
}

// readSubnetGroup reads one SubnetConfiguration. One that is not known in all that matters hides the whole layout.
func (s *vpcSpec) readSubnetGroup(g *val) {
	name, typ, reserved := g.get("Name"), g.get("SubnetType"), g.get("Reserved")
	if g.form != structure || typ.form != text || name.form == unknown || reserved.form == unknown {
		s.Why = "SubnetConfiguration"
		if typ.form == unknown {
			s.Why = why(typ)
		}
		return
	}
	s.Groups = append(s.Groups, subnetGroup{
		Name: name.text, Type: currentType(typ.text),
		Reserved: reserved.isTrue(), PublicIP: g.get("MapPublicIpOnLaunch").text,
	})
}

// zoneCount is how many zones stand for those of the deployment. Unless the zones are written, their number depends on
// the account. Whatever holds for two zones holds for more.
func (s *vpcSpec) zoneCount() int {
	switch {
	case len(s.Zones) > 0:
		return len(s.Zones)
	case s.OneZone:
		return 1
	}
	return 2
}

// missing is the fact that the layout waits for.
func (s *vpcSpec) missing(c *construct) fact.Missing {
	return fact.Missing{Kind: fact.Expression, Name: s.Why, Span: c.span}
}
