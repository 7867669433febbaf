package cdkgo

import (
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// The types of subnets; the others of SubnetType are old names of these.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetType.html
const (
	public   = "PUBLIC"
	private  = "PRIVATE_WITH_EGRESS"
	isolated = "PRIVATE_ISOLATED"
)

// vpcSpec is the layout of an awsec2.Vpc. It is plain data, so that it can be the fact about a function that makes one.
// The zero value of a field is what the construct does by default, unless the field says otherwise.
type vpcSpec struct {
	CIDR    string   // "" when AWS assigns it
	Zones   []string // names, where they are written
	OneZone bool     // MaxAzs is 1; else there are two zones or more
	Groups  []subnetGroup
	NAT     int // how many NAT gateways: everyZone stands for one in each zone
	Router  router
	NATs    string // the name of the group that holds the NAT gateways, or ""
	Closed  bool   // CreateInternetGateway is false
	IPv6    bool
	// Why says what keeps the layout from being known; all but CIDR and IPv6 is empty then.
	Why string
}

// subnetGroup is one SubnetConfiguration.
type subnetGroup struct {
	Name, Type string
	Reserved   bool
	PublicIP   string // MapPublicIpOnLaunch where written
}

// router is what private subnets route through.
type router string

const (
	natGateway router = ""
	otherNAT   router = "other" // NAT instances, or a provider of one's own
)

// everyZone is the number of NAT gateways unless another is written.
const everyZone = 1 << 20

// specOf reads VpcProps, with the defaults of the construct.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Vpc.html
func specOf(props *thing) vpcSpec {
	s := vpcSpec{CIDR: "10.0.0.0/16", NAT: everyZone}
	if props.kind != structure && props.kind != absent {
		return vpcSpec{Why: why(props)}
	}
	s.address(props)
	for _, name := range []string{"AvailabilityZones", "NatGateways", "SubnetConfiguration", "CreateInternetGateway", "NatGatewaySubnets", "NatGatewayProvider", "IpProtocol"} {
		if t := props.get(name); t.kind == unknown {
			return vpcSpec{CIDR: s.CIDR, Why: why(t)}
		}
	}
	s.IPv6 = props.get("IpProtocol").text == "DUAL_STACK"
	s.Closed = props.get("CreateInternetGateway").text == "false"
	s.zones(props)
	s.gateways(props)
	s.subnets(props)
	if s.NAT == everyZone && !s.hasPrivate() {
		s.NAT = 0
	}
	return s
}

// hasPrivate says whether any subnets want a way out through NAT.
func (s *vpcSpec) hasPrivate() bool {
	return slices.ContainsFunc(s.Groups, func(g subnetGroup) bool { return g.Type == private && !g.Reserved })
}

func why(t *thing) string { return t.missing.Name }

func (s *vpcSpec) address(props *thing) {
	if cidr := props.get("Cidr"); cidr.kind != absent {
		s.CIDR = cidr.text
	}
	if pool := props.get("IpAddresses"); pool.kind != absent {
		s.CIDR = ""
		if pool.kind == result && pool.name == "awsec2.IpAddresses_Cidr" && len(pool.args) == 1 {
			s.CIDR = pool.args[0].text
		}
	}
}

func (s *vpcSpec) zones(props *thing) {
	s.OneZone = props.get("MaxAzs").text == "1"
	zones := props.get("AvailabilityZones")
	if zones.kind == list {
		for _, z := range zones.items {
			if z.kind != text {
				s.Why = why(z)
			}
			s.Zones = append(s.Zones, z.text)
		}
	} else if zones.kind != absent {
		s.Why = why(zones)
	}
}

func (s *vpcSpec) gateways(props *thing) {
	if t := props.get("NatGateways"); t.kind == text {
		n, err := strconv.Atoi(t.text)
		if err != nil {
			s.Why = t.text
		}
		s.NAT = n
	}
	switch t := props.get("NatGatewayProvider"); {
	case t.kind == absent, t.kind == result && t.name == "awsec2.NatProvider_Gateway":
	default:
		s.Router = otherNAT
	}
	if placement := props.get("NatGatewaySubnets"); placement.kind == structure {
		group := placement.get("SubnetGroupName")
		s.NATs = group.text
		for _, f := range placement.fields {
			if f.name != "SubnetGroupName" && f.name != "SubnetType" || f.value.kind != text {
				s.Why = "NatGatewaySubnets"
			}
		}
	}
}

func (s *vpcSpec) subnets(props *thing) {
	groups := props.get("SubnetConfiguration")
	switch groups.kind {
	case absent:
		s.Groups = []subnetGroup{{Name: "Public", Type: public}, {Name: "Private", Type: private}}
		if s.NAT == 0 {
			s.Groups[1] = subnetGroup{Name: "Isolated", Type: isolated}
		}
	case list:
		for _, g := range groups.items {
			s.group(g)
		}
	default:
		s.Why = why(groups)
	}
}

func (s *vpcSpec) group(g *thing) {
	name, typ := g.get("Name"), g.get("SubnetType")
	if g.kind != structure || typ.kind != text || name.kind == unknown || g.get("Reserved").kind == unknown {
		s.Why = "SubnetConfiguration"
		if typ.kind == unknown {
			s.Why = why(typ)
		}
		return
	}
	group := subnetGroup{Name: name.text, Type: typ.text, Reserved: g.get("Reserved").isTrue(), PublicIP: g.get("MapPublicIpOnLaunch").text}
	switch typ.text {
	case "PRIVATE_WITH_NAT", "PRIVATE":
		group.Type = private
	case "ISOLATED":
		group.Type = isolated
	}
	s.Groups = append(s.Groups, group)
}

// zoneCount is how many zones stand for those that there are. Without a list of zones their number depends on the
// account; whatever holds for two of them holds for more.
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
func (s *vpcSpec) missing(m *made) fact.Missing {
	return fact.Missing{Kind: fact.Expression, Name: s.Why, Span: m.span}
}
