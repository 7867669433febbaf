package rules

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// groupList are the security groups of an interface.
type groupList = fact.List[graph.Ref[graph.SecurityGroup]]

// LetIn is the fix that admits TCP to the port, in the security group of the target, from that of the sender. There is
// none unless each has one group, the files hold both, and it is plain how their rules are written.
func (p *Pass) LetIn(to, from groupList, port int) Fix {
	return p.between(p.only(to), p.only(from), false, port)
}

// LetOut is the fix that lets TCP to the port out, in the security group of the sender, to that of the target; see
// LetIn.
func (p *Pass) LetOut(from, to groupList, port int) Fix {
	return p.between(p.only(from), p.only(to), true, port)
}

// LetOutToEndpoint is the fix that lets HTTPS out to the endpoint that the path leads to. On another way there is none:
// how much of the internet is wanted is a decision.
func (p *Pass) LetOutToEndpoint(s Sender, path SubnetPath) Fix {
	e := p.EndpointOn(path)
	if e == nil {
		return nil
	}
	return p.LetOut(s.Groups, e.Groups, aws.HTTPS)
}

// LetIPv6Out is the fix that lets out to all of IPv6 what a rule of the group lets out to all of IPv4, HTTPS among it.
func (p *Pass) LetIPv6Out(groups groupList) Fix {
	g := p.only(groups)
	if g == nil {
		return nil
	}
	for _, it := range graph.Existing(p.View, g.Egress).Items {
		r := it.Value
		toAll := r.CIDR.Is(p.World, func(c netip.Prefix) bool { return c == netip.MustParsePrefix("0.0.0.0/0") })
		form := p.formOfRule(r)
		o, ok := p.openingOf(r)
		if toAll.IsTrue() && ok && form != nil && !r.Implicit && IsWith(r.Head(), g.Head()) {
			return p.add(form, g, o)
		}
	}
	return nil
}

// only is the one group of the list, if that is written in the files. A list may name it more than once, as SAM's
// Globals and a function do together.
func (p *Pass) only(groups groupList) (g *graph.SecurityGroup) {
	in := graph.Resolve(p.View, &p.SecurityGroups, groups)
	for _, it := range in.Items {
		if len(in.Open) > 0 || g != nil && it.Value != g {
			return nil
		}
		g = it.Value
	}
	if g != nil && (g.Implicit || g.Account != nil || p.IsBeside(g.Address)) {
		return nil
	}
	return g
}

// opening is what a new rule of a group lets pass.
type opening struct {
	egress   bool
	protocol string
	from, to int
	// peer is the group whose members it is for, nil for all of IPv6.
	peer *graph.SecurityGroup
}

// openingOf is what the rule lets out, to all of IPv6, if that is known and has HTTPS in it.
func (p *Pass) openingOf(r *graph.SecurityGroupRule) (o opening, ok bool) {
	protocol, known := r.Protocol.Or(p.World, -1)
	from, knowsFrom := r.Ports.From.Or(p.World, 0)
	to, knowsTo := r.Ports.To.Or(p.World, 65535)
	if !fact.And(known, knowsFrom, knowsTo).IsTrue() || r.Doubtful != nil {
		return opening{}, false
	}
	if protocol == -1 {
		return opening{egress: true, protocol: "-1"}, true
	}
	o = opening{egress: true, protocol: "tcp", from: from, to: to}
	return o, protocol == 6 && from <= aws.HTTPS && aws.HTTPS <= to
}

// between is the fix that adds a rule for the port to the group, from or to the members of the peer.
func (p *Pass) between(g, peer *graph.SecurityGroup, egress bool, port int) Fix {
	if port == 0 || g == nil || peer == nil || !IsWith(peer.Head(), g.Head()) {
		return nil
	}
	form := p.formFor(g, egress)
	switch {
	case form == nil:
		return nil
	case form.Group == "" && form.Itself == "" && peer == g:
		return nil // a resource cannot name itself
	case form.Group == "" && peer != g && p.DependsOn(peer.Address, g.Address):
		return nil
	}
	return p.add(form, g, opening{egress: egress, protocol: "tcp", from: port, to: port, peer: peer})
}

// add is the fix that writes the rule in this form.
func (p *Pass) add(f *aws.GroupForm, g *graph.SecurityGroup, o opening) Fix {
	step := Step{Of: g.Address, At: g.Span}
	if f.Group == "" {
		step.Do, step.Property, step.Value = Append, f.Ingress, Value{Properties: properties(f, g, o)}
		if o.egress {
			step.Property = f.Egress
		}
		return Fix{step}
	}
	step.Do, step.New = Create, &New{Type: f.Ingress, Name: p.ruleName(g, o), Properties: properties(f, g, o)}
	if o.egress {
		step.New.Type = f.Egress
	}
	return Fix{step}
}

func properties(f *aws.GroupForm, g *graph.SecurityGroup, o opening) (out []Property) {
	add := func(name string, v Value) {
		if name != "" {
			out = append(out, Property{name, v})
		}
	}
	direction, peer := "ingress", f.IngressPeer
	if o.egress {
		direction, peer = "egress", f.EgressPeer
	}
	add(f.Direction, Value{Text: direction})
	add(f.Group, Value{Ref: g.Address, Attribute: "GroupId"})
	add(f.Protocol, Value{Text: o.protocol})
	if o.protocol != "-1" || f.PortsAlways {
		add(f.From, Value{Text: strconv.Itoa(o.from)})
		add(f.To, Value{Text: strconv.Itoa(o.to)})
	}
	switch {
	case o.peer == nil:
		add(f.IPv6, Value{Text: "::/0", InList: strings.HasSuffix(f.IPv6, "s")})
	case o.peer == g && f.Itself != "":
		add(f.Itself, Value{Text: "true"})
	default:
		add(peer, Value{Ref: o.peer.Address, Attribute: "GroupId", InList: strings.HasSuffix(peer, "s")})
	}
	return out
}

// ruleName is what a resource with the rule is called: by the two groups and the port, in the manner of the language.
func (p *Pass) ruleName(g *graph.SecurityGroup, o opening) string {
	words := []string{p.NameOf(g.Head()), "From", ""}
	if o.egress {
		words[1] = "To"
	}
	if words[2] = "ipv6"; o.peer != nil {
		words[2] = p.NameOf(o.peer.Head()) + "_" + strconv.Itoa(o.to)
	}
	if p.Language.TypedAddresses {
		words[1] = strings.ToLower(words[1])
		return strings.Join(words, "_")
	}
	return strings.ReplaceAll(strings.Join(words, ""), "_", "")
}
