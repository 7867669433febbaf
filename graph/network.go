package graph

import (
	"iter"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// Network is every node of one deployment. A parser fills it through a Builder; after linking it does not change.
type Network struct {
	// Root is the template or root module, relative to the working directory and slash-separated.
	Root string
	// Language is how the files are written, and what the tool does that deploys them.
	Language aws.Language

	VPCs                   Table[VPC]
	Subnets                Table[Subnet]
	CIDRBlocks             Table[CIDRBlock]
	RouteTables            Table[RouteTable]
	RouteTableAssociations Table[RouteTableAssociation]
	Propagations           Table[Propagation]
	Routes                 Table[Route]
	InternetGateways       Table[InternetGateway]
	VPNGateways            Table[VPNGateway]
	GatewayAttachments     Table[GatewayAttachment]
	EgressOnlyGateways     Table[EgressOnlyGateway]
	NATGateways            Table[NATGateway]
	ElasticIPs             Table[ElasticIP]
	Instances              Table[Instance]
	NetworkInterfaces      Table[NetworkInterface]
	InterfaceAttachments   Table[InterfaceAttachment]
	Peerings               Table[Peering]
	TransitGateways        Table[TransitGateway]
	TransitAttachments     Table[TransitGatewayAttachment]
	Endpoints              Table[VPCEndpoint]
	PrefixLists            Table[PrefixList]
	ACLs                   Table[NetworkACL]
	ACLAssociations        Table[ACLAssociation]
	ACLEntries             Table[ACLEntry]
	SecurityGroups         Table[SecurityGroup]
	SecurityGroupRules     Table[SecurityGroupRule] // standalone ones
	GroupVPCAssociations   Table[GroupVPCAssociation]
	DHCPOptions            Table[DHCPOptions]
	DHCPAssociations       Table[DHCPAssociation]
	BlockPublicAccess      Table[BlockPublicAccess]
	Exclusions             Table[BlockPublicAccessExclusion]
	Functions              Table[Function]
	CapacityProviders      Table[CapacityProvider]
	Roles                  Table[Role]
	Users                  Table[Role]
	Policies               Table[Policy]
	EventSourceMappings    Table[EventSourceMapping]
	DataStores             Table[DataStore]
	MountTargets           Table[MountTarget]
	ProxyTargets           Table[ProxyTarget]
	Services               Table[Service]
	Resources              Table[Resource]

	// Misreferences are properties that name what they do not take. They are no nodes of their own.
	Misreferences Table[Misreference]
	// Crossings are properties that may name what is in another Region. They are no nodes of their own either.
	Crossings Table[Crossing]

	// Open names what may add resources of any kind that are not seen here: a macro over the whole template.
	Open []fact.Missing
	// Unseen are the addresses of nested stacks whose templates are not here.
	Unseen []string
	// Part says that the files are a part of what is deployed, and that functions may be in others.
	Part bool
	// Trial is set where the network is what one of the callers of a module may make of it, with values that nobody in
	// the files gives.
	Trial *Trial
	// Beside are other deployments that this one takes values from, as far as they are here. Builder.Beside adds one.
	Beside []Beside
	// Foreign explains IDs that no table holds: the parameter, import or data source that a symbol stands for.
	Foreign map[string]fact.Missing

	// Accounts are those whose nodes are part of the network.
	Accounts []*Account

	// Copies are the downloaded modules that the deployment calls.
	Copies []Copy

	// Models are the called modules that are not here, and that a model of this program stands in for.
	Models []Model

	// Directives are what the authors of the files accept. No rule reads them.
	Directives []source.Directive

	meter   *budget.Meter
	beside  map[string]Beside // by the scope
	headers map[string]*Header
	// inside are the addresses within a module, or the instances of a resource, filled by Link.
	inside map[string][]string
	// dependents are the resources that name each address, made when somebody asks first; set by Link.
	dependents func() map[string][]*Header
	// ofKind is Resources by their kinds, filled by Link.
	ofKind map[aws.Kind][]*Resource
}

// Head returns the header of the resource at address, or nil.
func (n *Network) Head(address string) *Header { return n.headers[address] }

// Spend counts work on the network: n things that were looked at. Whoever compares things with each other, or goes
// through many for each of many, says so. Beyond budget.NetworkWork it panics with budget.Spent.
func (n *Network) Spend(things int) { n.meter.Spend(things) }

// ResourcesOfKind yields those of Resources that are of the kind, in the order of the files.
func (n *Network) ResourcesOfKind(kind aws.Kind) iter.Seq[*Resource] {
	return slices.Values(n.ofKind[kind])
}

// Missing is the fact to ask for when id is defined elsewhere.
func (n *Network) Missing(id string) fact.Missing {
	if m, ok := n.Foreign[id]; ok {
		return m
	}
	return fact.Missing{Kind: fact.Resource, Name: id}
}

// Beside is a deployment of its own whose nodes are also part of a network that takes values from it, with addresses
// that begin with the Scope and a colon. The Scope is the Root, or like it where there are several.
type Beside struct {
	Scope, Root string
	Language    aws.Language
}

// LanguageOf is the language of the deployment that the resource at address is part of.
func (n *Network) LanguageOf(address string) *aws.Language {
	if beside := n.besideOf(address); beside != nil {
		return &beside.Language
	}
	return &n.Language
}

// Home is the root of the deployment that the resource at address is part of, and its address there.
func (n *Network) Home(address string) (root, own string) {
	if beside := n.besideOf(address); beside != nil {
		return beside.Root, address[len(beside.Scope)+1:]
	}
	return n.Root, address
}

// besideOf is the deployment beside that the resource at address is part of, or nil.
func (n *Network) besideOf(address string) *Beside {
	for end := len(address); len(n.beside) > 0; {
		if end = strings.LastIndexByte(address[:end], ':'); end < 0 {
			break
		}
		if beside, ok := n.beside[address[:end]]; ok {
			return &beside
		}
	}
	return nil
}

// HasBeside says whether there is a deployment of that scope beside.
func (n *Network) HasBeside(scope string) bool {
	_, ok := n.beside[scope]
	return ok
}

// IsBeside reports that the resource at address is part of another deployment.
func (n *Network) IsBeside(address string) bool {
	return n.besideOf(address) != nil
}

// Trial is what a module that others call is tried with.
type Trial struct {
	// Values are those of lists and numbers. Switches are conditions in the network.
	Values []fact.Assignment
	// Refused is the condition under which the module does not take them.
	Refused fact.Cond
}
