package policy

import (
	"fmt"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

const (
	create   = "ec2:CreateNetworkInterface"
	describe = "ec2:DescribeNetworkInterfaces"
	remove   = "ec2:DeleteNetworkInterface"
	all      = `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
	// own is the ARN of any resource of EC2 in this account, up to its type.
	own = "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:"
	// ofCode is the condition on the function whose code calls.
	ofCode = `{"lambda:SourceFunctionArn": "arn:aws:lambda:us-east-1:1:function:f"}`
)

func allow(action, resource string) string { return written(Allow, action, resource, "") }

func deny(action, resource string) string { return written(Deny, action, resource, "") }

func allowIf(action, resource, condition string) string {
	return written(Allow, action, resource, `, "Condition": `+condition)
}

func denyIf(action, resource, condition string) string {
	return written(Deny, action, resource, `, "Condition": `+condition)
}

// written is a statement in JSON. The rest is JSON already.
func written(effect, action, resource, rest string) string {
	return fmt.Sprintf(`{"Effect": %q, "Action": %q, "Resource": %q%s}`, effect, action, resource, rest)
}

func TestWhatARoleAllows(t *testing.T) {
	for _, c := range []struct {
		name     string
		policies []string
		action   string
		on       Scope
		want     fact.Truth
	}{
		{"a role without policies allows nothing", nil, create, Anything, fact.False},
		{"actions are compared without case", []string{allow("EC2:createnetworkINTERFACE", "*")}, create, Anything,
			fact.True},
		{"an asterisk in an action stands for any text",
			[]string{`{"Effect": "Allow", "Action": ["s3:*", "ec2:*NetworkInterface"], "Resource": "*"}`}, create,
			Anything, fact.True},
		{"a question mark stands for one character", []string{allow("ec2:CreateNetworkInterfac?", "*")}, create,
			Anything, fact.True},
		{"a question mark does not stand for two", []string{allow("ec2:CreateNetworkInterfa?", "*")}, create, Anything,
			fact.False},
		{"an effect in capitals is one", []string{`{"Effect": "ALLOW", "Action": "*", "Resource": "*"}`}, create,
			Anything, fact.True},
		{"effects are compared with case", []string{`{"Effect": "allow", "Action": "*", "Resource": "*"}`}, create,
			Anything, fact.False},
		{"NotAction allows what it does not list",
			[]string{`{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}`}, create, Anything, fact.True},
		{"NotAction does not allow what it lists",
			[]string{`{"Effect": "Allow", "NotAction": "ec2:Create*", "Resource": "*"}`}, create, Anything, fact.False},
		{"an action that is a parameter may be the one", []string{allow("${Action}", "*")}, create, Anything,
			fact.Unknown},
		{"an action of which the service is known is not another service's", []string{allow("s3:${Action}", "*")},
			create, Anything, fact.False},
		{"a grant on a bucket is none on interfaces", []string{allow("*", "arn:aws:s3:::bucket/*")}, create, Anything,
			fact.False},
		{"a grant on one subnet is a grant on something", []string{allow("ec2:*", own+"subnet/${SubnetId}")}, create,
			Anything, fact.True},
		{"a grant on one subnet is none on everything", []string{allow("ec2:*", own+"subnet/${SubnetId}")}, create,
			Everything, fact.False},
		{"describing needs the asterisk", []string{allow("ec2:Describe*", "arn:aws:ec2:*:*:*")}, describe, Everything,
			fact.False},
		{"a parameter may be the asterisk", []string{allow("ec2:Describe*", "${Scope}")}, describe, Everything,
			fact.Unknown},
		{"the attribute of a resource is never the asterisk", []string{allow("ec2:Describe*", "${Queue.Arn}")},
			describe, Everything, fact.False},
		{"one of several resources may be the asterisk",
			[]string{`{"Effect": "Allow", "Action": "ec2:Describe*", "Resource": ["${Queue.Arn}", "*"]}`}, describe,
			Everything, fact.True},
		{"deleting is content with all resources of EC2",
			[]string{allow("ec2:DeleteNetworkInterface", "arn:*:ec2:*:*:*")}, remove, EveryType, fact.True},
		{"deleting is content with all types in one account",
			[]string{allow("ec2:DeleteNetworkInterface", "arn:aws:ec2:us-west-2:123456789012:*/*")}, remove, EveryType,
			fact.True},
		{"deleting is content with all types in this account", []string{allow("ec2:DeleteNetworkInterface", own+"*/*")},
			remove, EveryType, fact.True},
		{"deleting is not content with network interfaces",
			[]string{allow("ec2:DeleteNetworkInterface", "arn:aws:ec2:*:*:network-interface/*")}, remove, EveryType,
			fact.False},
		{"NotResource with a bucket allows the interfaces",
			[]string{`{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::bucket"}`}, create, Anything,
			fact.True},
		{"NotResource with one subnet still allows others",
			[]string{`{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:ec2:*:*:subnet/subnet-1"}`}, create,
			Anything, fact.True},
		{"NotResource with everything allows nothing",
			[]string{`{"Effect": "Allow", "Action": "*", "NotResource": "*"}`}, create, Anything, fact.False},
		{"a condition waits for the request",
			[]string{allowIf("ec2:*", "*", `{"ArnEquals": {"ec2:Vpc": "arn:aws:ec2:eu-west-1:1:vpc/vpc-1"}}`)}, create,
			Anything, fact.Unknown},
		{"a Deny on everything beats any Allow", []string{all, deny("ec2:*", "*")}, create, Anything, fact.False},
		{"a Deny for the function's own code spares Lambda",
			[]string{all, denyIf("ec2:*", "*", `{"ArnEquals": `+ofCode+`}`)}, create, Anything, fact.True},
		{"a Deny for all but one function's code may hit Lambda",
			[]string{all, denyIf("ec2:*", "*", `{"ArnNotEquals": `+ofCode+`}`)}, create, Anything, fact.Unknown},
		{"a Deny outside a region waits for the request",
			[]string{all, denyIf("*", "*", `{"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}`)}, create,
			Anything, fact.Unknown},
		{"a Deny on one interface waits for the request",
			[]string{all, deny("ec2:*", "arn:aws:ec2:*:*:network-interface/eni-1")}, create, Anything, fact.Unknown},
		{"a Deny on a bucket is none on interfaces", []string{all, deny("*", "arn:aws:s3:::secret/*")}, create,
			Anything, fact.True},
		{"a Deny on all but a bucket hits the interfaces",
			[]string{all, `{"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::open/*"}`}, create, Anything,
			fact.False},
		{"AWSLambdaVPCAccessExecutionRole allows all six",
			[]string{"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"},
			"ec2:UnassignPrivateIpAddresses", Everything, fact.True},
		{"AWSLambdaBasicExecutionRole allows none",
			[]string{"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}, create,
			Anything, fact.False},
		{"AdministratorAccess may allow anything", []string{"arn:aws:iam::aws:policy/AdministratorAccess"},
			"kafka:DescribeCluster", Anything, fact.Unknown},
		{"AWSDenyAll denies", []string{all, "arn:aws:iam::aws:policy/AWSDenyAll"}, create, Anything, fact.False},
		{"an AWS managed policy of a later date may allow it", []string{"arn:aws:iam::aws:policy/FromNextYear"}, create,
			Anything, fact.Unknown},
		{"an ARN without the policy's path names no policy",
			[]string{"arn:aws:iam::aws:policy/AWSLambdaVPCAccessExecutionRole"}, create, Anything, fact.False},
		{"a policy of the account may allow it", []string{"arn:aws:iam::123456789012:policy/team"}, create, Anything,
			fact.Unknown},
		{"a policy given as parameter may allow it", []string{"${PolicyArn}"}, create, Anything, fact.Unknown},
		{"a policy from elsewhere does not undo an Allow", []string{all, "${PolicyArn}"}, create, Anything, fact.True},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := identity(t, c.policies...).Allows(nil, c.action, c.on).Verdict()
			if v.Truth != c.want {
				t.Errorf("got %v, want %v", v, c.want)
			}
			if v.IsUnknown() && len(v.Missing) == 0 {
				t.Error("unknown, but no missing fact is named")
			}
		})
	}
}

