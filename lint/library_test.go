package lint_test

import (
	"slices"
	"strings"
	"testing"
)

// TestWhatCallersOfALibraryGive: a module is judged once more as one that others call. What known callers give where
// they attach its function is no default then.
func TestWhatCallersOfALibraryGive(t *testing.T) {
	const module = `
variable "subnets" {
  type    = list(string)
  default = []
}
variable "groups" {
  type    = list(string)
  default = []
}
variable "documents" {
  type    = list(string)
  default = []
}
data "aws_iam_policy_document" "logs" {
  source_policy_documents = var.documents
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}
resource "aws_iam_role" "api" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy" "api" {
  role   = aws_iam_role.api.name
  policy = data.aws_iam_policy_document.logs.json
}
resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = aws_iam_role.api.arn
  vpc_config {
    subnet_ids         = var.subnets
    security_group_ids = var.groups
  }
  depends_on = [aws_iam_role_policy.api]
}
`
	const caller = `
module "store" {
  source = "git::https://example.com/store.git"
}
data "aws_security_groups" "scanner" {}
module "api" {
  source    = "../api"
  subnets   = length(data.aws_security_groups.scanner.ids) == 1 ? ["subnet-0123456789abcdef0"] : []
  groups    = length(data.aws_security_groups.scanner.ids) == 1 ? data.aws_security_groups.scanner.ids : []
  documents = [module.store.policy]
}
`
	const missing = "eni_permissions_missing api/main.tf "
	waits := []string{"? data.aws_security_groups.scanner", "? subnet-0123456789abcdef0"}
	check(t, []sample{
		{"documents beside subnets", map[string]string{"api/main.tf": module, "app/main.tf": caller}, waits},
		{"no documents", map[string]string{
			"api/main.tf": module, "app/main.tf": strings.ReplaceAll(caller, "  documents", "#"),
		}, append(slices.Clip(waits), missing+"module.api.aws_lambda_function.api")},
		{"documents for a function outside", map[string]string{
			"api/main.tf": module,
			"app/main.tf": strings.NewReplacer("  subnets ", "#", "  groups ", "#").Replace(caller),
		}, []string{missing + "aws_lambda_function.api"}},
	})
}
