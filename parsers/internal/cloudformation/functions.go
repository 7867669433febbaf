package cloudformation

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/lambda"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

func (l *lowering) function(r *resource) {
	d := decoded[lambda.Function](l, r)
	p := d.P
	provider := d.Extra("CapacityProviderConfig").Get("LambdaManagedInstancesCapacityProviderConfig").Get("CapacityProviderArn")
	add(l, &l.network.Functions, &graph.Function{
		Header:           l.header(r),
		Role:             l.roleRef(d.At(&p.Role)),
		Subnets:          attached(l, d.At(&p.VpcConfig.SubnetIds), subnets),
		Groups:           attached(l, d.At(&p.VpcConfig.SecurityGroupIds), securityGroups),
		VPCConfig:        read.Present(l.symbols, d.At(&p.VpcConfig)),
		IPv6:             d.Bool(&p.VpcConfig.Ipv6AllowedForDualStack),
		CapacityProvider: ref(l, provider, capacityProviders),
		Name:             d.Text(&p.FunctionName),
		FileSystems:      l.fileSystems(d.At(&p.FileSystemConfigs)),
		Environment:      read.Variables(l.symbols, d.At(&p.Environment.Variables)),
		Properties:       read.Properties(l.symbols, r.properties, isReadElsewhere),
		TagList:          read.TagPairs(l.symbols, r.properties.Get("Tags")),
		SAM:              r.sam,
	})
}

func (l *lowering) fileSystems(configs eval.Value) fact.List[fact.Value[fact.Text]] {
	return read.Each(read.Flatten(l.symbols, configs), func(v eval.Value) fact.Value[fact.Text] { return read.Text(l.symbols, v.Get("Arn")) })
}

// isReadElsewhere tells the properties of a function that have fields of their own, and its code.
func isReadElsewhere(path string) bool {
	switch path {
	case "Role", "VpcConfig", "Environment", "FunctionName", "CapacityProviderConfig", "Code.ZipFile", "Tags":
		return true
	}
	return false
}

// capacityProvider reads a type that is newer than the structs:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-capacityprovider.html
func (l *lowering) capacityProvider(r *resource) {
	network := r.properties.Get("VpcConfig")
	add(l, &l.network.CapacityProviders, &graph.CapacityProvider{
		Header:       l.header(r),
		Subnets:      refs(l, network.Get("SubnetIds"), subnets),
		Groups:       refs(l, network.Get("SecurityGroupIds"), securityGroups),
		OperatorRole: l.roleRef(r.properties.Get("PermissionsConfig").Get("CapacityProviderOperatorRoleArn")),
	})
}

func (l *lowering) eventSourceMapping(r *resource) {
	d := decoded[lambda.EventSourceMapping](l, r)
	add(l, &l.network.EventSourceMappings, &graph.EventSourceMapping{
		Header:   l.header(r),
		Function: ref(l, l.unqualified(d.At(&d.P.FunctionName)), functions),
		Source:   d.Text(&d.P.EventSourceArn),
	})
}

// unqualified goes from an alias or version of this deployment to the function that it belongs to.
func (l *lowering) unqualified(v eval.Value) eval.Value {
	s, ok := l.symbols.Only(v.Text)
	if !ok || v.Kind != eval.Text {
		return v
	}
	r := l.resources[s.Address]
	if r != nil && (r.typ == "AWS::Lambda::Alias" || r.typ == "AWS::Lambda::Version") {
		return r.properties.Get("FunctionName")
	}
	return v
}

// roleRef reads the ARN of a role. An ARN that ends in the RoleName of a role of this deployment is that role's.
func (l *lowering) roleRef(v eval.Value) graph.Ref[graph.Role] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) graph.Ref[graph.Role] {
		id := l.identity(text, roles.has)
		if arn, name, ok := cutLast(text, "/"); ok && !symbol.Has(name) && strings.Contains(arn, ":role") {
			if address, ok := l.roleNames[name]; ok {
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
