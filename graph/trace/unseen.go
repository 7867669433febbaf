package trace

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Unseen traces the flow from a subnet of the sender that is not here. Of such a subnet no more is known than its VPC,
// which is that of the sender's security groups, so the result is Unknown unless security groups alone stop the flow.
// Open are the facts that would tell the subnet.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
func (e *Engine) Unseen(s *Sender, flow Flow, open []fact.Missing) Path {
	subnet := e.unseenSubnet(s.Header, "VpcConfig.SubnetIds", e.homeOf(s.Groups, open), open)
	return Path{Subnet: subnet, Result: e.Trace(s.From(e.view, subnet), flow)}
}

// unseenSubnet stands for the subnets of a resource that are not here, in the VPC. Its address is that of the resource.
func (e *Engine) unseenSubnet(
	of *graph.Header, property string, vpc graph.Ref[graph.VPC], open []fact.Missing,
) *graph.Subnet {
	if s := e.unseen[of.Address]; s != nil {
		return s
	}
	at := of.At(property)
	s := &graph.Subnet{
		Header: graph.Header{Address: of.Address, Span: at}, VPC: vpc,
		IPv6Native: fact.NotKnown[bool](at, open...),
	}
	s.CIDR.Span = at
	s.RouteTables.Miss(fact.Always(), open...)
	s.ACLs.Miss(fact.Always(), open...)
	s.IPv6Blocks.Miss(fact.Always(), open...)
	e.unseen[of.Address] = s
	return s
}

// isUnseen tells the subnets that stand for others.
func (e *Engine) isUnseen(s *graph.Subnet) bool { return e.unseen[s.Address] == s }

// homeOf is the VPC that an interface with the groups lies in: that of the first group which is here and in no other
// VPC as well. Without any it is not known.
func (e *Engine) homeOf(groups fact.List[graph.Ref[graph.SecurityGroup]], open []fact.Missing) graph.Ref[graph.VPC] {
	for _, it := range graph.Resolve(e.view, &e.view.SecurityGroups, groups).Items {
		g := it.Value
		if g.VPC.IsSet(e.view.World).IsTrue() && g.OtherVPCs.In(e.view.World).Empty().IsTrue() {
			return g.VPC
		}
	}
	return fact.NotKnown[graph.ID[graph.VPC]](groups.Span, open...)
}

// home is the VPC of the node's interfaces.
func (w *walker) home(n node) graph.Ref[graph.VPC] {
	if n.vpc.IsSet(w.v.World).IsTrue() {
		return n.vpc
	}
	return w.e.homeOf(n.groups, orResource(nil, "VPC of "+n.head.Address))
}

// unseenStop is the leg into those subnets of the node that are not here, if they lie in the source's VPC and security
// groups let nothing there. They do so for any address, as it is not known.
func (w *walker) unseenStop(n node, open []fact.Missing, about set) (l leg, stops bool) {
	vpc := w.home(n)
	if len(open) == 0 || !graph.Same(w.v, &w.v.VPCs, vpc, w.src.Subnet.VPC).IsTrue() {
		return leg{}, false
	}
	l = w.reachIn(n, w.e.unseenSubnet(n.head, "SubnetIds", vpc, open), about)
	return l, l.settle(about).IsFalse()
}

// unseenEndpoint is the leg to an endpoint that may be there but is not here. No packet gets to it where the source's
// groups let none out to any address.
func (w *walker) unseenEndpoint(about set, missing []fact.Missing) leg {
	every := ranges{universe(w.flow.To.Family), missing}
	l := spread(w.letOut(peer{}, every.set), every, about)
	l.doubt(about, missing...)
	return l
}

// inSubnet is what a sentence calls the subnet.
func (w *walker) inSubnet(s *graph.Subnet) string {
	if w.e.isUnseen(s) {
		return "a subnet that is not in these files"
	}
	return "subnet " + quote(s.Address)
}
