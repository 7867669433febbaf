package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// function reads aws_lambda_function. A vpc_config block of which both lists are empty counts as none:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
func (l *lowering) function(r *resource) {
	network := r.block("vpc_config")
	provider := first(r.block("capacity_provider_config").Get("lambda_managed_instances_capacity_provider_config")).Get("capacity_provider_arn")
	n := &graph.Function{
		Header:           l.header(r),
		Role:             l.roleRef(r, r.get("role")),
		Subnets:          attached(l, network.Get("subnet_ids"), subnets),
		Groups:           attached(l, network.Get("security_group_ids"), securityGroups),
		VPCConfig:        read.Present(l.symbols, network),
		IPv6:             l.bool(network.Get("ipv6_allowed_for_dual_stack")),
		CapacityProvider: ref(l, provider, capacityProviders),
		Name:             l.text(r.get("function_name")),
		FileSystems:      read.Each(l.list(r.get("file_system_config")), func(v value.Value) fact.Value[fact.Text] { return l.text(v.Get("arn")) }),
		Environment:      read.Variables(l.symbols, r.block("environment").Get("variables")),
		Properties:       read.Properties(l.symbols, r.config, isReadElsewhere),
		TagList:          l.tagList(r),
	}
	if len(n.Subnets.Items)+len(n.Subnets.Open)+len(n.Groups.Items)+len(n.Groups.Open) == 0 {
		n.Subnets, n.Groups = fact.List[graph.Ref[graph.Subnet]]{}, fact.List[graph.Ref[graph.SecurityGroup]]{}
		n.VPCConfig = fact.Value[bool]{}
	}
	l.nameResources(r, n.Environment)
	graph.Add(l.builder, &l.network.Functions, n)
}

// isReadElsewhere tells the arguments of a function that have fields of their own.
func isReadElsewhere(path string) bool {
	switch path {
	case "role", "vpc_config", "environment", "function_name", "capacity_provider_config", "tags", "tags_all":
		return true
	}
	return false
}

// givenNames are the arguments that code is told as the name of a resource.
var givenNames = []string{"name", "bucket", "function_name"}

// nameResources gives variables back what they name. In Terraform the name of a table or bucket that is written reaches
// a variable as its text; where the function depends on one resource of that very name, the text names the resource.
func (l *lowering) nameResources(r *resource, variables fact.List[graph.Variable]) {
	named := map[string]fact.Part{}
	for _, address := range r.Depends {
		for _, other := range l.instancesOf(address) {
			for _, argument := range givenNames {
				name := other.get(argument)
				if other.Data || name.Kind != value.Text || name.Text == "" {
					continue
				}
				text := l.symbols.Text(name.Text).String()
				key := other.Address + "." + argument
				part := fact.Part{Symbol: key, Address: other.Address, Missing: fact.Missing{Kind: fact.Attribute, Name: key}}
				if before, ok := named[text]; ok && before.Address != other.Address {
					part = fact.Part{} // one of several
				}
				named[text] = part
			}
		}
	}
	for i, it := range variables.Items {
		text, ok := it.Value.Value.Get(nil)
		if part := named[text.String()]; ok.IsTrue() && part.Address != "" {
			variables.Items[i].Value.Value = fact.Known(fact.Text{part}, it.Value.Span)
		}
	}
}

// instancesOf are the instances that the address of a dependency means: one, those of a resource, or all in a module.
func (l *lowering) instancesOf(address string) []*resource {
	if r := l.resources[address]; r != nil {
		return []*resource{r}
	}
	var out []*resource
	for _, in := range l.program.Instances {
		if rest, ok := strings.CutPrefix(in.Address, address); ok && rest != "" && strings.ContainsRune(".[", rune(rest[0])) {
			out = append(out, l.resources[in.Address])
		}
	}
	return out
}

func (l *lowering) capacityProvider(r *resource) {
	network := r.block("vpc_config")
	graph.Add(l.builder, &l.network.CapacityProviders, &graph.CapacityProvider{
		Header:       l.header(r),
		Subnets:      refs(l, network.Get("subnet_ids"), subnets),
		Groups:       refs(l, network.Get("security_group_ids"), securityGroups),
		OperatorRole: l.roleRef(r, r.block("permissions_config").Get("capacity_provider_operator_role_arn")),
	})
}

// eventSourceMapping reads a mapping, whose function is named by its ARN or by its name.
func (l *lowering) eventSourceMapping(r *resource) {
	graph.Add(l.builder, &l.network.EventSourceMappings, &graph.EventSourceMapping{
		Header: l.header(r),
		Function: read.Convert(l.symbols, r.get("function_name"), func(v value.Value) graph.Ref[graph.Function] {
			if address, ok := l.names.called("aws_lambda_function", v.Text, r.Address); ok {
				return fact.Known(graph.ID[graph.Function](address), v.Span)
			}
			return ref(l, v, functions)
		}),
		Source: l.text(r.get("event_source_arn")),
	})
}

// roleRef reads the ARN of a role as r gives it. An ARN that ends in the name of a role of this program is that role's.
func (l *lowering) roleRef(r *resource, v value.Value) graph.Ref[graph.Role] {
	return read.Convert(l.symbols, v, func(v value.Value) graph.Ref[graph.Role] {
		arn, name := "", ""
		if i := strings.LastIndex(v.Text, "/"); i >= 0 {
			arn, name = v.Text[:i], v.Text[i+1:]
		}
		if address, ok := l.names.called("aws_iam_role", name, r.Address); ok && strings.Contains(arn, ":role") {
			return fact.Known(graph.ID[graph.Role](address), v.Span)
		}
		return ref(l, v, roles)
	})
}
