package iam

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// VPCConditionOperator flags conditions on the subnets or security groups of a function whose operator does not suit a
// key with many values.
var VPCConditionOperator = &rules.Rule{
	Name:     "vpc_condition_operator",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		eachDocument(p, func(p *rules.Pass, d written) {
			for _, it := range d.statements(p) {
				for _, c := range onVPC(p.World, &it.Value) {
					if c.key != vpcIDs && c.operator != "null" {
						compared(p, d, &it.Value, &c)
					}
				}
			}
		})
	},
}

// compared asks about one condition on a key with many values.
func compared(p *rules.Pass, d written, s *policy.Statement, c *vpcCondition) {
	deny := s.Has(p.World, policy.Deny)
	v, finding := fact.No(), rules.Finding{}
	switch {
	case c.set == "":
		v, finding = fact.Yes(), onOneValue(d, c)
	case c.set == "forallvalues" && deny.IsFalse():
		v, finding = fact.And(fact.Of(!d.guarded(p, s)), s.Has(p.World, policy.Allow)), allowsWithout(d, c)
	case c.set == "forallvalues":
		v, finding = deny, deniesAll(d, c)
	}
	finding.Span = c.Span
	p.Ask(v, d.Address, c.Operator+" "+c.Key, func() rules.Finding { return finding })
}

func onOneValue(d written, c *vpcCondition) rules.Finding {
	return rules.Finding{
		Message: fmt.Sprintf("policy %q compares the list %s by %s, which takes one value: IAM does not say which "+
			"functions it means", d.Address, c.Key, c.Operator),
		Remedy: fmt.Sprintf("write ForAllValues:%[1]s to allow lists, or ForAnyValue:%[1]s to deny them", c.Operator),
	}
}

func deniesAll(d written, c *vpcCondition) rules.Finding {
	return rules.Finding{
		Message: fmt.Sprintf("the Deny in policy %q is got around by one element of %s that does not meet %s: "+
			"it denies only where all elements do", d.Address, c.Key, c.Operator),
		Remedy: "write ForAnyValue in a Deny",
	}
}

func allowsWithout(d written, c *vpcCondition) rules.Finding {
	return rules.Finding{
		Severity: rules.Note,
		Message: fmt.Sprintf("policy %q allows functions in no VPC too, because %s is met by a request without %s",
			d.Address, c.Operator, c.Key),
		Remedy: "add the condition Null with lambda:VpcIds: \"false\" to the statement",
	}
}
