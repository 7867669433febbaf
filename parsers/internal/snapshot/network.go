package snapshot

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Whole adds all that there is to b, as a deployment of its own.
func (a *Account) Whole(b *graph.Builder) []source.Diagnostic {
	w := newWriter(a, b)
	for _, t := range a.ordered {
		w.add(t)
	}
	return w.finish()
}

// Add adds what has one of the ids, with the VPCs that it lies in, as a whole. What the deployment itself states of
// them is stated once: the files count before the account.
func (a *Account) Add(b *graph.Builder, ids []string) {
	w := newWriter(a, b)
	w.own = ownOf(b.Network())
	for _, id := range ids {
		w.want(id)
	}
	if len(w.chosen) == 0 {
		return
	}
	for _, t := range a.ordered {
		if w.chosen[t] {
			w.add(t)
		}
	}
	w.finish()
}

// writer puts things into one network.
type writer struct {
	*Account
	builder *graph.Builder
	nodes   *lower.Deployment
	chosen  map[*thing]bool
	whole   map[string]bool // VPCs
	added   []*thing
	// own is what the files state of things of the account; nil where the account is the deployment.
	own *own
}

func newWriter(a *Account, b *graph.Builder) *writer {
	w := &writer{Account: a, builder: b, chosen: map[*thing]bool{}, whole: map[string]bool{}}
	w.nodes = lower.New(b, symbol.NewTable(), names{}, lower.Defaults{})
	return w
}

// want chooses what has the id, and all that may matter to it: its VPC, and those that are peers of that.
func (w *writer) want(id string) {
	t := w.things[id]
	if t == nil || w.chosen[t] {
		return
	}
	w.chosen[t] = true
	for _, vpc := range t.vpcs {
		w.wantVPC(vpc)
	}
	switch t.key {
	case "RouteTables":
		for _, target := range texts(t.node, "Routes.NetworkInterfaceId Routes.DestinationPrefixListId") {
			w.want(target)
		}
	case "SecurityGroups":
		for _, list := range texts(t.node, "IpPermissions.PrefixListIds.PrefixListId"+
			" IpPermissionsEgress.PrefixListIds.PrefixListId") {
			w.want(list)
		}
	case "NatGateways":
		for _, address := range texts(t.node, "NatGatewayAddresses.AllocationId") {
			w.want(address)
		}
	case "NetworkInterfaces":
		for _, near := range texts(t.node, "Association.AllocationId SubnetId") {
			w.want(near)
		}
	case "Vpcs":
		w.want(t.node.Get("DhcpOptionsId").Literal())
	case stateKey("aws_iam_role"):
		for _, by := range w.grants(t) {
			w.want(by.id)
		}
		for _, arn := range texts(t.node, "managed_policy_arns") {
			w.want(arn)
		}
	case stateKey("aws_iam_role_policy_attachment"), stateKey("aws_iam_policy_attachment"):
		w.want(t.node.Get("policy_arn").Literal())
	case "RoleDetailList":
		for _, arn := range texts(t.node, "AttachedManagedPolicies.PolicyArn") {
			w.want(arn)
		}
	}
}

func (w *writer) wantVPC(vpc string) {
	if w.whole[vpc] {
		return
	}
	w.whole[vpc] = true
	w.want(vpc)
	for _, t := range w.inVPC[vpc] {
		w.want(t.id)
	}
	if v := w.things[vpc]; v != nil {
		for _, t := range w.ordered {
			if t.key == blockPublicAccess && t.region == v.region ||
				t.key == "VpcBlockPublicAccessExclusions" {
				w.chosen[t] = true
			}
		}
	}
}

// add states the thing, without what the files state in its place.
func (w *writer) add(t *thing) {
	w.added = append(w.added, t)
	for _, o := range listings[t.key].state(t) {
		if w.own != nil {
			if w.own.states(o.Resource) {
				continue
			}
			o.Account = &t.from.Account
		}
		w.nodes.Add(o.Resource)
	}
	w.adopt(t)
}

// adopt says of a thing that AWS has made with a VPC that others may mean it.
func (w *writer) adopt(t *thing) {
	r := w.nodes.Resource(t.id)
	for _, d := range defaults {
		if r == nil || t.key != stateKey(d.state) && !(t.key == d.key && d.is(t.node)) {
			continue
		}
		for _, vpc := range t.vpcs {
			w.nodes.Adopt(d.id(vpc), r, fact.Always())
		}
	}
}

// defaults are what AWS makes with a VPC: the key of the list that it is in, the type in a state, how it is told from
// its like, and the id by which others mean it.
var defaults = []struct {
	key, state, name string
	is               func(*tree.Node) bool
	id               func(vpc string) string
}{
	{
		"RouteTables", "aws_default_route_table", "the main route table of ",
		func(n *tree.Node) bool { return slices.Contains(texts(n, "Associations.Main"), "true") },
		func(vpc string) string { return string(graph.MainTableID(vpc)) },
	}, {
		"NetworkAcls", "aws_default_network_acl", "the default network ACL of ",
		func(n *tree.Node) bool { return n.Get("IsDefault").Literal() == "true" },
		func(vpc string) string { return string(graph.DefaultACLID(vpc)) },
	}, {
		"SecurityGroups", "aws_default_security_group", "the default security group of ",
		func(n *tree.Node) bool { return n.Get("GroupName").Literal() == "default" },
		func(vpc string) string { return string(graph.DefaultGroupID(vpc)) },
	},
}

