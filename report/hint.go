package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Hint says how the missing facts could be supplied, or why they cannot.
func Hint(missing []fact.Missing) string {
	var hints []string
	seen := map[string]bool{}
	for _, m := range missing {
		h := hint(m)
		if !seen[h] {
			seen[h] = true
			hints = append(hints, h)
		}
	}
	return strings.Join(hints, "; ")
}

func hint(m fact.Missing) string {
	switch by := meansOf(m); by {
	case byParameter:
		return fmt.Sprintf("give its value with --parameter %s=…", m.Name)
	case byVariable:
		return fmt.Sprintf("give its value with --var %s=…", m.Name)
	case byInput:
		return fmt.Sprintf("give the input that is made of %s with --var INPUT=…", m.Name)
	case byRegion:
		return "give the region with --region …"
	case byAccount, byDataSource:
		return "ask the account: " + strings.Join(append(before(m), by.snapshot("")...), ", then ")
	case byState:
		return "ask for the state, and the account: " + strings.Join(append(before(m), by.snapshot("")...), ", then ")
	case byWholeAccess:
		return fmt.Sprintf("the snapshot does not hold %s: take it again with the permissions of "+
			"lambda-vpc-snapshot --print-policy", m.Name)
	case byDownload:
		return "download the module with terraform get"
	case byComplete:
		return m.Name + " leaves the stack, so that others may add to it: if nobody does, " +
			"say complete: true in the configuration"
	case byProcessed:
		return fmt.Sprintf("%s runs at deployment: lint the processed template instead, "+
			"which aws cloudformation get-template --template-stage Processed prints", m.Name)
	case bySynth:
		return fmt.Sprintf("%s is not followed: lint the templates of cdk synth instead", m.Name)
	}
	return why(m)
}

// why says why nothing supplies the fact.
func why(m fact.Missing) string {
	switch m.Kind {
	case fact.Parameter, fact.Variable:
		return fmt.Sprintf("%s gets its value from the stack that nests this one", m.Name)
	case fact.Secret:
		return fmt.Sprintf("%s is a secret: its value is compared with others, and used for nothing else", m.Name)
	case fact.Pseudo, fact.Import:
		return fmt.Sprintf("%s is known only when the stack is deployed", m.Name)
	case fact.Dynamic:
		return fmt.Sprintf("%s is read when the stack is deployed", m.Name)
	case fact.Resource:
		return elsewhere(m.Name)
	case fact.Attribute:
		return deployed(m.Name)
	case fact.Snapshot:
		return fmt.Sprintf("a snapshot leaves out %s", m.Name)
	case fact.Target:
		if isQuestion(m.Name) || strings.HasPrefix(m.Name, "what ") {
			return "these files do not show " + m.Name
		}
		return fmt.Sprintf("the path goes on behind %s, and its tables are not in these files", m.Name)
	case fact.Semantics:
		if isQuestion(m.Name) {
			return "AWS does not document " + m.Name
		}
		return fmt.Sprintf("AWS documents no answer for %s", m.Name)
	case fact.Intent:
		if m.Name == trace.SomeAddresses {
			return "only you know " + m.Name + ": ask about one with lambda-vpc-lint trace FUNCTION --to ADDRESS, " +
				"or open the way to all"
		}
		return fmt.Sprintf("only you know %s", m.Name)
	}
	return fmt.Sprintf("%s could not be evaluated", m.Name)
}

// isQuestion tells the name of a fact that asks, such as "whether it has an address", and is no noun.
func isQuestion(name string) bool {
	word, _, _ := strings.Cut(name, " ")
	return slices.Contains([]string{"where", "whether", "which", "whose"}, word)
}

// elsewhere says of a thing, or of what somebody says about it, that it is not here. A data source of Terraform is
// here, and only what it finds is not.
func elsewhere(name string) string {
	switch {
	case strings.Contains(name, " "):
		return "these files do not show " + name
	case strings.HasPrefix(name, "data."), strings.Contains(name, ".data."):
		return fmt.Sprintf("what %s finds is defined outside these files", name)
	}
	return name + " is defined outside these files"
}

// deployed says of an attribute that it comes about by the deployment, or of the id where the name is that of the
// resource alone. The resource itself is in the files.
func deployed(name string) string {
	switch {
	case strings.Contains(name, " "):
		return "the deployment settles " + name
	case strings.Contains(name, "."):
		return fmt.Sprintf("the deployment gives %s its value", name)
	}
	return fmt.Sprintf("the deployment gives %s its id", name)
}
