package need

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

var (
	region = regexp.MustCompile(`^(?:[a-z]{2}(?:-[a-z]+)+-\d|\x00)$`)
	scheme = regexp.MustCompile(`^(?:https?|wss?)://`)
)

// url reads a text that begins as a URL: the service whose host it is, or else the public host; a private host, an
// endpoint's own name and a host that is not known give neither.
func (c *collector) url(t fact.Text) (service, host string) {
	if len(t) == 0 || !scheme.MatchString(t[0].Literal) {
		return "", ""
	}
	authority, symbols := hostOf(t)
	name := strings.ToLower(flat(authority))
	for _, suffix := range []string{".amazonaws.com", ".amazonaws.com.cn"} {
		if label, ok := strings.CutSuffix(name, suffix); ok {
			return c.awsHost(label, authority, symbols)
		}
	}
	if n := len(authority); n > 0 && authority[n-1].Symbol != "" {
		if symbol := strings.ToLower(authority[n-1].Symbol); strings.HasSuffix(symbol, "urlsuffix") ||
			strings.HasSuffix(symbol, "dns_suffix") {
			if label, ok := strings.CutSuffix(name, "."+gap); ok {
				return c.awsHost(label, authority, symbols)
			}
		}
	}
	if len(symbols) > 0 || !isPublic(name) || c.hasPrivateZone(name) {
		return "", ""
	}
	return "", name
}

// awsHost reads what stands before amazonaws.com.
func (c *collector) awsHost(label string, authority fact.Text, symbols []fact.Part) (service, host string) {
	labels := strings.Split(label, ".")
	hasRegion := region.MatchString(labels[len(labels)-1])
	if hasRegion {
		labels = labels[:len(labels)-1]
	}
	if len(labels) == 0 {
		return "", ""
	}
	host = authority.String()
	switch last := labels[len(labels)-1]; {
	case last == "s3":
		return "s3", host
	case !hasRegion:
		return "", ""
	case last == "execute-api":
		if len(labels) != 2 || strings.Contains(labels[0], "vpce") {
			return "", ""
		}
		for _, p := range symbols {
			if p.Missing.Kind != fact.Pseudo && (p.Address == "" || c.isPrivateAPI(p.Address)) {
				return "", ""
			}
		}
		return "", host
	}
	if service = serviceOfHost(strings.Join(labels, ".")); service != "" {
		return service, host
	}
	return "", ""
}

// hostOf cuts the host out of a URL, and lists the symbols in it.
func hostOf(t fact.Text) (authority fact.Text, symbols []fact.Part) {
	for i, p := range t {
		if p.Symbol != "" {
			authority, symbols = append(authority, p), append(symbols, p)
			continue
		}
		s := p.Literal
		if i == 0 {
			s = scheme.ReplaceAllString(s, "")
		}
		if at := strings.IndexByte(s, '@'); at >= 0 && !strings.ContainsAny(s[:at], "/?#") {
			authority, symbols, s = nil, nil, s[at+1:]
		}
		end := strings.IndexAny(s, "/?#:")
		if end < 0 {
			end = len(s)
		}
		if end > 0 {
			authority = append(authority, fact.Part{Literal: s[:end]})
		}
		if end < len(s) {
			break
		}
	}
	return authority, symbols
}

// privateSuffixes end names that public DNS does not know.
// https://www.iana.org/assignments/special-use-domain-names
var privateSuffixes = []string{
	".local", ".internal", ".localhost", ".test", ".invalid", ".example", ".home.arpa", ".lan", ".corp", ".private",
	".intranet",
}

// isPublic tells the name or address of a public host, other than the names of AWS resources, which may be private.
func isPublic(host string) bool {
	if a, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return a.IsGlobalUnicast() && !a.IsPrivate()
	}
	if strings.HasSuffix(host, ".aws") {
		return strings.Contains(host, ".lambda-url.") && strings.HasSuffix(host, ".on.aws")
	}
	if !strings.Contains(host, ".") || host == "www.w3.org" || strings.HasPrefix(host, "schemas.") {
		return false
	}
	for _, suffix := range privateSuffixes {
		if strings.HasSuffix(host, suffix) {
			return false
		}
	}
	return true
}

// zones are the kinds of resources that answer for names, and whether all of that kind are private. Of the others,
// those that name a VPC are.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
var zones = map[aws.Kind]bool{aws.PrivateNamespace: true, aws.HostedZone: false}

// hasPrivateZone reports a zone of this deployment that answers for the host inside a VPC.
func (c *collector) hasPrivateZone(host string) bool {
	for kind, private := range zones {
		for r := range c.v.ResourcesOfKind(kind) {
			if zone, inVPC := c.zone(r); (private || inVPC) && zone != "" &&
				(host == zone || strings.HasSuffix(host, "."+zone)) {
				return true
			}
		}
	}
	return false
}

// zone is the name that the resource answers for, if that is known, and whether a property of it names a VPC.
func (c *collector) zone(r *graph.Resource) (name string, inVPC bool) {
	for _, it := range r.Properties.In(c.v.World).Items {
		inVPC = inVPC || strings.HasPrefix(it.Value.Path, "vpc")
		if it.Value.Path == "name" {
			text, _ := it.Value.Value.Get(c.v.World)
			name = strings.ToLower(strings.TrimSuffix(text.String(), "."))
		}
	}
	return name, inVPC
}
