package lower

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// The two forms in which a property names a role. IAM takes no ARN where it asks for a name, nor Lambda a name where it
// asks for the ARN.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const (
	byName = "name"
	byARN  = "ARN"
)

// roleForms are the properties that name roles, and the form that they take.
var roleForms = map[string]struct{ path, form string }{
	"AWS::Lambda::Function":   {"Role", byARN},
	"AWS::IAM::Policy":        {"Roles", byName},
	"AWS::IAM::ManagedPolicy": {"Roles", byName},
	"AWS::IAM::RolePolicy":    {"RoleName", byName},
	PolicyAttachment:          {"Roles", byName},
}

// misnamedRoles records the roles that r names in the wrong form.
func (l *Deployment) misnamedRoles(r *Resource) {
	takes, ok := roleForms[r.As]
	if !ok || r.Data {
		return
	}
	for _, it := range read.Flatten(l.symbols, r.Get(takes.path)).Items {
		if it.Value.Kind != value.Text {
			continue
		}
		if role, form := l.roleNamed(it.Value.Text); form != "" && form != takes.form {
			l.misreference(graph.Misreference{
				Header: l.header(r), Named: it.When, Property: takes.path, Value: orSpan(it.Value.Span, r.Span),
				Takes: []aws.Kind{aws.Role}, Form: takes.form, Target: role, Kind: aws.Role,
			})
		}
	}
}

// roleNamed is the role that the text names, and the form in which it does, "" where that is not known.
func (l *Deployment) roleNamed(text string) (role, form string) {
	s, ok := l.symbols.Only(text)
	if !ok {
		return "", ""
	}
	r := l.resources[s.Address]
	switch {
	case r == nil || aws.KindOf(r.Type) != aws.Role:
		return "", ""
	case strings.EqualFold(s.Attribute, "arn"):
		return r.Address, byARN
	case slices.Contains([]string{"", "id", "name"}, s.Attribute):
		return r.Address, byName
	}
	return "", ""
}
