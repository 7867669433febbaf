# The security group that terraform-aws-modules/security-group/aws makes, and its submodules such as modules/https-443.
# Left out: descriptions and timeouts. Each way has one list of rules, where the module has twelve.
model {
  name     = "terraform-aws-modules/security-group/aws"
  parts    = "modules/*"
  git      = ["github.com/terraform-aws-modules/terraform-aws-security-group"]
  versions = ">= 3.16, < 6.0"
  ignores  = ["description", "revoke_rules_on_delete", "create_timeout", "delete_timeout"]
}

locals {
  on    = var.create && var.putin_khuylo
  made  = local.on && var.create_sg
  tags  = merge({ Name = var.name }, var.tags)
  group = one(concat(aws_security_group.this[*], aws_security_group.this_name_prefix[*]))
  id    = var.create_sg ? try(local.group.id, null) : var.security_group_id

  # Once, an entry without ranges had one empty range, which AWS refuses.
  loose = !var.since_4_17_1

  # A submodule lets in what it is for, all from its own members, and all out. The root module does nothing by itself.
  auto = var.part == "" ? [] : local.submodules[var.part]
  all  = var.part == "" ? [] : ["all-all"]
  own  = var.part == "" ? [] : [{ rule = "all-all" }]
}

resource "aws_security_group" "this" {
  count  = local.made && !var.use_name_prefix ? 1 : 0
  name   = var.name
  vpc_id = var.vpc_id
  tags   = local.tags
}

resource "aws_security_group" "this_name_prefix" {
  count       = local.made && var.use_name_prefix ? 1 : 0
  name_prefix = "${try(var.name, "")}-"
  vpc_id      = var.vpc_id
  tags        = local.tags
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "ingress" {
  for_each                 = { for i, entry in local.ingress : i => entry }
  type                     = "ingress"
  security_group_id        = local.id
  from_port                = try(each.value.r.from_port, local.ports[each.value.r.rule][0])
  to_port                  = try(each.value.r.to_port, local.ports[each.value.r.rule][1])
  protocol                 = try(each.value.r.protocol, local.ports[each.value.r.rule][2])
  cidr_blocks              = try(each.value.v4, null)
  ipv6_cidr_blocks         = try(each.value.v6, null)
  prefix_list_ids          = try(each.value.lists, null)
  source_security_group_id = try(each.value.peer, null)
  self                     = try(each.value.self, null)
}

resource "aws_security_group_rule" "egress" {
  for_each                 = { for i, entry in local.egress : i => entry }
  type                     = "egress"
  security_group_id        = local.id
  from_port                = try(each.value.r.from_port, local.ports[each.value.r.rule][0])
  to_port                  = try(each.value.r.to_port, local.ports[each.value.r.rule][1])
  protocol                 = try(each.value.r.protocol, local.ports[each.value.r.rule][2])
  cidr_blocks              = try(each.value.v4, null)
  ipv6_cidr_blocks         = try(each.value.v6, null)
  prefix_list_ids          = try(each.value.lists, null)
  source_security_group_id = try(each.value.peer, null)
  self                     = try(each.value.self, null)
}
