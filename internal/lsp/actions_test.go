package lsp_test

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/lsp"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

type action struct {
	Title       string
	IsPreferred bool
	Diagnostics []struct {
		Code  string
		Range span
	}
	Edit struct {
		Changes map[string][]struct {
			Range   span
			NewText string
		}
	}
}

// The quick fix accepts the finding, in each language, and changes no other one.
func TestIgnoringAcceptsTheFinding(t *testing.T) {
	flow := strings.NewReplacer("    Type: AWS::Lambda::Function\n", "    Type: AWS::Lambda::Function # a comment\n").Replace(sample(t))
	for name, text := range map[string]string{
		"app.yaml": sample(t), "flow.yaml": flow, "app.json": jsonTemplate, "one.json": strings.Join(strings.Fields(jsonTemplate), " "),
		"main.tf": hclModule, "crlf.yaml": strings.ReplaceAll(sample(t), "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			e := newEditor(t, dir, lsp.Options{}, nil)
			e.open(name, text)
			before := findings(t, dir, name, text)
			if p := e.heard(name, 0); len(p.Diagnostics) == 0 || len(before) == 0 {
				t.Fatalf("nothing is found: %v", p)
			}
			var actions []action
			e.ask("textDocument/codeAction", map[string]any{
				"textDocument": map[string]any{"uri": e.uri(name)}, "range": span{at{0, 0}, at{9999, 0}}, "context": map[string]any{},
			}, &actions)
			actions = slices.DeleteFunc(actions, func(a action) bool { return a.IsPreferred })
			if len(actions) != len(before) {
				t.Fatalf("%d actions for %v", len(actions), before)
			}
			for _, a := range actions {
				edit := a.Edit.Changes[e.uri(name)][0]
				start := offsetIn(text, edit.Range.Start)
				changed := text[:start] + edit.NewText + text[offsetIn(text, edit.Range.End):]
				after := findings(t, dir, name, changed)
				want := slices.Clone(before)
				at := slices.Index(want, a.Diagnostics[0].Code)
				want = slices.Delete(want, at, at+1)
				if !slices.Equal(want, after) {
					t.Errorf("%s leaves %v, want %v, in\n%s", a.Title, after, want, changed)
				}
			}
			e.leave()
		})
	}
}

// A fix that --fix would write is a quick fix too: it mends its finding and brings no other.
func TestFixMendsTheFinding(t *testing.T) {
	for name, text := range map[string]string{"app.json": jsonTemplate, "main.tf": "# \U0001F600\n" + hclModule} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			e := newEditor(t, dir, lsp.Options{}, nil)
			e.open(name, text)
			before := findings(t, dir, name, text)
			e.heard(name, 0)
			var actions []action
			e.ask("textDocument/codeAction", map[string]any{
				"textDocument": map[string]any{"uri": e.uri(name)}, "range": span{at{0, 0}, at{9999, 0}}, "context": map[string]any{},
			}, &actions)
			actions = slices.DeleteFunc(actions, func(a action) bool { return !a.IsPreferred })
			if len(actions) != 1 || actions[0].Diagnostics[0].Code != "eni_permissions_missing" {
				t.Fatalf("the fixes are %v", actions)
			}
			edits := actions[0].Edit.Changes[e.uri(name)]
			changed := text
			for _, edit := range slices.Backward(edits) {
				changed = changed[:offsetIn(text, edit.Range.Start)] + edit.NewText + changed[offsetIn(text, edit.Range.End):]
			}
			want := slices.DeleteFunc(before, func(rule string) bool { return rule == "eni_permissions_missing" })
			if after := findings(t, dir, name, changed); !slices.Equal(want, after) {
				t.Errorf("%v are left, want %v, in\n%s", after, want, changed)
			}
			e.leave()
		})
	}
}

// A second rule that is ignored at a place joins the comment that stands there.
func TestIgnoringExtendsAComment(t *testing.T) {
	dir := t.TempDir()
	const directive = "      # lambda-vpc-lint:ignore public_subnet_only it calls nothing\n"
	text := strings.Replace(sample(t), "      VpcConfig", directive+"      VpcConfig", 1)
	e := newEditor(t, dir, lsp.Options{}, nil)
	e.open("app.yaml", text)
	e.heard("app.yaml", 0)
	var actions []action
	e.ask("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": e.uri("app.yaml")}, "range": span{at{55, 0}, at{55, 60}},
		"context": map[string]any{"only": []string{"quickfix"}},
	}, &actions)
	if len(actions) != 1 {
		t.Fatalf("actions: %v", actions)
	}
	edit := actions[0].Edit.Changes[e.uri("app.yaml")][0]
	at := offsetIn(text, edit.Range.Start)
	changed := text[:at] + edit.NewText + text[at:]
	if !strings.Contains(changed, "ignore single_zone,public_subnet_only it calls nothing\n") || len(findings(t, dir, "app.yaml", changed)) > 0 {
		t.Errorf("the comment is not extended:\n%s", changed)
	}
	e.leave()
}

func offsetIn(text string, p at) int {
	start := 0
	for range p.Line {
		start += strings.Index(text[start:], "\n") + 1
	}
	return start + p.Character
}

// findings are the rules of what the command finds in a file, sorted.
func findings(t *testing.T, dir, name, text string) (names []string) {
	t.Helper()
	write(t, dir, name, text)
	defer func() { _ = os.Remove(filepath.Join(dir, name)) }()
	r, err := lint.Run(context.Background(), []string{name}, lint.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range r.Notices {
		t.Errorf("%s: %s", path.Base(name), n.Message)
	}
	for _, f := range r.Findings() {
		names = append(names, f.Rule.Name)
	}
	slices.Sort(names)
	return names
}

const hclModule = `provider "aws" { region = "eu-west-1" }
resource "aws_iam_role" "this" {
  name               = "f"
  assume_role_policy = jsonencode({ Statement = [] })
}
resource "aws_lambda_function" "this" {
  function_name = "f"
  role          = aws_iam_role.this.arn
  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }
}
`

const jsonTemplate = `{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {"AssumeRolePolicyDocument": {"Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
      ]}}
    },
    "Orders": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Runtime": "python3.13", "Handler": "a.b", "Code": {"ZipFile": ""}, "Role": {"Fn::GetAtt": ["Role", "Arn"]},
        "VpcConfig": {"SubnetIds": ["subnet-0a1b2c3d"], "SecurityGroupIds": ["sg-0a1b2c3d"]}
      }
    }
  }
}
`
