package terraform

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// inDefaultVPC says whether v is the id of the default VPC of an account, and nothing in this program changes where the
// packets of its subnets go.
func (x *expansion) inDefaultVPC(v value.Value) bool {
	s, ok := x.symbols.Only(v.Text)
	r := x.resources[s.Address]
	if !ok || r == nil || s.Attribute != "id" || aws.KindOf(r.Type) != aws.VPC {
		return false
	}
	return (r.Type == "aws_default_vpc" && !r.Data || r.Data && r.get("default").Text == "true") && !x.changed(v)
}

// changed says whether this program has a subnet or a route table of its own in the VPC: then a data source may find
// other subnets in it than those that AWS made.
func (x *expansion) changed(vpc value.Value) bool {
	for _, in := range x.program.Instances {
		if in.Data {
			continue
		}
		r := x.resources[in.Address]
		switch in.Type {
		case "aws_subnet", "aws_route_table", "aws_main_route_table_association":
			if of := r.get("vpc_id"); of.Kind != value.Text || of.Text == vpc.Text {
				return true
			}
		case "aws_default_route_table":
			return true
		}
	}
	return false
}

// ofDefaultVPC says whether r, a data source, finds subnets that AWS has made in the default VPC: it asks for the VPC,
// and for nothing that tells its subnets from each other but their zones.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (x *expansion) ofDefaultVPC(r *resource) (vpc value.Value, ok bool) {
	for _, f := range r.config.Fields {
		switch f.Name {
		case "vpc_id":
			vpc = f.Value
		case "filter", "availability_zone", "availability_zone_id", "default_for_az", "region":
		default:
			return vpc, false
		}
	}
	filters := x.list(r.get("filter"))
	for _, it := range filters.Items {
		switch name := it.Value.Get("name").Text; name {
		case "vpc-id":
			vpc = first(it.Value.Get("values"))
		case "default-for-az", "defaultForAz", "availability-zone", "availabilityZone",
			"map-public-ip-on-launch", "state":
			if literals, _ := x.literals(it.Value.Get("values")); len(literals) == 1 && literals[0] == "false" {
				return vpc, false
			}
		default:
			return vpc, false
		}
	}
	return vpc, len(filters.Open) == 0 && x.inDefaultVPC(vpc)
}

// defaultSubnets are the two subnets that stand for those which r finds in the default VPC: that has one in each zone.
// None where r asks for anything else.
func (x *expansion) defaultSubnets(r *resource) (out []*resource) {
	if _, ok := x.ofDefaultVPC(r); !ok || !r.Data || !slices.Contains(subnetFinders, r.Type) {
		return nil
	}
	for i := range 2 {
		address := r.Address + ".ids[" + strconv.Itoa(i) + "]"
		in := &eval.Instance{Address: address, Type: "aws_default_subnet", Span: r.Span}
		out = append(out, &resource{Instance: in, home: x, when: r.when})
		if r.Type == "aws_subnet" {
			break
		}
	}
	return out
}

// selected is the key of a list that holds subnets which a data source finds: in another order, or not all.
var selected = regexp.MustCompile(`^(?:sort|reverse|slice|compact|distinct)\((.+)\.ids(?:, \d+)*\)$`)

// oneFound is v, or the subnet of the default VPC that stands for the element of what a data source finds.
func (x *expansion) oneFound(v value.Value) value.Value {
	s, ok := x.symbols.Only(v.Text)
	of, index, found := strings.Cut(s.Key, ".ids[")
	r := x.resources[of]
	if !ok || !found || r == nil {
		return v
	}
	subnets := x.defaultSubnets(r)
	if n, err := strconv.Atoi(strings.TrimSuffix(index, "]")); err == nil && len(subnets) > 0 {
		return value.One(subnets[min(n, len(subnets)-1)].Address, v.Span)
	}
	return v
}

// madeByAWS gives the subnets that the data source finds in the default VPC, with the route table and the internet
// gateway that AWS has made for them.
func (x *expansion) madeByAWS(r *resource) (out []*lower.Resource) {
	vpc, _ := x.ofDefaultVPC(r)
	subnets := x.defaultSubnets(r)
	if len(subnets) == 0 {
		return nil
	}
	s, _ := x.symbols.Only(vpc.Text)
	unseen := x.resources[s.Address].Data
	if unseen {
		table := r.Address + ".RouteTable"
		out = publicTable(r.stated, vpc, table, table)
	}
	for _, subnet := range subnets {
		its := func(attribute string) fact.Missing {
			return fact.Missing{Kind: fact.Attribute, Name: subnet.Address + "." + attribute, Span: r.Span}
		}
		out = append(out, implicit(r.stated, subnet.Address, "aws_default_subnet", "AWS::EC2::Subnet",
			"VpcId", vpc, "CidrBlock", value.Computed(r.Span, its("cidr_block")),
			"Ipv6CidrBlock", value.NotKnown(r.Span, its("ipv6_cidr_block")),
			"AvailabilityZone", value.Computed(r.Span, its("availability_zone")),
			"MapPublicIpOnLaunch", value.One("true", r.Span)))
		if unseen {
			out = append(out, implicit(r.stated, subnet.Address+".RouteTable", "aws_route_table_association",
				"AWS::EC2::SubnetRouteTableAssociation", "SubnetId", value.One(subnet.Address, r.Span),
				"RouteTableId", value.One(r.Address+".RouteTable", r.Span)))
		}
	}
	return out
}
