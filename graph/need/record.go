package need

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// hostIn is the host name that is written in a text, as a URL or alone, or with a port; "" where it is not known.
func hostIn(t fact.Text) string {
	text, whole := t.Literal()
	if !whole {
		return ""
	}
	if _, rest, isURL := strings.Cut(text, "://"); isURL {
		text = rest
	}
	if end := strings.IndexAny(text, "/?#"); end >= 0 {
		text = text[:end]
	}
	text = text[strings.LastIndexByte(text, '@')+1:]
	host, _, _ := strings.Cut(text, ":")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// answers are the nodes that records of this deployment give for the host name: in hosted zones, or in Cloud Map.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
func (c *collector) answers(host string) []string {
	nodes := c.answersWithin(host, longestChain)
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// answersWithin are the answers by way of that many records.
func (c *collector) answersWithin(host string, chain int) (nodes []string) {
	if !strings.Contains(host, ".") || chain == 0 {
		return nil
	}
	for r := range c.v.ResourcesOfKind(aws.RecordSet) {
		c.v.Spend(1)
		if c.nameOf(r) == host {
			nodes = append(nodes, c.recorded(r, chain)...)
		}
	}
	for r := range c.v.ResourcesOfKind(aws.CloudMapInstance) {
		c.v.Spend(1)
		if c.registeredAs(r) == host {
			nodes = append(nodes, c.recorded(r, chain)...)
		}
	}
	return nodes
}

// longestChain bounds records that name other records.
const longestChain = 4

// recorded are the nodes that the record or instance holds the names or addresses of.
func (c *collector) recorded(r *graph.Resource, chain int) (nodes []string) {
	if r == nil || chain == 0 || !c.v.Exists(r).IsTrue() {
		return nil
	}
	for _, it := range r.Properties.In(c.v.World).Items {
		if !isAnswer(it.Value.Path) {
			continue
		}
		text, _ := it.Value.Value.Get(c.v.World)
		nodes = append(nodes, c.answersWithin(hostIn(text), chain-1)...)
		for _, p := range text {
			if p = c.origin(p); p.Address == "" {
				continue
			}
			if next := c.v.Resources.At(p.Address); next != nil &&
				aws.KindOf(next.Type) == aws.RecordSet {
				nodes = append(nodes, c.recorded(next, chain-1)...)
			} else if _, node, _ := c.resource(p); node != "" {
				nodes = append(nodes, node)
			}
		}
	}
	return nodes
}

// isAnswer tells the properties of a record, or of an instance in Cloud Map, that hold what is answered.
func isAnswer(property string) bool {
	for _, begin := range []string{"resourcerecords", "records", "aliastarget.dnsname"} {
		if strings.HasPrefix(property, begin) {
			return true
		}
	}
	return strings.HasPrefix(property, "alias") && strings.HasSuffix(property, ".name") ||
		strings.HasSuffix(property, "awsinstanceipv4") || strings.HasSuffix(property, "awsinstancecname")
}

// nameOf is the property Name, as DNS compares names, or "".
func (c *collector) nameOf(r *graph.Resource) string {
	name, _ := c.zone(r)
	return name
}

// registeredAs is the name of an instance in Cloud Map: that of its service in the namespace of that.
// https://docs.aws.amazon.com/cloud-map/latest/dg/working-with-instances.html
func (c *collector) registeredAs(instance *graph.Resource) string {
	service := c.named(instance, "serviceid")
	if service == nil {
		return ""
	}
	namespace := cmp.Or(c.named(service, "namespaceid"), c.named(service, "dnsconfig.namespaceid"))
	if namespace == nil || c.nameOf(service) == "" || c.nameOf(namespace) == "" {
		return ""
	}
	return c.nameOf(service) + "." + c.nameOf(namespace)
}

// named is the plain resource that the property names, or nil.
func (c *collector) named(r *graph.Resource, property string) *graph.Resource {
	for _, a := range c.v.Addresses(r, property) {
		if named := c.v.Resources.At(a); named != nil {
			return named
		}
	}
	return nil
}
