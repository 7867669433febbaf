package lower

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// CustomCluster is how AWS CDK makes an EKS cluster: a custom resource that hands its Config to CreateCluster, and has
// the attributes of AWS::EKS::Cluster.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks-readme.html
const CustomCluster = "Custom::AWSCDK-EKS-Cluster"

// cluster keeps an EKS cluster as a plain resource, beside the security group that EKS makes for it.
func (l *Deployment) cluster(r *Resource) {
	l.other(r)
	subnets := r.Get("ResourcesVpcConfig").Get("SubnetIds")
	if r.As == CustomCluster {
		subnets = r.Get("Config").Get("resourcesVpcConfig").Get("subnetIds")
	}
	h := l.header(r)
	graph.AddClusterGroup(l.builder, &h, l.vpcOf(r, subnets), l.defaults.Egress)
}

// vpcOf is the VPC in which the subnets of r lie: that of the first one that is here.
func (l *Deployment) vpcOf(r *Resource, subnets value.Value) graph.Ref[graph.VPC] {
	for _, it := range refs(l, subnets, Subnets).Items {
		if id, ok := it.Value.Get(nil); ok.IsTrue() && l.resources[string(id)] != nil {
			return Ref(l, l.resources[string(id)].Get("VpcId"), VPCs)
		}
	}
	missing := fact.Missing{Kind: fact.Attribute, Name: "VPC of " + r.Address, Span: r.Span}
	return fact.NotKnown[graph.ID[graph.VPC]](source.Span{}, missing)
}