func TestABoundaryNarrowsWhatPoliciesAllow(t *testing.T) {
	for _, c := range []struct {
		name, boundary string
		want           fact.Truth
	}{
		{"one that allows the action changes nothing", `{"Effect": "Allow", "Action": ["ec2:*"], "Resource": "*"}`,
			fact.True},
		{"one without the action takes it away", `{"Effect": "Allow", "Action": ["s3:*", "logs:*"], "Resource": "*"}`,
			fact.False},
		{"one with a Deny takes it away", all + "\n" + deny("ec2:Create*", "*"), fact.False},
		{"an AWS managed one counts", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", fact.False},
		{"one defined elsewhere may take it away", "arn:aws:iam::123456789012:policy/boundary", fact.Unknown},
		{"one that allows it under a condition may take it away",
			allowIf("*", "*", `{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}`), fact.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := identity(t, all)
			id.Boundary = fact.Known(attached(t, c.boundary), source.Span{})
			if v := id.Allows(nil, create, Anything).Verdict(); v.Truth != c.want {
				t.Errorf("got %v, want %v", v, c.want)
			}
		})
	}
	t.Run("one whose ARN is not known may take it away", func(t *testing.T) {
		id := identity(t, all)
		id.Boundary = fact.NotKnown[Attached](source.Span{}, fact.Missing{Kind: fact.Parameter, Name: "Boundary"})
		if v := id.Allows(nil, create, Anything).Verdict(); !v.IsUnknown() || v.Missing[0].Name != "Boundary" {
			t.Errorf("got %v, want unknown for Boundary", v)
		}
	})
}

