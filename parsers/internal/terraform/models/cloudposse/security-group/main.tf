# The security group that cloudposse/security-group/aws makes, or the one that it is given, and its rules. Left out:
# descriptions, timeouts, in which order a group is replaced, and what labels call things, so that names are not known.
model {
  name     = "cloudposse/security-group/aws"
  git      = ["github.com/cloudposse/terraform-aws-security-group"]
  versions = ">= 0.4, < 3.0"
  ignores = [
    "namespace", "tenant", "environment", "stage", "name", "delimiter", "attributes", "labels_as_tags", "tags",
    "additional_tag_map", "label_order", "regex_replace_chars", "id_length_limit", "label_key_case", "label_value_case",
    "descriptor_formats", "security_group_name", "security_group_description", "security_group_*_timeout",
    "revoke_rules_on_delete", "preserve_security_group_id", "create_before_destroy",
  ]
}

variable "since_1" {}
variable "since_2" {}

variable "context" {
  default = {}
}

variable "enabled" {
  type    = bool
  default = null
}

variable "vpc_id" {
  type = string
}

variable "target_security_group_id" {
  type    = list(string)
  default = []
}

# Version 2 turned it on.
variable "allow_all_egress" {
  type    = bool
  default = null
}

variable "inline_rules_enabled" {
  type    = bool
  default = false
}

variable "rules" {
  default = []
}

variable "rules_map" {
  default = {}
}

variable "rule_matrix" {
  default = []
}

locals {
  on   = var.enabled == null ? lookup(var.context, "enabled", true) : var.enabled
  made = local.on && length(var.target_security_group_id) == 0
  open = coalesce(var.allow_all_egress, var.since_2)
  tags = jsondecode(uuid())

  id = local.made ? one(aws_security_group.default[*].id) : try(var.target_security_group_id[0], null)

  # Each rule: what it is, whom it lets through, and of which groups. Those of a matrix have their peers in common, and
  # until version 1 their self too.
  single = flatten([
    for list in concat([try([for r in var.rules : r], [])], try(values(var.rules_map), [])) : [
      for r in list : { way = r, peers = r, groups = [], self = try(r.self, null) == true, matrix = false }
    ]
  ])
  common = flatten([
    for m in try([for m in var.rule_matrix : m], []) : [
      for r in m.rules : {
        way  = r, peers = m, groups = try(m.source_security_group_ids, []), matrix = true
        self = (var.since_1 ? try(r.self, null) : try(m.self, null)) == true
      }
    ]
  ])
  wide = [
    for every in local.open ? ["0.0.0.0/0"] : [] : {
      groups = [], self = false, matrix = false
      way    = { type = "egress", from_port = 0, to_port = 0, protocol = "-1" }
      peers  = { cidr_blocks = [every], ipv6_cidr_blocks = ["::/0"] }
    }
  ]
  rules = local.on ? [
    for r in concat(local.single, local.common, local.wide) : merge(r, {
      v4    = try(r.peers.cidr_blocks, null) == null ? [] : r.peers.cidr_blocks
      v6    = try(r.peers.ipv6_cidr_blocks, null) == null ? [] : r.peers.ipv6_cidr_blocks
      lists = try(r.peers.prefix_list_ids, null) == null ? [] : r.peers.prefix_list_ids
    })
  ] : []

  # A rule of its own has one group at most. Those of no matrix are made beside inline ones too.
  own = concat(
    [
      for r in local.rules : merge(r, { peer = r.matrix ? null : try(r.way.source_security_group_id, null) })
      if !r.matrix || !var.inline_rules_enabled && (r.self || length(r.v4) + length(r.v6) + length(r.lists) > 0)
    ],
    flatten([
      for r in local.rules : [
        for id in var.inline_rules_enabled ? [] : r.groups : {
          way = r.way, peer = id, v4 = [], v6 = [], lists = [], self = false
        }
      ]
    ]),
  )
}

resource "aws_security_group" "default" {
  count  = local.made ? 1 : 0
  vpc_id = var.vpc_id
  tags   = local.tags

  dynamic "ingress" {
    for_each = [for r in local.rules : r if var.inline_rules_enabled && r.way.type == "ingress"]
    iterator = rule
    content {
      from_port        = rule.value.way.from_port
      to_port          = rule.value.way.to_port
      protocol         = rule.value.way.protocol
      cidr_blocks      = rule.value.v4
      ipv6_cidr_blocks = rule.value.v6
      prefix_list_ids  = rule.value.lists
      security_groups  = rule.value.groups
      self             = rule.value.self
    }
  }

  dynamic "egress" {
    for_each = [for r in local.rules : r if var.inline_rules_enabled && r.way.type == "egress"]
    iterator = rule
    content {
      from_port        = rule.value.way.from_port
      to_port          = rule.value.way.to_port
      protocol         = rule.value.way.protocol
      cidr_blocks      = rule.value.v4
      ipv6_cidr_blocks = rule.value.v6
      prefix_list_ids  = rule.value.lists
      security_groups  = rule.value.groups
      self             = rule.value.self
    }
  }
}

resource "aws_security_group_rule" "keyed" {
  for_each                 = { for i, r in local.own : i => r }
  type                     = each.value.way.type
  security_group_id        = local.id
  from_port                = each.value.way.from_port
  to_port                  = each.value.way.to_port
  protocol                 = each.value.way.protocol
  cidr_blocks              = each.value.v4
  ipv6_cidr_blocks         = each.value.v6
  prefix_list_ids          = each.value.lists
  source_security_group_id = each.value.peer
  self                     = each.value.self ? true : null
}

output "id" {
  value = local.on ? local.id : null
}

output "arn" {
  value = one(aws_security_group.default[*].arn)
}

output "name" {
  value = local.made ? uuid() : null
}