// finish makes nodes of all that was added.
func (w *writer) finish() []source.Diagnostic {
	for _, t := range w.added {
		if t.key == "Vpcs" || t.key == factVPC {
			w.phantoms(t)
		}
	}
	ds := w.nodes.Lower()
	for _, t := range w.added {
		w.open(t)
		w.service(t)
	}
	if w.own == nil {
		return ds
	}
	n := w.builder.Network()
	for _, t := range w.added {
		if of := &t.from.Account; !slices.Contains(n.Accounts, of) {
			n.Accounts = append(n.Accounts, of)
		}
	}
	return nil
}

// phantoms stand in for what AWS has made with the VPC and the snapshot does not hold.
func (w *writer) phantoms(t *thing) {
	for _, d := range defaults {
		if slices.ContainsFunc(w.inVPC[t.id], func(x *thing) bool { return x.key == d.key && d.is(x.node) }) {
			continue
		}
		o := t.make(d.name+t.id, "AWS::EC2::VPC", t.node, "")
		w.nodes.Know(o.Resource)
		w.nodes.Adopt(d.id(t.id), o.Resource, fact.Always())
		w.builder.Foreign(o.Address, missing(o.Address, o.Span))
	}
}

// open leaves open what the snapshots do not list as a whole.
func (w *writer) open(t *thing) {
	n := w.builder.Network()
	lacks := func(key, what string, of interface {
		Miss(fact.Cond, ...fact.Missing)
	}) {
		for _, vpc := range t.vpcs {
			if !w.covers(key, t.region, vpc) {
				of.Miss(fact.Always(), missing(what+" of "+vpc, placeOf(t.node)))
				return
			}
		}
	}
	switch t.key {
	case "Vpcs", factVPC:
		v := n.VPCs.Get(graph.ID[graph.VPC](t.id))
		lacks("InternetGateways", "the internet gateways", &v.Gateways)
		lacks("VpcEndpoints", "the endpoints", &v.Endpoints)
		lacks("NatGateways", "the NAT gateways", &v.NATGateways)
		lacks("EgressOnlyInternetGateways", "the egress-only internet gateways", &v.EgressOnly)
		lacks("VpcPeeringConnections", "the peering connections", &v.Peerings)
		lacks("TransitGatewayVpcAttachments", "the attachments to transit gateways", &v.TransitGateways)
		lacks("DhcpOptions", "the DHCP options", &v.DHCP)
	case "Subnets":
		s := n.Subnets.Get(graph.ID[graph.Subnet](t.id))
		if s == nil { // the files state it
			return
		}
		lacks("RouteTables", "the route tables", &s.RouteTables)
		lacks("NetworkAcls", "the network ACLs", &s.ACLs)
	case factSubnet:
		s := n.Subnets.Get(graph.ID[graph.Subnet](t.id))
		m := missing("the way out of "+t.id, t.at)
		if s != nil && !t.hasWay() {
			s.RouteTables.Miss(fact.Always(), m)
			s.ACLs.Miss(fact.Always(), m)
		}
		w.works(t)
	case factGroup:
		g := n.SecurityGroups.Get(graph.ID[graph.SecurityGroup](t.id))
		g.Ingress.Miss(fact.Always(), missing("the ingress rules of "+t.id, t.at))
		g.OtherVPCs.Miss(fact.Always(), missing("the VPCs that share "+t.id, t.at))
		if t.node.Get("egress") == nil {
			g.Egress.Miss(fact.Always(), missing("the egress rules of "+t.id, t.at))
		}
	case "SecurityGroups":
		// No call that is read tells of the VPCs that share the group.
		g := n.SecurityGroups.Get(graph.ID[graph.SecurityGroup](t.id))
		g.OtherVPCs.Miss(fact.Always(), missing("the VPCs that share "+t.id, placeOf(t.node)))
	}
}

// works says of the gateways that facts imply that they do what the facts say.
func (w *writer) works(t *thing) {
	n := w.builder.Network()
	if g := n.NATGateways.Get(graph.ID[graph.NATGateway](t.id + ".NatGateway")); g != nil {
		g.Works = true
	}
	if g := n.InternetGateways.Get(graph.ID[graph.InternetGateway](t.id + ".InternetGateway")); g != nil {
		g.Works = true
	}
}

// service tells which of the lists that AWS keeps is that of a service with gateway endpoints.
func (w *writer) service(t *thing) {
	if t.key != "PrefixLists" {
		return
	}
	name := t.node.Get("PrefixListName").Literal()
	for _, s := range aws.GatewayServices() {
		if p := w.builder.Network().PrefixLists.Get(graph.ID[graph.PrefixList](t.id)); p != nil &&
			strings.HasPrefix(name, "com.amazonaws.") && strings.HasSuffix(name, "."+s) {
			p.Service = s
		}
	}
}

// names has the ids of AWS.
type names struct{}

func (names) Identity(*lower.Resource, string, ...aws.Kind) (string, bool) { return "", false }
func (names) Literal(text string) string                                   { return text }
func (names) Role(string, string) (string, bool)                           { return "", false }
func (names) NotEmpty(fact.Missing) bool                                   { return false }
