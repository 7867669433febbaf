package policy

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

//go:generate go run ./internal/gen $MANAGED_POLICIES_JSON managed.txt

//go:embed managed.txt
var managedText string

// Managed is what the table knows of an AWS managed policy.
type Managed struct {
	Name    string
	Path    string // such as "/service-role/"
	Version string

	allowed, scoped, denied string // letters of ENI actions
	services                []string
}

type managedTable struct {
	services []string // those about which the table speaks
	byName   map[string]*Managed
}

// eniActions are the actions on network interfaces, and what is asked to make one, in the order of eniLetters.
var eniActions = [...]string{
	"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface",
	"ec2:DescribeSubnets", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
	"ec2:DescribeVpcs", "ec2:DescribeSecurityGroups",
}

const eniLetters = "CRDSAUVG"

// eniLetter stands for the action in the table; it is "" for others than those on network interfaces.
func eniLetter(action string) string {
	for i, a := range eniActions {
		if strings.EqualFold(a, action) {
			return eniLetters[i : i+1]
		}
	}
	return ""
}

var loadManaged = sync.OnceValue(func() managedTable {
	t := managedTable{byName: map[string]*Managed{}}
	for line := range strings.Lines(managedText) {
		switch columns := strings.Fields(line); {
		case len(columns) == 2 && columns[0] == "services":
			t.services = strings.Split(columns[1], ",")
		case len(columns) == 6 && columns[0] != "#":
			slash := strings.LastIndexByte(columns[0], '/')
			p := &Managed{
				Name: columns[0][slash+1:], Path: "/" + columns[0][:slash+1], Version: columns[1],
				allowed: columns[2], scoped: columns[3], denied: columns[4], services: strings.Split(columns[5], ","),
			}
			t.byName[p.Name] = p
		}
	}
	return t
})

// ManagedNamed finds an AWS managed policy by its name.
func ManagedNamed(name string) (*Managed, bool) {
	p, ok := loadManaged().byName[name]
	return p, ok
}

// ManagedAt finds an AWS managed policy by its ARN in any partition, which may be a symbol.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
func ManagedAt(arn fact.Text) (*Managed, bool) {
	if m, right := managedLike(arn); right {
		return m, true
	}
	return nil, false
}

// Misplaced finds the AWS managed policy that has the name in the ARN, but another path:
// AWSLambdaVPCAccessExecutionRole without "service-role/". Names are unique in an account, so there is no policy at
// that ARN.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
func Misplaced(arn fact.Text) (*Managed, bool) {
	if m, right := managedLike(arn); m != nil && !right {
		return m, true
	}
	return nil, false
}

// managedLike is the AWS managed policy with the name in the ARN, and whether its path is the one there.
func managedLike(arn fact.Text) (m *Managed, right bool) {
	path, ok := managedPath(arn)
	if !ok {
		return nil, false
	}
	slash := strings.LastIndexByte(path, '/')
	m, ok = ManagedNamed(path[slash+1:])
	return m, ok && m.Path == path[:slash+1]
}

// managedPath is what follows "policy" in the ARN of an AWS managed policy: its path and name, if there is such a
// policy.
func managedPath(arn fact.Text) (string, bool) {
	if len(arn) == 1 && !strings.HasPrefix(arn[0].Literal, "arn:") {
		return "", false
	}
	if len(arn) == 3 && arn[0].Literal == "arn:" && arn[1].Symbol == "AWS::Partition" { // the normal form
		return strings.CutPrefix(arn[2].Literal, ":iam::aws:policy")
	}
	rest, ok := strings.CutPrefix(arn.String(), "arn:")
	partition, path, found := strings.Cut(rest, ":iam::aws:policy")
	return path, ok && found && isPartition(partition)
}

// isPartition tells "aws", "aws-cn" and their like, and one symbol.
func isPartition(s string) bool {
	if name, ok := strings.CutPrefix(s, "${"); ok {
		name, ok = strings.CutSuffix(name, "}")
		return ok && name != "" && !strings.ContainsAny(name, "{}")
	}
	words := strings.Split(s, "-")
	for _, w := range words[1:] {
		if w == "" || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return words[0] == "aws"
}

// ARN is the policy's ARN with the partition as a symbol.
func (m *Managed) ARN() fact.Text {
	partition := fact.Part{Symbol: "AWS::Partition", Missing: fact.Missing{Kind: fact.Pseudo, Name: "AWS::Partition"}}
	return fact.Text{{Literal: "arn:"}, partition, {Literal: ":iam::aws:policy" + m.Path + m.Name}}
}

// ENIActions are the actions on network interfaces that a policy may grant.
func ENIActions() []string { return slices.Clone(eniActions[:]) }

// Decided are the actions on network interfaces that the policy allows on everything and that it denies, and those
// about which the table knows no more than that the policy speaks of them.
func (m *Managed) Decided() (allowed, denied, open []string) {
	for i, action := range eniActions {
		letter := eniLetters[i : i+1]
		switch {
		case strings.Contains(m.denied, letter):
			denied = append(denied, action)
		case strings.Contains(m.allowed, letter):
			allowed = append(allowed, action)
		case strings.Contains(m.scoped, letter):
			open = append(open, action)
		}
	}
	return allowed, denied, open
}

// allows says whether the policy allows the action without condition. The table knows, for the actions on network
// interfaces, whether they are allowed on everything; for others only whether their service is mentioned at all.
func (m *Managed) allows(q question) fact.Verdict {
	if q.letter != "" {
		switch {
		case strings.Contains(m.allowed, q.letter):
			return fact.Yes()
		case strings.Contains(m.scoped, q.letter):
			return m.vague(q.action)
		}
		return fact.No()
	}
	if slices.Contains(m.services, q.service) || slices.Contains(m.services, "*") ||
		!slices.Contains(loadManaged().services, q.service) {
		return m.vague(q.action)
	}
	return fact.No()
}

func (m *Managed) vague(action string) fact.Verdict {
	return fact.Wants(
		fact.Missing{Kind: fact.Semantics, Name: "what the AWS managed policy " + m.Name + " says about " + action},
	)
}

// denies reports that the policy denies an action on network interfaces without condition.
func (m *Managed) denies(q question) bool {
	return q.letter != "" && strings.Contains(m.denied, q.letter)
}
