package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestTagsOfAFunction(t *testing.T) {
	for _, c := range []struct{ name, kind, properties, head, want string }{
		{"none", "AWS::Lambda::Function", "{}", "", ""},
		{"pairs", "AWS::Lambda::Function", "{Tags: [{Key: a, Value: b}, {Key: c, Value: !Ref P}]}", "Parameters: {P: {Type: String}}", "a=b, c=${P}"},
		{"a key that is not known", "AWS::Lambda::Function", "{Tags: [{Key: !Ref P, Value: b}]}", "Parameters: {P: {Type: String}}", "? P"},
		{"a pair under a condition", "AWS::Lambda::Function", "{Tags: [!If [Production, {Key: a, Value: b}, !Ref AWS::NoValue]]}", production, "? Stage"},
		{"of SAM", "AWS::Serverless::Function", "{Tags: {a: b}}", "Transform: AWS::Serverless-2016-10-31", "lambda:createdBy=SAM, a=b"},
		{"of SAM's Globals", "AWS::Serverless::Function", "{Tags: {a: b}}", "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {Tags: {a: x, c: d}}}", "lambda:createdBy=SAM, a=b, c=d"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := network(t, c.head+"\nResources:\n  F: {Type: "+c.kind+", Properties: "+c.properties+"}\n")
			in := only(t, &n.Functions).TagList.In(nil)
			var out []string
			for _, it := range in.Items {
				out = append(out, it.Value.Name+"="+show(it.Value.Value, nil, fact.Text.String))
			}
			if len(in.Open) > 0 {
				out = append(out, "? "+names(in.Open))
			}
			equal(t, "the list", strings.Join(out, ", "), c.want)
		})
	}
}
