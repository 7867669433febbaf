package graph

import (
	"iter"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Property is a text among the properties of a resource.
type Property struct {
	// Path leads to the text through objects and lists. It is in lower case, and has no underscores and no numbers of
	// list elements, so that it is the same in every language: "dnsconfig.namespaceid" is DnsConfig.NamespaceId of
	// CloudFormation and dns_config[0].namespace_id of Terraform.
	Path  string
	Value fact.Value[fact.Text]
	Span  source.Span
}

// Texts yields what the properties with that path hold in the view's world, and whether that is known.
func (v *View) Texts(properties fact.List[Property], path string) iter.Seq2[fact.Text, fact.Verdict] {
	return func(yield func(fact.Text, fact.Verdict) bool) {
		for _, it := range properties.In(v.World).Items {
			if it.Value.Path == path && !yield(it.Value.Value.Get(v.World)) {
				return
			}
		}
	}
}

// Addresses are those that the resource's property with that path names in the view's world, as far as they are known.
func (v *View) Addresses(r *Resource, path string) (addresses []string) {
	for text := range v.Texts(r.Properties, path) {
		addresses = append(addresses, text.Addresses()...)
	}
	return addresses
}
