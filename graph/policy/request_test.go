package policy

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// TestAdmits holds policies of endpoints against calls of a function's role, and against CloudFormation's own.
func TestAdmits(t *testing.T) {
	const everyone = `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`
	put := &Request{Action: "s3:PutObject", Resource: text("${Bucket.Arn}/*"), Others: []string{"Logs"}, Caller: "Role"}
	anyOn := &Request{Action: "s3:*", Resource: text("arn:aws:s3:::data/key")}
	cases := []struct {
		name, policy string
		call         *Request
		want         fact.Truth
	}{
		{"the default policy", everyone, put, fact.True},
		{"no statement", ``, put, fact.False},
		{"the resource by the same attribute",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "${Bucket.Arn}/*"}`, put, fact.True},
		{"the resource by another attribute",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::${Bucket.Name}/*"}`, put, fact.True},
		{"another resource of the stack",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "${Logs.Arn}/*"}`, put, fact.False},
		{"a name that the bucket may have",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::data/*"}`, put, fact.Unknown},
		{"another action",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}`, put, fact.False},
		{"another action and in capitals the right one",
			`{"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "S3:Put*"], "Resource": "*"}`, put, fact.True},
		{"all but the action",
			`{"Effect": "Allow", "Principal": "*", "NotAction": "s3:Put*", "Resource": "*"}`, put, fact.False},
		{"a parameter for the resource",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "${Where}"}`, put, fact.Unknown},
		{"the role as the principal",
			`{"Effect": "Allow", "Principal": {"AWS": "${Role.Arn}"}, "Action": "*", "Resource": "*"}`, put, fact.True},
		{"an account as the principal",
			`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "*", "Resource": "*"}`, put, fact.Unknown},
		{"a service as the principal",
			`{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "*", "Resource": "*"}`, put, fact.False},
		{"the role by a condition",
			`{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"ArnEquals": {"aws:PrincipalArn": "${Role.Arn}"}}}`, put, fact.True},
		{"a condition about the organization",
			`{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}`, put, fact.Unknown},
		{"a guard against plain HTTP", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}`, put, fact.True},
		{"a Deny of the action", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "s3:Put*", "Resource": "*"}`, put, fact.False},
		{"a Deny of another action", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "s3:Delete*", "Resource": "*"}`, put, fact.True},
		{"a Deny of all but a bucket", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "*", "NotResource": "${Logs.Arn}/*"}`, put, fact.False},
		{"some action on the resource",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*"}`, anyOn, fact.True},
		{"no action of the service",
			`{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}`, anyOn, fact.False},
		{"a Deny of one action leaves some", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}`, anyOn, fact.True},
		{"a Deny of the service leaves none", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}`, anyOn, fact.False},

		{"CloudFormation's bucket by the default policy", everyone, CustomResourceAnswer, fact.True},
		{"CloudFormation's bucket by name",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:${AWS::Partition}:s3:::cloudformation-custom-resource-response-${AWS::Region}/*"}`,
			CustomResourceAnswer, fact.True},
		{"own buckets only",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::own", "arn:aws:s3:::own/*", "${Bucket.Arn}/*"]}`,
			CustomResourceAnswer, fact.False},
		{"the organization's buckets only",
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-1"}}}`,
			CustomResourceAnswer, fact.False},
		{"the organization's people only", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}`,
			CustomResourceAnswer, fact.False},
		{"the organization's people only, if they are people", everyone + "\n" +
			`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}}`,
			CustomResourceAnswer, fact.Unknown},
		{"the account only",
			`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::${AWS::AccountId}:root"}, "Action": "s3:*", "Resource": "*"}`,
			CustomResourceAnswer, fact.False},
		{"reading only",
			`{"Effect": "Allow", "Principal": "*", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}`,
			CustomResourceAnswer, fact.False},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := document(t, c.policy).Admits(nil, c.call); got.Truth != c.want {
				t.Errorf("admitted is %v (missing %v), want %v", got.Truth, got.Missing, c.want)
			}
		})
	}
}
