package iam

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// VPCConditionAction flags conditions on the VPC of a function on actions whose requests have no such key, and policies
// that demand a VPC of one of the two actions and not of the other.
var VPCConditionAction = &rules.Rule{
	Name:     "vpc_condition_action",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		eachDocument(p, func(p *rules.Pass, d written) {
			demanded := map[string]fact.Verdict{placing[0]: fact.No(), placing[1]: fact.No()}
			var by *policy.Statement
			for i, it := range d.statements(p) {
				s := &it.Value
				if len(onVPC(p.World, s)) > 0 {
					misplacedCondition(p, d, i)
				}
				demands := demandsVPC(p.World, s)
				if demands.IsFalse() {
					continue
				}
				by = s
				for _, action := range placing {
					demanded[action] = fact.Or(demanded[action], fact.And(demands, s.Names(p.World, action)))
				}
			}
			if by != nil {
				halfDemanded(p, d, by, demanded)
			}
		})
	},
}

// misplacedCondition asks of an action of a statement that has none of the keys whether it is allowed, or denied, in
// a way that the condition does not tell.
func misplacedCondition(p *rules.Pass, d written, number int) {
	s := &d.statements(p)[number].Value
	other, alone := otherAction(p.World, s)
	if other == "" {
		return
	}
	c := onVPC(p.World, s)
	met := fact.Yes()
	for i := range c {
		met = fact.And(met, c[i].HoldsWithout(p.World))
	}
	said, message := fact.No(), ""
	for _, one := range []struct {
		effect, message string
		so              fact.Verdict
	}{
		{policy.Deny, "denies %s whatever the VPC of the function is", met},
		{policy.Deny, "never denies %s",
			fact.And(met.Not(), fact.Of(alone), elsewhere(p, d, number, other).Not())},
		{policy.Allow, "allows %s whatever the VPC of the function is", met},
		{policy.Allow, "never allows %s", fact.And(met.Not(), elsewhere(p, d, number, other).Not())},
	} {
		so := fact.And(one.so, s.Has(p.World, one.effect))
		if so.IsTrue() || message == "" {
			message = one.message
		}
		said = fact.Or(said, so)
	}
	p.Ask(said, d.Address, c[0].Operator+" "+c[0].Key, func() rules.Finding {
		return rules.Finding{
			Span: c[0].Span,
			Message: fmt.Sprintf("policy %q "+message+", because only requests for CreateFunction and "+
				"UpdateFunctionConfiguration have the key %s", d.Address, other, c[0].Key),
			Remedy: "put the condition into a statement for lambda:CreateFunction and " +
				"lambda:UpdateFunctionConfiguration alone",
		}
	})
}

// elsewhere says whether another statement of the document has the same effect on the action.
func elsewhere(p *rules.Pass, d written, number int, action string) fact.Verdict {
	all := d.statements(p)
	effect, _ := all[number].Value.Effect.Get(p.World)
	out := fact.No()
	for i, it := range all {
		if i != number {
			out = fact.Or(out, fact.And(it.Value.Has(p.World, effect.String()), it.Value.Names(p.World, action)))
		}
	}
	return out
}

// otherAction is an action of the statement whose requests have none of the keys, or "". Alone says that the statement
// names no action with them. What NotAction leaves is not looked at.
func otherAction(w *fact.World, s *policy.Statement) (other string, alone bool) {
	alone = true
	for _, it := range s.Actions.In(w).Items {
		name, known := it.Value.Literal()
		places := false
		for _, action := range placing {
			places = places || !s.Names(w, action).IsFalse()
		}
		alone = alone && known && !places
		wild := strings.ContainsAny(name, "*?")
		switch {
		case !known:
		case !wild && !strings.EqualFold(name, placing[0]) && !strings.EqualFold(name, placing[1]):
			other = name
		case wild && reachesOther(w, it.Value):
			other = name
		}
	}
	return other, alone
}

// reachesOther reports that the pattern of actions matches one of those that people use every day.
func reachesOther(w *fact.World, pattern fact.Text) bool {
	s := policy.Statement{}
	s.Actions.Append(pattern, s.Span)
	for _, action := range []string{
		"lambda:InvokeFunction", "lambda:UpdateFunctionCode", "lambda:DeleteFunction", "lambda:GetFunction",
		"lambda:PublishVersion", "lambda:CreateAlias", "lambda:ListFunctions", "lambda:AddPermission",
	} {
		if s.Names(w, action).IsTrue() {
			return true
		}
	}
	return false
}

// halfDemanded asks whether the document demands a VPC of one of the two actions only.
func halfDemanded(p *rules.Pass, d written, by *policy.Statement, demanded map[string]fact.Verdict) {
	for i, action := range placing {
		other := placing[1-i]
		p.Ask(fact.And(demanded[other], demanded[action].Not()), d.Address, action, func() rules.Finding {
			return rules.Finding{
				Span: by.Span,
				Message: fmt.Sprintf("policy %q demands a VPC of %s and not of %s, so that functions without one "+
					"come about all the same", d.Address, other, action),
				Remedy: fmt.Sprintf("add %s to the Deny", action),
			}
		})
	}
}
