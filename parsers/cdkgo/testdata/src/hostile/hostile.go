// Command hostile is code that is hard to follow. It must neither stop the analyzer nor make it say anything.
package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

type maker interface {
	vpc(scope constructs.Construct) awsec2.IVpc
}

type ring struct{ next *ring }

func (r *ring) vpc(scope constructs.Construct) awsec2.IVpc {
	if r.next == nil {
		return awsec2.NewVpc(scope, nil, &awsec2.VpcProps{SubnetConfiguration: &[]*awsec2.SubnetConfiguration{nil, {}}})
	}
	return r.next.vpc(scope)
}

func first(scope constructs.Construct) awsec2.IVpc  { return second(scope) }
func second(scope constructs.Construct) awsec2.IVpc { return first(scope) }

func many(scope constructs.Construct, n int) {
	many(scope, n-1)
	many(scope, n-2)
	awsec2.NewVpc(scope, jsii.String("Vpc"), nil)
}

func pick[T any](of ...T) T { return of[0] }

func named() (vpc awsec2.IVpc, err error) { return }

func variadic(scope constructs.Construct, vpcs ...awsec2.IVpc) {
	for i := range vpcs {
		awslambda.NewFunction(scope, jsii.String("Variadic"), &awslambda.FunctionProps{Vpc: vpcs[i]})
	}
}

// doubled: every line holds the one before twice.
func doubled(scope constructs.Construct) {
	type pair = []interface{}
	a := pair{"a", "a"}
	b := pair{a, a, a, a, a, a, a, a}
	c := pair{b, b, b, b, b, b, b, b}
	d := pair{c, c, c, c, c, c, c, c}
	e := pair{d, d, d, d, d, d, d, d}
	f := pair{e, e, e, e, e, e, e, e}
	g := pair{f, f, f, f, f, f, f, f}
	h := pair{g, g, g, g, g, g, g, g}
	i := append(pair{h, h, h, h, h, h, h, h}, h, h, h, h, h, h, h, h)
	awslambda.NewCfnFunction(scope, jsii.String("Doubled"), &awslambda.CfnFunctionProps{VpcConfig: i})

	s := "0123456789abcdef" + os.Args[0]
	t := *jsii.String("0123456789abcdef")
	u := t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t
	v := u + u + u + u + u + u + u + u + u + u + u + u + u + u + u + u
	w := v + v + v + v + v + v + v + v + v + v + v + v + v + v + v + v
	x := w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w
	y := x + x + x + x + x + x + x + x + x + x + x + x + x + x + x + x
	z := y + y + y + y + y + y + y + y + y + y + y + y + y + y + y + y
	awslambda.NewFunction(scope, jsii.String(s+z+z+z+z), nil)
}

// base is embedded, shadowed and generic at once.
type base[T any] struct {
	held T
	*ring
}

type derived struct {
	base[awsec2.IVpc]
	scope constructs.Construct
}

func (d derived) attach(each func(awsec2.IVpc)) func(awsec2.IVpc) { each(d.held); return each }

func shapes(scope constructs.Construct) {
	d := &derived{scope: scope}
	d.held = d.vpc(scope)
	d.base = base[awsec2.IVpc]{d.held, d.ring}
	jsii := func(name string) *string { return &name }
	method, expression := d.attach, derived.attach
	method(func(vpc awsec2.IVpc) {
		awslambda.NewFunction(d.scope, jsii("Callback"), &awslambda.FunctionProps{Vpc: vpc})
	})(nil)
	expression(*d, nil)
	(&(*d)).base.ring.next = nil
	string := awslambda.FunctionProps{}
	string.Vpc, _ = d.held, func() { string.Vpc = nil }
	p := &string
	(*p).VpcSubnets, p.Vpc = nil, d.base.held
	awslambda.NewFunction(scope, jsii("Shadowed"), p)
	goto done
done:
	go func() { d.scope = nil }()
}

func main() {
	defer shapes(nil)
	doubled(nil)
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String(""), nil)
	var m maker = &ring{next: &ring{}}
	vpc, _ := named()
	places := [...]awsec2.SubnetType{2: awsec2.SubnetType_PUBLIC}
	functions := []func() awsec2.IVpc{func() awsec2.IVpc { return m.vpc(stack) }, nil}
	variadic(stack)
	variadic(stack, []awsec2.IVpc{vpc, nil}...)
	variadic(stack, first(stack), pick(vpc, nil), functions[0]())
	many(stack, len(os.Args))
	make := awslambda.NewFunction
	make(stack, jsii.String("Value"), nil)
	awslambda.NewFunction(stack, jsii.String("Nothing"), nil)
	awslambda.NewFunction(stack, jsii.String("Typed"), &awslambda.FunctionProps{Vpc: vpc, VpcSubnets: &awsec2.SubnetSelection{SubnetType: places[9-7]}})
	awslambda.NewFunction(stack, jsii.String("Empty"), &awslambda.FunctionProps{Vpc: vpc, SecurityGroups: &[]awsec2.ISecurityGroup{nil}})
	switch v := any(vpc).(type) {
	case awsec2.Vpc:
		awslambda.NewFunction(v, v.VpcId(), &awslambda.FunctionProps{Vpc: v})
	case nil:
	}
	(*vpc.PublicSubnets())[3].SubnetId()
	func(inner awsec2.IVpc) {
		awslambda.NewFunction(stack, jsii.String("Inner"), &awslambda.FunctionProps{Vpc: inner})
	}(vpc)
again:
	for len(os.Args) > 3 {
		select {
		default:
			continue again
		}
	}
	if false {
		awsec2.NewVpc(stack, jsii.String("Never"), nil)
	}
	awsec2.NewCfnSubnet(stack, jsii.String("Loop"), &awsec2.CfnSubnetProps{VpcId: awsec2.NewCfnVPC(nil, nil, nil).Ref()})
}
