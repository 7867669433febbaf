package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

func words(list fact.List[fact.Text], w *fact.World) string {
	var out []string
	in := list.In(w)
	for _, it := range in.Items {
		out = append(out, it.Value.String())
	}
	if len(in.Open) > 0 {
		out = append(out, "open: "+names(in.Open))
	}
	return strings.Join(out, " ")
}

// lines describes the statements of a document in a world.
func lines(d *policy.Document, w *fact.World) []string {
	var out []string
	in := d.Statements.In(w)
	for _, it := range in.Items {
		s := it.Value
		line := text(s.Effect) + " " + words(s.Actions, w) + " on " + words(s.Resources, w)
		if s.NotActions.IsSet {
			line += " but " + words(s.NotActions, w)
		}
		principals := s.Principals.In(w)
		for _, p := range principals.Items {
			line += " for " + p.Value.Kind + ":" + p.Value.Value.String()
		}
		conditions := s.Conditions.In(w)
		for _, c := range conditions.Items {
			line += " if " + c.Value.Operator + " " + c.Value.Key + " " + words(c.Value.Values, w)
		}
		if len(principals.Open)+len(conditions.Open) > 0 {
			line += " open"
		}
		out = append(out, line)
	}
	if len(in.Open) > 0 {
		out = append(out, "open: "+names(in.Open))
	}
	return out
}

func TestPolicyDocuments(t *testing.T) {
	for name, tc := range map[string]struct {
		written string
		want    []string
	}{
		"one statement that is no list": {
			"{Statement: {Effect: Allow, Action: 'ec2:*', Resource: '*'}}",
			[]string{"Allow ec2:* on *"},
		},
		"lists and partly known ARNs": {
			"{Statement: [{Effect: Allow, Action: [sqs:SendMessage, sqs:Get*], Resource: [!GetAtt Queue.Arn, !Sub 'arn:${AWS::Partition}:s3:::b/*']}]}",
			[]string{"Allow sqs:SendMessage sqs:Get* on ${Queue.Arn} arn:${AWS::Partition}:s3:::b/*"},
		},
		"a document in JSON text": {
			`!Sub '{"Statement": {"Effect": "Allow", "Action": ["a", "b"], "Resource": "arn:${AWS::Partition}:x"}}'`,
			[]string{"Allow a b on arn:${AWS::Partition}:x"},
		},
		"a denial of all but some": {
			"{Statement: [{Effect: Deny, NotAction: iam:*, Resource: '*'}]}",
			[]string{"Deny  on * but iam:*"},
		},
		"principals of several kinds": {
			"{Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: [lambda.amazonaws.com, edge.amazonaws.com], AWS: '*'}}, {Effect: Deny, Action: '*', Principal: '*'}]}",
			[]string{
				"Allow sts:AssumeRole on  for Service:lambda.amazonaws.com for Service:edge.amazonaws.com for AWS:*",
				"Deny * on  for *:*",
			},
		},
		"conditions": {
			"{Statement: [{Effect: Deny, Action: '*', Resource: '*', Condition: {ArnEquals: {'lambda:SourceFunctionArn': [a, b]}, Bool: {'aws:SecureTransport': false}}}]}",
			[]string{"Deny * on * if ArnEquals lambda:SourceFunctionArn a b if Bool aws:SecureTransport false"},
		},
		"a statement that only production has": {
			"{Statement: [!If [Production, {Effect: Allow, Action: a, Resource: '*'}, !Ref AWS::NoValue], {Effect: Allow, Action: b, Resource: '*'}]}",
			[]string{"Allow b on *"},
		},
		"an unknown list of actions": {
			"{Statement: [{Effect: Allow, Action: !Ref Actions, Resource: '*'}]}",
			[]string{"Allow open: Actions on *"},
		},
		"an unknown condition is not none": {
			"{Statement: [{Effect: Deny, Action: '*', Resource: '*', Condition: {'Fn::Transform': {Name: OurMacro}}}]}",
			[]string{"Deny * on * open"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t, strings.Replace(production, "Parameters:", "Parameters:\n  Actions: {Type: CommaDelimitedList}", 1)+`
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [!Ref Role], PolicyDocument: `+tc.written+`}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
`)
			p := only(t, &n.Policies)
			document, ok := p.Document.Get(nil)
			if !ok.IsTrue() {
				t.Fatalf("the document is %v", ok)
			}
			if diff := cmp.Diff(tc.want, lines(document, worlds(false))); diff != "" {
				t.Errorf("statements (-want +got)\n%s", diff)
			}
			equal(t, "role", text(p.Roles.Items[0].Value), "${Role}")
		})
	}
}

func TestPoliciesOfARole(t *testing.T) {
	n := network(t, production+`
Resources:
  Managed: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: []}}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}}
      PermissionsBoundary: !Ref Managed
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
        - !If [Production, !Ref Managed, !Ref AWS::NoValue]
      Policies:
        - PolicyName: always
          PolicyDocument: {Statement: {Effect: Allow, Action: a, Resource: "*"}}
        - Fn::If:
            - Production
            - {PolicyName: there, PolicyDocument: {Statement: {Effect: Allow, Action: b, Resource: "*"}}}
            - {PolicyName: here, PolicyDocument: {Statement: {Effect: Allow, Action: c, Resource: "*"}}}
`)
	r := only(t, &n.Roles)
	for holds, want := range map[bool][]string{true: {"Allow a on *", "Allow b on *"}, false: {"Allow a on *", "Allow c on *"}} {
		var got []string
		for _, it := range r.Inline.In(worlds(holds)).Items {
			got = append(got, lines(it.Value.Document, nil)...)
			equal(t, "attached by", it.Value.By, "Role")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("inline policies, production %v (-want +got)\n%s", holds, diff)
		}
	}
	if n := len(r.Managed.In(worlds(false)).Items); n != 1 {
		t.Errorf("%d managed policies outside production, want 1", n)
	}
	equal(t, "boundary", text(r.Boundary), "${Managed}")
	trust, _ := r.Trust.Get(nil)
	if diff := cmp.Diff([]string{"Allow sts:AssumeRole on  for Service:lambda.amazonaws.com"}, lines(trust, nil)); diff != "" {
		t.Errorf("trust (-want +got)\n%s", diff)
	}
}
