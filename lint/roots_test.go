package lint_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// network is a root module with a private subnet, from which a NAT gateway leads to the internet, a public one, and a
// group that lets nothing but TCP 5432 out.
const network = `
provider "aws" { region = "eu-central-1" }
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "shop" }
}
resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.4.0/24"
  tags       = { Name = "shop-private", Tier = "private" }
}
resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
  tags       = { Name = "shop-public", Tier = "public" }
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_eip" "nat" { domain = "vpc" }
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}
resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}
resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.main.id
  tags   = { Name = "shop-database" }
  egress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "open" {
  name   = "open"
  vpc_id = aws_vpc.main.id
  tags   = { Name = "shop-open" }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_iam_role" "function" {
  name = "shop-function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
`

// outputs are what the network hands out.
const outputs = `
output "private" { value = [aws_subnet.private.id] }
output "public" { value = [aws_subnet.public.id] }
output "open" { value = aws_security_group.open.id }
output "database" { value = aws_security_group.database.id }
output "table" { value = aws_route_table.private.id }
`

// function is a root module with a function that needs the internet, in those subnets and that group.
func function(subnets, group, rest string) string {
	return `
provider "aws" { region = "eu-central-1" }
resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = "arn:aws:iam::123456789012:role/api"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1"
  environment { variables = { TICKETS = "https://tickets.example.com/api" } }
  vpc_config {
    subnet_ids         = ` + subnets + `
    security_group_ids = [` + group + `]
  }
}
` + rest
}

// backend is a backend block in a root module, and state reads the state in one, by the text of its arguments.
func backend(kind, arguments string) string {
	return "terraform {\n  backend \"" + kind + "\" {\n" + arguments + "\n  }\n}\n"
}

func state(kind, arguments string) string {
	return "data \"terraform_remote_state\" \"network\" {\n  backend = \"" + kind + "\"\n" +
		"  config = {\n" + arguments + "\n  }\n}\n"
}

const remote = "data.terraform_remote_state.network.outputs."

