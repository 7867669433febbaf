package need

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// OfBalancer is what an internal load balancer needs: the targets of the groups that its listeners and their rules
// forward to, on the port of each. Targets that see the address of the client in place of the load balancer's are left
// out, and so are functions and other load balancers, which no group of the load balancer has to let in.
func OfBalancer(v *graph.View, balancer *graph.DataStore) (out Needs) {
	for _, l := range naming(v, aws.Listener, "loadbalancerarn", balancer.Address) {
		for _, by := range append(naming(v, aws.ListenerRule, "listenerarn", l.Address), l) {
			for _, group := range targetGroups(v, by) {
				if seesBalancer(v, group) {
					why := fmt.Sprintf("%q forwards to target group %q", by.Address, group.Address)
					out.Nodes = append(out.Nodes, targets(v, group, why)...)
				}
			}
		}
	}
	out.Nodes = merge(out.Nodes)
	return out
}

// naming are the resources of the kind that exist and whose property names the one at address.
func naming(v *graph.View, kind aws.Kind, property, address string) (out []*graph.Resource) {
	for r := range v.ResourcesOfKind(kind) {
		v.Spend(1)
		if v.Exists(r).IsTrue() && slices.Contains(v.Addresses(r, property), address) {
			out = append(out, r)
		}
	}
	return out
}

// targetGroups are those that the actions of a listener or rule name.
func targetGroups(v *graph.View, by *graph.Resource) (out []*graph.Resource) {
	for _, it := range by.Properties.In(v.World).Items {
		text, _ := it.Value.Value.Get(v.World)
		for _, address := range text.Addresses() {
			r := v.Resources.At(address)
			if r != nil && aws.KindOf(r.Type) == aws.TargetGroup && v.Exists(r).IsTrue() {
				out = append(out, r)
			}
		}
	}
	return out
}

// seesBalancer says whether targets of the group certainly see the address of the load balancer, as those of an
// Application Load Balancer do. Those of a Network Load Balancer see that of the client where the target group says so,
// or by default, unless they are registered by their addresses.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
func seesBalancer(v *graph.View, group *graph.Resource) bool {
	switch word(v, group, "protocol") {
	case "HTTP", "HTTPS":
		return true
	case "TCP", "TLS":
		return word(v, group, "targettype") == "ip" &&
			!slices.ContainsFunc(group.Properties.Items, preserves)
	}
	return false
}

// preserves tells the property that may keep the address of the client, in the words of CloudFormation or Terraform.
func preserves(it fact.Item[graph.Property]) bool {
	key, _ := it.Value.Value.Get(nil)
	text, _ := key.Literal()
	return it.Value.Path == "preserveclientip" || text == "preserve_client_ip.enabled"
}

// targets are those of the target group whose ports are known: tasks of services, and instances. Tasks are checked,
// too: those that do not answer are replaced, again and again. An instance that does not answer is called all the same
// where no other does.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
func targets(v *graph.View, group *graph.Resource, why string) (out []Need) {
	add := func(node string, port int, span source.Span, how string) {
		if port != 0 {
			why := fmt.Sprintf("%s, whose %s %q", why, how, node)
			out = append(out, Need{Name: node, Strength: Strong, Port: port, Span: span, Evidence: why})
		}
	}
	for s := range v.Services.All() {
		v.Spend(1)
		for _, port := range registered(v, s, group) {
			add(s.Address, port, s.At("LoadBalancers"), "targets are the tasks of")
			add(s.Address, number(v, group, "healthcheckport", "healthcheck.port"), group.At("HealthCheckPort"),
				"health checks ask the tasks of")
		}
	}
	if ids := v.Addresses(group, "targets.id"); len(ids) == 1 || !has(v, group, "targets.port") {
		for _, id := range ids {
			add(id, number(v, group, "targets.port", "port"), group.At("Targets"), "target is")
		}
	}
	for _, a := range naming(v, aws.TargetAttachment, "targetgrouparn", group.Address) {
		port := number(v, a, "port")
		if !has(v, a, "port") {
			port = number(v, group, "port")
		}
		for _, id := range v.Addresses(a, "targetid") {
			add(id, port, a.Span, "target is")
		}
	}
	return out
}

// registered are the ports on which tasks of the service are targets of the group.
func registered(v *graph.View, s *graph.Service, group *graph.Resource) (ports []int) {
	if !v.Exists(s).IsTrue() {
		return nil
	}
	for _, it := range s.Registrations.In(v.World).Items {
		names, _ := it.Value.Group.Get(v.World)
		port, _ := it.Value.Port.Get(v.World)
		if slices.Contains(names.Addresses(), group.Address) {
			ports = append(ports, port)
		}
	}
	return ports
}

// number is what the first property of these that is written holds, or 0.
func number(v *graph.View, r *graph.Resource, properties ...string) int {
	for _, property := range properties {
		if has(v, r, property) {
			n, _ := strconv.Atoi(word(v, r, property))
			return n
		}
	}
	return 0
}

// word is what the property of r holds, or "" where that is not known.
func word(v *graph.View, r *graph.Resource, property string) string {
	for text := range v.Texts(r.Properties, property) {
		word, _ := text.Literal()
		return word
	}
	return ""
}

// has says whether the property of r is written.
func has(v *graph.View, r *graph.Resource, property string) bool {
	for range v.Texts(r.Properties, property) {
		return true
	}
	return false
}
