package events

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// stop is where the ways to some destinations end.
type stop struct {
	*trace.Hop
	path    rules.SubnetPath
	names   []string
	because trace.Hop
	fix     rules.Fix
}

// fix opens the group at the stop for the pollers, on the port that they connect to if that is known.
func (a *aim) fix(p *rules.Pass, s rules.Sender, path rules.SubnetPath, at *trace.Hop) rules.Fix {
	if at.Cause != trace.GroupRules {
		return nil
	}
	port := 0
	if d := p.Store(a.Need.Name); d != nil {
		port, _ = d.Port.Get(p.World)
	}
	switch e := p.EndpointOn(path); {
	case at.Role == trace.RoleTarget:
		return p.LetIn(s.Groups, s.Groups, port)
	case at.Role == trace.RoleEndpoint && e != nil:
		return p.LetIn(e.Groups, s.Groups, aws.HTTPS)
	case a.to.Class == trace.ClassNode:
		return p.LetOut(s.Groups, s.Groups, port)
	}
	return p.LetOutToEndpoint(s, path)
}

func (c *stop) finding(p *rules.Pass, s rules.Sender) rules.Finding {
	return rules.Finding{
		Resource: c.Address, Span: c.Span, Key: string(c.Role), Affects: s.Affected(),
		Trace: append(s.Evidence(c.path.Result), c.because),
		Message: fmt.Sprintf("%s never invokes its function: its pollers, which have the network of %s, cannot reach "+
			"%s: %s", s.Name(), source(p, s), strings.Join(c.names, ", "), c.Message),
		Remedy: c.remedy(), Fix: c.fix,
	}
}

// remedy is what AWS asks of the groups.
// https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
func (c *stop) remedy() string {
	switch {
	case c.Cause != trace.GroupRules:
		return "let the traffic and its answers through the network ACL"
	case c.Role == trace.RoleEndpoint:
		return "admit TCP 443 from the event source's security group in that of the endpoint"
	case c.Role == trace.RoleTarget:
		return "admit the event source's security group in itself, on the port of the brokers"
	}
	return "let TCP 443, and the port of the brokers to the security group itself, out of the event source's group"
}
