package trace

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

func TestServices(t *testing.T) {
	endpoint := func(f func(*lab, *graph.VPCEndpoint)) func(*lab) {
		return func(x *lab) {
			x.group("EndpointGroup").InlineIngress = list(tcp("10.0.0.0/16", 443))
			e := &graph.VPCEndpoint{Header: head("Sqs"), VPC: ref[graph.VPC]("Vpc"), Kind: text("Interface"),
				PrivateDNS: known(true),
				Service:    known(fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: ".sqs"}}),
				Subnets:    list(ref[graph.Subnet]("Edge")), Groups: list(ref[graph.SecurityGroup]("EndpointGroup"))}
			f(x, e)
			graph.Add(x.b, &x.n.Endpoints, e)
		}
	}
	gateway := func(f func(*lab, *graph.VPCEndpoint)) func(*lab) {
		return func(x *lab) {
			e := &graph.VPCEndpoint{Header: head("S3"), VPC: ref[graph.VPC]("Vpc"),
				RouteTables: list(ref[graph.RouteTable]("AppTable")),
				Service:     known(fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: ".s3"}})}
			f(x, e)
			graph.Add(x.b, &x.n.Endpoints, e)
		}
	}
	sqs, s3 := Flow{To: Service("sqs")}, Flow{To: Service("s3")}
	none := func(*lab, *graph.VPCEndpoint) {}
	get := &policy.Request{Action: "s3:GetObject"}
	only := func(action string) fact.Value[*policy.Document] {
		return known(&policy.Document{Statements: list(policy.Statement{
			Effect: text(policy.Allow), Actions: list(fact.Lit(action)), Resources: list(fact.Lit("*")),
			Principals: list(policy.Principal{Kind: "*"}),
		})})
	}
	anyService := func(_ *lab, e *graph.VPCEndpoint) { e.Service = notKnown[fact.Text]("Service") }
	run(t, []walk{
		{name: "an interface endpoint with private DNS", build: endpoint(none), flow: sqs, want: fact.True,
			via: "VPC endpoint"},
		{name: "its group must admit the function", build: endpoint(func(x *lab, _ *graph.VPCEndpoint) {
			x.n.SecurityGroups.Get("EndpointGroup").InlineIngress = list(tcp("192.168.0.0/16", 443))
		}),
			flow: sqs, want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH VPC endpoint EndpointGroup"}},
		{name: "it takes the traffic even if it does not admit it and the internet is open",
			build: endpoint(func(x *lab, _ *graph.VPCEndpoint) {
				x.natPath()
				x.n.SecurityGroups.Get("EndpointGroup").InlineIngress = list(tcp("192.168.0.0/16", 443))
			}), flow: sqs, want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH VPC endpoint EndpointGroup"}},
		{name: "without private DNS it is not used",
			build: endpoint(func(_ *lab, e *graph.VPCEndpoint) { e.PrivateDNS = fact.Value[bool]{} }),
			flow:  sqs, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "without DNS hostnames it is not used",
			build: endpoint(func(x *lab,
				_ *graph.VPCEndpoint) {
				x.n.VPCs.Get("Vpc").DNSHostnames = fact.Value[bool]{}
			}),
			flow: sqs, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "one for another service is not used", build: endpoint(none), flow: Flow{To: Service("sns")},
			want:   fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "the ACL of its subnet counts",
			build: endpoint(func(x *lab, _ *graph.VPCEndpoint) { x.acl("Acl", "Edge") }), flow: sqs, want: fact.False,
			blocks: []string{"SUBNET_ACL_RESTRICTION VPC endpoint Acl",
				"SUBNET_ACL_RESTRICTION_RETURN VPC endpoint Acl"}},
		{name: "by the internet without an endpoint", build: func(x *lab) { x.natPath() }, flow: sqs, want: fact.True,
			via: "NAT gateway"},
		{name: "a route for a part of the internet may not be the service's part", build: func(x *lab) {
			x.nat("Nat", "Edge")
			x.route("AppTable", "52.0.0.0/8", graph.ToNATGateway, "Nat")
		}, flow: sqs, missing: []string{SomeAddresses}},
		{name: "a gateway endpoint in the subnet's table", build: gateway(none), flow: s3, want: fact.True,
			via: "VPC endpoint"},
		{name: "a gateway endpoint beats the default route",
			build: gateway(func(x *lab,
				_ *graph.VPCEndpoint) {
				x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Gateway")
			}),
			flow: s3, want: fact.True, via: "VPC endpoint"},
		{name: "a gateway endpoint does not lead to the internet", build: gateway(none), want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "nor does one for an unknown service", build: gateway(anyService), want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "nor to a service that has none", build: gateway(anyService), flow: sqs, want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "it may be that of a service that has one", build: gateway(anyService), flow: s3,
			missing: []string{"Service"}},
		{name: "a gateway endpoint in another table",
			build: gateway(func(_ *lab,
				e *graph.VPCEndpoint) {
				e.RouteTables = list(ref[graph.RouteTable]("EdgeTable"))
			}),
			flow: s3, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a group that lets out only to the service's prefix list",
			build: gateway(func(x *lab, _ *graph.VPCEndpoint) {
				r := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1),
					PrefixList: known(graph.ManagedPrefixList("s3"))}
				x.n.SecurityGroups.Get("Group").InlineEgress = list(r)
			}), flow: s3, want: fact.True},
		{name: "a gateway endpoint whose policy denies everything",
			build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = known(&policy.Document{}) }),
			flow:  s3, want: fact.False, blocks: []string{"VPCE_POLICY_RESTRICTION VPC endpoint S3"}},
		{name: "a gateway endpoint whose policy is a parameter",
			build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = notKnown[*policy.Document]("Policy") }),
			flow:  s3, want: fact.True},
		{name: "a call through a gateway endpoint whose policy is a parameter",
			build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = notKnown[*policy.Document]("Policy") }),
			flow:  Flow{To: Calling("s3", get)}, missing: []string{"Policy"}},
		{name: "a gateway endpoint whose policy lets one call through",
			build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("s3:PutObject") }),
			flow:  s3, want: fact.True},
		{name: "another call than that",
			build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("s3:PutObject") }),
			flow:  Flow{To: Calling("s3", get)}, want: fact.False,
			blocks: []string{"VPCE_POLICY_RESTRICTION VPC endpoint S3"}},
		{name: "that call", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("s3:PutObject") }),
			flow: Flow{To: Calling("s3", policy.CustomResourceAnswer)}, want: fact.True},
		{name: "a call that goes by the internet", build: gateway(func(x *lab, e *graph.VPCEndpoint) {
			x.natPath()
			e.Policy, e.RouteTables = only("s3:PutObject"), list[graph.Ref[graph.RouteTable]]()
		}), flow: Flow{To: Calling("s3", get)}, want: fact.True, via: "NAT gateway"},
		{name: "an interface endpoint whose policy stops the call",
			build: endpoint(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("sqs:SendMessage") }),
			flow:  Flow{To: Calling("sqs", &policy.Request{Action: "sqs:ReceiveMessage"})}, want: fact.False,
			blocks: []string{"VPCE_POLICY_RESTRICTION VPC endpoint Sqs"}},
		{name: "a group that lets out only into the VPC does not reach a gateway endpoint",
			build: gateway(func(x *lab, _ *graph.VPCEndpoint) {
				x.n.SecurityGroups.Get("Group").InlineEgress = list(rule("10.0.0.0/16"))
			}), flow: s3, want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
	})
}

