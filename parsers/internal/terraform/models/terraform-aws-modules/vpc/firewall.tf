# The default group and ACL, and the ACLs of a kind of subnets.

locals {
  # What a rule of the default group says where it leaves something out.
  open_rule = {
    protocol = "-1", from_port = "0", to_port = "0", self = null
    cidr_blocks = "", ipv6_cidr_blocks = "", prefix_list_ids = "", security_groups = ""
  }
  acls = {
    public = {
      has     = local.open > 0 && var.public_dedicated_network_acl
      subnets = aws_subnet.public[*].id
      rules   = { inbound = var.public_inbound_acl_rules, outbound = var.public_outbound_acl_rules }
    }
    private = {
      has     = local.privates > 0 && var.private_dedicated_network_acl
      subnets = aws_subnet.private[*].id
      rules   = { inbound = var.private_inbound_acl_rules, outbound = var.private_outbound_acl_rules }
    }
    database = {
      has     = local.databases > 0 && var.database_dedicated_network_acl
      subnets = aws_subnet.database[*].id
      rules   = { inbound = var.database_inbound_acl_rules, outbound = var.database_outbound_acl_rules }
    }
    redshift = {
      has     = local.redshifts > 0 && var.redshift_dedicated_network_acl
      subnets = aws_subnet.redshift[*].id
      rules   = { inbound = var.redshift_inbound_acl_rules, outbound = var.redshift_outbound_acl_rules }
    }
    elasticache = {
      has     = local.elasticaches > 0 && var.elasticache_dedicated_network_acl
      subnets = aws_subnet.elasticache[*].id
      rules   = { inbound = var.elasticache_inbound_acl_rules, outbound = var.elasticache_outbound_acl_rules }
    }
    intra = {
      has     = local.intras > 0 && var.intra_dedicated_network_acl
      subnets = aws_subnet.intra[*].id
      rules   = { inbound = var.intra_inbound_acl_rules, outbound = var.intra_outbound_acl_rules }
    }
  }
}

resource "aws_default_security_group" "this" {
  count  = local.on && local.default_group ? 1 : 0
  vpc_id = local.id

  dynamic "ingress" {
    for_each = [for rule in var.default_security_group_ingress : merge(local.open_rule, rule)]
    iterator = r
    content {
      protocol         = r.value.protocol
      from_port        = r.value.from_port
      to_port          = r.value.to_port
      self             = r.value.self
      cidr_blocks      = compact(split(",", r.value.cidr_blocks))
      ipv6_cidr_blocks = compact(split(",", r.value.ipv6_cidr_blocks))
      prefix_list_ids  = compact(split(",", r.value.prefix_list_ids))
      security_groups  = compact(split(",", r.value.security_groups))
    }
  }

  dynamic "egress" {
    for_each = [for rule in var.default_security_group_egress : merge(local.open_rule, rule)]
    iterator = r
    content {
      protocol         = r.value.protocol
      from_port        = r.value.from_port
      to_port          = r.value.to_port
      self             = r.value.self
      cidr_blocks      = compact(split(",", r.value.cidr_blocks))
      ipv6_cidr_blocks = compact(split(",", r.value.ipv6_cidr_blocks))
      prefix_list_ids  = compact(split(",", r.value.prefix_list_ids))
      security_groups  = compact(split(",", r.value.security_groups))
    }
  }
}

resource "aws_default_network_acl" "this" {
  count                  = local.on && local.default_acl ? 1 : 0
  default_network_acl_id = one(aws_vpc.this[*].default_network_acl_id)

  dynamic "ingress" {
    for_each = var.default_network_acl_ingress
    iterator = r
    content {
      rule_no         = r.value.rule_no
      action          = r.value.action
      protocol        = r.value.protocol
      from_port       = r.value.from_port
      to_port         = r.value.to_port
      icmp_type       = lookup(r.value, "icmp_type", null)
      icmp_code       = lookup(r.value, "icmp_code", null)
      cidr_block      = lookup(r.value, "cidr_block", null)
      ipv6_cidr_block = lookup(r.value, "ipv6_cidr_block", null)
    }
  }

  dynamic "egress" {
    for_each = var.default_network_acl_egress
    iterator = r
    content {
      rule_no         = r.value.rule_no
      action          = r.value.action
      protocol        = r.value.protocol
      from_port       = r.value.from_port
      to_port         = r.value.to_port
      icmp_type       = lookup(r.value, "icmp_type", null)
      icmp_code       = lookup(r.value, "icmp_code", null)
      cidr_block      = lookup(r.value, "cidr_block", null)
      ipv6_cidr_block = lookup(r.value, "ipv6_cidr_block", null)
    }
  }
}

resource "aws_network_acl" "dedicated" {
  for_each   = { for kind, acl in local.acls : kind => acl.subnets if acl.has }
  vpc_id     = local.id
  subnet_ids = each.value
}

resource "aws_network_acl_rule" "dedicated" {
  for_each = merge(flatten([
    for kind, acl in local.acls : [
      for way, rules in acl.rules : {
        for i, rule in rules : "${kind}_${way}-${i}" => merge(rule, { of = kind, way = way })
      }
    ] if acl.has
  ])...)
  network_acl_id  = aws_network_acl.dedicated[each.value.of].id
  egress          = each.value.way == "outbound"
  rule_number     = each.value.rule_number
  rule_action     = each.value.rule_action
  protocol        = each.value.protocol
  from_port       = lookup(each.value, "from_port", null)
  to_port         = lookup(each.value, "to_port", null)
  icmp_type       = lookup(each.value, "icmp_type", null)
  icmp_code       = lookup(each.value, "icmp_code", null)
  cidr_block      = lookup(each.value, "cidr_block", null)
  ipv6_cidr_block = lookup(each.value, "ipv6_cidr_block", null)
}
