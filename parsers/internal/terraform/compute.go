package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// function expands aws_lambda_function. A vpc_config block with two empty lists counts as none:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
func (x *expansion) function(r *resource) []*lower.Resource {
	isEmpty := true
	network := r.stated.Get("VpcConfig")
	for _, list := range []string{"SubnetIds", "SecurityGroupIds"} {
		flat := read.Flatten(x.symbols, network.Get(list))
		isEmpty = isEmpty && len(flat.Items)+len(flat.Open) == 0
		network = mapItems(network, func(block value.Value) value.Value {
			set(&block, list, x.orEmpty(block.Get(list)))
			return block
		})
	}
	if isEmpty {
		network = value.Value{}
	}
	set(&r.stated.Properties, "VpcConfig", network)
	r.stated.Kept = x.bool(r.get("skip_destroy")).Is(nil, func(stays bool) bool { return stays }).IsTrue()
	return []*lower.Resource{r.stated}
}

// orEmpty is a list that is not known as the choice between none and one that has an element at least.
func (x *expansion) orEmpty(v value.Value) value.Value {
	switch {
	case v.Kind == value.Choice:
		return value.Either(v.When, x.orEmpty(*v.Then), x.orEmpty(*v.Else), v.Span)
	case v.Kind == value.Unknown && v.Key != "" && len(v.Missing) > 0:
		one := v
		one.Set = true
		gaps := []fact.Gap{{Missing: v.Missing}}
		some := value.Value{Kind: value.List, Span: v.Span, Items: []value.Value{one}, Open: gaps}
		return value.Either(x.program.Empty(v.Key, v.Missing[0]), value.ListOf(v.Span), some, v.Span)
	}
	return v
}

// givenNames are the arguments that code is told as the name of a resource.
var givenNames = []string{"name", "bucket", "function_name"}

// nameResources gives variables back what they name. In Terraform the name of a table or bucket that is written reaches
// a variable as its text; where the function depends on one resource of that very name, the text names the resource.
func (x *expansion) nameResources(r *resource) {
	variables := x.network.Functions.Get(graph.ID[graph.Function](r.Address)).Environment
	for i, it := range variables.Items {
		text, ok := it.Value.Value.Get(nil)
		if !ok.IsTrue() {
			continue
		}
		named := namesakes{}
		for _, address := range r.Depends {
			if part, ok := x.namesakesOf(address)[text.String()]; ok {
				named.add(text.String(), part)
			}
		}
		if part := named[text.String()]; part.Address != "" {
			variables.Items[i].Value.Value = fact.Known(fact.Text{part}, it.Value.Span)
		}
	}
}

// namesakes are resources by the names that they are given. A name of several has the zero Part.
type namesakes map[string]fact.Part

func (n namesakes) add(name string, part fact.Part) {
	if before, ok := n[name]; ok && before.Address != part.Address {
		part = fact.Part{}
	}
	n[name] = part
}

// namesakesOf are the instances that the address of a dependency means.
func (x *expansion) namesakesOf(address string) namesakes {
	named, known := x.named[address]
	if known {
		return named
	}
	named = namesakes{}
	for _, r := range x.instancesOf(address) {
		for _, argument := range givenNames {
			name := r.get(argument)
			if r.Data || name.Kind != value.Text || name.Text == "" {
				continue
			}
			key := r.Address + "." + argument
			missing := fact.Missing{Kind: fact.Attribute, Name: key}
			part := fact.Part{Symbol: key, Address: r.Address, Missing: missing}
			named.add(x.symbols.Text(name.Text).String(), part)
		}
	}
	x.named[address] = named
	return named
}

// instancesOf are the instances that the address of a dependency means: one, those of a resource, or all in a module.
func (x *expansion) instancesOf(address string) []*resource {
	if r := x.resources[address]; r != nil {
		return []*resource{r}
	}
	var out []*resource
	first, _ := slices.BinarySearchFunc(x.sorted, address, func(r *resource, address string) int {
		return strings.Compare(r.Address, address)
	})
	for _, r := range x.sorted[first:] {
		rest, ok := strings.CutPrefix(r.Address, address)
		if !ok {
			break
		}
		if rest != "" && strings.ContainsRune(".[", rune(rest[0])) {
			out = append(out, r)
		}
	}
	return out
}

// instance expands an instance, whose first interface has a block of its own since version 6 of the provider.
func (x *expansion) instance(r *resource) []*lower.Resource {
	var interfaces value.Value
	for _, block := range []string{"network_interface", "primary_network_interface"} {
		written := x.list(r.get(block))
		interfaces.Open = append(interfaces.Open, written.Open...)
		for _, it := range written.Items {
			one := made(it.Span, "NetworkInterfaceId", x.written(it.Value.Get("network_interface_id")))
			interfaces.Items = append(interfaces.Items, read.OnlyIf(it.When, one))
		}
	}
	if len(interfaces.Items)+len(interfaces.Open) > 0 {
		interfaces.Kind = value.List
	}
	set(&r.stated.Properties, "NetworkInterfaces", interfaces)
	return []*lower.Resource{r.stated}
}

// networkInterface gives the interface, and the attachments that are written on it.
func (x *expansion) networkInterface(r *resource) []*lower.Resource {
	out := []*lower.Resource{r.stated}
	for i, it := range x.list(r.get("attachment")).Items {
		attachment := made(it.Span, "NetworkInterfaceId", self(r), "InstanceId", x.written(it.Value.Get("instance")))
		path := "attachment[" + strconv.Itoa(i) + "]"
		out = append(out, part(r, path, it.When, it.Span, "AWS::EC2::NetworkInterfaceAttachment", attachment))
	}
	return out
}
