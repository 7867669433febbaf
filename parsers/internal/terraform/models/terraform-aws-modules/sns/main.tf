# terraform-aws-modules/sns/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/sns/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-sns"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
