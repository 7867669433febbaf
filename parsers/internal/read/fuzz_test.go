package read_test

import (
	"reflect"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

const (
	allowsAll  = `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`
	deniesAll  = `{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}`
	deniesNone = `{"Statement": []}`
)

// FuzzDocument reads any text as a policy, and holds what is true whatever it says: with a policy that allows everything
// beside it nothing is left to allow, one that denies everything decides, and saying it twice or beside nothing changes
// nothing.
func FuzzDocument(f *testing.F) {
	for _, text := range []string{allowsAll, deniesAll, deniesNone} {
		if document(text) == nil {
			f.Fatalf("%s is not read as a policy", text)
		}
	}
	for _, text := range []string{
		allowsAll, deniesAll, deniesNone, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}`,
		`{"Statement": [{"Effect": "Deny", "NotAction": ["iam:*", "ec2:Describe*"], "NotResource": "arn:aws:ec2:*:*:network-interface/*", "Condition": {"ArnEquals": {"lambda:SourceFunctionArn": ["arn:aws:lambda:*:*:*"]}}}]}`,
		`{"Statement": [{"Effect": "ALLOW", "Action": ["ec2:CreateNetworkInterface", "ec2:D?l*", "${aws:username}"], "Resource": ["arn:aws:ec2:eu-west-1:1:subnet/${*}", null, 1, true, {}]}, [], "x"]}`,
		`{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "1"}, "Bool": []}}]}`, `{"Statement": `, ` { } `, `[]`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if document(text) == nil {
			return
		}
		if !reflect.DeepEqual(document(text), document(text)) {
			t.Error("the second time, it is read in another way")
		}
		for _, on := range []policy.Scope{policy.Anything, policy.Everything, policy.EveryType} {
			asked := func(texts ...string) policy.Decision {
				return attached(texts...).Allows(nil, "ec2:CreateNetworkInterface", on)
			}
			alone := asked(text)
			if d := asked(text, allowsAll); !d.Allowed.IsTrue() || d.Denied.Truth != alone.Denied.Truth {
				t.Errorf("beside one that allows everything, it is allowed %v, and denied %v that was %v", d.Allowed.Truth, d.Denied.Truth, alone.Denied.Truth)
			}
			if d := asked(deniesAll, text); !d.Verdict().IsFalse() {
				t.Errorf("beside one that denies everything, it is %v", d.Verdict().Truth)
			}
			for what, d := range map[string]policy.Decision{"said twice": asked(text, text), "beside nothing": asked(deniesNone, text)} {
				if d.Allowed.Truth != alone.Allowed.Truth || d.Denied.Truth != alone.Denied.Truth {
					t.Errorf("%s, it is allowed %v and denied %v; alone %v and %v", what, d.Allowed.Truth, d.Denied.Truth, alone.Allowed.Truth, alone.Denied.Truth)
				}
			}
		}
		document(text).Trusts(nil, "lambda.amazonaws.com")
	})
}

// document is nil for what is no JSON object.
func document(text string) *policy.Document {
	doc, _ := read.Document(symbol.NewTable(), value.Value{Kind: value.Text, Text: text}).Get(nil)
	return doc
}

func attached(texts ...string) (id policy.Identity) {
	for _, text := range texts {
		id.Policies.Append(policy.Attached{Document: document(text)}, source.Span{})
	}
	return id
}
