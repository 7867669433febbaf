package need

import (
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// stack is a deployment around the function "F" with the role "Role".
type stack struct {
	resources  []string // "Address Type", with properties as further "Path=text"
	stores     []string
	env        []string // "NAME=text"
	properties []string // of the function
	grants     []string // "action on resource"
	managed    []string
	mappings   []string // "source", with further dependencies
}

var symbols = regexp.MustCompile(`\$\{([^}]+)\}`)

// text reads ${Address.Attribute} and ${Address} for resources of the stack, ${AWS::Name}, and ${?Name} for parameters.
func text(s string) fact.Text {
	var out fact.Text
	for s != "" {
		m := symbols.FindStringSubmatchIndex(s)
		if m == nil {
			return append(out, fact.Part{Literal: s})
		}
		if m[0] > 0 {
			out = append(out, fact.Part{Literal: s[:m[0]]})
		}
		name := s[m[2]:m[3]]
		p := fact.Part{Symbol: name, Missing: fact.Missing{Kind: fact.Attribute, Name: name}}
		switch {
		case strings.HasPrefix(name, "AWS::"):
			p.Missing.Kind = fact.Pseudo
		case strings.HasPrefix(name, "?"):
			p.Missing.Kind = fact.Parameter
		default:
			p.Address, _, _ = strings.Cut(name, ".")
		}
		out = append(out, p)
		s = s[m[1]:]
	}
	return out
}

func variables(pairs []string) fact.List[graph.Variable] {
	var out fact.List[graph.Variable]
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		out.Append(graph.Variable{Name: name, Value: fact.Known(text(value), source.Span{})}, source.Span{})
	}
	return out
}

func properties(pairs []string) fact.List[graph.Property] {
	var out fact.List[graph.Property]
	for _, p := range pairs {
		path, value, _ := strings.Cut(p, "=")
		out.Append(graph.Property{Path: path, Value: fact.Known(text(value), source.Span{})}, source.Span{})
	}
	return out
}

func (s stack) build() (*graph.Network, *graph.Function) {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	n := b.Network()
	for _, r := range s.resources {
		fields := strings.Fields(r)
		node := &graph.Resource{Header: graph.Header{Address: fields[0], Type: fields[1]},
			Properties: properties(fields[2:])}
		for _, it := range node.Properties.Items {
			value, _ := it.Value.Value.Get(nil)
			node.Depends = append(node.Depends, value.Addresses()...)
		}
		graph.Add(b, &n.Resources, node)
	}
	for _, a := range s.stores {
		graph.Add(b, &n.DataStores,
			&graph.DataStore{Header: graph.Header{Address: a, Type: "AWS::RDS::DBCluster"}, Kind: "RDS cluster",
				Mounted: a == "Files"})
	}
	for i, m := range s.mappings {
		fields := strings.Fields(m)
		node := &graph.EventSourceMapping{Header: graph.Header{Address: "Mapping" + string(rune('A'+i)),
			Type: "AWS::Lambda::EventSourceMapping", Depends: fields[1:]}}
		node.Function = fact.Known(graph.ID[graph.Function]("F"), source.Span{})
		node.Source = fact.Known(text(fields[0]), source.Span{})
		graph.Add(b, &n.EventSourceMappings, node)
	}
	role := &graph.Role{Header: graph.Header{Address: "Role", Type: "AWS::IAM::Role"}}
	for _, g := range s.grants {
		action, resource, _ := strings.Cut(g, " on ")
		statement := policy.Statement{Effect: fact.Known(fact.Lit(policy.Allow), source.Span{})}
		statement.Actions.Append(fact.Lit(action), source.Span{})
		statement.Resources.Append(text(resource), source.Span{})
		d := &policy.Document{}
		d.Statements.Append(statement, source.Span{})
		role.Policies.Append(policy.Attached{By: "Role", Document: d}, source.Span{})
	}
	for _, arn := range s.managed {
		role.Policies.Append(policy.Attached{By: "Role", ARN: text(arn)}, source.Span{})
	}
	graph.Add(b, &n.Roles, role)
	f := &graph.Function{Header: graph.Header{Address: "F", Type: "AWS::Lambda::Function"},
		Environment: variables(s.env), Properties: properties(s.properties)}
	f.Role = fact.Known(graph.ID[graph.Role]("Role"), source.Span{})
	graph.Add(b, &n.Functions, f)
	return b.Link(), n.Functions.Get("F")
}

func summary(n Needs) string {
	var out []string
	for _, group := range []struct {
		kind  string
		needs []Need
	}{{"service", n.Services}, {"node", n.Nodes}, {"internet", n.Internet}} {
		for _, x := range group.needs {
			out = append(out, x.Strength.String()+" "+group.kind+" "+x.Name)
		}
	}
	for _, m := range n.redirect {
		out = append(out, "redirect "+m.Name)
	}
	for _, m := range n.further {
		out = append(out, "further "+m.Name)
	}
	return strings.Join(out, ", ")
}
