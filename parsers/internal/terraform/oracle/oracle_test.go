package oracle

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRunAsksTerraform(t *testing.T) {
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("terraform is not installed")
	}
	boundary := t.TempDir()
	for name, text := range map[string]string{
		"app/main.tf": `
			terraform {
			  backend "s3" {}
			  required_providers {
			    aws = { source = "hashicorp/aws" }
			  }
			}
			provider "aws" {
			  region = "eu-central-1"
			}
			module "net" {
			  count   = 2
			  source  = "../net"
			  version = "1.0"
			  zone    = data.aws_availability_zones.all.names[count.index]
			}
			module "far" {
			  source = "registry.example/far/away"
			}
			data "aws_availability_zones" "all" {}
			resource "aws_eip" "a" {
			  domain = module.net[1].dns
			  lifecycle {
			    ignore_changes = [domain]
			  }
			  depends_on = [module.net]
			}
			output "a" {
			  value     = aws_eip.a.id
			  sensitive = true
			}`,
		"app/.terraform/modules/modules.json": `{"Modules": [{"Key": "", "Dir": "."}, {"Key": "far", "Dir": ".terraform/modules/far"}]}`,
		"app/.terraform/modules/far/main.tf":  `resource "aws_s3_bucket" "far" {}`,
		"net/main.tf": `
			variable "zone" {}
			resource "aws_vpc_endpoint" "e" {
			  for_each = toset(["x"])
			  zone     = var.zone
			  timeouts {}
			}
			output "dns" {
			  value = aws_vpc_endpoint.e["x"].dns_entry[1].dns_name
			}`,
	} {
		at := filepath.Join(boundary, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Run(boundary, filepath.Join(boundary, "app"), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	endpoint := func(zone string) any {
		return map[string]any{"zone": zone, "timeouts": []any{map[string]any{}}}
	}
	want := map[string]any{
		"aws_eip.a":                             map[string]any{"domain": "⟦module.net[1].aws_vpc_endpoint.e['x']:dns_entry[1].dns_name⟧"},
		"data.aws_availability_zones.all":       map[string]any{},
		"module.far.aws_s3_bucket.far":          map[string]any{},
		`module.net[0].aws_vpc_endpoint.e["x"]`: endpoint("eu-central-1a"),
		`module.net[1].aws_vpc_endpoint.e["x"]`: endpoint("eu-central-1b"),
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name            string
		terraform, ours any
		want            relation
	}{
		{"equal texts are equal", "a", "a", equal},
		{"other texts differ", "a", "b", different},
		{"a number is its text", 1.0, "1", equal},
		{"null is no empty text", nil, "", different},
		{"null is an empty list", nil, []any{}, equal},
		{"an empty list is null", []any{}, nil, equal},
		{"order matters", []any{"a", "b"}, []any{"b", "a"}, different},
		{"length matters", []any{"a", "b"}, []any{"a"}, different},
		{"a list is no text", []any{"a"}, "a", different},
		{"what is unknown is symbolic", "a", Symbolic{}, symbolic},
		{"a part that is unknown makes the whole so", []any{"a", "b"}, []any{"a", Symbolic{}}, symbolic},
		{"a difference beside it stays one", []any{"a", "b"}, []any{"c", Symbolic{}}, different},
		{"objects are compared by name", map[string]any{"a": "x", "b": nil}, map[string]any{"a": "x"}, equal},
		{"an attribute of one side only differs", map[string]any{"a": "x"}, map[string]any{"a": "x", "b": "y"}, different},
		{"a policy document that we compute is symbolic", "⟦data.aws_iam_policy_document.a:json⟧", `{"Version":"2012-10-17"}`, symbolic},
		{"another attribute of it differs", "⟦aws_iam_policy.a:policy⟧", `{"Version":"2012-10-17"}`, different},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := compare(c.terraform, c.ours); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestCompareCountsInstances(t *testing.T) {
	instances := func(addresses string) map[string]any {
		out := map[string]any{}
		for _, a := range strings.Fields(addresses) {
			out[a] = map[string]any{"name": a}
		}
		return out
	}
	r := Compare(instances("a b"), instances("b c"))
	if r.Instances != 3 || r.Matched != 1 || r.Equal != 1 || r.Differ != 0 {
		t.Error(r)
	}
	want := []string{"a: only Terraform has it", "c: Terraform has no such instance"}
	if d := cmp.Diff(want, r.Differences); d != "" {
		t.Error(d)
	}
}
