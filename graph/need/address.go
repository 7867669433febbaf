package need

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// addressesIn are the private IPv4 addresses that the text spells out with their ports, as in 10.0.3.7:5432. The text
// is one or a list with commas, each alone or in a URL. An address without a port shows no need: it may be a name for
// something, or one that is let in.
func addressesIn(t fact.Text) (out []string) {
	text, whole := t.Literal()
	if !whole || !strings.Contains(text, ".") {
		return nil
	}
	for piece := range strings.SplitSeq(text, ",") {
		if a, err := netip.ParseAddrPort(hostPort(strings.TrimSpace(piece))); err == nil && a.Port() > 0 &&
			a.Addr().Is4() && a.Addr().IsPrivate() && !ofDocker.Contains(a.Addr()) {
			out = append(out, a.String())
		}
	}
	return out
}

// SpellsAddress says whether the environment of the function spells out such an address in any case of its conditions.
func SpellsAddress(f *graph.Function) bool {
	return slices.ContainsFunc(f.Environment.Items, func(it fact.Item[graph.Variable]) bool {
		return slices.ContainsFunc(fact.Cases(it.Value.Value), func(c fact.Case[fact.Text]) bool {
			text, _ := c.Value.Get(nil)
			return len(addressesIn(text)) > 0
		})
	})
}

// ofDocker is the range of Docker's own network: such an address is the author's computer, and services of AWS use the
// range too, so that a VPC hardly has it.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
var ofDocker = netip.MustParsePrefix("172.17.0.0/16")

// schemes are the ports of URLs that say none.
var schemes = map[string]string{"http": "80", "ws": "80", "https": "443", "wss": "443"}

// hostPort is the host and port of a URL, and any other text as it is.
func hostPort(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	u, err := url.Parse(strings.TrimPrefix(text, "jdbc:"))
	if err != nil {
		return ""
	}
	return u.Hostname() + ":" + cmp.Or(u.Port(), schemes[u.Scheme])
}

// otherWords are in the names of variables whose address is not called, but listened at, or compared with who calls.
var otherWords = []string{
	"BIND", "LISTEN", "ALLOW", "TRUST", "PERMIT", "WHITELIST", "DENY", "DENIED", "BLACKLIST", "BLOCK", "IGNORE",
	"EXCLUDE", "NO_PROXY",
}

func isForOthers(name string) bool {
	name = strings.ToUpper(name)
	isIn := func(word string) bool { return strings.Contains(name, word) }
	return isForBrowsers(name) || slices.ContainsFunc(otherWords, isIn)
}
