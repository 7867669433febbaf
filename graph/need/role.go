package need

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// role reads the policies of the execution role: the weak evidence. AWS managed policies name nothing.
func (c *collector) role() {
	r, ok := graph.Lookup(c.v, &c.v.Roles, c.f.Role)
	if r == nil {
		c.further = append(c.further, ok.Missing...)
		return
	}
	lambda := c.readByLambda()
	policies := r.Policies.In(c.v.World)
	c.further = append(c.further, policies.Open...)
	for _, it := range policies.Items {
		a := it.Value
		if a.Document == nil {
			c.further = append(c.further, a.Missing()...)
			c.broad = c.broad || isBroad(a.ARN)
			continue
		}
		statements := a.Document.Statements.In(c.v.World)
		c.further = append(c.further, statements.Open...)
		for _, s := range statements.Items {
			if s.Value.Has(c.v.World, policy.Allow).IsTrue() {
				c.statement(a.By, &s.Value, lambda)
			}
		}
	}
}

// dataAPI is the service of the Data API, RDS's or Redshift's, that a policy on the role certainly lets the code use,
// on whatever cluster, or "".
func (c *collector) dataAPI() string {
	r, _ := graph.Lookup(c.v, &c.v.Roles, c.f.Role)
	if r == nil {
		return ""
	}
	policies := r.Policies.In(c.v.World)
	for _, service := range []string{"rds-data", "redshift-data"} {
		allows := policies.Any(func(a policy.Attached) fact.Verdict {
			if a.Document == nil {
				return fact.No()
			}
			return a.Document.Statements.In(c.v.World).Any(func(s policy.Statement) fact.Verdict {
				return fact.And(s.Has(c.v.World, policy.Allow), s.Names(c.v.World, service+":ExecuteStatement"))
			})
		})
		if allows.IsTrue() {
			return service
		}
	}
	return ""
}

// statement takes each specific action on each specific resource for a need of the action's service, or of the data
// store that the action connects to. What is not specific only shows that the code may call something.
func (c *collector) statement(by string, s *policy.Statement, lambda *lambdaReads) {
	w := c.v.World
	for _, action := range s.Actions.In(w).Items {
		text, ok := action.Value.Literal()
		prefix, operation, _ := strings.Cut(strings.ToLower(text), ":")
		if !ok || isUsedByLambda(prefix, operation) {
			continue
		}
		for _, resource := range s.Resources.In(w).Items {
			switch {
			case lambda.covers(prefix, operation, resource.Value) || c.isOnNothing(prefix, operation, resource.Value):
			case strings.Trim(operation, "*?") == "" || !isSpecific(resource.Value):
				c.broad = true
			default:
				c.grant(by, prefix, operation, text, resource.Value, placeOf(action.Span, s.Span))
			}
		}
	}
}

// isBroad tells the AWS managed policies that let the code call something, which is all but those for what Lambda does
// with the role itself.
// https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html
func isBroad(arn fact.Text) bool {
	managed, ok := policy.ManagedAt(arn)
	if !ok {
		return false
	}
	switch managed.Name {
	case "AWSLambdaENIManagementAccess", "CloudWatchLogsFullAccess",
		"AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess":
		return false
	}
	return !strings.Contains(managed.Name, "Lambda") || !strings.Contains(managed.Name, "Execution")
}

// grant takes one action on one resource for a need.
func (c *collector) grant(by, prefix, operation, action string, resource fact.Text, at source.Span) {
	need := func(name, on string) Need {
		why := "a policy of " + strconv.Quote(by) + " allows " + action + " on " + strconv.Quote(on)
		return Need{Name: name, Strength: Weak, Evidence: why, Span: at}
	}
	if connects(prefix, operation) {
		for _, a := range resource.Addresses() {
			if c.v.DataStores.At(a) != nil {
				c.found.nodes = append(c.found.nodes, need(a, a))
			}
		}
		return
	}
	service := serviceOfAction(prefix, operation)
	if service == "" || hasHostsOfItsOwn(prefix, operation) {
		c.broad = true
		return
	}
	if !c.granted[service] {
		c.granted[service] = true
		c.found.services = append(c.found.services, need(service, resource.String()))
	}
	c.call(func() Call { return Call{need(service, resource.String()), action, resource} })
}

// call adds a call, where calls are asked for.
func (c *collector) call(made func() Call) {
	if c.calling {
		c.calls = append(c.calls, made())
	}
}

// isSpecific tells a resource that names something: an attribute of a resource, or an ARN whose last part is more than
// a type and asterisks. A text that is wholly unknown might be "*".
func isSpecific(t fact.Text) bool {
	if len(t.Addresses()) > 0 {
		return true
	}
	fields := strings.SplitN(flat(t), ":", 6)
	if len(fields) < 6 || fields[0] != "arn" {
		return false
	}
	parts := strings.FieldsFunc(fields[5], func(r rune) bool { return r == '/' || r == ':' })
	if len(parts) > 1 && fields[2] != "s3" {
		parts = parts[1:]
	}
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Trim(p, "*?") != "" })
}

func placeOf(a, b source.Span) source.Span {
	if a.IsValid() {
		return a
	}
	return b
}
