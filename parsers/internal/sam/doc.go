// Package sam expands the AWS::Serverless transform: a template with SAM resources becomes one with the plain
// CloudFormation resources that a deployment would create.
//
// What decides about networks is exact: the VpcConfig of a function after Globals, and everything that its generated
// role allows. Other generated resources are made so that every reference to them resolves. They need not be complete.
//
// # One function, from SAM to CloudFormation
//
//	Orders:
//	  Type: AWS::Serverless::Function
//	  Properties:
//	    VpcConfig: {SubnetIds: [!Ref Private]}
//	    Policies: [AmazonS3ReadOnlyAccess]
//	    Events:
//	      New: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
//
// Transform reads the entry as a templateResource, whose properties already have Globals in them (globals.go). function
// (function.go) adds three generated resources:
//
//   - Orders, an AWS::Lambda::Function with the same logical id and the VpcConfig as it is written;
//   - OrdersNew, an AWS::Lambda::EventSourceMapping, because Lambda polls SQS (event_polled.go);
//   - OrdersRole, an AWS::IAM::Role (role.go). It has the policy for logs, the one for VPC access because there is a
//     VpcConfig, AmazonS3ReadOnlyAccess (policies.go), and the one that polling SQS takes.
//
// Every generated node has the span of the text that implies it, so findings point at what the author wrote.
//
// Sources are the page below and the translator that AWS publishes, aws/serverless-application-model.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
package sam
