// Package snapshot reads what the AWS CLI and lambda-vpc-snapshot print of an account, and states it in the words of
// CloudFormation: as an input of its own, or as what surrounds the deployments of others.
package snapshot

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// format is what a joined file says of itself, and version the newest form of it that is understood.
const (
	format  = "lambda-vpc-lint-snapshot"
	version = "1"
)

// Snapshot is one file.
type Snapshot struct {
	graph.Account
	// At is when it was taken, zero if nobody knows.
	At time.Time

	calls []call
	// outputs are those of a state of Terraform.
	outputs *tree.Node
	// facts and values are what a file of facts says, all of one region, "" for any.
	facts  []written
	values []writtenValue
	region string
	// redacted are the kinds of texts that were left out: "tags", "environment".
	redacted []string
	// vpcs are those that the calls were restricted to; nil: none are left out.
	vpcs []string
}

// call is what one call of the AWS CLI gave back: the lists of its output by their keys.
type call struct {
	region string // "" where nothing tells it
	of     string // the argument that names the one thing which the call is about
	output *tree.Node
	failed bool
	name   string
}

// Is says by a look at the text whether it is a joined file.
func Is(text []byte) bool {
	return bytes.HasPrefix(trimmed(text), []byte("{")) && bytes.Contains(text[:min(len(text), 4096)], []byte(format))
}

func trimmed(text []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n")
}

// unread are entries that nothing here asks for, and that make up most of a snapshot of many interfaces.
var unread = map[string]bool{
	"PrivateIpAddresses": true, "PrivateDnsName": true, "MacAddress": true, "Ipv6Addresses": true, "DnsEntries": true,
	"CreationTimestamp": true, "Description": true, "StatusMessage": true, "LastModified": true, "CodeSha256": true,
	"RevisionId": true, "InstanceProfileList": true, "GroupDetailList": true, "UserDetailList": true,
}

// Read reads a joined file, what one call printed, a state of Terraform, or a file of facts, which is YAML. The
// diagnostics are errors of the file: with a nil snapshot nothing can be made of it, else what they name is not known.
func Read(f *source.File) (*Snapshot, []source.Diagnostic) {
	if isYAML(f.Name) {
		return readFacts(f)
	}
	root, ds := tree.ReadJSON(f, budget.Snapshot, budget.SnapshotValues, func(key string) bool { return unread[key] })
	if root == nil {
		return nil, ds
	}
	s := &Snapshot{Account: graph.Account{Name: f.Name, File: f}}
	if root.Get("format").Literal() == format {
		return s, s.joined(root)
	}
	if isState(root) {
		s.readState(root)
		return s, nil
	}
	lists := slices.ContainsFunc(root.Fields, func(f tree.Field) bool { return isOutput(f.Key, f.Value) })
	if !lists && !isAttribute(root) {
		const unknown = "neither a snapshot nor what a call of the AWS CLI prints"
		return nil, []source.Diagnostic{{File: f.Name, Message: unknown}}
	}
	c := call{output: root, region: regionOf(root)}
	s.calls = append(s.calls, c)
	return s, nil
}

func (s *Snapshot) joined(root *tree.Node) (ds []source.Diagnostic) {
	if v := root.Get("version"); v.Literal() != version {
		return []source.Diagnostic{{
			File: s.Name, Span: root.Span, Message: fmt.Sprintf("version %q of the snapshot is not known", v.Literal()),
		}}
	}
	if at, err := time.Parse(time.RFC3339, root.Get("takenAt").Literal()); err == nil {
		s.At, s.Taken = at, at.UTC().Format(time.DateOnly)
	}
	s.redacted = texts(root, "redacted")
	if only := root.Get("filter").Get("vpcs"); only != nil {
		s.vpcs = []string{}
		for _, id := range only.Items {
			s.vpcs = append(s.vpcs, id.Literal())
		}
	}
	calls := root.Get("calls")
	if calls == nil || calls.Kind != tree.Sequence {
		return []source.Diagnostic{{File: s.Name, Span: root.Span, Message: "the snapshot has no calls"}}
	}
	for _, n := range calls.Items {
		c := call{
			region: n.Get("region").Literal(), output: n.Get("output"), failed: n.Get("error") != nil,
			name: n.Get("service").Literal() + " " + n.Get("operation").Literal(),
		}
		if args := n.Get("arguments"); args != nil && len(args.Fields) > 0 {
			c.of = args.Fields[0].Value.Literal()
		}
		s.calls = append(s.calls, c)
		if !c.failed {
			ds = append(ds, s.malformed(n, c)...)
		}
	}
	return ds
}

// malformed says of a call what AWS never prints: without an error, such a part would be as if it were not known.
func (s *Snapshot) malformed(n *tree.Node, c call) (ds []source.Diagnostic) {
	fail := func(at source.Span, what string) {
		ds = append(ds, source.Diagnostic{File: s.Name, Span: at, Message: fmt.Sprintf("%q has %s", c.name, what)})
	}
	if c.output == nil || c.output.Kind != tree.Mapping {
		fail(n.Span, "neither an output nor an error")
		return ds
	}
	for _, f := range c.output.Fields {
		switch _, known := listings[f.Key]; {
		case !known || f.Value == nil || f.Value.Kind == tree.Null:
		case !isOutput(f.Key, f.Value):
			fail(f.KeySpan, fmt.Sprintf("%q that is no list", f.Key))
		case slices.ContainsFunc(f.Value.Items, func(it *tree.Node) bool { return it.Kind != tree.Mapping }):
			fail(f.KeySpan, fmt.Sprintf("%q with an element that is no map", f.Key))
		}
	}
	return ds
}

// Refused are the calls that gave nothing back, such as for lack of a permission.
func (s *Snapshot) Refused() (names []string) {
	for _, c := range s.calls {
		if c.failed {
			names = append(names, strings.TrimSpace(c.name+" "+c.region))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// isOutput tells the keys under which calls list what they found.
func isOutput(key string, v *tree.Node) bool {
	_, known := listings[key]
	return known && v != nil && (v.Kind == tree.Sequence || key == blockPublicAccess && v.Kind == tree.Mapping)
}

// attributes are those of a VPC that a call of its own tells.
// https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-vpc-attribute.html
var attributes = []string{"EnableDnsSupport", "EnableDnsHostnames"}

func isAttribute(n *tree.Node) bool {
	return slices.ContainsFunc(attributes, func(key string) bool { return n.Get(key).Get("Value") != nil })
}

// ofZone is the region in the name of a zone, such as us-west-2a, or us-west-2-lax-1a for a Local Zone.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
var ofZone = regexp.MustCompile(`^[a-z]+(?:-[a-z]+)+-\d+`)

// regionOf is the region that an ARN or an availability zone in the output of a call tells, else "".
func regionOf(n *tree.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind == tree.Scalar {
		if parts := strings.SplitN(n.Text, ":", 6); len(parts) == 6 && parts[0] == "arn" {
			return parts[3]
		}
		return ""
	}
	if region := ofZone.FindString(n.Get("AvailabilityZone").Literal()); region != "" {
		return region
	}
	for _, f := range n.Fields {
		if region := regionOf(f.Value); region != "" {
			return region
		}
	}
	for _, it := range n.Items {
		if region := regionOf(it); region != "" {
			return region
		}
	}
	return ""
}
