package docs

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const archive = `A queue of orders.
-- .lambda-vpc-lint.yaml --
region: eu-west-1
-- bad/template.yaml --
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Bad: # want error "is bad"
-- bad/second.yaml --
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Second:
-- bad/sam.yaml --
Transform: AWS::Serverless-2016-10-31
Resources:
  BadSAM: # undecided "is bad"
-- bad/main.tf --
resource "bad" "this" {} # want "is bad"
-- bad/variables.tf --
variable "x" {}
-- good/template.yaml --
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Good:
-- good/sam.yaml --
Transform: AWS::Serverless-2016-10-31
Resources:
  GoodSAM:
-- good/main.tf --
resource "good" "this" {}
`

func TestAPageHasTheFirstExamplesOfEachLanguage(t *testing.T) {
	rule := &rules.Rule{Name: "late_order", Severity: rules.Warning, Doc: "Orders are late.\n\n## What it detects\n\nAll.\n\n## When to suppress\n\nNever.\n"}
	var linted []string
	text, err := page(rules.Pack{Name: "orders"}, rule, txtar.Parse([]byte(archive)), func(files []txtar.File, args ...string) (string, error) {
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
			if strings.Contains(string(f.Data), "# ") {
				t.Errorf("%s is linted with its expectations: %s", f.Name, f.Data)
			}
		}
		linted = append(linted, strings.Join(names, "+"))
		return "output for " + strings.Join(args, " ") + "\n", nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(linted, " "); got != "template.yaml+.lambda-vpc-lint.yaml sam.yaml+.lambda-vpc-lint.yaml main.tf+variables.tf+.lambda-vpc-lint.yaml" {
		t.Errorf("linted %s", got)
	}
	at := 0
	for _, part := range []string{
		"# late_order\n", "warning, in the pack orders\n", "Orders are late.\n", "## What it detects\n", "## Examples\n\nA queue of orders.\n", "this configuration, `.lambda-vpc-lint.yaml`:\n\n```yaml\nregion: eu-west-1\n```\n",
		"### CloudFormation\n", "$ lambda-vpc-lint --rules late_order template.yaml\noutput for --rules late_order template.yaml\n```\n",
		"```diff\n", "-  Bad:\n+  Good:\n", "  Bad:\n```\n", "  Good:\n```\n",
		"### SAM\n", "-  BadSAM:\n+  GoodSAM:\n",
		"### Terraform\n", "$ lambda-vpc-lint --rules late_order .\n", "`variables.tf`\n", "```terraform\nresource \"good\"",
		"## When to suppress\n\nNever.\n",
	} {
		i := strings.Index(string(text)[at:], part)
		if i < 0 {
			t.Fatalf("no %q after byte %d of\n%s", part, at, text)
		}
		at += i
	}
}
