package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ecs"
	"github.com/awslabs/goformation/v7/cloudformation/elasticloadbalancingv2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// listener is the type of what listens for a load balancer.
const listener = "AWS::ElasticLoadBalancingV2::Listener"

// loadBalancer adds a load balancer that is certainly internal, as a data store is added: others may have public
// addresses, and are plain resources.
func (l *Deployment) loadBalancer(r *Resource, d *decode.Decoded[elasticloadbalancingv2.LoadBalancer]) {
	p := d.P
	scheme := d.At(&p.Scheme)
	if scheme.Kind != value.Text || scheme.Text != "internal" {
		l.other(r)
		return
	}
	n := &graph.DataStore{
		Header: l.header(r), Kind: string(aws.LoadBalancer), Public: fact.Known(false, scheme.Span),
		Subnets: refs(l, d.At(&p.Subnets), Subnets), Groups: refs(l, d.At(&p.SecurityGroups), SecurityGroups),
		Port: l.listensOn(r),
	}
	for _, it := range decode.Items(d, &p.SubnetMappings).Items {
		n.Subnets.AppendIf(it.When, Ref(l, it.Value.At(&it.Value.P.SubnetId), Subnets), it.Span)
	}
	switch typ := d.At(&p.Type); {
	case typ.Text == "network":
		n.Filterless = true
	case typ.Kind != value.Absent && typ.Text != "application" && !n.Groups.IsSet:
		missing := fact.Missing{Kind: fact.Attribute, Name: "type of " + r.Address, Span: typ.Span}
		n.Groups.Miss(fact.Always(), missing)
	}
	add(l, &l.network.DataStores, n)
}

// service adds a service whose tasks have interfaces of their own. What it registers otherwise are the instances that
// it runs on, and it is a plain resource.
func (l *Deployment) service(r *Resource, d *decode.Decoded[ecs.Service]) {
	network := d.P.NetworkConfiguration.AwsvpcConfiguration
	subnets := d.At(&network.Subnets)
	if subnets.Kind == value.Absent {
		l.other(r)
		return
	}
	n := &graph.Service{
		Header: l.header(r), Subnets: refs(l, subnets, Subnets),
		Groups: refs(l, d.At(&network.SecurityGroups), SecurityGroups),
	}
	for _, it := range decode.Items(d, &d.P.LoadBalancers).Items {
		p := it.Value.P
		n.Registrations.AppendIf(it.When, graph.Registration{
			Group: it.Value.Text(&p.TargetGroupArn), Port: it.Value.Int(&p.ContainerPort),
		}, it.Span)
	}
	add(l, &l.network.Services, n)
}

// listensOn is the port of the only listener of the load balancer. Of several, who calls it tells which.
func (l *Deployment) listensOn(r *Resource) fact.Value[int] {
	l.network.Spend(len(l.ordered))
	port, n := notKnown(r), 0
	for _, other := range l.listeners() {
		if of := l.named(other.Get("LoadBalancerArn")); of == r {
			port, n = read.Int(l.symbols, other.Get("Port")), n+1
		}
	}
	if n != 1 {
		return notKnown(r)
	}
	return port
}

// listeners are all those of the deployment, in their order.
func (l *Deployment) listeners() (out []*Resource) {
	for _, r := range l.ordered {
		if r.As == listener {
			out = append(out, r)
		}
	}
	return out
}
