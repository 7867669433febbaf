// Command assigned sets fields of structs after it made them.
package main

import (
	"encoding/json"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

func publicOnly(stack awscdk.Stack, name string) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String(name), &awsec2.VpcProps{
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}},
	})
}

// site is filled step by step, by methods that follow each other.
type site struct {
	awscdk.Stack
	name string
	vpc  awsec2.Vpc
	late awsec2.Vpc
}

func (s *site) network() { s.vpc = publicOnly(s.Stack, s.name) }

func (s *site) function() {
	awslambda.NewFunction(s.Stack, jsii.String(s.name+"Fn"), &awslambda.FunctionProps{
		Vpc: s.vpc, // want `public_subnet_only: error: function "OneFn"`
	})
	awslambda.NewFunction(s.Stack, jsii.String(s.name+"Early"), &awslambda.FunctionProps{Vpc: s.late})
}

func (s *site) deferred() { s.late = publicOnly(s.Stack, s.name+"Late") }

func newSite(stack awscdk.Stack, name string) *site {
	s := &site{Stack: stack, name: name}
	defer s.deferred()
	s.network()
	s.function()
	return s
}

// changed: what the function gets is what the field is at that time.
func changed(stack awscdk.Stack) {
	props := &awslambda.FunctionProps{FunctionName: jsii.String("changed")}
	awslambda.NewFunction(stack, jsii.String("Before"), props)
	props.Vpc = publicOnly(stack, "Changed") // want `public_subnet_only: error: function "After"`
	awslambda.NewFunction(stack, jsii.String("After"), props)
}

// holder is assigned to in ways that are not followed: nothing is said.
type holder struct{ perhaps, twice, pointed, shared, copied, valued, looped, called awsec2.Vpc }

func (h *holder) set(vpc awsec2.Vpc) { h.called = vpc }

func (h holder) keep(vpc awsec2.Vpc) { h.valued = vpc }

func fill(into *awsec2.Vpc, stack awscdk.Stack) {
	*into = awsec2.NewVpc(stack, jsii.String("Filled"), nil)
}

func unsure(stack awscdk.Stack) {
	flat, deep := publicOnly(stack, "FlatOne"), awsec2.NewVpc(stack, jsii.String("Deep"), nil)
	perhaps, twice, pointed, copied, valued, looped, called := &holder{}, &holder{}, &holder{}, &holder{}, &holder{}, &holder{}, &holder{}
	if len(os.Args) > 1 {
		perhaps.perhaps = flat
	}
	again := func() { twice.twice = deep }
	twice.twice = flat
	again()
	pointed.pointed = flat
	fill(&pointed.pointed, stack)
	other := *copied
	other.copied = flat
	valued.keep(flat)
	for range os.Args {
		looped.looped = flat
	}
	called.set(flat)
	set := called.set
	set(deep)
	for _, vpc := range []awsec2.Vpc{perhaps.perhaps, twice.twice, pointed.pointed, copied.copied, valued.valued, looped.looped, called.called} {
		awslambda.NewFunction(stack, jsii.String("Unsure"), &awslambda.FunctionProps{Vpc: vpc})
	}
}

// shared: code of another package may have changed what it was given.
func shared(stack awscdk.Stack) {
	h := &holder{}
	h.shared = publicOnly(stack, "Shared")
	give(h)
	awslambda.NewFunction(stack, jsii.String("Given"), &awslambda.FunctionProps{Vpc: h.shared})
}

func give(h *holder) { _ = json.Unmarshal(nil, h) }

// looping structs lead back to themselves.
type looping struct {
	next *looping
	vpc  awsec2.Vpc
}

func loops(stack awscdk.Stack) {
	l := &looping{}
	l.vpc = publicOnly(stack, "Looping")
	l.next = l
	awslambda.NewFunction(stack, jsii.String("Behind"), &awslambda.FunctionProps{Vpc: l.next.next.vpc})
}

func main() {
	app := awscdk.NewApp(nil)
	newSite(awscdk.NewStack(app, jsii.String("One"), nil), "One")
	newSite(awscdk.NewStack(app, jsii.String("Two"), nil), "Two")
	stack := awscdk.NewStack(app, jsii.String("Stack"), nil)
	changed(stack)
	unsure(stack)
	shared(stack)
	loops(stack)
}
