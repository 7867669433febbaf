package attachment

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// misfit says what does not fit the property.
func misfit(p *rules.Pass, m *graph.Misreference) string {
	if m.Kind == "" {
		return word(p, m.Property) + " must be a list, and is given a text"
	}
	if m.Form != "" {
		return fmt.Sprintf("it takes the %s of %s, and is given the %s of %q",
			m.Form, article(m.Kind), otherForm(m.Form), m.Target)
	}
	return fmt.Sprintf("%s takes %s, and %q is %s", word(p, m.Property), takes(m.Takes), m.Target, article(m.Kind))
}

// amend says where the reference belongs.
func amend(p *rules.Pass, m *graph.Misreference) string {
	if m.Kind == "" {
		return "write a list, or take it from a value that is one, such as a parameter of a list type"
	}
	if m.Form != "" {
		return fmt.Sprintf("give it the %s of %q", m.Form, m.Target)
	}
	if m.Belongs != "" {
		return fmt.Sprintf("write %q in %s", m.Target, word(p, m.Belongs))
	}
	return fmt.Sprintf("name %s in %s", takes(m.Takes), word(p, m.Property))
}

// move is the fix that writes what a property names in the property of the same resource that takes it. Whoever writes
// an internet gateway where another target belongs may mean that target: then there is no fix.
func move(m *graph.Misreference) rules.Fix {
	at := strings.LastIndex(m.Property, ".") + 1
	name, isBeside := strings.CutPrefix(m.Belongs, m.Property[:at])
	isOfList := strings.Contains(m.Property+m.Belongs, "[") || strings.HasSuffix(m.Address, "]")
	if m.Form != "" || m.Belongs == "" || !isBeside || isOfList || m.Kind == aws.InternetGateway {
		return nil
	}
	return rules.RenameProperty(m.Head(), m.Property, name)
}

// otherForm is the one that a property does not take which takes the form.
func otherForm(form string) string {
	if form == "ARN" {
		return "name"
	}
	return "ARN"
}

// word is the last part of a property's path, as the language writes it.
func word(p *rules.Pass, path string) string { return p.Word(path[strings.LastIndex(path, ".")+1:]) }

func takes(kinds []aws.Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, article(k))
	}
	return strings.Join(names, " or ")
}

func article(k aws.Kind) string {
	switch k {
	case aws.InternetGateway, aws.EgressOnlyGateway, aws.ElasticIP, aws.Instance, aws.FileSystem,
		aws.FileSystemAccessPoint, aws.S3FileSystem, aws.S3FileSystemAccessPoint, aws.RDSInstance:
		return "an " + string(k)
	case aws.DHCPOptions:
		return string(k)
	}
	return "a " + string(k)
}
