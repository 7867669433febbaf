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

// role reads the policies of the execution role: the weak evidence. AWS managed policies show nothing.
func (c *collector) role() {
	r, ok := graph.Lookup(c.v, &c.v.Roles, c.f.Role)
	if r == nil {
		c.doubt = append(c.doubt, ok.Missing...)
		return
	}
	lambda := c.readByLambda()
	policies := r.Policies.In(c.v.World)
	c.doubt = append(c.doubt, policies.Open...)
	for _, it := range policies.Items {
		a := it.Value
		if a.Document == nil {
			c.doubt = append(c.doubt, a.Missing()...)
			continue
		}
		statements := a.Document.Statements.In(c.v.World)
		c.doubt = append(c.doubt, statements.Open...)
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
// store that the action connects to.
func (c *collector) statement(by string, s *policy.Statement, lambda *lambdaReads) {
	w := c.v.World
	for _, action := range s.Actions.In(w).Items {
		text, ok := action.Value.Literal()
		prefix, operation, _ := strings.Cut(strings.ToLower(text), ":")
		if !ok || operation == "" || strings.Trim(operation, "*?") == "" {
			continue
		}
		for _, resource := range s.Resources.In(w).Items {
			if !isSpecific(resource.Value) || lambda.covers(prefix, operation, resource.Value) {
				continue
			}
			c.found.add(c.grant(by, prefix, operation, text, resource.Value, placeOf(action.Span, s.Span)))
		}
	}
}

func (c *collector) grant(by, prefix, operation, action string, resource fact.Text, at source.Span) found {
	need := func(name, on string) []Need {
		return []Need{{name, Weak, "a policy of " + strconv.Quote(by) + " allows " + action + " on " + strconv.Quote(on), at}}
	}
	if connects(prefix, operation) {
		var out found
		for _, a := range resource.Addresses() {
			if c.v.DataStores.Get(graph.ID[graph.DataStore](a)) != nil {
				out.nodes = append(out.nodes, need(a, a)...)
			}
		}
		return out
	}
	service := serviceOfAction(prefix, operation)
	if service == "" || showsNothing(prefix, operation) {
		return found{}
	}
	return found{services: need(service, resource.String())}
}

// connects tells actions that authorise a connection to a data store's own port, and no call of an API.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
func connects(prefix, operation string) bool {
	switch prefix {
	case "rds-db", "kafka-cluster", "neptune-db", "dax":
		return true
	case "elasticache", "memorydb":
		return operation == "connect"
	case "es":
		return strings.HasPrefix(operation, "eshttp")
	}
	return false
}

// showsNothing tells actions that the code need not call, although the role has them: log lines and traces go out by
// Lambda itself, keys are used by other services on the role's behalf, the network interfaces are Lambda's, a mount is
// NFS, a role is passed in another call.
func showsNothing(prefix, operation string) bool {
	switch prefix {
	case "logs", "xray", "kms", "ecr", "ecr-public", "iam", "es", "aoss", "execute-api":
		return true
	case "elasticfilesystem":
		return strings.HasPrefix(operation, "client")
	case "ec2":
		return strings.Contains(operation, "networkinterface") || strings.Contains(operation, "privateipaddresses") ||
			operation == "describesubnets" || operation == "describesecuritygroups" || operation == "describevpcs"
	}
	return false
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
