package attachment

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PlaceholderID flags functions and capacity providers whose lists have a text that is the id of nothing: a name, or
// what an example has in its place.
var PlaceholderID = &rules.Rule{
	Name:     "placeholder_id",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			placeholders(p, s, s.Subnets, "SubnetIds", aws.Subnet, "subnet-")
			placeholders(p, s, s.Groups, "SecurityGroupIds", aws.SecurityGroup, "sg-")
		})
	},
}

func placeholders[T any](p *rules.Pass, s rules.Sender, refs fact.List[graph.Ref[T]], property string, kind aws.Kind,
	prefix string) {
	p.Count(s.Address)
	in := refs.In(p.World)
	p.Await(fact.Wants(in.Open...))
	for _, it := range in.Items {
		id, known := it.Value.Get(p.World)
		p.Await(known)
		text := string(id)
		if !known.IsTrue() || text == "" || strings.Contains(text, "${") || p.Head(text) != nil ||
			aws.KindOfID(text) == kind {
			continue
		}
		v := fact.Yes()
		if m := p.Missing(text); m.Kind == fact.Parameter || m.Kind == fact.Variable {
			v = fact.Wants(m) // a default in whose place everybody who deploys has to give an id
		}
		p.Ask(v, s.Address, property+" "+text, func() rules.Finding {
			return rules.Finding{
				Span: orElse(it.Value.Span, s.At("VpcConfig."+property)), Affects: s.Affected(),
				Message: fmt.Sprintf("%s cannot be deployed as it stands, because %q is the id of no %s",
					s.Name(), text, kind),
				Remedy: fmt.Sprintf("write an id such as %s0a1b2c3d4e5f60718, or a reference", prefix),
			}
		})
	}
}
