package filter_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

const unneeded = "this suppression accepts nothing: it can go"

func network(root string, ds ...source.Directive) filter.Written {
	n := graph.NewBuilder(root, "terraform").Network()
	n.Directives = ds
	return filter.WrittenIn(n)
}

// TestDirectives has a finding of nat_loop in line 5, on a resource in a module.
func TestDirectives(t *testing.T) {
	const (
		resource = `module.net["a"].aws_nat_gateway.this[0]`
		function = `module.net["a"].aws_lambda_function.f`
		stands   = resource + " " + function + "+aws_lambda_function.g"
		accepted = resource + " comment:"
		one      = resource + " aws_lambda_function.g"
	)
	b := newBench()
	for name, c := range map[string]struct {
		directive    source.Directive
		want, notice string
	}{
		"at its place":                      {source.Directive{Covers: b.line(5)}, accepted, ""},
		"with a reason":                     {source.Directive{Covers: b.line(5), Reason: "few"}, accepted + "few", ""},
		"in Metadata":                       {source.Directive{Covers: b.line(5), Metadata: true}, resource + " metadata:", ""},
		"by pack":                           {source.Directive{Covers: b.line(5), Rules: []string{"egress"}}, accepted, ""},
		"of another rule":                   {source.Directive{Covers: b.line(5), Rules: []string{"role_trust"}}, stands, unneeded},
		"of a rule that there is not":       {source.Directive{Covers: b.line(5), Rules: []string{"nat_lop"}}, stands, `no rule or pack is called "nat_lop"; did you mean something else?`},
		"that is malformed":                 {source.Directive{Covers: b.line(5), Problem: "it is malformed"}, stands, "it is malformed"},
		"at another place":                  {source.Directive{Covers: b.line(4)}, stands, unneeded},
		"at the resource":                   {source.Directive{Address: "module.net.aws_nat_gateway.this"}, accepted, ""},
		"at a resource with a longer name":  {source.Directive{Address: "module.net.aws_nat_gateway.th"}, stands, unneeded},
		"at the module call":                {source.Directive{Address: "module.net"}, accepted, ""},
		"at another module call":            {source.Directive{Address: "module.network"}, stands, unneeded},
		"for one function":                  {source.Directive{Covers: b.line(5), For: function}, one, ""},
		"for one function without index":    {source.Directive{Covers: b.line(5), For: "module.net.aws_lambda_function.f"}, one, ""},
		"for one function in the module":    {source.Directive{Covers: b.line(5), For: "aws_lambda_function.f", Within: "module.net"}, one, ""},
		"for one function of the root":      {source.Directive{Covers: b.line(5), For: "aws_lambda_function.f"}, stands, unneeded},
		"for another instance":              {source.Directive{Covers: b.line(5), For: `module.net["b"].aws_lambda_function.f`}, stands, unneeded},
		"for a function that has no defect": {source.Directive{Covers: b.line(5), For: "aws_lambda_function.h"}, stands, unneeded},
	} {
		t.Run(name, func(t *testing.T) {
			d := c.directive
			if d.Span = b.line(1); d.Rules == nil {
				d.Rules = []string{"nat_loop"}
			}
			in := rules.Result{Findings: []rules.Finding{b.finding(loop, resource, 5, function, "aws_lambda_function.g")}}
			out, notices := filter.Run(in, filter.Directives([]filter.Written{network("stacks/app.yaml", d)}, b.Scope))
			check(t, "findings", outcome(out.Findings), c.want)
			want := []string{c.notice}
			if c.notice == "" {
				want = nil
			}
			check(t, "notices", messages(notices), want...)
		})
	}
}

func TestOnlyTheFirstUnknownNamesAreTold(t *testing.T) {
	b := newBench()
	d := source.Directive{Rules: []string{"a", "b", "c", "nat_loop", "d", "e", "f", "g"}, Span: b.line(1), Covers: b.line(5)}
	in := rules.Result{Findings: []rules.Finding{b.finding(loop, "A", 5)}}
	out, notices := filter.Run(in, filter.Directives([]filter.Written{network("stacks/app.yaml", d)}, b.Scope))
	check(t, "findings", outcome(out.Findings), "A comment:")
	if len(notices) != 5 {
		t.Errorf("%d notices, want 5: %q", len(notices), messages(notices))
	}
}

func TestADirectiveIsOfUseInOneNetworkOfSeveral(t *testing.T) {
	b := newBench()
	d := source.Directive{Rules: []string{"nat_loop"}, Span: b.line(1), Covers: b.line(5)}
	in := rules.Result{Findings: []rules.Finding{b.finding(loop, "A", 5)}}
	networks := []filter.Written{network("other", d), network("stacks/app.yaml", d)}
	_, notices := filter.Run(in, filter.Directives(networks, b.Scope))
	check(t, "notices", messages(notices))
	_, notices = filter.Run(rules.Result{}, filter.Directives(networks, b.Scope))
	check(t, "notices where nobody needs it", messages(notices), unneeded)
}

func TestADirectiveOfADeploymentIsNotForAnother(t *testing.T) {
	b := newBench()
	d := source.Directive{Rules: []string{"nat_loop"}, Span: b.line(1), Address: "A"}
	in := rules.Result{Findings: []rules.Finding{b.finding(loop, "A", 5, "f")}}
	out, _ := filter.Run(in, filter.Directives([]filter.Written{network("other", d)}, b.Scope))
	check(t, "findings", outcome(out.Findings), "A f")
}

func TestADirectiveWhoseRulesDidNotRunIsNotUnused(t *testing.T) {
	b := newBench()
	b.Ran = []rules.Pack{{Name: "egress", Rules: []*rules.Rule{loop}}}
	directive := func(names ...string) source.Directive {
		return source.Directive{Rules: names, Span: b.line(len(names[0])), Covers: b.line(5)}
	}
	networks := []filter.Written{network("stacks/app.yaml", directive("role_trust"), directive("nat_unused", "iam"), directive("egress"))}
	_, notices := filter.Run(rules.Result{}, filter.Directives(networks, b.Scope))
	check(t, "notices", messages(notices))
}
