package lower

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/lambda"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) function(r *Resource, d *decode.Decoded[function]) {
	p := d.P
	provider := d.At(&p.CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn)
	add(l, &l.network.Functions, &graph.Function{
		Header:           l.header(r),
		Role:             l.roleRef(r, d.At(&p.Role)),
		Subnets:          orEmpty(l, d.At(&p.VpcConfig.SubnetIds), Subnets),
		Groups:           orEmpty(l, d.At(&p.VpcConfig.SecurityGroupIds), SecurityGroups),
		VPCConfig:        read.Present(l.symbols, d.At(&p.VpcConfig)),
		IPv6:             d.Bool(&p.VpcConfig.Ipv6AllowedForDualStack),
		CapacityProvider: Ref(l, provider, CapacityProviders),
		Name:             d.Text(&p.FunctionName),
		FileSystems:      l.fileSystems(d.At(&p.FileSystemConfigs)),
		Environment:      read.Variables(l.symbols, d.At(&p.Environment.Variables)),
		Properties:       read.Properties(l.symbols, r.written(), isReadElsewhere),
		TagList:          l.tagList(r),
		SAM:              r.SAM,
	})
}

func (l *Deployment) fileSystems(configs value.Value) fact.List[fact.Value[fact.Text]] {
	return read.Each(read.Flatten(l.symbols, configs), func(v value.Value) fact.Value[fact.Text] { return read.Text(l.symbols, v.Get("Arn")) })
}

// isReadElsewhere tells the properties of a function that have fields of their own, and its code, in the words of each
// language.
func isReadElsewhere(path string) bool {
	switch path {
	case "Role", "VpcConfig", "Environment", "FunctionName", "CapacityProviderConfig", "Code.ZipFile", "Tags",
		"role", "vpc_config", "environment", "function_name", "capacity_provider_config", "tags", "tags_all":
		return true
	}
	return false
}

func (l *Deployment) capacityProvider(r *Resource, d *decode.Decoded[capacityProvider]) {
	add(l, &l.network.CapacityProviders, &graph.CapacityProvider{
		Header:       l.header(r),
		Subnets:      Refs(l, d.At(&d.P.VpcConfig.SubnetIds), Subnets),
		Groups:       Refs(l, d.At(&d.P.VpcConfig.SecurityGroupIds), SecurityGroups),
		OperatorRole: l.roleRef(r, d.At(&d.P.PermissionsConfig.CapacityProviderOperatorRoleArn)),
	})
}

func (l *Deployment) eventSourceMapping(r *Resource, d *decode.Decoded[lambda.EventSourceMapping]) {
	add(l, &l.network.EventSourceMappings, &graph.EventSourceMapping{
		Header:   l.header(r),
		Function: Ref(l, l.unqualified(d.At(&d.P.FunctionName)), Functions),
		Source:   d.Text(&d.P.EventSourceArn),
	})
}

// unqualified goes from an alias or version of this deployment to the function that it belongs to.
func (l *Deployment) unqualified(v value.Value) value.Value {
	s, ok := l.symbols.Only(v.Text)
	if !ok || v.Kind != value.Text {
		return v
	}
	r := l.resources[s.Address]
	if r != nil && (r.As == "AWS::Lambda::Alias" || r.As == "AWS::Lambda::Version") {
		return r.Get("FunctionName")
	}
	return v
}

// roleRef reads the ARN of a role as r gives it. An ARN that ends in the RoleName of a role of this deployment is that
// role's.
func (l *Deployment) roleRef(r *Resource, v value.Value) graph.Ref[graph.Role] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) graph.Ref[graph.Role] {
		id := l.identity(text, aws.Role)
		if arn, name, ok := cutLast(text, "/"); ok && strings.Contains(arn, ":role") {
			if address, ok := l.names.Role(name, r.Address); ok {
				id = address
			}
		}
		return fact.Known(graph.ID[graph.Role](id), span)
	})
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
