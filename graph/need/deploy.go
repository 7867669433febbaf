package need

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Invocation is a resource for whose sake the function runs while the deployment is under way.
type Invocation struct {
	*graph.Resource
	// Answers is set for a custom resource. The function answers it by putting a file to S3, and the stack waits.
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
	Answers bool
	Span    source.Span
}

// Invocations lists those of the function that certainly exist in the view's world: custom resources, whose
// ServiceToken names the function, a version or alias of it, or a topic that it subscribes to, and each
// aws_lambda_invocation. Undecided is what further ones wait for.
//
// The handlers behind the provider framework of AWS CDK are in no ServiceToken: a function of the framework answers.
func Invocations(v *graph.View, f *graph.Function) (out []Invocation, undecided []fact.Missing) {
	c := &collector{v: v, f: f}
	add := func(kind aws.Kind, property string) {
		for r := range v.ResourcesOfKind(kind) {
			span, named := c.names(r, property)
			switch here := fact.And(named, v.Exists(r)); here.Truth {
			case fact.True:
				out = append(out, Invocation{r, kind == aws.CustomResource, span})
			case fact.Unknown:
				undecided = append(undecided, here.Missing...)
			}
		}
	}
	add(aws.CustomResource, "servicetoken")
	add(aws.Invocation, "functionname")
	return out, fact.Unique(undecided)
}

// names says whether the property of the resource names the function, and where.
func (c *collector) names(r *graph.Resource, property string) (at source.Span, named fact.Verdict) {
	named = fact.No()
	c.v.Spend(1)
	for _, it := range r.Properties.Items {
		if it.Value.Path != property {
			continue
		}
		in := c.v.World.Holds(it.When)
		is := it.Value.Value.Is(c.v.World, func(t fact.Text) bool { return c.isCalledBy(t) })
		if here := fact.And(in, is); !here.IsFalse() {
			at, named = it.Value.Span, fact.Or(named, here)
		}
	}
	if named.IsUnknown() && !slices.ContainsFunc(named.Missing, func(m fact.Missing) bool { return m.Atom != nil }) {
		return at, fact.No() // it may name whatever function
	}
	return at, named
}

// isCalledBy reports that a call of what the text names runs the function.
func (c *collector) isCalledBy(t fact.Text) bool {
	addresses := t.Addresses()
	if c.runs(addresses) || c.isNamedBy(t) || c.f.Implicit && slices.Contains(addresses, c.madeFrom()) {
		return true
	}
	return slices.ContainsFunc(addresses, func(a string) bool {
		head := c.v.Head(a)
		return head != nil && aws.KindOf(head.Type) == aws.Topic && c.subscribes(a)
	})
}

// madeFrom is the address of what the function is a part of, such as an application.
func (c *collector) madeFrom() string {
	return c.f.Address[:max(strings.LastIndexByte(c.f.Address, '.'), 0)]
}

// isNamedBy reports that the text is the name that is given to the function, or an ARN with it.
func (c *collector) isNamedBy(t fact.Text) bool {
	name, given := c.f.Name.Get(c.v.World)
	own, text := name.String(), t.String()
	if !given.IsTrue() || own == "" {
		return false
	}
	if _, called, isARN := strings.Cut(text, ":function:"); isARN {
		text = called
	}
	return text == own || strings.HasPrefix(text, own+":")
}

// subscribes reports that the function subscribes to the topic.
func (c *collector) subscribes(topic string) bool {
	for r := range c.v.ResourcesOfKind(aws.Subscription) {
		if slices.Contains(r.Depends, topic) && c.endsAt(r) {
			return true
		}
	}
	r := c.v.Resources.At(topic)
	return r != nil && c.endsAt(r)
}

// endsAt reports that an endpoint of the subscription, or of those written on the topic, is the function.
func (c *collector) endsAt(r *graph.Resource) bool {
	for _, it := range r.Properties.In(c.v.World).Items {
		path := it.Value.Path
		if path[strings.LastIndexByte(path, '.')+1:] == "endpoint" {
			if text, _ := it.Value.Value.Get(c.v.World); c.runs(text.Addresses()) || c.isNamedBy(text) {
				return true
			}
		}
	}
	return false
}

// answer is the need of the bucket to which the function puts its answers to custom resources. It belongs to AWS.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html
func (c *collector) answer() (out Need) {
	all, _ := Invocations(c.v, c.f)
	for _, i := range all {
		if i.Answers {
			evidence := "the function answers custom resource " + strconv.Quote(i.Address) + " by a file in S3"
			return Need{Name: "s3", Strength: Strong, Evidence: evidence, Span: i.Span}
		}
	}
	return out
}

// rotates takes what a function that rotates a secret calls: Secrets Manager, and the database of the secret.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-network-rqmts.html
func (c *collector) rotates() {
	for _, kind := range []aws.Kind{aws.RotationSchedule, aws.Secret} {
		for r := range c.v.ResourcesOfKind(kind) {
			at, named := c.names(r, "rotationlambdaarn")
			if !fact.And(named, c.v.Exists(r)).IsTrue() {
				continue
			}
			evidence := "the function rotates the secret of " + strconv.Quote(r.Address)
			need := func(name string) Need { return Need{Name: name, Strength: Strong, Evidence: evidence, Span: at} }
			c.found.services = append(c.found.services, need("secretsmanager"))
			for _, store := range c.storesOf(r) {
				c.found.nodes = append(c.found.nodes, need(store))
			}
		}
	}
}

// storesOf are the data stores whose credentials are in the secret that the schedule, or the secret itself, is about.
func (c *collector) storesOf(schedule *graph.Resource) (stores []string) {
	secrets := append(c.v.Addresses(schedule, "secretid"), schedule.Address)
	for _, secret := range secrets {
		if store := c.attachedTo(secret); store != "" {
			stores = append(stores, store)
		}
		stores = append(stores, c.storedIn(secret)...)
	}
	return stores
}

// storedIn are the data stores whose attributes Terraform writes into a version of the secret.
func (c *collector) storedIn(secret string) (stores []string) {
	for r := range c.v.ResourcesOfKind(aws.Secret) {
		if r.Address == secret || !slices.Contains(r.Depends, secret) {
			continue
		}
		for _, a := range r.Depends {
			if c.v.DataStores.At(a) != nil {
				stores = append(stores, a)
			}
		}
	}
	return stores
}

// durable takes the API of Lambda, where the code of a durable function keeps its state.
// https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
func (c *collector) durable() {
	for _, it := range c.f.Properties.In(c.v.World).Items {
		if property, _, _ := strings.Cut(it.Value.Path, "."); property == "durableconfig" {
			c.found.services = append(c.found.services, Need{
				Name: "lambda", Strength: Strong, Span: it.Value.Span,
				Evidence: "a durable function keeps its state in the Lambda service",
			})
			return
		}
	}
}
