package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

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
