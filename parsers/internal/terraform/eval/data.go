package eval

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// modelOf computes a data source here, without asking AWS. It is nil for those that only AWS can answer.
func modelOf(kind string) func(*object) map[string]cty.Value {
	switch kind {
	case "aws_availability_zones":
		return (*object).zones
	case "aws_region":
		return (*object).regionData
	case "aws_partition":
		return (*object).partitionData
	case "aws_caller_identity":
		return (*object).identityData
	case "aws_vpc_endpoint_service":
		return (*object).endpointService
	case "aws_arn":
		return (*object).arnData
	case "aws_iam_policy":
		return (*object).managedPolicy
	case "aws_iam_policy_document":
		return (*object).policyDocument
	}
	return nil
}

// modelled is an attribute of a data source that is computed here. ok is false for any other, and for resources.
func (o *object) modelled(name string) (v cty.Value, ok bool) {
	if !o.set.block.Data {
		return cty.NilVal, false
	}
	model := modelOf(o.set.block.Type)
	if model == nil {
		model = (*object).inAccount
	}
	if !o.modeled {
		o.modeled = true
		o.model = model(o)
	}
	v, ok = o.model[name]
	return v, ok
}

// argument is an argument of the data source, NilVal when it is not written, null or fails.
func (o *object) argument(name string) cty.Value {
	a := o.set.block.Body.Attributes[name]
	if a == nil {
		return cty.NilVal
	}
	v, err := o.configured(a)
	if err != nil || calc.IsNull(v) {
		return cty.NilVal
	}
	return v
}

// text puts texts together that may hold tokens.
func text(parts ...cty.Value) cty.Value {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.AsString())
	}
	return cty.StringVal(b.String())
}

func lit(s string) cty.Value { return cty.StringVal(s) }

// zones takes a region to have the zones a, b and c. Which an account has is not known here; nearly every region has at
// least three.
func (o *object) zones() map[string]cty.Value {
	region := o.region()
	var names, ids []cty.Value
	for i, letter := range []string{"a", "b", "c"} {
		names = append(names, text(region, lit(letter)))
		ids = append(ids, o.Token(o.symbol(o.address, "zone_ids["+string(rune('0'+i))+"]")))
	}
	return map[string]cty.Value{"names": cty.ListVal(names), "zone_ids": cty.ListVal(ids), "id": region}
}

func (o *object) regionData() map[string]cty.Value {
	region := o.region()
	for _, name := range []string{"name", "region"} {
		if v := o.argument(name); v != cty.NilVal && calc.IsText(v) {
			region = v
		}
	}
	return map[string]cty.Value{"name": region, "id": region, "region": region}
}

// partition is the partition of the region, and what its host names end with.
func (o *object) partition() (name, suffix cty.Value) {
	of := ""
	if region := o.region(); !calc.HasToken(region) {
		of = aws.Partition(region.AsString())
	}
	if of == "" {
		return o.Token(symbol.Pseudo("AWS::Partition")), o.Token(symbol.Pseudo("AWS::URLSuffix"))
	}
	return lit(of), lit(aws.URLSuffix(of))
}

func (o *object) partitionData() map[string]cty.Value {
	name, suffix := o.partition()
	reverse := o.Derived(cty.String, "reverse("+o.Canonical(suffix)+")", suffix)
	if s := suffix.AsString(); !symbol.Has(s) {
		parts := strings.Split(s, ".")
		slices.Reverse(parts)
		reverse = lit(strings.Join(parts, "."))
	}
	return map[string]cty.Value{"partition": name, "id": name, "dns_suffix": suffix, "reverse_dns_prefix": reverse}
}

func (o *object) account() cty.Value {
	return o.Token(symbol.Pseudo("AWS::AccountId"))
}

// endpointService names a service for endpoints. The argument service is a short name of one of AWS.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/vpc_endpoint_service
func (o *object) endpointService() map[string]cty.Value {
	name := o.argument("service_name")
	if short := o.argument("service"); name == cty.NilVal && short != cty.NilVal && calc.IsText(short) {
		name = text(lit("com.amazonaws."), o.region(), lit("."), short)
	}
	if name == cty.NilVal {
		return nil
	}
	return map[string]cty.Value{"service_name": name}
}

// arnData takes an ARN apart.
func (o *object) arnData() map[string]cty.Value {
	v, ok := o.parsedARN([]cty.Value{o.argument("arn")})
	if !ok {
		return nil
	}
	out := v.AsValueMap()
	out["account"] = out["account_id"]
	return out
}

func (o *object) identityData() map[string]cty.Value {
	return map[string]cty.Value{"account_id": o.account(), "id": o.account()}
}

// managedPolicy gives the ARN of a policy that is asked for by its name. A name that AWS has given to a policy of its
// own means that one.
func (o *object) managedPolicy() map[string]cty.Value {
	if arn := o.argument("arn"); arn != cty.NilVal && calc.IsText(arn) {
		if managed, ok := policy.ManagedAt(o.Table.Text(arn.AsString())); ok {
			o.managed[o.address] = managed
		}
		return map[string]cty.Value{"id": arn}
	}
	name := o.argument("name")
	if name == cty.NilVal || !calc.IsText(name) || calc.HasToken(name) {
		return nil
	}
	managed, ok := policy.ManagedNamed(name.AsString())
	if !ok {
		return nil
	}
	o.managed[o.address] = managed
	arn := cty.StringVal("")
	for _, p := range managed.ARN() {
		if p.Symbol != "" {
			partition, _ := o.partition()
			arn = text(arn, partition)
			continue
		}
		arn = text(arn, lit(p.Literal))
	}
	return map[string]cty.Value{"arn": arn, "id": arn}
}
