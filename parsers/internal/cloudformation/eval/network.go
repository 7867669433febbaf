package eval

import (
	"encoding/json"
	"net/netip"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// maxRanges is the largest count that Fn::Cidr takes.
const maxRanges = 256

// cidr evaluates Fn::Cidr: count consecutive ranges at the start of a block, each with bits free for hosts. If the
// block is not known, the ranges are distinct symbols.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
func (e *Evaluator) cidr(args []Value, n *tree.Node) Value {
	key := e.key("Fn::Cidr", append(args[:1:1], args[2:]...))
	text, counted := e.literal(args[1])
	count, err := strconv.Atoi(strings.TrimSpace(text))
	missing := e.firstMissing(args, "Fn::Cidr", n.Span)
	if !counted || err != nil {
		return openList(key, n.Span, missing)
	}
	if count < 1 || count > maxRanges {
		e.say(n.Span, "Fn::Cidr makes 1 to %d ranges, not %d", maxRanges, count)
		return unknown(n.Span, missing)
	}
	list := Value{Kind: List, Span: n.Span}
	ranges, ok := e.ranges(args, count)
	for i := range count {
		if ok {
			list.Items = append(list.Items, Value{Kind: Text, Span: n.Span, Text: ranges[i].String()})
			continue
		}
		list.Items = append(list.Items, e.symbolic(symbol.Symbol{
			Key: key + "[" + strconv.Itoa(i) + "]", Single: true, Missing: missing, Inputs: e.inputs(args),
		}, n.Span))
	}
	return list
}

func (e *Evaluator) ranges(args []Value, count int) ([]netip.Prefix, bool) {
	if len(args) < 3 {
		return nil, false
	}
	text, known := e.literal(args[0])
	bits, counted := e.literal(args[2])
	block, err := netip.ParsePrefix(strings.TrimSpace(text))
	free, err2 := strconv.Atoi(strings.TrimSpace(bits))
	if !known || !counted || err != nil || err2 != nil {
		return nil, false
	}
	size := block.Addr().BitLen() - free
	if free < 0 || size < block.Bits() {
		return nil, false
	}
	out := make([]netip.Prefix, 0, count)
	at := block.Masked().Addr()
	for range count {
		if !block.Contains(at) {
			return nil, false
		}
		out = append(out, netip.PrefixFrom(at, size))
		at = after(at, free)
	}
	return out, true
}

// after is the address 2^free further on. Behind the last address it is the zero Addr, which no block contains.
func after(at netip.Addr, free int) netip.Addr {
	raw := at.AsSlice()
	if free >= len(raw)*8 {
		return netip.Addr{}
	}
	carry := 1 << (free % 8)
	for i := len(raw) - 1 - free/8; i >= 0 && carry > 0; i-- {
		carry += int(raw[i])
		raw[i] = byte(carry)
		carry >>= 8
	}
	if carry > 0 {
		return netip.Addr{}
	}
	next, _ := netip.AddrFromSlice(raw)
	return next
}

// getAZs is the list of the zones of a Region. The zones and their order differ by account, so each index is a symbol
// of its own. See
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html
func (e *Evaluator) getAZs(args []Value, n *tree.Node) Value {
	key := "AZ"
	if own := e.pseudo("AWS::Region", n.Span); args[0].Kind == Text && args[0].Text != "" && args[0].Text != own.Text {
		key = "AZ(" + e.table.Text(args[0].Text).String() + ")"
	}
	return openList(key, n.Span, fact.Missing{Kind: fact.Attribute, Name: "Fn::GetAZs", Span: n.Span})
}

func (e *Evaluator) length(args []Value, n *tree.Node) Value {
	if args[0].Kind == List && len(args[0].Open) == 0 {
		return Value{Kind: Text, Span: n.Span, Text: strconv.Itoa(len(args[0].Items))}
	}
	return e.derived("Fn::Length", args, n.Span)
}

func (e *Evaluator) toJSON(args []Value, n *tree.Node) Value {
	plain, ok := Plain(args[0])
	if !ok {
		return e.derived("Fn::ToJsonString", args, n.Span)
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(plain); err != nil {
		return e.derived("Fn::ToJsonString", args, n.Span)
	}
	return Value{Kind: Text, Span: n.Span, Text: strings.TrimSuffix(b.String(), "\n")}
}
