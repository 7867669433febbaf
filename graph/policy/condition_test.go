package policy

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func TestAConditionWithoutItsKey(t *testing.T) {
	for _, tc := range []struct {
		operator, value string
		want            fact.Truth
	}{
		{"StringEquals", "vpc-1", fact.False},
		{"StringNotEquals", "vpc-1", fact.True},
		{"StringEqualsIfExists", "vpc-1", fact.True},
		{"ForAllValues:StringEquals", "vpc-1", fact.True},
		{"ForAnyValue:StringEquals", "vpc-1", fact.False},
		{"ForAnyValue:StringNotEquals", "vpc-1", fact.False},
		{"Null", "true", fact.True},
		{"Null", "false", fact.False},
	} {
		c := Condition{Operator: tc.operator, Key: "ec2:Vpc"}
		c.Values.Append(fact.Lit(tc.value), source.Span{})
		if got := c.HoldsWithout(nil).Truth; got != tc.want {
			t.Errorf("%s %s: got %v, want %v", tc.operator, tc.value, got, tc.want)
		}
	}
}
