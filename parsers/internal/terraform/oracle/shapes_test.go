package oracle

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// shapes are the attributes that the expressions of a program ask of resources. They stand in for the schemas of
// providers.
type shapes struct {
	byType map[string]*shape
	// common has the attributes that are asked of objects which may be any resource.
	common map[string]bool
}

// shape is one attribute, with the steps that expressions take into it.
type shape struct {
	attrs map[string]*shape // the attributes that are asked of an object
	items int               // how long a list must be for the largest constant index
	item  *shape            // what is asked of the items of a list, or nil
}

func newShapes() *shapes {
	return &shapes{byType: map[string]*shape{}, common: map[string]bool{"id": true, "arn": true}}
}

// learn notes what the expressions of the module ask of its resources.
func (s *shapes) learn(m *module) {
	for _, f := range m.files {
		_ = hclsyntax.VisitAll(f.body, func(n hclsyntax.Node) hcl.Diagnostics {
			switch n := n.(type) {
			case *hclsyntax.ScopeTraversalExpr:
				if a, steps := m.refers(n.Traversal); a != "" {
					s.ask(a, n.Traversal[steps:])
				} else {
					s.last(n.Traversal[1:])
				}
			case *hclsyntax.RelativeTraversalExpr:
				if a := m.denotes(n.Source); a != "" {
					s.ask(a, n.Traversal)
				} else {
					s.last(n.Traversal)
				}
			case *hclsyntax.SplatExpr:
				if each, ok := n.Each.(*hclsyntax.RelativeTraversalExpr); ok && m.denotes(n.Source) != "" {
					s.ask(m.denotes(n.Source), each.Traversal)
				}
			}
			return nil
		})
	}
}

// denotes is the address of the resource that the expression stands for, as a whole or one instance of it, or "".
func (m *module) denotes(e hclsyntax.Expression) string {
	switch e := e.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		if a, steps := m.refers(e.Traversal); steps >= len(e.Traversal)-1 {
			return a
		}
	case *hclsyntax.IndexExpr:
		return m.denotes(e.Collection)
	}
	return ""
}

// last notes the last step of a traversal that may begin at any resource.
func (s *shapes) last(t hcl.Traversal) {
	if len(t) > 0 {
		if attr, ok := t[len(t)-1].(hcl.TraverseAttr); ok {
			s.common[attr.Name] = true
		}
	}
}

// ask notes the steps that an expression takes from a resource, or from an instance of it.
func (s *shapes) ask(address string, t hcl.Traversal) {
	if len(t) > 0 {
		if _, indexed := t[0].(hcl.TraverseIndex); indexed {
			t = t[1:]
		}
	}
	typ := address[:strings.LastIndex(address, ".")]
	if s.byType[typ] == nil {
		s.byType[typ] = &shape{}
	}
	at := s.byType[typ]
	for _, step := range t {
		at = at.step(step)
	}
}

// step notes one step into the shape, and gives the shape that it leads to.
func (s *shape) step(step hcl.Traverser) *shape {
	switch step := step.(type) {
	case hcl.TraverseAttr:
		if s.attrs == nil {
			s.attrs = map[string]*shape{}
		}
		if s.attrs[step.Name] == nil {
			s.attrs[step.Name] = &shape{}
		}
		return s.attrs[step.Name]
	case hcl.TraverseIndex:
		if s.item == nil {
			s.item = &shape{}
		}
		if step.Key.Type() == cty.Number {
			n, _ := step.Key.AsBigFloat().Int64()
			s.items = max(s.items, int(n)+1)
		}
		return s.item
	}
	return s
}

// lists are attributes of data sources that are lists, however the configuration uses them.
var lists = []string{"ids", "names", "zone_ids", "cidr_blocks", "subnet_ids"}

// Opening and Closing stand around the text for an attribute that a provider computes: its address, a colon and its
// name. JSON does not escape them. Quotes in the address are single ones, so they need no escape either.
const (
	Opening = "⟦"
	Closing = "⟧"
)

// object writes the attributes that a provider would compute for the resource, as an object. region is the expression
// for the region, index that for the index of the instance.
func (s *shapes) object(b *hclsyntax.Block, region, index string) string {
	own := address(b)
	attrs := map[string]string{}
	token := func(name string) string { return Opening + "${var.oracle_prefix}" + own + index + ":" + name + Closing }
	for name := range s.common {
		attrs[name] = strconv.Quote(token(name))
	}
	if asked := s.byType[own[:strings.LastIndex(own, ".")]]; asked != nil {
		for name, sh := range asked.attrs {
			attrs[name] = sh.value(token, name)
		}
	}
	for _, name := range lists {
		if b.Type == "data" && attrs[name] != "" {
			attrs[name] = fmt.Sprintf("[\"%s\", \"%s\"]", token(name+"[0]"), token(name+"[1]"))
		}
	}
	if attrs["ipv6_cidr_block"] != "" {
		hash := fmt.Sprintf(`substr(sha256("${var.oracle_prefix}%s%s"), 0, 4)`, own, index)
		attrs["ipv6_cidr_block"] = `"2001:db8:${` + hash + `}::/56"`
	}
	for name, value := range models(own, region, token) {
		attrs[name] = value
	}
	return "{" + pairs(attrs) + "}"
}

// pairs writes the attributes as the content of an object, sorted by name.
func pairs(attrs map[string]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		out = append(out, name+" = "+attrs[name])
	}
	return strings.Join(out, ", ")
}

// value writes a value of that shape. at is the path to it within the resource. token is the text for a path.
func (s *shape) value(token func(string) string, at string) string {
	switch {
	case s.item != nil:
		var items []string
		for i := range max(s.items, 1) {
			items = append(items, s.item.value(token, fmt.Sprintf("%s[%d]", at, i)))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case s.attrs != nil:
		inner := map[string]string{}
		for name, sh := range s.attrs {
			inner[name] = sh.value(token, at+"."+name)
		}
		return "{" + pairs(inner) + "}"
	}
	return strconv.Quote(token(at))
}

// models are the attributes of the data sources whose content both sides assume.
func models(address, region string, token func(string) string) map[string]string {
	switch {
	case strings.HasPrefix(address, "data.aws_availability_zones."):
		ids := fmt.Sprintf("[\"%s\", \"%s\", \"%s\"]", token("zone_ids[0]"), token("zone_ids[1]"), token("zone_ids[2]"))
		names := fmt.Sprintf(`[for oracle_z in ["a", "b", "c"] : "${%s}${oracle_z}"]`, region)
		return map[string]string{"zone_ids": ids, "names": names}
	case strings.HasPrefix(address, "data.aws_region."):
		return map[string]string{"name": region, "id": region, "region": region}
	case strings.HasPrefix(address, "data.aws_partition."):
		return map[string]string{"partition": `"aws"`, "dns_suffix": `"amazonaws.com"`, "id": `"aws"`}
	}
	return nil
}
