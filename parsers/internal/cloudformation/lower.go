package cloudformation

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// deployed is what is known of all stacks of a deployment once they are evaluated.
type deployed struct {
	network   *graph.Network
	symbols   *symbol.Table
	resources map[string]*resource // by address
	exported  map[string]*fact.Missing
	roleNames map[string]string // literal RoleName to address
	notEmpty  map[string]bool   // list parameters with one element at least
}

// lowering turns evaluated resources of one deployment into nodes.
type lowering struct {
	*deployed
	builder     *graph.Builder
	diagnostics []source.Diagnostic
}

// add puts a node into a table of the network.
func add[T any, P interface {
	*T
	graph.Node
}](l *lowering, t *graph.Table[T], node P) {
	graph.Add(l.builder, t, node)
}

// foreign records what a symbol stands for that no node of this deployment is.
func (l *lowering) foreign(id string, m fact.Missing) {
	l.builder.Foreign(id, m)
}

// resource is one evaluated resource.
type resource struct {
	address, typ string
	span         source.Span
	properties   eval.Value
	path         eval.Value // what CDK writes as aws:cdk:path
	when         fact.Cond
	depends      []string
	sam          bool // written as an AWS::Serverless::Function
	generated    bool // made by the SAM transform unasked
}

// lower adds one resource to the network: as the node of its type, or else as a plain resource.
func (l *lowering) lower(r *resource) {
	if f, ok := lowerings[r.typ]; ok {
		f(l, r)
		return
	}
	l.other(r)
}

// lowerings has the function for each type that has a node of its own.
var lowerings = map[string]func(*lowering, *resource){
	"AWS::EC2::VPC":             (*lowering).vpc,
	"AWS::EC2::VPCCidrBlock":    (*lowering).vpcCIDRBlock,
	"AWS::EC2::Subnet":          (*lowering).subnet,
	"AWS::EC2::SubnetCidrBlock": (*lowering).subnetCIDRBlock,

	"AWS::EC2::DHCPOptions":               (*lowering).dhcpOptions,
	"AWS::EC2::VPCDHCPOptionsAssociation": (*lowering).dhcpAssociation,

	"AWS::EC2::RouteTable":                   (*lowering).routeTable,
	"AWS::EC2::SubnetRouteTableAssociation":  (*lowering).subnetAssociation,
	"AWS::EC2::GatewayRouteTableAssociation": (*lowering).gatewayAssociation,
	"AWS::EC2::Route":                        (*lowering).route,
	"AWS::EC2::VPNGatewayRoutePropagation":   (*lowering).vpnPropagation,
	"AWS::EC2::RouteServerPropagation":       (*lowering).routeServerPropagation,
	"AWS::EC2::PrefixList":                   (*lowering).prefixList,

	"AWS::EC2::InternetGateway":           (*lowering).internetGateway,
	"AWS::EC2::VPNGateway":                (*lowering).vpnGateway,
	"AWS::EC2::VPCGatewayAttachment":      (*lowering).gatewayAttachment,
	"AWS::EC2::EgressOnlyInternetGateway": (*lowering).egressOnlyGateway,
	"AWS::EC2::NatGateway":                (*lowering).natGateway,
	"AWS::EC2::EIP":                       (*lowering).elasticIP,
	"AWS::EC2::EIPAssociation":            (*lowering).addressAssociation,

	"AWS::EC2::VPCPeeringConnection":        (*lowering).peering,
	"AWS::EC2::TransitGateway":              (*lowering).transitGateway,
	"AWS::EC2::TransitGatewayAttachment":    (*lowering).transitAttachment,
	"AWS::EC2::TransitGatewayVpcAttachment": (*lowering).transitAttachment,

	"AWS::EC2::VPCEndpoint": (*lowering).endpoint,

	"AWS::EC2::NetworkAcl":                    (*lowering).networkACL,
	"AWS::EC2::NetworkAclEntry":               (*lowering).aclEntry,
	"AWS::EC2::SubnetNetworkAclAssociation":   (*lowering).aclAssociation,
	"AWS::EC2::SecurityGroup":                 (*lowering).securityGroup,
	"AWS::EC2::SecurityGroupEgress":           (*lowering).egressRule,
	"AWS::EC2::SecurityGroupIngress":          (*lowering).ingressRule,
	"AWS::EC2::SecurityGroupVpcAssociation":   (*lowering).groupVPCAssociation,
	"AWS::EC2::VPCBlockPublicAccessOptions":   (*lowering).blockPublicAccess,
	"AWS::EC2::VPCBlockPublicAccessExclusion": (*lowering).blockPublicAccessExclusion,

	"AWS::EC2::Instance":                   (*lowering).instance,
	"AWS::EC2::NetworkInterface":           (*lowering).networkInterface,
	"AWS::EC2::NetworkInterfaceAttachment": (*lowering).interfaceAttachment,

	"AWS::Lambda::Function":           (*lowering).function,
	"AWS::Lambda::CapacityProvider":   (*lowering).capacityProvider,
	"AWS::Lambda::EventSourceMapping": (*lowering).eventSourceMapping,

	"AWS::IAM::Role":          (*lowering).role,
	"AWS::IAM::Policy":        (*lowering).rolePolicies,
	"AWS::IAM::RolePolicy":    (*lowering).rolePolicy,
	"AWS::IAM::ManagedPolicy": (*lowering).managedPolicy,

	"AWS::RDS::DBInstance":               (*lowering).dataStore,
	"AWS::RDS::DBCluster":                (*lowering).dataStore,
	"AWS::RDS::DBProxy":                  (*lowering).dataStore,
	"AWS::DocDB::DBCluster":              (*lowering).dataStore,
	"AWS::Neptune::DBCluster":            (*lowering).dataStore,
	"AWS::Redshift::Cluster":             (*lowering).dataStore,
	"AWS::RedshiftServerless::Workgroup": (*lowering).dataStore,
	"AWS::DAX::Cluster":                  (*lowering).dataStore,
	"AWS::ElastiCache::CacheCluster":     (*lowering).dataStore,
	"AWS::ElastiCache::ReplicationGroup": (*lowering).dataStore,
	"AWS::ElastiCache::ServerlessCache":  (*lowering).dataStore,
	"AWS::MemoryDB::Cluster":             (*lowering).dataStore,
	"AWS::OpenSearchService::Domain":     (*lowering).dataStore,
	"AWS::Elasticsearch::Domain":         (*lowering).dataStore,
	"AWS::MSK::Cluster":                  (*lowering).dataStore,
	"AWS::MSK::ServerlessCluster":        (*lowering).dataStore,
	"AWS::AmazonMQ::Broker":              (*lowering).dataStore,
	"AWS::EFS::FileSystem":               (*lowering).fileSystem,
	"AWS::EFS::MountTarget":              (*lowering).mountTarget,
}

