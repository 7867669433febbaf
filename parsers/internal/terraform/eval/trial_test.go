package eval_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

const triedRoutes = `
resource "aws_nat_gateway" "n" {
  count = var.gateways
}
resource "aws_route" "r" {
  count          = length(var.zones)
  nat_gateway_id = aws_nat_gateway.n[count.index].id
}
`

func TestTrials(t *testing.T) {
	const zones, gateways = "variable \"zones\" {\n  type = list(string)\n}\n", "variable \"gateways\" {\n  default = 3\n}\n"
	for _, c := range []struct{ name, text, want string }{
		{"lists and numbers that routes depend on", zones + gateways + triedRoutes, "zones=3, zones=2, gateways=1 zones=2, " +
			"gateways=1 zones=3, gateways=2 zones=3, gateways=0 zones=3"},
		{"a number that has to be given", zones + "variable \"gateways\" {\n  type = number\n}\n" + triedRoutes,
			"gateways=3 zones=3, gateways=2 zones=2, gateways=1 zones=3, gateways=2 zones=3, gateways=0 zones=3"},
		{"what routes do not read is left as it is", zones + gateways + "variable \"more\" {\n  type = list(string)\n}\n" +
			strings.ReplaceAll(triedRoutes, "var.gateways", "2"), "zones=3, zones=2"},
		{"switches are open in any case", "variable \"on\" {\n  default = true\n}\nresource \"aws_route\" \"a\" {\n  count = var.on ? 1 : 0\n}\n" +
			"resource \"aws_route\" \"b\" {\n  count = 1\n}\n", ""},
		{"a number that is a switch", "variable \"on\" {\n  default = 1\n}\nresource \"aws_route\" \"a\" {\n  count = var.on\n}\n" +
			"resource \"aws_route\" \"b\" {\n  count = 1\n}\n", ", on=0"},
		{"one route that leads where it says", zones + "resource \"aws_route\" \"r\" {\n  count = length(var.zones)\n}\n", "none"},
		{"a target that does not depend on anything", gateways + zones + "resource \"aws_route\" \"r\" {\n  nat_gateway_id = var.zones[0]\n}\n",
			"none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := config.Read([]*source.File{source.NewFileSet().Add("main.tf", []byte(c.text))})
			if got := trialTexts(eval.Trials(m)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// trialTexts writes each trial as the numbers of its variables.
func trialTexts(trials [][]fact.Assignment) string {
	if trials == nil {
		return "none"
	}
	var out []string
	for _, trial := range trials {
		var values []string
		for _, a := range trial {
			name := strings.TrimSuffix(strings.TrimPrefix(a.Subject, "length("), ")")
			values = append(values, strings.TrimPrefix(name, "var.")+"="+a.Literal)
		}
		out = append(out, strings.Join(values, " "))
	}
	return strings.Join(out, ", ")
}

func TestARefusedTrial(t *testing.T) {
	const zones = "variable \"zones\" {\n  type = list(string)\n%s}\n"
	rule := func(block, condition string) string {
		return "  " + block + " {\n    condition = " + condition + "\n    error_message = \"x\"\n  }\n"
	}
	variables := func(zone, gateway string) string {
		return strings.Replace(zones, "%s", zone, 1) + "variable \"gateways\" {\n  type = number\n  default = 3\n" + gateway + "}\n" +
			"variable \"one\" {\n  type = bool\n  default = false\n}\n"
	}
	for _, c := range []struct{ name, text, want string }{
		{"nothing speaks against it", variables("", "") + triedRoutes, "never"},
		{"a validation fails", variables("", rule("validation", "var.gateways > 1")) + triedRoutes, "always"},
		{"a validation holds", variables("", rule("validation", "var.gateways < 4")) + triedRoutes, "never"},
		{"how texts are written is not tried", variables(rule("validation", "alltrue([for z in var.zones : length(z) > 3])"), "") + triedRoutes, "never"},
		{"a validation of two", variables("", rule("validation", "var.gateways == length(var.zones)")) + triedRoutes, "always"},
		{"a precondition", variables("", "") + triedRoutes + "resource \"a\" \"b\" {\n  lifecycle {\n  " +
			rule("precondition", "var.gateways >= length(var.zones)") + "  }\n}\n", "always"},
		{"an expression fails", variables("", "") + triedRoutes + "resource \"a\" \"b\" {\n  c = var.zones[5]\n}\n", "always"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := config.Read([]*source.File{source.NewFileSet().Add("main.tf", []byte(c.text))})
			for _, trial := range eval.Trials(m) {
				if trialTexts([][]fact.Assignment{trial}) != "gateways=1 zones=3" {
					continue
				}
				if got := run(t, c.text, eval.Inputs{Library: true, Trial: trial}).Refused.String(); got != c.want {
					t.Errorf("it is refused %s, want %s", got, c.want)
				}
				return
			}
			t.Error("it is not tried")
		})
	}
}
