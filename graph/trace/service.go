package trace

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// viaEndpoint is the Via of a way to a VPC endpoint.
const viaEndpoint = "VPC endpoint"

var (
	region = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]+$`)
	// label is a part of the name of a service. Others, such as <REGION> and {{ region }}, are for another tool to
	// replace.
	label = regexp.MustCompile(`^[a-z0-9-]+$`)
)

// ServiceID is what follows the region in the name of an AWS endpoint service: "sqs" of com.amazonaws.us-east-1.sqs,
// "ecr.api" of com.amazonaws.${AWS::Region}.ecr.api. The verdict is False for a service that is not AWS's own, and
// Unknown when the decisive part of the name is not known. Services without a region keep what follows the prefix.
func ServiceID(t fact.Text) (string, fact.Verdict) {
	labels, symbolic := split(t)
	if len(labels) > 0 && labels[0] == "cn" {
		labels, symbolic = labels[1:], symbolic[1:]
	}
	if len(labels) == 0 || symbolic[0] || len(labels) > 1 && symbolic[1] {
		return "", unknownService(t)
	}
	if len(labels) < 3 || labels[0] != "com" && labels[0] != "aws" || labels[0] == "com" && labels[1] != "amazonaws" ||
		labels[2] == "vpce" {
		return "", fact.No()
	}
	prefix := ""
	if labels[0] == "aws" && labels[1] != "api" {
		prefix = labels[1] + "." // aws.sagemaker.REGION.notebook
	}
	rest, open := labels[2:], symbolic[2:]
	if open[0] || region.MatchString(rest[0]) || !label.MatchString(rest[0]) {
		rest, open = rest[1:], open[1:]
	}
	if len(rest) == 0 || slices.Contains(open, true) {
		return "", unknownService(t)
	}
	if slices.ContainsFunc(rest, func(s string) bool { return !label.MatchString(s) }) {
		return "", fact.Wants(fact.Missing{Kind: fact.Expression, Name: t.String()})
	}
	return prefix + strings.Join(rest, "."), fact.Yes()
}

func unknownService(t fact.Text) fact.Verdict {
	if _, whole := t.Literal(); whole {
		return fact.No()
	}
	return fact.Wants(orResource(t.Missing(), "service "+t.String())...)
}

// split cuts the text at the dots of its literal parts; symbolic tells labels that hold a symbol.
func split(t fact.Text) (labels []string, symbolic []bool) {
	label, symbol := "", false
	for _, p := range t {
		if p.Symbol != "" {
			label, symbol = label+"${"+p.Symbol+"}", true
			continue
		}
		for i, piece := range strings.Split(p.Literal, ".") {
			if i > 0 {
				labels, symbolic = append(labels, label), append(symbolic, symbol)
				label, symbol = "", false
			}
			label += piece
		}
	}
	return append(labels, label), append(symbolic, symbol)
}

// toService goes where the service's name resolves to: an interface endpoint of the VPC whose private DNS name is on,
// else public addresses. A gateway endpoint takes those of its service out of them. Which public addresses a service
// has is not known here, so the way must be the same for all.
// https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
func (w *walker) toService() leg {
	about := w.want.set
	byInternet := w.toAddresses()
	endpoints, missing := w.endpoints()
	var others []leg
	if len(missing) > 0 {
		others = append(others, w.unseenEndpoint(w.mayChange(byInternet, missing), missing))
	}
	for _, e := range endpoints {
		l := w.reach(*endpointNode(e.value), about)
		l.then(w.permits(e.value, about))
		l.via = viaEndpoint
		if e.there.IsTrue() { // a VPC has at most one private name for a service
			return l
		}
		others = append(others, l)
		missing = append(missing, e.there.Missing...)
	}
	if len(others) == 0 {
		return byInternet
	}
	return byInternet.either(about, others, fact.Unique(missing))
}

// mayChange are the addresses for which an endpoint that is not seen would change what byInternet says. One that others
// add to a VPC of this deployment only brings on what is stopped without it.
func (w *walker) mayChange(byInternet leg, missing []fact.Missing) set {
	vpc, _ := graph.Lookup(w.v, &w.v.VPCs, w.src.Subnet.VPC)
	if vpc == nil || len(vpc.Own(missing)) > 0 {
		return w.want.set
	}
	return intersect(byInternet.stopped(), w.want.set)
}

// endpoints are those that answer for the service's public name in the source's VPC, or may do so. Of a VPC that is not
// here, only those are known that this deployment puts into it; AWS accepts their private names only with the DNS
// attributes of the VPC on.
// https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
func (w *walker) endpoints() (items []present[*graph.VPCEndpoint], open []fact.Missing) {
	vpc, known := graph.Lookup(w.v, &w.v.VPCs, w.src.Subnet.VPC)
	if vpc != nil {
		all, open := children(w.v, vpc.Endpoints)
		for _, e := range all {
			if e.there = fact.And(e.there, w.answersFor(e.value, vpc)); !e.there.IsFalse() {
				items = append(items, e)
			}
		}
		return items, open
	}
	for e := range w.v.Endpoints.All() {
		if !graph.Same(w.v, &w.v.VPCs, e.VPC, w.src.Subnet.VPC).IsTrue() {
			continue
		}
		if there := fact.And(w.v.Exists(e), w.isNamed(e)); !there.IsFalse() {
			items = append(items, present[*graph.VPCEndpoint]{e, there})
		}
	}
	return items, orResource(known.Missing, "VPC of "+w.src.Subnet.Address)
}

// isNamed says whether the endpoint is made to take over the public name of the service.
func (w *walker) isNamed(e *graph.VPCEndpoint) fact.Verdict {
	return fact.And(w.v.IsOfKind(e, "Interface"), w.e.serves(e, w.flow.To.Service), w.v.HasPrivateDNS(e))
}

// answersFor says whether the endpoint takes over the public name of the service inside the VPC.
func (w *walker) answersFor(e *graph.VPCEndpoint, vpc *graph.VPC) fact.Verdict {
	return fact.And(w.isNamed(e), w.v.HasDNSSupport(vpc), w.v.HasDNSHostnames(vpc))
}

// Serves says whether the endpoint is one of the kind, such as "Gateway", for the AWS service with that id.
func (e *Engine) Serves(to *graph.VPCEndpoint, kind, service string) fact.Verdict {
	return fact.And(e.view.IsOfKind(to, kind), e.serves(to, service))
}

// RegionOfService is the Region in the name of an AWS endpoint service, or "" where none is written there.
func RegionOfService(t fact.Text) string {
	labels, symbolic := split(t)
	for i, label := range labels {
		if !symbolic[i] && region.MatchString(label) {
			return label
		}
	}
	return ""
}

// isOfOther says whether the endpoint is for a service in another Region than its own, as far as both are known. Its
// names are those of that Region.
// https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region
func (e *Engine) isOfOther(to *graph.VPCEndpoint, name fact.Text) bool {
	if told, ok := to.ServiceRegion.Get(e.view.World); ok.IsTrue() {
		return isInOther(told, to.Region)
	}
	if named := RegionOfService(name); named != "" {
		return isInOther(fact.Lit(named), to.Region)
	}
	return false
}

// serves says whether the endpoint is for the service in its own Region.
func (e *Engine) serves(to *graph.VPCEndpoint, service string) fact.Verdict {
	name, ok := to.Service.Get(e.view.World)
	if !ok.IsTrue() {
		return fact.Wants(orResource(ok.Missing, "service of "+to.Address)...)
	}
	id, known := ServiceID(name)
	if !known.IsTrue() {
		return known
	}
	return fact.Of(id == service && !e.isOfOther(to, name))
}

// endpoint is a gateway endpoint, or one for inspection, behind which the files say nothing.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func (w *walker) endpoint(t turn) leg {
	e := w.v.Endpoints.At(t.target.ID)
	if e == nil {
		return w.unseen(t)
	}
	gateway := w.v.IsOfKind(e, "Gateway")
	if gateway.IsFalse() {
		return w.elsewhere(t)
	}
	var l leg
	l.via = viaEndpoint
	l.pass(at(&e.Header, RoleEndpoint, "gateway endpoint %s", quote(e.Address)))
	l.then(w.inVPC(t, e))
	ours := gateway
	if t.want.service != "" { // else what comes here belongs to the endpoint's service, whichever that is
		ours = fact.And(gateway, w.e.serves(e, t.want.service))
	}
	if !ours.IsTrue() {
		name := "addresses of the service of " + e.Address
		l.doubt(t.want.set, append(ours.Missing, fact.Missing{Kind: fact.Attribute, Name: name})...)
	}
	l.then(w.permits(e, t.want.set))
	return l
}
