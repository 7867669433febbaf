package need

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// environment reads the variables. It is the only strong evidence: of the function's other properties, those that name
// resources are read by the Lambda service, such as DeadLetterConfig.TargetArn, and not by the code.
func (c *collector) environment() {
	for _, it := range c.f.Environment.Items {
		c.variable(it)
	}
	c.open(c.f.Environment.Open)
}

func (c *collector) open(gaps []fact.Gap) {
	for _, g := range gaps {
		if here := c.v.World.Holds(g.When); !here.IsFalse() {
			c.redirect = append(append(c.redirect, here.Missing...), g.Missing...)
		}
	}
}

// reading is what one variable shows in one world.
type reading struct {
	found    found
	redirect []fact.Missing
	waiting  []fact.Missing // undecided conditions
}

// leaves bounds the cases of one variable that are looked at.
const leaves = 16

// variable takes what the variable shows, if it is the same however undecided conditions turn out; else it waits for
// these. A content that is not known shows nothing.
func (c *collector) variable(it fact.Item[graph.Variable]) {
	rs := fact.Leaves(c.v.World, leaves,
		func(w *fact.World) reading { return c.read(w, it) },
		func(r reading) []fact.Missing { return r.waiting })
	for i, r := range rs {
		if len(r.waiting) > 0 || i > 0 && !reflect.DeepEqual(r, rs[0]) {
			c.wait(it.Value.Name, c.read(c.v.World, it).waiting)
			return
		}
	}
	c.found.add(rs[0].found)
	c.redirect = append(c.redirect, rs[0].redirect...)
}

// wait has the conditions decided on which depends what the variable of the name shows.
func (c *collector) wait(name string, conditions []fact.Missing) {
	if redirects(name) {
		c.redirect = append(c.redirect, conditions...)
	} else {
		c.further = append(c.further, conditions...)
	}
}

func (c *collector) read(w *fact.World, it fact.Item[graph.Variable]) reading {
	here := w.Holds(it.When)
	text, known := it.Value.Value.Get(w)
	redirects := redirects(it.Value.Name)
	switch ok := fact.And(here, known); {
	case ok.IsFalse():
		return reading{}
	case undecided(ok.Missing) != nil:
		return reading{waiting: undecided(ok.Missing)}
	case redirects && text.String() == "" && known.IsTrue():
		return reading{}
	case redirects:
		return reading{redirect: []fact.Missing{{Kind: fact.Intent, Name: it.Value.Name, Span: it.Value.Span}}}
	case ok.IsUnknown() && here.IsTrue():
		return reading{found: c.text(it.Value, made(known.Missing))}
	case ok.IsUnknown():
		return reading{}
	}
	return reading{found: c.text(it.Value, text)}
}

// made is what is seen of a content that a function makes of facts that are not known, such as the host of an endpoint.
func made(of []fact.Missing) fact.Text {
	var out fact.Text
	for _, m := range of {
		out = append(out, fact.Part{Symbol: m.Name, Missing: m})
	}
	return out
}

// origin is the part with the address of the resource whose attribute it stands for or is made of, if there is one.
func (c *collector) origin(p fact.Part) fact.Part {
	if address := c.v.Origin(p); address != "" && p.Address == "" {
		return fact.Part{Symbol: p.Missing.Name, Address: address, Missing: p.Missing}
	}
	return p
}

func undecided(ms []fact.Missing) []fact.Missing {
	var out []fact.Missing
	for _, m := range ms {
		if m.Atom != nil {
			out = append(out, m)
		}
	}
	return out
}

// redirects tells variables that send requests elsewhere.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
func redirects(name string) bool {
	name = strings.ToUpper(name)
	switch name {
	case "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "AWS_ENDPOINT_URL":
		return true
	}
	return strings.HasPrefix(name, "AWS_ENDPOINT_URL_")
}

// text says what a variable's content shows: by the resources in it, by its URL, by its ARN.
func (c *collector) text(v graph.Variable, t fact.Text) found {
	var out found
	need := func(name, named string) []Need {
		evidence := "environment variable " + strconv.Quote(v.Name) + " names " + strconv.Quote(named)
		return []Need{{Name: name, Strength: Strong, Evidence: evidence, Span: v.Span}}
	}
	for _, p := range t {
		if p = c.origin(p); p.Address == "" {
			continue
		}
		service, node, internet := c.resource(p)
		if service != "" {
			out.services = append(out.services, need(service, p.Address)...)
			c.call(func() Call { return anyCall(need(service, p.Address)[0], p.Address) })
		}
		if node != "" {
			out.nodes = append(out.nodes, need(node, node)...)
			out.nodes[len(out.nodes)-1].Port = c.portAt(node, t, gap)
		}
		if internet && !isForBrowsers(v.Name) {
			out.internet = append(out.internet, need(p.Address, p.Address)...)
		}
	}
	if !isForOthers(v.Name) {
		for _, a := range addressesIn(t) {
			out.addresses = append(out.addresses, need(a, a)...)
		}
	}
	private := hostIn(t)
	answers := c.answers(private)
	for _, node := range answers {
		out.nodes = append(out.nodes, need(node, private)...)
		out.nodes[len(out.nodes)-1].Port = c.portAt(node, t, private)
	}
	switch service, host := c.url(t); {
	case len(answers) > 0 || host == "" || isForBrowsers(v.Name):
	case service != "":
		out.services = append(out.services, need(service, host)...)
	default:
		out.internet = append(out.internet, need(host, host)...)
	}
	if service := servicesOfARNs[arnService(t)]; service != "" {
		out.services = append(out.services, need(service, t.String())...)
	}
	return out
}

// browserWords are in the names of variables whose URL is not called. The function compares it, or gives it to a
// browser.
var browserWords = []string{
	"ORIGIN", "CORS", "REDIRECT", "CALLBACK", "AUDIENCE", "NAMESPACE", "SCOPE", "FRONTEND", "FRONT_END",
	"REFERER", "REFERRER", "LOGIN", "LOGOUT", "SIGNIN", "SIGN_IN", "SIGNOUT", "SIGN_OUT",
	"RETURN_UR", "SUCCESS_UR", "CANCEL_UR", "WEBSITE", "WEB_UR", "WEBAPP", "WEB_APP", "SITE_UR", "UI_UR", "CLIENT_UR",
	"HOMEPAGE", "HOME_PAGE",
}

func isForBrowsers(name string) bool {
	name = strings.ToUpper(name)
	return slices.ContainsFunc(browserWords, func(word string) bool { return strings.Contains(name, word) })
}

// arnService is the service part of an ARN, or "".
func arnService(t fact.Text) string {
	if len(t) == 1 && !strings.HasPrefix(t[0].Literal, "arn:") { // as most are
		return ""
	}
	if fields := strings.SplitN(flat(t), ":", 4); len(fields) == 4 && fields[0] == "arn" {
		return fields[2]
	}
	return ""
}

// gap stands for a symbol in flat text.
const gap = "\x00"

func flat(t fact.Text) string {
	var b strings.Builder
	for _, p := range t {
		if p.Symbol != "" {
			b.WriteString(gap)
		}
		b.WriteString(p.Literal)
	}
	return b.String()
}
