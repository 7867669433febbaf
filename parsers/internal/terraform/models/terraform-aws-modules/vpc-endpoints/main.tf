# The VPC endpoints that terraform-aws-modules/vpc/aws//modules/vpc-endpoints makes, and the group of its own. Left out:
# which addresses of a subnet an endpoint takes, and timeouts.
model {
  name     = "terraform-aws-modules/vpc/aws//modules/vpc-endpoints"
  git      = ["github.com/terraform-aws-modules/terraform-aws-vpc//modules/vpc-endpoints"]
  versions = ">= 3.14, < 7.0"
  ignores  = ["timeouts", "security_group_tags", "security_group_description", "tags"]
}

variable "since_5_7" {
  type = bool
}

variable "since_5_18" {
  type = bool
}

variable "create" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = false
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_name_prefix" {
  type    = string
  default = null
}

variable "subnet_ids" {
  type    = list(string)
  default = []
}

variable "security_group_ids" {
  type    = list(string)
  default = []
}

variable "endpoints" {
  default = {}
}

variable "security_group_rules" {
  default = {}
}

locals {
  wanted = { for name, e in var.endpoints : name => e if var.create && lookup(e, "create", true) }
  kinds  = { for name, e in local.wanted : name => lookup(e, "service_type", "Interface") }
  named  = { for name, e in local.wanted : name => e.service_endpoint if var.since_5_7 && can(e.service_endpoint) }
  guards = concat(aws_security_group.this[*].id, var.security_group_ids)
}

# It completes the name of a service, such as s3.
data "aws_vpc_endpoint_service" "this" {
  for_each     = local.wanted
  service      = lookup(each.value, "service", null)
  service_name = lookup(each.value, "service_name", null)
  filter {
    name   = "service-type"
    values = [local.kinds[each.key]]
  }
}

# Interface endpoints have the subnets and groups of the call, and their own besides.
resource "aws_vpc_endpoint" "this" {
  for_each           = local.wanted
  vpc_id             = var.vpc_id
  vpc_endpoint_type  = local.kinds[each.key]
  service_name       = lookup(local.named, each.key, data.aws_vpc_endpoint_service.this[each.key].service_name)
  service_region     = var.since_5_18 ? lookup(each.value, "service_region", null) : null
  policy             = lookup(each.value, "policy", null)
  ip_address_type    = lookup(each.value, "ip_address_type", null)
  route_table_ids    = local.kinds[each.key] == "Gateway" ? lookup(each.value, "route_table_ids", null) : null
  subnet_ids         = local.faces[each.key] ? local.subnets[each.key] : null
  security_group_ids = local.faces[each.key] && length(local.groups[each.key]) > 0 ? local.groups[each.key] : null

  private_dns_enabled = local.faces[each.key] ? lookup(each.value, "private_dns_enabled", null) : null
}

locals {
  faces   = { for name, kind in local.kinds : name => kind == "Interface" }
  subnets = { for name, e in local.wanted : name => toset(concat(lookup(e, "subnet_ids", []), var.subnet_ids)) }
  groups  = { for name, e in local.wanted : name => toset(concat(lookup(e, "security_group_ids", []), local.guards)) }
}

resource "aws_security_group" "this" {
  count       = var.create_security_group && var.create ? 1 : 0
  vpc_id      = var.vpc_id
  name        = var.security_group_name
  name_prefix = var.security_group_name_prefix
  lifecycle {
    create_before_destroy = true
  }
}

# A rule that says no more lets HTTPS in.
resource "aws_security_group_rule" "this" {
  for_each                 = var.create_security_group && var.create ? var.security_group_rules : {}
  security_group_id        = one(aws_security_group.this[*].id)
  type                     = lookup(each.value, "type", "ingress")
  protocol                 = lookup(each.value, "protocol", "tcp")
  from_port                = lookup(each.value, "from_port", 443)
  to_port                  = lookup(each.value, "to_port", 443)
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
  self                     = lookup(each.value, "self", null)
}

output "endpoints" {
  value = aws_vpc_endpoint.this
}

output "security_group_id" {
  value = one(aws_security_group.this[*].id)
}

output "security_group_arn" {
  value = one(aws_security_group.this[*].arn)
}
