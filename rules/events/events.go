// Package events holds the rules about what polls an event source for Lambda: network interfaces in the subnets of a
// cluster or broker, with its security groups, whatever network the function is in.
package events

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("events", files,
	EventSourceUnreachable,
	EventSourceFirewall,
	EventSourceRole,
)

// each is rules.EachSenderOn over the pollers of event source mappings.
func each(p *rules.Pass, f func(*rules.Pass, rules.Sender)) { rules.EachSenderOn(p, trace.Poller, f) }

// enabled says whether the mapping polls at all, which it does unless told otherwise.
func enabled(p *rules.Pass, s rules.Sender) fact.Verdict {
	return s.Mapping.Enabled.Is(p.World, func(on bool) bool { return !on }).Not()
}

// toServices are the packets of pollers to services, and inside those to the source as well.
var (
	toServices = trace.PacketsTo(trace.ClassService).Over(4).Of(trace.Poller)
	inside     = trace.PacketsTo(trace.ClassService, trace.ClassNode).Over(4).Of(trace.Poller)
)

// source is what a sentence calls the event source.
func source(p *rules.Pass, s rules.Sender) string {
	if d := p.Polled(s.Mapping); d != nil {
		return quote(d.Address)
	}
	return "the event source"
}
