// Package picture draws networks: what lies where in each VPC, where its routes lead, and what is wrong in it. One
// Document says what is drawn, and all formats are written from it. Nothing is judged here: reachability comes from
// graph/trace, and what is wrong from the report.
package picture

import (
	"encoding/json"
	"io"
)

// schemaVersion changes only when a field is renamed or removed; new fields do not change it.
const schemaVersion = 1

// Document is all that a picture shows. Its texts are safe to print on a line. Lists are never null in JSON.
type Document struct {
	SchemaVersion int        `json:"schemaVersion"`
	Networks      []*Network `json:"networks"`
}

// Network is one deployment, in one case of its conditions. Nodes have their addresses as IDs, unique in it.
type Network struct {
	Root string `json:"root"`
	// Case is what is assumed of conditions that the files leave open, and OtherCases how many others there are.
	Case       []string    `json:"case"`
	OtherCases int         `json:"otherCases"`
	VPCs       []*VPC      `json:"vpcs"`
	Groups     []*Group    `json:"groups"`
	Functions  []*Function `json:"functions"`
	Ways       []*Way      `json:"ways"`
	Findings   []*Finding  `json:"findings"`
	// Unplaced are data stores whose subnets are not known.
	Unplaced []*Node `json:"unplaced"`
	// Selected is the ID of the function whose ways are lit, or "".
	Selected string `json:"selected"`
}

// Node is anything that has a box. Findings are indexes into those of the network.
type Node struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Kind     string `json:"kind"` // what a person calls it, such as "NAT gateway"
	Detail   string `json:"detail"`
	Location *Place `json:"location"`
	Findings []int  `json:"findings"`
}

// Place is a line of a file, from 1.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// VPC is a VPC, or what stands for one that is not in the files. Zones are the columns and Rows the kinds of subnets,
// both in the order in which they are drawn.
type VPC struct {
	Node
	CIDRs   []string  `json:"cidrs"`
	Zones   []string  `json:"zones"`
	Rows    []string  `json:"rows"`
	Subnets []*Subnet `json:"subnets"`
	// Exits are the gateways to the internet, Links those to other networks.
	Exits     []*Node `json:"exits"`
	Links     []*Node `json:"links"`
	Endpoints []*Node `json:"endpoints"`
}

// The kinds of subnets. A public one leads to an internet gateway by itself, and an isolated one has no route out.
const (
	Public   = "public"
	Private  = "private"
	Isolated = "isolated"
	Unclear  = "not known"
)

// Subnet is a subnet with what lies in it.
type Subnet struct {
	Node
	Zone   string   `json:"zone"`
	Access string   `json:"access"` // one of the kinds
	CIDRs  []string `json:"cidrs"`
	Table  *Table   `json:"table"` // null where it is not known
	NATs   []*Node  `json:"nats"`
	Stores []*Node  `json:"stores"`
	Groups []string `json:"groups"` // IDs of the groups of functions
}

// Table is the route table in force. Routes leave out the local ones.
type Table struct {
	ID     string   `json:"id"`
	Label  string   `json:"label"`
	Main   bool     `json:"main"`
	Routes []*Route `json:"routes"`
}

// Route has the ID of its target, which may have no box, or "" where that is not known.
type Route struct {
	Destination string `json:"destination"`
	Target      string `json:"target"`
	Label       string `json:"label"` // of the target
}

// Group is functions of one kind: those in the same subnets that have equally bad findings.
type Group struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Place     string   `json:"place"` // "subnets", "outside" of any VPC, or "unknown"
	Severity  string   `json:"severity"`
	Functions []string `json:"functions"`
	Subnets   []string `json:"subnets"`
}

// Function is a function, or a capacity provider that runs none of these files.
type Function struct {
	Node
	Group string `json:"group"`
	// Ways are indexes into those of the network.
	Ways []int `json:"ways"`
}

// Way is how a packet fares from a subnet to a destination.
type Way struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Status string `json:"status"` // "reachable", "blocked" or "unknown"
	// Hint says what would tell, where the status is unknown.
	Hint string `json:"hint"`
	Hops []*Hop `json:"hops"`
}

// Hop is a step of a way. Cause is set where the packet stops.
type Hop struct {
	Node     string `json:"node"`
	Message  string `json:"message"`
	Cause    string `json:"cause"`
	Location *Place `json:"location"`
}

// Finding is one thing to change.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity string   `json:"severity"`
	Message  string   `json:"message"`
	Remedy   string   `json:"remedy"`
	Resource string   `json:"resource"`
	Affects  []string `json:"affects"`
	Location *Place   `json:"location"`
}

// JSON writes the document itself.
func JSON(w io.Writer, d *Document) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(d)
}
