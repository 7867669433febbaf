# terraform-aws-modules/ecr/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/ecr/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-ecr"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
