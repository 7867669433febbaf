# terraform-aws-modules/s3-bucket/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/s3-bucket/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-s3-bucket"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
