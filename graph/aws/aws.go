// Package aws holds the facts about AWS, and about the tools that deploy to it, that more than one place needs: which
// services have gateway endpoints, default ports, quotas, the types of resources in each language and what identifies
// them. It decides nothing and imports nothing of this project, so everything may import it.
package aws

import "slices"

// GatewayServices are the ids of the services that AWS offers gateway endpoints for. All other services refuse one.
// Each of them has a prefix list of its addresses, which AWS manages.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-networking.html
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
func GatewayServices() []string { return []string{"s3", "dynamodb", "s3express"} }

// HasGatewayEndpoint says whether AWS offers gateway endpoints for the service with that id, such as "s3".
func HasGatewayEndpoint(service string) bool { return slices.Contains(GatewayServices(), service) }

// LambdaPrincipal is Lambda in a trust policy.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
const LambdaPrincipal = "lambda.amazonaws.com"

// Quotas of the Lambda API on the lists of VpcConfig, which cannot be raised.
// https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html
const (
	MaxSubnets        = 16
	MaxSecurityGroups = 5
)

// InterfacesPerVPC is the default quota of Lambda on its network interfaces in a VPC. It can be raised.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const InterfacesPerVPC = 500

// LongestSubnetPrefix is that of the smallest subnets, and ReservedAddresses are those of each subnet that AWS keeps.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
const (
	LongestSubnetPrefix = 28
	ReservedAddresses   = 5
)

// The widest ranges that a VPC can have, as lengths of prefixes.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
const (
	ShortestVPCPrefix     = 16
	ShortestVPCIPv6Prefix = 44
)
