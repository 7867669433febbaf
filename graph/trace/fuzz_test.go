package trace

import (
	"math/bits"
	"net/netip"
	"strings"
	"testing"

	"go4.org/netipx"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
)

// few is a set of the sixteen addresses of a block, each with its bit. The block is at the edge of its family, where
// the next address is none.
type few struct {
	name  string
	block netip.Prefix
	every set
}

func (b few) set(members uint16) set {
	if members == 0 {
		return nil
	}
	return build(func(out *netipx.IPSetBuilder) {
		at := b.block.Addr()
		for i := range 16 {
			if members>>i&1 == 1 {
				out.Add(at)
			}
			at = at.Next()
		}
	})
}

func (b few) members(s set) (members uint16) {
	at := b.block.Addr()
	for i := range 16 {
		if s != nil && s.Contains(at) {
			members |= 1 << i
		}
		at = at.Next()
	}
	return members
}

// FuzzSets compares sets of addresses with bits.
func FuzzSets(f *testing.F) {
	f.Add(uint16(1), uint16(3), uint16(0x8000), []byte("edges"))
	f.Fuzz(func(t *testing.T, x, y, z uint16, from []byte) {
		for _, b := range []few{
			{"the first of IPv4", netip.MustParsePrefix("0.0.0.0/28"), everyIPv4},
			{"the last of IPv4", netip.MustParsePrefix("255.255.255.240/28"), everyIPv4},
			{"the first of IPv6", netip.MustParsePrefix("::/124"), everyIPv6},
			{"the last of IPv6", netip.MustParsePrefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124"), everyIPv6},
		} {
			xs, ys, zs := b.set(x), b.set(y), b.set(z)
			for what, c := range map[string]struct {
				got  set
				want uint16
			}{
				"union":                  {union(xs, ys, zs), x | y | z},
				"minus":                  {minus(xs, ys, zs), x &^ y &^ z},
				"intersect":              {intersect(xs, ys), x & y},
				"intersect of three":     {intersect(intersect(xs, ys), zs), x & y & z},
				"minus of a union":       {minus(union(xs, ys), zs), (x | y) &^ z},
				"intersect with all":     {intersect(xs, b.every), x},
				"all, but these":         {minus(b.every, xs), ^x},
				"these, but none of all": {minus(xs, b.every), 0},
				"the rest of all":        {intersect(minus(b.every, xs), minus(b.every, ys)), ^(x | y)},
				"what a prefix has of it": {intersect(xs, prefixes(b.half(from))),
					x & b.members(prefixes(b.half(from)))},
			} {
				if got := b.members(c.got); got != c.want {
					t.Errorf("%s, %s of %016b, %016b and %016b: %016b, want %016b", b.name, what, x, y, z, got, c.want)
				}
			}
			if empty(xs) != (x == 0) || overlap(xs, ys) != (x&y != 0) || size(xs) != float64(bits.OnesCount16(x)) {
				t.Errorf("%s: of %016b and %016b, empty is %v, overlap %v, size %v", b.name, x, y, empty(xs),
					overlap(xs, ys), size(xs))
			}
		}
	})
}

// half is a prefix that holds a part of the block.
func (b few) half(from []byte) netip.Prefix {
	r := fuzz.Rand(from)
	at := b.block.Addr()
	for range r.IntN(16) {
		at = at.Next()
	}
	return netip.PrefixFrom(at, at.BitLen()-r.IntN(5)).Masked()
}

// FuzzParseFlow: what is a flow is one of a single kind, and an address or range is written again as the one that it
// was.
func FuzzParseFlow(f *testing.F) {
	for _, text := range []string{
		"internet", "internet6", "service:sqs", "10.0.0.1", "10.0.0.1:443", "10.0.0.0/16", "10.0.0.0/16:443",
		"[::1]:443", "::1", "2001:db8::/32", "aws_db_instance.a[\"b\"]:5432",
		"::ffff:10.0.0.1", "::ffff:10.0.0.1/96", "fe80::1%eth0", "service:", ":", "Db:0", "Db:65536",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		flow, ok := ParseFlow(text)
		if !ok {
			return
		}
		if flow.Port < 0 || flow.Port > 65535 {
			t.Errorf("%q has port %d", text, flow.Port)
		}
		switch to := flow.To; to.Class {
		case ClassAddress:
			if !to.Prefix.IsValid() || to.Prefix != to.Prefix.Masked() || (to.Family == 4) != to.Prefix.Addr().Is4() {
				t.Errorf("%q is %v of family %v", text, to.Prefix, to.Family)
			}
			again, ok := ParseFlow(to.Prefix.String())
			if !ok || again.To.Prefix != to.Prefix {
				t.Errorf("%q is %v, which is %v", text, to.Prefix, again.To.Prefix)
			}
		case ClassNode:
			if !strings.HasPrefix(text, to.Node) {
				t.Errorf("%q is the resource %q", text, to.Node)
			}
		case ClassService, ClassInternet:
		default:
			t.Errorf("%q is of class %v", text, to.Class)
		}
		FromLambda(flow.To)
	})
}
