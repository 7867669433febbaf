// Package rules is what a rule is, how rules are run over a network, and what they find. It knows no rule.
package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Severity orders findings.
type Severity int

// Note is advice or depends on intent; a Warning will fail at run time in some situation; an Error will not deploy, or
// its traffic can never pass.
const (
	Note Severity = iota + 1
	Warning
	Error
)

func (s Severity) String() string { return [...]string{"none", "note", "warning", "error"}[s] }

// Rule is one check. Its Name reads right after "allow".
type Rule struct {
	Name     string
	Severity Severity // of most findings; a Finding may say otherwise
	// OptIn is set on a rule that runs only where somebody asks for it by its name: not all authors want its advice.
	OptIn bool
	// Tries is set on a rule that also speaks of what callers may make of a module with values that nobody in the files
	// gives: it judges nothing but resources of the module by each other.
	Tries bool
	// URL is the AWS page behind the rule: by NewPack, the first of its references.
	URL string
	// Owns are the kinds of stops on a path that this rule speaks about.
	Owns []trace.Key
	// All is set on a rule that speaks of all stops of a path at once, whoever owns them.
	All bool
	// Run asks about nodes through Each and EachWhere, and answers inside them. It keeps nothing from one node to the
	// next.
	Run func(*Pass)

	// Doc is markdown with fixed headings; its first line is a sentence that says what is wrong. NewPack fills it in.
	Doc string
}

// Finding is one thing to change.
type Finding struct {
	// Resource is the address of the resource to change, Span the place in it.
	Resource string
	Span     source.Span
	Severity Severity // zero: the rule's
	// Key tells several findings of one rule on one resource apart; it is part of the fingerprint.
	Key string
	// Affects lists the functions that suffer, by address. Run puts the root and a colon before those of other
	// deployments.
	Affects []string
	// Trace is the evidence, in the order in which a person reads it.
	Trace   []trace.Hop
	Message string // lower case, the resource quoted, consequence first
	Remedy  string // what to change, a verb phrase
	Fix     Fix    // the Remedy as a change of the files, where it is mechanical

	// Filled by Run.

	// Copied is the place of the finding in a module that was downloaded, where Span is that of its call; else absent.
	Copied source.Span

	Rule *Rule
	Pack string
	Root string
	// Scenarios are those in which it is so; none if it always is, as far as the rule speaks about the resource.
	Scenarios []Scenario

	// Fingerprint is that of a finding that comes out of a report. Empty: Fingerprint makes it. Edits are then its
	// Fix.
	Fingerprint string
	Edits       []Edit

	// Deployment is the number of the deployment that it was found in, among those of the run. Library is set on a
	// finding about a unit as others may use it. Filled by the run.
	Deployment int
	Library    *Library

	// Tenancy is set on a finding about a tenant, a function that others may put into a subnet: the VPC of the subnet,
	// by its deployment and address. Where a Result has that VPC among those Inhabited, Merge drops the finding.
	Tenancy string

	// tried is set on a finding in a network that is tried: see Pass.onTrial.
	tried bool

	// instances are the findings that this one speaks for, itself too, if it speaks for several: see OneALine.
	instances []Finding

	// Suppressed is set by filters: somebody has said that the finding needs no action. Nil: it stands.
	Suppressed *Suppression
}

// Library is what a finding about a module or template as others may use it has beside.
type Library struct {
	// Functions are the places of the functions affected.
	Functions []source.Span
}

// Suppression says who accepted a finding, and why.
type Suppression struct {
	Kind   SuppressionKind
	Reason string
	// Span is the place of the comment or entry; a baseline has none.
	Span source.Span
}

// SuppressionKind is where a finding was accepted.
type SuppressionKind string

// A finding is accepted in the input, by a comment or by an entry in a template's Metadata, or outside of it, by the
// configuration or a baseline.
const (
	InComment       SuppressionKind = "comment"
	InMetadata      SuppressionKind = "metadata"
	InConfiguration SuppressionKind = "configuration"
	InBaseline      SuppressionKind = "baseline"
)

// Undecided is a question that the files do not answer, and the facts that would.
type Undecided struct {
	Finding
	Missing []fact.Missing
}
