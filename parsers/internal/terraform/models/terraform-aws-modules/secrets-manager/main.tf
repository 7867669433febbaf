# terraform-aws-modules/secrets-manager/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/secrets-manager/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-secrets-manager"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
