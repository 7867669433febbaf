package snapshot

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Account is what the snapshots of a run say together. It does not change, and serves several goroutines.
type Account struct {
	snapshots []*Snapshot
	things    map[string]*thing // by id
	ordered   []*thing
	inVPC     map[string][]*thing // by the VPC's id
	// entries are those of prefix lists, attributes the settings that describe-vpc-attribute tells of VPCs.
	entries, attributes map[string][]*tree.Node
	covered             []coverage
	// regions are those that anything is known of.
	regions map[string]bool
	// functions counts those of each name.
	functions map[string]int
	// granted is what states say of roles, by the names of these.
	granted map[string]granted
	// parameters are values for parameters and variables, by name.
	parameters map[string][]string
	// values are what has a name and a text: exports, outputs of stacks, parameters of Systems Manager.
	values map[valueName][]regional
}

// thing is one element of a list that a call printed.
type thing struct {
	key    string // of the list
	id     string
	region string
	vpcs   []string
	node   *tree.Node
	from   *Snapshot
	in     *Account
	at     source.Span // of the key in a file of facts
}

// coverage says that a snapshot lists all of a kind, in one region and, if vpcs is not nil, in those VPCs.
type coverage struct {
	key, region string
	vpcs        []string
}

// New joins snapshots. Of two that tell of one thing, the later one counts.
func New(snapshots []*Snapshot) *Account {
	a := &Account{
		snapshots: snapshots, things: map[string]*thing{}, inVPC: map[string][]*thing{},
		entries: map[string][]*tree.Node{}, attributes: map[string][]*tree.Node{}, values: map[valueName][]regional{},
		functions: map[string]int{}, parameters: map[string][]string{},
		granted: map[string]granted{}, regions: map[string]bool{},
	}
	slices.SortStableFunc(snapshots, func(x, y *Snapshot) int { return x.At.Compare(y.At) })
	for _, s := range snapshots {
		for _, c := range s.calls {
			a.take(s, c)
		}
		a.takeFacts(s)
	}
	a.locate()
	for _, t := range a.ordered {
		a.regions[t.region] = true
		a.grant(t)
		if t.key == "Functions" {
			a.functions[t.node.Get("FunctionName").Literal()]++
		}
		for _, vpc := range t.vpcs {
			a.inVPC[vpc] = append(a.inVPC[vpc], t)
		}
	}
	return a
}

// Snapshots are what the account is made of.
func (a *Account) Snapshots() []*Snapshot { return slices.Clone(a.snapshots) }

func (a *Account) take(s *Snapshot, c call) {
	if c.failed || c.output == nil {
		return
	}
	if isAttribute(c.output) {
		vpc := c.output.Get("VpcId").Literal()
		a.attributes[vpc] = append(a.attributes[vpc], c.output)
	}
	a.regions[c.region] = true
	for _, f := range c.output.Fields {
		if !isOutput(f.Key, f.Value) {
			continue
		}
		if c.output.Get("NextToken").Literal() == "" {
			a.covered = append(a.covered, coverage{f.Key, c.region, s.vpcs})
		}
		switch items := f.Value.Items; f.Key {
		case blockPublicAccess:
			a.add(&thing{key: f.Key, id: f.Key + " of " + c.region, region: c.region, node: f.Value, from: s, in: a})
		case "Entries":
			a.entries[c.of] = items
		case "Exports", "Stacks", "Parameters":
			a.name(f.Key, c.region, items)
		default:
			for _, n := range items {
				a.list(f.Key, n, c.region, s)
			}
		}
	}
}

func (a *Account) list(key string, n *tree.Node, region string, s *Snapshot) {
	k := listings[key]
	id := n.Get(k.id).Literal()
	isGone := key != "Functions" && !(isThere(n.Get("State")) && isThere(n.Get("Status").Get("Code")))
	if id == "" || k.state == nil || isGone {
		return
	}
	if parts := strings.SplitN(id, ":", 6); len(parts) == 6 && parts[3] != "" {
		region = parts[3]
	}
	vpcs := texts(n, k.vpc)
	slices.Sort(vpcs)
	a.add(&thing{key: key, id: id, region: region, vpcs: slices.Compact(vpcs), node: n, from: s, in: a})
}

// add makes the thing part of the account, in the place of one of the same id.
func (a *Account) add(t *thing) {
	if old := a.things[t.id]; old != nil {
		*old = *t
		return
	}
	a.things[t.id] = t
	a.ordered = append(a.ordered, t)
}

// covers says whether the snapshots list all things under the key that are in the VPC, or, with "", in the region.
func (a *Account) covers(key, region, vpc string) bool {
	return slices.ContainsFunc(a.covered, func(c coverage) bool {
		isOpen := c.region == "" || region == ""
		sameRegion := isOpen && a.inOneRegion() || !isOpen && c.region == region
		return c.key == key && sameRegion && (c.vpcs == nil || slices.Contains(c.vpcs, vpc))
	})
}

// inOneRegion says that the snapshots are of one region: then what does not tell its own is in that one.
func (a *Account) inOneRegion() bool {
	known := len(a.regions)
	if a.regions[""] {
		known--
	}
	return known <= 1
}