// answers are the rules that speak of the function at all, as warnings or errors, with the file where each does, and
// what those of the questions wait for that are about the ways from the function.
func answers(t *testing.T, files map[string]string, paths ...string) (out []string) {
	t.Helper()
	dir := t.TempDir()
	files[".git/HEAD"] = "x"
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(t.Context(), paths, lint.Options{Dir: dir})
	if err != nil || len(r.Errors) > 0 {
		t.Fatal(err, r.Errors)
	}
	for _, f := range r.Findings() {
		if f.Severity >= rules.Warning {
			at, _ := r.Files.Location(f.Span)
			out = append(out, f.Rule.Name+" "+at.File+affected(f.Affects))
		}
	}
	for _, u := range r.Undecided() {
		if u.Rule.Name != "public_subnet_only" && u.Rule.Name != "security_group_blocks_https" {
			continue
		}
		for _, m := range u.Missing {
			if strings.HasPrefix(m.Name, "sg-") {
				continue
			}
			out = append(out, "? "+m.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func affected(by []string) string {
	if len(by) == 0 {
		return ""
	}
	return " " + strings.Join(by, ", ")
}

var (
	public   = "public_subnet_only app/main.tf aws_lambda_function.api"
	database = "security_group_blocks_https network/main.tf app:aws_lambda_function.api"
)

// TestStatesOfOtherRootModulesAreRead: outputs of a root module answer where its state is certainly the one that is
// read.
func TestStatesOfOtherRootModulesAreRead(t *testing.T) {
	reads := func(config string) string { return function(remote+"public", remote+"open", config) }
	const bucket = "    bucket = \"states\"\n"
	staged := strings.Replace(network, "gateway_id = aws_internet_gateway.main.id\n",
		"gateway_id     = var.public ? aws_internet_gateway.main.id : null\n"+
			"    nat_gateway_id = var.public ? null : aws_nat_gateway.main.id\n", 1) +
		"variable \"public\" { type = bool }\n"
	check(t, []sample{
		{"a key in a bucket", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf":     reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{public}},
		{"a group beside the function's own root module", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf":     function(remote+"private", remote+"database", state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{database}},
		{"another key", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf":     reads(state("s3", bucket+"    key = \"net.tfstate\"")),
		}, []string{"? data.terraform_remote_state.network"}},
		{"another bucket", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf":     reads(state("s3", "    bucket = \"other\"\n    key = \"network.tfstate\"")),
		}, []string{"? data.terraform_remote_state.network"}},
		{"a bucket that is a variable", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf": reads("variable \"bucket\" {}\n" +
				state("s3", "    bucket = var.bucket\n    key = \"network.tfstate\"")),
		}, []string{public}},
		{"two root modules that keep it", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"old/main.tf":     network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf":     reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{"? which of network and old keeps the state that data.terraform_remote_state.network reads"}},
		{"stages, told apart by a variable that has a value", map[string]string{
			"dev/main.tf":  network + outputs + backend("s3", bucket+"    key = \"dev/network.tfstate\""),
			"prod/main.tf": network + outputs + backend("s3", bucket+"    key = \"prod/network.tfstate\""),
			"app/main.tf": function(remote+"private", remote+"database", "variable \"stage\" { default = \"prod\" }\n"+
				state("s3", bucket+"    key = \"${var.stage}/network.tfstate\"")),
		}, []string{"security_group_blocks_https prod/main.tf app:aws_lambda_function.api"}},
		{"stages, told apart by a variable that has none", map[string]string{
			"dev/main.tf":  network + strings.Replace(outputs, "aws_subnet.public", "aws_subnet.private", 1) + backend("s3", bucket+"    key = \"dev/network.tfstate\""),
			"prod/main.tf": network + outputs + backend("s3", bucket+"    key = \"prod/network.tfstate\""),
			"app/main.tf": reads("variable \"stage\" {}\n" +
				state("s3", bucket+"    key = \"${var.stage}/network.tfstate\"")),
		}, []string{"? stage"}},
		{"a file for the rest of a backend", map[string]string{
			"network/main.tf":           network + outputs + backend("s3", ""),
			"network/prod.s3.tfbackend": "bucket = \"states\"\nkey = \"prod/network.tfstate\"\n",
			"app/main.tf":               reads(state("s3", bucket+"    key = \"prod/network.tfstate\"")),
		}, []string{public}},
		{"files for the rest of a backend, one for each stage", map[string]string{
			"network/main.tf":      network + outputs + backend("s3", ""),
			"network/env/dev.hcl":  "bucket = \"states-dev\"\nkey = \"dev-network.tfstate\"\n",
			"network/env/prod.hcl": "bucket = \"states-prod\"\nkey = \"prod-network.tfstate\"\n",
			"app/main.tf": reads("variable \"stage\" {}\nvariable \"bucket\" {}\n" +
				state("s3", "    bucket = var.bucket\n    key = \"${var.stage}-network.tfstate\"")),
		}, []string{public}},
		{"values for each stage", map[string]string{
			"network/main.tf":        staged + outputs + backend("s3", ""),
			"network/dev.tfbackend":  "bucket = \"states\"\nkey = \"dev.tfstate\"\n",
			"network/dev.tfvars":     "public = false\n",
			"network/prod.tfbackend": "bucket = \"states\"\nkey = \"prod.tfstate\"\n",
			"network/prod.tfvars":    "public = true\n",
			"app/main.tf":            reads(state("s3", bucket+"    key = \"prod.tfstate\"")),
		}, []string{public}},
		{"values for each stage in its folder", map[string]string{
			"network/main.tf":               staged + outputs + backend("s3", ""),
			"network/dev/backend.hcl":       "bucket = \"states\"\nkey = \"dev.tfstate\"\n",
			"network/dev/terraform.tfvars":  "public = false\n",
			"network/prod/backend.hcl":      "bucket = \"states\"\nkey = \"prod.tfstate\"\n",
			"network/prod/terraform.tfvars": "public = true\n",
			"app/main.tf":                   reads(state("s3", bucket+"    key = \"dev.tfstate\"")),
		}, []string{"nat_route_loop network/main.tf app:aws_lambda_function.api"}},
		{"values of another stage", map[string]string{
			"network/main.tf":        staged + outputs + backend("s3", ""),
			"network/prod.tfbackend": "bucket = \"states\"\nkey = \"prod.tfstate\"\n",
			"network/dev.tfvars":     "public = true\n",
			"app/main.tf":            reads(state("s3", bucket+"    key = \"prod.tfstate\"")),
		}, []string{"? public"}},
		{"two stages with one state", map[string]string{
			"network/main.tf":        staged + outputs + backend("s3", ""),
			"network/dev.tfbackend":  "bucket = \"states\"\nkey = \"network.tfstate\"\n",
			"network/dev.tfvars":     "public = false\n",
			"network/prod.tfbackend": "bucket = \"states\"\nkey = \"network.tfstate\"\n",
			"network/prod.tfvars":    "public = true\n",
			"app/main.tf":            reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{"? data.terraform_remote_state.network"}},
		{"two files of values for a stage", map[string]string{
			"network/main.tf":                staged + outputs + backend("s3", ""),
			"network/backends/prod.hcl":      "bucket = \"states\"\nkey = \"prod.tfstate\"\n",
			"network/vars/prod.tfvars":       "public = true\n",
			"network/extra/prod-vars.tfvars": "public = false\n",
			"app/main.tf":                    reads(state("s3", bucket+"    key = \"prod.tfstate\"")),
		}, []string{"? public"}},
		{"a stage that is not known", map[string]string{
			"network/main.tf":        staged + outputs + backend("s3", ""),
			"network/dev.tfbackend":  "bucket = \"states\"\nkey = \"dev.tfstate\"\n",
			"network/dev.tfvars":     "public = false\n",
			"network/prod.tfbackend": "bucket = \"states\"\nkey = \"prod.tfstate\"\n",
			"network/prod.tfvars":    "public = true\n",
			"app/main.tf": reads("variable \"stage\" {}\n" +
				state("s3", bucket+"    key = \"${var.stage}.tfstate\"")),
		}, []string{"? public"}},
		{"arguments on a command line", map[string]string{
			"network/main.tf":  network + outputs + backend("s3", ""),
			"network/Makefile": "init:\n\tterraform init -backend-config=\"key=network.tfstate\" -backend-config=bucket=states\n",
			"app/main.tf":      reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{public}},
		{"a backend of which nothing is known", map[string]string{
			"network/main.tf": network + outputs + backend("s3", ""),
			"app/main.tf":     reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{"? data.terraform_remote_state.network"}},
		{"a file beside the root module", map[string]string{
			"network/main.tf": network + outputs,
			"app/main.tf":     reads(state("local", "    path = \"../network/terraform.tfstate\"")),
		}, []string{public}},
		{"a file elsewhere", map[string]string{
			"network/main.tf": network + outputs + backend("local", "    path = \"../states/network.tfstate\""),
			"app/main.tf":     reads(state("local", "    path = \"${path.module}/../states/network.tfstate\"")),
		}, []string{public}},
		{"a prefix in Google's store", map[string]string{
			"network/main.tf": network + outputs + backend("gcs", bucket+"    prefix = \"network\""),
			"app/main.tf":     reads(state("gcs", bucket+"    prefix = \"network\"")),
		}, []string{public}},
		{"a workspace of HCP Terraform", map[string]string{
			"network/main.tf": network + outputs + "terraform {\n  cloud {\n    organization = \"shop\"\n" +
				"    workspaces { name = \"network\" }\n  }\n}\n",
			"app/main.tf": reads(state("remote", "    organization = \"shop\"\n    workspaces = { name = \"network\" }")),
		}, []string{public}},
		{"the syntax of JSON", map[string]string{
			"network/main.tf":         network + outputs,
			"network/backend.tf.json": `{"terraform": {"backend": {"s3": {"bucket": "states", "key": "network.tfstate"}}}}`,
			"app/main.tf":             reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{public}},
		{"through a third one", map[string]string{
			"network/main.tf": network + outputs + backend("s3", bucket+"    key = \"network.tfstate\""),
			"shared/main.tf": "output \"private\" { value = " + remote + "private }\noutput \"database\" { value = " + remote +
				"database }\n" + state("s3", bucket+"    key = \"network.tfstate\"") + backend("s3", bucket+"    key = \"shared.tfstate\""),
			"app/main.tf": function(remote+"private", remote+"database", state("s3", bucket+"    key = \"shared.tfstate\"")),
		}, []string{database}},
		{"two that read each other", map[string]string{
			"network/main.tf": network + outputs + state("s3", bucket+"    key = \"app.tfstate\"") +
				"output \"own\" { value = " + remote + "x }\n" + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf": reads(state("s3", bucket+"    key = \"network.tfstate\"") + "output \"x\" { value = " + remote +
				"own }\n" + backend("s3", bucket+"    key = \"app.tfstate\"")),
		}, []string{public}},
		{"an output that is not there", map[string]string{
			"network/main.tf": network + backend("s3", bucket+"    key = \"network.tfstate\""),
			"app/main.tf":     reads(state("s3", bucket+"    key = \"network.tfstate\"")),
		}, []string{"? data.terraform_remote_state.network"}},
	})
}

// TestANamedFileFindsTheRootModulesThatItTakesFrom: what is named alone is judged as in the whole repository.
func TestANamedFileFindsTheRootModulesThatItTakesFrom(t *testing.T) {
	const key = "    bucket = \"states\"\n    key = \"network.tfstate\""
	got := answers(t, map[string]string{
		"network/main.tf": network + outputs + backend("s3", key),
		"app/main.tf":     function(remote+"public", remote+"open", state("s3", key)),
		"app/other.tf":    "",
	}, "app/main.tf")
	if diff := cmp.Diff([]string{public}, got); diff != "" {
		t.Error(diff)
	}
}

type sample struct {
	name  string
	files map[string]string
	want  []string
}

func check(t *testing.T, samples []sample) {
	t.Helper()
	for _, c := range samples {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, answers(t, c.files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
