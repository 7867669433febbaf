package rules

import (
	"strings"
	"unicode"
)

// Word is a property, given by its CloudFormation name, as the language of the deployment writes it: Terraform has the
// same words in small letters, ConnectivityType as connectivity_type, and the constructs of AWS CDK have some of their own.
func (p *Pass) Word(property string) string {
	switch p.Language {
	case "cdk":
		if word, ok := constructWords[property]; ok {
			return word
		}
		return property
	case "terraform":
		return snake(property)
	}
	return property
}

// constructWords are the properties that have another name in the constructs than in CloudFormation.
var constructWords = map[string]string{
	"VpcConfig": "Vpc", "InstanceTenancy": "DefaultInstanceTenancy", "RouteTableIds": "Subnets",
}

func snake(property string) string {
	var b strings.Builder
	for i, r := range property {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
