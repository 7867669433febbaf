# terraform-aws-modules/kms/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/kms/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-kms"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
