package rules

import (
	"strings"
	"unicode"
)

// Word is a property, given by its CloudFormation name, as the language of the deployment writes it: Terraform has the
// same words in small letters, ConnectivityType as connectivity_type.
func (p *Pass) Word(property string) string {
	if p.Language != "terraform" {
		return property
	}
	var b strings.Builder
	for i, r := range property {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
