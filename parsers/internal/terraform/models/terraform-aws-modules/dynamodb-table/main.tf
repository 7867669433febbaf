# terraform-aws-modules/dynamodb-table/aws makes nothing of a network, and attaches nothing to the roles that its arguments name.
model {
  name     = "terraform-aws-modules/dynamodb-table/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-dynamodb-table"]
  versions = ">= 1.0"
  ignores  = ["*"]
}