func TestServiceIDs(t *testing.T) {
	for name, c := range map[string]struct {
		text fact.Text
		id   string
		want fact.Truth
	}{
		"a literal region": {fact.Lit("com.amazonaws.us-east-1.sqs"), "sqs", fact.True},
		"two labels": {fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"},
			{Literal: ".ecr.api"}}, "ecr.api", fact.True},
		"China":              {fact.Lit("cn.com.amazonaws.cn-north-1.sqs"), "sqs", fact.True},
		"no region":          {fact.Lit("com.amazonaws.iam"), "iam", fact.True},
		"another prefix":     {fact.Lit("aws.sagemaker.us-east-1.notebook"), "sagemaker.notebook", fact.True},
		"somebody's service": {fact.Lit("com.amazonaws.vpce.us-east-1.vpce-svc-0a1b"), "", fact.False},
		"no service name":    {fact.Lit("example.org"), "", fact.False},
		"a parameter":        {fact.Text{{Symbol: "Name"}}, "", fact.Unknown},
		"a service by parameter": {fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: "."},
			{Symbol: "Name"}}, "", fact.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			id, v := ServiceID(c.text)
			if id != c.id || v.Truth != c.want {
				t.Errorf("%q %v, want %q %v", id, v, c.id, c.want)
			}
		})
	}
}
