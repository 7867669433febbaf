package snapshot

import (
	"regexp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// valueName names a text of the account: the key of the list that it is in, and its name there. That of an output is
// the name of its stack, a dot and its own.
type valueName struct{ key, name string }

// regional is the text in one region.
type regional struct{ region, text string }

func (a *Account) name(key, region string, items []*tree.Node) {
	put := func(name, text *tree.Node, prefix string) {
		if name.Literal() != "" && text.Literal() != "" {
			k := valueName{key, prefix + name.Literal()}
			a.values[k] = append(a.values[k], regional{region, text.Text})
		}
	}
	for _, n := range items {
		switch key {
		case "Stacks":
			for _, o := range follow(n, "Outputs") {
				put(o.Get("OutputKey"), o.Get("OutputValue"), n.Get("StackName").Literal()+".")
			}
		case "Parameters":
			if n.Get("Type").Literal() != "SecureString" {
				put(n.Get("Name"), n.Get("Value"), "")
			}
		default:
			put(n.Get("Name"), n.Get("Value"), "")
		}
	}
}

// value is the text of that name in the region, or in all regions if that is not known: then it must be one.
func (a *Account) value(key, name, region string) (text string, ok bool) {
	for _, v := range a.values[valueName{key, name}] {
		if region != "" && v.region != "" && v.region != region {
			continue
		}
		if ok && v.text != text {
			return "", false
		}
		text, ok = v.text, true
	}
	return text, ok
}

// Export is what a stack of the region exports under the name. Region may be empty. Of a name that is known in parts it
// is the only one that fits, where the snapshots list all: another could not be imported.
func (a *Account) Export(name fact.Text, region string) (text string, ok bool) {
	if literal, known := name.Literal(); known {
		return a.value("Exports", literal, region)
	}
	form := fits(name)
	if form == nil || !a.covers("Exports", region, "") {
		return "", false
	}
	for k := range a.values {
		if k.key != "Exports" || !form.MatchString(k.name) {
			continue
		}
		one, known := a.value(k.key, k.name, region)
		if ok && one != text || !known {
			return "", false
		}
		text, ok = one, true
	}
	return text, ok
}

// fits matches the names that have the known parts of one, nil for a name of which next to nothing is known.
func fits(name fact.Text) *regexp.Regexp {
	form, known := "", 0
	for _, p := range name {
		if p.Symbol != "" {
			form += ".+"
			continue
		}
		form += regexp.QuoteMeta(p.Literal)
		known = max(known, len(p.Literal))
	}
	if known < leastKnown {
		return nil
	}
	return regexp.MustCompile(`(?s)\A` + form + `\z`)
}

// leastKnown is how long a known part of a name has to be.
const leastKnown = 4

// Output is an output of a stack.
func (a *Account) Output(stack, output, region string) (text string, ok bool) {
	return a.value("Stacks", stack+"."+output, region)
}

// Stored is the value of a parameter of Systems Manager.
func (a *Account) Stored(name, region string) (text string, ok bool) {
	return a.value("Parameters", name, region)
}

// Parameter is a value for the parameters of templates and the variables of Terraform that are called so.
func (a *Account) Parameter(name string) (words []string, ok bool) {
	words, ok = a.parameters[name]
	return words, ok
}
