// Package cdkgo builds the network that AWS CDK code written in Go describes. It is an analyzer of go/analysis, so the
// same rules run in an editor and under go vet, before anything is synthesized.
//
// The code is read, not run. Constants, literals and variables that are assigned once are followed through the
// functions of the package. Everything else is unknown and says why.
//
// # One VPC, from source to nodes
//
// Take a stack that makes a VPC with one NAT gateway and puts a function into it:
//
//	func NewStack(app awscdk.App) awscdk.Stack {
//		stack := awscdk.NewStack(app, jsii.String("App"), nil)
//		vpc := awsec2.NewVpc(stack, jsii.String("Net"), &awsec2.VpcProps{NatGateways: jsii.Number(1)})
//		awslambda.NewFunction(stack, jsii.String("Fn"), &awslambda.FunctionProps{Vpc: vpc})
//		return stack
//	}
//
// The driver of go/analysis has parsed and type-checked the package before it calls run.
//
//  1. findMutations (interp_mutations.go) notes every assignment of the package. What is assigned to more than once is
//     not followed later, so the order in which the code runs does not matter.
//  2. read (interp_program.go) enters NewStack with a frame. The parameter app has no known value.
//  3. Each statement is read once (interp_stmt.go), each expression becomes a val (interp_expr.go). The text "Net" is a
//     val of form text. The literal &awsec2.VpcProps{…} is one of form structure, and its field NatGateways is the
//     text 1. Pointers do not count: jsii.Number(1) is what it points at.
//  4. The call of awsec2.NewVpc (interp_call.go) takes a scope and an id, so it is a constructor. It gives a construct
//     (construct.go) with the address Net, and the entry awsec2.Vpc of the table constructors says what it means.
//  5. newVPC (construct_vpc.go) reads the props as a vpcSpec (construct_vpcspec.go): one NAT gateway, a public and a
//     private subnet in each zone. layOutVPC adds what CDK would write into the template, under CDK's own ids: Net,
//     Net/PublicSubnet1, Net/PublicSubnet1/RouteTable, Net/IGW, Net/PublicSubnet1/NATGateway and so on. A property that
//     names another resource holds a token of symbol.Table, as Ref would.
//  6. The variable vpc now holds a val of form owned. newFunction (construct_function.go) asks it for the subnets that
//     CDK selects by default, which are the private ones, and writes their tokens into VpcConfig.
//  7. lower (analyzer.go) hands every construct to the CloudFormation front end as a cloudformation.Resource: a type
//     such as AWS::EC2::Subnet and its properties. That front end makes a graph.Subnet of it, as of a template, and
//     resolves the tokens to edges.
//  8. NewStack returns a stack and no VPC, so all children of Net are in sight. Had it returned the VPC, apply
//     (export.go) would leave Net open: another package may add routes or endpoints to it.
//
// # Files
//
//   - analyzer.go is the analyzer itself.
//   - interp_*.go follow Go code: what an expression stands for, and under which condition a statement runs.
//   - construct*.go say what the constructs of AWS CDK mean, one file for each kind of resource.
//   - export.go and fact_*.go say what other packages get from this one, and what is known of theirs.
//   - subnettype*.go report and fix the names of subnet types. They need no network.
package cdkgo