func TestADecisionNamesItsGrants(t *testing.T) {
	id := identity(t,
		allow("ec2:*", "arn:aws:ec2:*:*:subnet/*"),
		allowIf("ec2:*", "*", `{"ArnEquals": {"ec2:Vpc": "x"}}`),
		denyIf("ec2:*", "*", `{"ArnLike": {"lambda:SourceFunctionArn": "*"}}`),
		"arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess")
	d := id.Allows(nil, create, Anything)
	if len(d.Allows) != 2 || d.Allows[0].Statement == nil || d.Allows[1].Statement != nil {
		t.Errorf("want the statement and the managed policy, got %v", d.Allows)
	}
	if len(d.Conditional) != 1 || d.Conditional[0].Statement.Conditions.Items[0].Value.Key != "ec2:Vpc" {
		t.Errorf("want the conditional statement, got %v", d.Conditional)
	}
	if len(d.Spares) != 1 || len(d.Denies) != 0 {
		t.Errorf("want one Deny that spares Lambda and none that hits it, got %v and %v", d.Spares, d.Denies)
	}
}

func TestAConditionalPolicyIsDecidedByItsCondition(t *testing.T) {
	prod := &fact.Atom{Subject: "Stage", Literal: "prod", Why: []fact.Missing{{Kind: fact.Parameter, Name: "Stage"}}}
	id := identity(t, all)
	id.Policies.AppendIf(fact.If(prod), attached(t, deny("*", "*")), source.Span{})
	ask := func(w *fact.World) Decision { return id.Allows(w, create, Anything) }
	if d := ask(nil); !d.Verdict().IsUnknown() || d.Verdict().Missing[0].Atom != prod || len(d.Denies) != 0 {
		t.Errorf("undecided, got %v", d)
	}
	var none *fact.World
	if d := ask(none.With(prod, true)); !d.Verdict().IsFalse() || len(d.Denies) != 1 {
		t.Errorf("in production, got %v", d)
	}
	if d := ask(none.With(prod, false)); !d.Verdict().IsTrue() {
		t.Errorf("elsewhere, got %v", d)
	}
}

func TestAnOpenListOfPoliciesMayAllowMore(t *testing.T) {
	var id Identity
	id.Policies.Miss(fact.Always(), fact.Missing{Kind: fact.Export, Name: "RoleName"})
	if v := id.Allows(nil, create, Anything).Verdict(); !v.IsUnknown() || v.Missing[0].Name != "RoleName" {
		t.Errorf("got %v, want unknown for the export", v)
	}
}
