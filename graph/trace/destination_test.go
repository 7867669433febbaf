package trace_test

import (
	"net/netip"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

func TestADestinationIsReadAsPeopleWriteIt(t *testing.T) {
	address := func(prefix string, family trace.Family) trace.Destination {
		return trace.Destination{Class: trace.ClassAddress, Family: family, Prefix: netip.MustParsePrefix(prefix)}
	}
	node := func(name string) trace.Destination {
		return trace.Destination{Class: trace.ClassNode, Family: 4, Node: name}
	}
	for text, want := range map[string]trace.Flow{
		"internet":         {To: trace.Internet(4)},
		"internet6":        {To: trace.Internet(6)},
		"service:ecr.api":  {To: trace.Service("ecr.api")},
		"10.0.3.4":         {To: address("10.0.3.4/32", 4)},
		"10.0.3.4:5432":    {To: address("10.0.3.4/32", 4), Port: 5432},
		"10.0.3.4/16":      {To: address("10.0.0.0/16", 4)},
		"10.0.3.4/16:80":   {To: address("10.0.0.0/16", 4), Port: 80},
		"::1":              {To: address("::1/128", 6)},
		"[2001:db8::1]:80": {To: address("2001:db8::1/128", 6), Port: 80},
		"Database":         {To: node("Database")},
		"module.a.b:5432":  {To: node("module.a.b"), Port: 5432},
		"Database:99999":   {To: node("Database:99999")},
	} {
		if got, ok := trace.ParseFlow(text); !ok || got != want {
			t.Errorf("%s is %+v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "service:"} {
		if _, ok := trace.ParseFlow(text); ok {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestFromLambdaOnlyThePublicWorldIsReached(t *testing.T) {
	for text, want := range map[string]fact.Truth{
		"internet": fact.True, "service:sqs": fact.True, "8.8.8.8": fact.True,
		"10.0.0.1": fact.False, "192.168.0.0/24": fact.False, "fd00::1": fact.False,
		"internet6": fact.Unknown, "8.0.0.0/8": fact.Unknown, "Database": fact.Unknown,
	} {
		flow, _ := trace.ParseFlow(text)
		if got := trace.FromLambda(flow.To); got.Truth != want {
			t.Errorf("%s is %v", text, got.Truth)
		}
	}
}
