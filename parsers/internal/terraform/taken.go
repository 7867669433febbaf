package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Taken is a root module as a part of a deployment in another language, which takes values from it.
type Taken struct {
	root *eval.Root
	x    *expansion
}

// Take makes the root module, evaluated with those inputs, a part of the network.
func (o Others) Take(b *graph.Builder, root *eval.Root, in eval.Inputs) *Taken {
	b.Beside(graph.Beside{Scope: root.Name, Root: root.Name, Language: aws.LanguageNamed("terraform")})
	o.Own = root.Name
	return &Taken{root, o.lower(b, root.Run(in))}
}

// Written is what the resource at the address writes to a parameter of Systems Manager, with the addresses of nodes in
// the place of ids. ok is false where it is not known, and for what a dynamic reference cannot read.
func (t *Taken) Written(address string) (text string, ok bool) {
	r := t.x.resources[t.root.Name+":"+address]
	if r == nil || r.get("type").Text == "SecureString" {
		return "", false
	}
	for _, argument := range []string{"value", "insecure_value"} {
		if v := r.get(argument); v.Kind == value.Text && !r.IsIgnored(argument) {
			return t.x.nodes.Named(v.Text)
		}
	}
	return "", false
}
