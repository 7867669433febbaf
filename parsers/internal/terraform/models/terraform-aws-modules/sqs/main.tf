# terraform-aws-modules/sqs/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/sqs/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-sqs"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
