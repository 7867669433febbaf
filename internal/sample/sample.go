// Package sample is a hand-made report, with something of everything in it, for the tests of the writers.
package sample

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const app = `Parameters:
  SubnetId: {Type: String}
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [!Ref Public]
  Größe: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref SubnetId]}}}
  Public:
    Type: AWS::EC2::Subnet
  Table:
    Type: AWS::EC2::RouteTable
  Default:
    Type: AWS::EC2::Route
	# a tab before a comment
`

// long is a template on one line, as programs write it.
var long = `{"Resources":{"Pad":"` + strings.Repeat("x", 120) + `","Worker":{"Type":"AWS::Lambda::Function"},` +
	`"Tail":"` + strings.Repeat("y", 120) + `"}}`

// Report builds the report. Its paths are relative to /repo/stacks, inside the boundary /repo.
func Report() *report.Report {
	files := source.NewFileSet()
	yaml := files.Add("my app/app.yaml", []byte(app))
	json := files.Add("worker.json", []byte(long))
	in := func(f *source.File, text string) source.Span {
		at := strings.Index(string(f.Text), text)
		return f.Span(at, at+len(text))
	}
	publicOnly := &rules.Rule{
		Name: "public_subnet_only", Severity: rules.Error,
		URL: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
		Doc: "Flags functions that can only leave through an internet gateway.\n\n" +
			"## Why it hurts\n\nThe function *times out*.\n",
	}
	odd := &rules.Rule{Name: "odd_worker", Severity: rules.Note, Doc: "Flags odd workers.\n"}
	api := in(yaml, "SubnetIds: [!Ref Public]")
	hops := []trace.Hop{
		{Address: "Api", Span: in(yaml, "VpcConfig:"), Role: trace.RoleFunction,
			Message: `function "Api" sends from its subnets`},
		{Address: "Public", Span: in(yaml, "Public:"), Role: trace.RoleSubnet, Message: `subnet "Public"`},
		{Address: "Table", Span: in(yaml, "Table:"), Role: trace.RoleRouteTable, Message: `route table "Table"`},
		{Address: "Default", Span: in(yaml, "Default:"), Role: trace.RoleRoute,
			Message: `0.0.0.0/0 goes to internet gateway "Gateway"`},
		{Address: "Gateway", Role: trace.RoleGateway, Cause: trace.NoPublicAddress,
			Message: "the interface has no public IPv4 address, so the gateway drops the packet"},
	}
	missing := []fact.Missing{
		{Kind: fact.Parameter, Name: "SubnetId", Span: in(yaml, "SubnetId:")},
		{Kind: fact.Pseudo, Name: "AWS::Region"},
	}
	return &report.Report{
		Tool:  report.Tool{Name: "lambda-vpc-lint", Version: "v0.0.0-test"},
		Files: files, Inputs: 3,
		Packs: []rules.Pack{
			{Name: "egress", Rules: []*rules.Rule{publicOnly}},
			{Name: "habits", Rules: []*rules.Rule{odd}},
		},
		Result: rules.Result{
			Decided: 41,
			Findings: []rules.Finding{
				{
					Rule: odd, Pack: "habits", Root: "worker.json", Resource: "Worker", Affects: []string{"Worker"},
					Span: in(json, `"Worker"`),
					Fix: rules.Fix{{
						Of: "Worker", At: in(json, `"Worker"`), Do: rules.Depend, Value: rules.Value{Ref: "Pad"},
					}},
					Message: "function \"Worker\" is odd,\n\x1b[31mand its name is hostile",
				},
				{
					Rule: publicOnly, Pack: "egress", Root: "my app/app.yaml", Resource: "Api",
					Affects: []string{"Api"}, Span: api, Key: "ipv4", Trace: hops,
					Message: `function "Api" can only leave through an internet gateway, which drops its packets`,
					Remedy:  "put the function into subnets whose default route is a NAT gateway",
				},
			},
			Undecided: []rules.Undecided{{
				Finding: rules.Finding{
					Rule: publicOnly, Pack: "egress", Root: "my app/app.yaml", Resource: "Größe",
					Span: in(yaml, "[!Ref SubnetId]"), Affects: []string{"Größe"},
					Message: `whether function "Größe" reaches the internet`,
				},
				Missing: missing,
			}},
			Functions: []rules.FunctionFact{
				{
					Address: "Api", Root: "my app/app.yaml", Span: in(yaml, "Api:"),
					InVPC: fact.Yes(), VPC: "Vpc", SubnetsComplete: true,
					Subnets: []rules.SubnetFact{{
						Subnet: "Public",
						Internet: rules.PathFact{
							Status: "blocked", Via: "internet gateway", Cause: trace.NoPublicAddress,
						},
						Internet6: rules.PathFact{Status: "blocked", Cause: trace.NoAddressFamily},
					}},
				},
				{
					Address: "Größe", Root: "my app/app.yaml", Span: in(yaml, "Größe:"),
					InVPC: fact.Wants(missing...), Missing: missing,
				},
				{
					Address: "Worker", Root: "worker.json", Span: in(json, `"Worker"`),
					InVPC: fact.No(), SubnetsComplete: true,
				},
			},
		},
		Notices: []source.Diagnostic{{File: "chart/values.yaml", Message: "a Helm template, not read"}},
		Errors: []source.Diagnostic{
			{Span: in(yaml, "\t#"), File: "my app/app.yaml", Message: "found a tab"},
			{File: "broken.yaml", Message: "permission denied"},
		},
		Rebase: func(path string) string { return "stacks/" + path },
	}
}