func (l *lowering) header(r *resource) graph.Header {
	return graph.Header{
		Address:  r.address,
		Type:     r.typ,
		Span:     r.span,
		Props:    read.Places(r.properties),
		When:     r.when,
		Depends:  r.depends,
		Exported: l.exported[r.address],
		Implicit: r.generated,
		Tags:     l.tags(r),
	}
}

// pathTag is the entry of Metadata that holds the construct path of a CDK resource.
const pathTag = "aws:cdk:path"

// decoded reads the properties of r into a T.
func decoded[T any](l *lowering, r *resource) *decode.Decoded[T] {
	d := decode.Decode[T](l.symbols, r.properties)
	for _, e := range d.Errors() {
		l.diagnostics = append(l.diagnostics, source.Diagnostic{Span: e.Span, Message: fmt.Sprintf("resource %q: %s", r.address, e.Message)})
	}
	return d
}

// tags lists what is known of the Tags property, which is a list of pairs or, in some types, a map, and the construct
// path that CDK writes into Metadata.
func (l *lowering) tags(r *resource) map[string]string {
	out := map[string]string{}
	add := func(key, value eval.Value) {
		if key.Kind == eval.Text && value.Kind == eval.Text && !symbol.Has(key.Text+value.Text) {
			out[key.Text] = value.Text
		}
	}
	tags := r.properties.Get("Tags")
	for _, it := range tags.Items {
		add(it.Get("Key"), it.Get("Value"))
	}
	for _, f := range tags.Fields {
		add(eval.Value{Kind: eval.Text, Text: f.Name}, f.Value)
	}
	add(eval.Value{Kind: eval.Text, Text: pathTag}, r.path)
	if len(out) == 0 {
		return nil
	}
	return out
}

// other keeps a resource that has no node of its own, with its texts.
func (l *lowering) other(r *resource) {
	add(l, &l.network.Resources, &graph.Resource{
		Header:     l.header(r),
		Properties: read.Properties(l.symbols, r.properties, func(string) bool { return false }),
	})
}
