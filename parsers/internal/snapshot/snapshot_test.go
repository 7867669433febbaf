package snapshot

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

const (
	vpcID     = "vpc-0a1b2c3d4e5f60718"
	publicID  = "subnet-0a1b2c3d4e5f60701"
	privateID = "subnet-0a1b2c3d4e5f60702"
)

// joined is a snapshot file.
type joined struct {
	Format  string   `json:"format"`
	Version int      `json:"version"`
	TakenAt string   `json:"takenAt"`
	Filter  any      `json:"filter,omitempty"`
	Hidden  []string `json:"redacted,omitempty"`
	Calls   []called `json:"calls"`
}

type called struct {
	Region    string         `json:"region,omitempty"`
	Service   string         `json:"service"`
	Operation string         `json:"operation"`
	Arguments map[string]any `json:"arguments,omitempty"`
	Error     string         `json:"error,omitempty"`
	Output    map[string]any `json:"output,omitempty"`
}

// example is the snapshot of docs/context.md.
func example(t *testing.T) joined {
	t.Helper()
	text, err := os.ReadFile("../../../docs/examples/context/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	var j joined
	if err := json.Unmarshal(text, &j); err != nil {
		t.Fatal(err)
	}
	return j
}

// output is what the call gave back.
func (j *joined) output(t *testing.T, operation string) map[string]any {
	t.Helper()
	for _, c := range j.Calls {
		if c.Operation == operation {
			return c.Output
		}
	}
	t.Fatalf("the example has no call %s", operation)
	return nil
}

func (j *joined) without(operation string) {
	j.Calls = slices.DeleteFunc(j.Calls, func(c called) bool { return c.Operation == operation })
}

func (j *joined) text(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// account reads texts that are good.
func account(t *testing.T, texts ...string) *Account {
	t.Helper()
	set := source.NewFileSet()
	var all []*Snapshot
	for i, text := range texts {
		name := "account.json"
		if i > 0 {
			name = fmt.Sprintf("account%d.json", i)
		}
		if !strings.HasPrefix(text, "{") {
			name = "facts.yaml"
		}
		s, ds := Read(set.Add(name, []byte(text)))
		if s == nil || len(ds) > 0 {
			t.Fatalf("%v", ds)
		}
		all = append(all, s)
	}
	return New(all)
}

// around is the network of a deployment that names the ids.
func around(a *Account, ids ...string) *graph.Network {
	b := graph.NewBuilder("app.yaml", "cloudformation")
	b.Around(a)
	for _, id := range ids {
		b.Refer(id)
	}
	return b.Link()
}

func subnetOf(t *testing.T, n *graph.Network, id string) *graph.Subnet {
	t.Helper()
	s := n.Subnets.Get(graph.ID[graph.Subnet](id))
	if s == nil {
		t.Fatalf("there is no %s", id)
	}
	return s
}

// TestOneIdBringsItsVPC: all that lies in it, and nothing of others.
func TestOneIdBringsItsVPC(t *testing.T) {
	j := example(t)
	vpcs := j.output(t, "describe-vpcs")
	vpcs["Vpcs"] = append(vpcs["Vpcs"].([]any), map[string]any{"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"})
	a := account(t, j.text(t))
	n := around(a, privateID, "unknown")
	if n.VPCs.Len() != 1 || n.Subnets.Len() != 3 || n.NATGateways.Len() != 1 {
		t.Errorf("%d VPCs, %d subnets, %d NAT gateways", n.VPCs.Len(), n.Subnets.Len(), n.NATGateways.Len())
	}
	if n := around(a, "unknown"); n.VPCs.Len() != 0 || len(n.Accounts) != 0 {
		t.Errorf("nothing is referred to, and there are %d VPCs", n.VPCs.Len())
	}
	if at := n.InAccount(privateID); at == nil || at.Taken != "2026-11-30" {
		t.Errorf("the subnet is in %v", at)
	}
}

// TestWhatNoCallListsIsOpen: without the call its list is not complete, and with it, it is.
func TestWhatNoCallListsIsOpen(t *testing.T) {
	vpc := func(n *graph.Network) *graph.VPC { return n.VPCs.Get(vpcID) }
	open := map[string]func(*graph.Network) int{
		"describe-internet-gateways":               func(n *graph.Network) int { return len(vpc(n).Gateways.Open) },
		"describe-vpc-endpoints":                   func(n *graph.Network) int { return len(vpc(n).Endpoints.Open) },
		"describe-nat-gateways":                    func(n *graph.Network) int { return len(vpc(n).NATGateways.Open) },
		"describe-egress-only-internet-gateways":   func(n *graph.Network) int { return len(vpc(n).EgressOnly.Open) },
		"describe-vpc-peering-connections":         func(n *graph.Network) int { return len(vpc(n).Peerings.Open) },
		"describe-transit-gateway-vpc-attachments": func(n *graph.Network) int { return len(vpc(n).TransitGateways.Open) },
		"describe-dhcp-options":                    func(n *graph.Network) int { return len(vpc(n).DHCP.Open) },
		"describe-route-tables": func(n *graph.Network) int {
			return len(n.Subnets.Get(privateID).RouteTables.Open)
		},
		"describe-network-acls": func(n *graph.Network) int { return len(n.Subnets.Get(privateID).ACLs.Open) },
	}
	for operation, gaps := range open {
		t.Run(operation, func(t *testing.T) {
			j := example(t)
			if n := gaps(around(account(t, j.text(t)), privateID)); n > 0 {
				t.Errorf("%d gaps in a whole snapshot", n)
			}
			j.without(operation)
			if gaps(around(account(t, j.text(t)), privateID)) == 0 {
				t.Error("complete without the call")
			}
			j = example(t)
			j.Calls = append(j.Calls, called{Region: "eu-west-1", Service: "ec2", Operation: operation, Error: "AccessDenied"})
			j.Calls = slices.DeleteFunc(j.Calls, func(c called) bool { return c.Operation == operation && c.Error == "" })
			a := account(t, j.text(t))
			if gaps(around(a, privateID)) == 0 {
				t.Error("complete though the call was refused")
			}
			notices := a.Notices(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), 30)
			if len(notices) != 1 || !strings.Contains(notices[0].Message, operation) {
				t.Errorf("the notices are %v", notices)
			}
			j = example(t)
			j.output(t, operation)["NextToken"] = "more"
			if gaps(around(account(t, j.text(t)), privateID)) == 0 {
				t.Error("complete though there are more pages")
			}
			j = example(t)
			j.Filter = map[string]any{"vpcs": []string{"vpc-2"}}
			if gaps(around(account(t, j.text(t)), privateID)) == 0 {
				t.Error("complete though restricted to another VPC")
			}
		})
	}
}

// TestWithoutTablesTheMainTableIsUnknown, and not one that AWS has just made.
func TestWithoutTablesTheMainTableIsUnknown(t *testing.T) {
	j := example(t)
	j.without("describe-route-tables")
	n := around(account(t, j.text(t)), privateID)
	if table, _, known := n.In(nil).RouteTable(subnetOf(t, n, privateID)); table != nil || !known.IsUnknown() {
		t.Errorf("the table is %v, %v", table, known)
	}
}

// TestTheFilesCountBefore: what is deployed already does not stand twice.
func TestTheFilesCountBefore(t *testing.T) {
	a := account(t, func() string { j := example(t); return j.text(t) }())
	b := graph.NewBuilder("app.yaml", "cloudformation")
	b.Around(a)
	b.Refer(privateID)
	table := graph.ID[graph.RouteTable]("rtb-0a1b2c3d4e5f60702")
	route := &graph.Route{Header: graph.Header{Address: "Own"}, Table: fact.Known(table, source.Span{})}
	everywhere := netip.MustParsePrefix("0.0.0.0/0")
	route.Destination = fact.Known(everywhere, source.Span{})
	graph.Add(b, &b.Network().Routes, route)
	n := b.Link()
	var found []string
	for _, it := range n.RouteTables.Get(table).Routes.Items {
		if !it.Value.Implicit {
			found = append(found, it.Value.Address)
		}
	}
	if !slices.Equal(found, []string{"Own"}) {
		t.Errorf("the routes are %q", found)
	}
}

// TestBlackHole: what EC2 says is gone does not exist, in place of not being known.
func TestBlackHole(t *testing.T) {
	j := example(t)
	j.output(t, "describe-nat-gateways")["NatGateways"] = []any{}
	tables := j.output(t, "describe-route-tables")["RouteTables"].([]any)
	for _, table := range tables {
		for _, r := range table.(map[string]any)["Routes"].([]any) {
			if route := r.(map[string]any); route["NatGatewayId"] != nil {
				route["State"] = "blackhole"
			}
		}
	}
	n := around(account(t, j.text(t)), privateID)
	target := graph.Target{Kind: graph.ToNATGateway, ID: "nat-0a1b2c3d4e5f60701"}
	if _, exists := n.In(nil).Target(target); !exists.IsFalse() {
		t.Errorf("the NAT gateway: %v", exists)
	}
}

// TestLeftOutIsNotEmpty: the value of a variable that a snapshot leaves out is not known.
func TestLeftOutIsNotEmpty(t *testing.T) {
	j := example(t)
	j.Calls = append(j.Calls, called{Region: "eu-west-1", Service: "lambda", Operation: "list-functions", Output: map[string]any{
		"Functions": []any{map[string]any{
			"FunctionName": "f", "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:f",
			"Environment": map[string]any{"Variables": map[string]any{"SECRET": ""}},
			"VpcConfig":   map[string]any{"SubnetIds": []any{privateID}, "SecurityGroupIds": []any{}},
		}},
	}})
	known := func() fact.Verdict {
		b := graph.NewBuilder("account.json", "account")
		account(t, j.text(t)).Whole(b)
		f := b.Link().Functions.Get("f")
		_, ok := f.Environment.Items[0].Value.Value.Get(nil)
		return ok
	}
	if !known().IsTrue() {
		t.Error("an empty value of a snapshot that leaves out nothing is not known")
	}
	j.Hidden = []string{"environment"}
	if !known().IsUnknown() {
		t.Error("a value that was left out is known")
	}
}

// TestFunctionsOfOneNameAreCalledByTheirARN.
func TestFunctionsOfOneNameAreCalledByTheirARN(t *testing.T) {
	j := joined{Format: format, Version: 1}
	for _, region := range []string{"eu-west-1", "us-east-1"} {
		j.Calls = append(j.Calls, called{Region: region, Service: "lambda", Operation: "list-functions",
			Output: map[string]any{"Functions": []any{map[string]any{
				"FunctionName": "f", "FunctionArn": "arn:aws:lambda:" + region + ":123456789012:function:f",
			}}}})
	}
	b := graph.NewBuilder("account.json", "account")
	account(t, j.text(t)).Whole(b)
	if n := b.Link().Functions.Len(); n != 2 {
		t.Errorf("%d functions", n)
	}
}

// TestNoShapeBreaksTheReader: each value of the example in the place of another shape.
func TestNoShapeBreaksTheReader(t *testing.T) {
	text := func() string { j := example(t); return j.text(t) }()
	var whole any
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		t.Fatal(err)
	}
	shapes, tried := []any{nil, "x", 1, true, []any{}, []any{"x"}, []any{[]any{nil}}, map[string]any{"x": "y"}}, 0
	try := func() {
		broken, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		tried++
		s, _ := Read(source.NewFileSet().Add("account.json", broken))
		if s == nil {
			return
		}
		b := graph.NewBuilder("account.json", "account")
		New([]*Snapshot{s}).Whole(b)
		b.Link()
		around(New([]*Snapshot{s}), privateID)
	}
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, old := range v {
				for range len(shapes) {
					v[key] = shapes[tried%len(shapes)]
					try()
				}
				v[key] = old
				visit(old)
			}
		case []any:
			for i, old := range v {
				v[i] = shapes[tried%len(shapes)]
				try()
				v[i] = old
				visit(old)
			}
		}
	}
	visit(whole)
	if tried < 1000 {
		t.Errorf("%d tried", tried)
	}
}
