# The cluster, its instances, subnet group and security group of terraform-aws-modules/rds-aurora/aws. Left out: further
# endpoints, autoscaling, parameters, monitoring, storage, backups and the password.
model {
  name     = "terraform-aws-modules/rds-aurora/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-rds-aurora"]
  versions = ">= 8.0, < 11.0"
  ignores = [
    "allocated_storage", "allow_major_version_upgrade", "apply_immediately", "auto_minor_version_upgrade",
    "autoscaling_*", "backtrack_window", "backup_retention_period", "ca_cert_identifier", "cloudwatch_log_group_*",
    "cluster_activity_stream", "cluster_ca_cert_identifier", "cluster_db_instance_parameter_group_name",
    "cluster_instance_class", "cluster_members", "cluster_monitoring_interval", "cluster_parameter_group*",
    "cluster_performance_*", "cluster_tags", "cluster_timeouts", "copy_tags_to_snapshot",
    "create_cloudwatch_log_group", "create_db_cluster_*", "create_db_parameter_group", "create_monitoring_role",
    "database_insights_mode", "database_name", "db_cluster_activity_*", "db_cluster_db_instance_*",
    "db_cluster_instance_class", "db_cluster_parameter_*", "db_parameter_group*", "delete_automated_backups",
    "deletion_protection", "domain", "domain_iam_role_name", "enable_http_endpoint", "enable_*_write_forwarding",
    "enabled_cloudwatch_logs_exports", "engine_lifecycle_support", "engine_native_audit_fields_included",
    "final_snapshot_identifier", "iam_*", "instance_timeouts", "iops", "kms_key_id",
    "manage_master_user_password_rotation", "master_*", "monitoring_*", "performance_insights_*",
    "predefined_metric_type", "preferred_*", "restore_to_point_in_time", "role_associations", "s3_import",
    "scaling_configuration", "security_group_description", "security_group_tags", "serverlessv2_scaling_configuration",
    "skip_final_snapshot", "snapshot_identifier", "storage_*", "tags", "*shard_group*", "compute_redundancy",
    "endpoints", "global_cluster_identifier", "instance_class", "instances_use_identifier_prefix",
    "is_primary_cluster", "max_acu", "min_acu", "replication_source_identifier", "source_region",
  ]
}

locals {
  on       = var.create && var.putin_khuylo
  guarded  = local.on && var.create_security_group
  postgres = contains(["postgres", "aurora-postgresql"], coalesce(var.engine, "?"))
  port     = coalesce(var.port, local.postgres ? 5432 : 3306)
  called   = try(coalesce(var.db_subnet_group_name, var.name), "")
  placed   = var.create_db_subnet_group ? one(aws_db_subnet_group.this[*].name) : local.called
  guard    = one(aws_security_group.this[*].id)
  label    = try(coalesce(var.security_group_name, var.name), "")
  members  = local.on && var.engine_mode != "serverless" ? var.instances : {}
}

resource "aws_db_subnet_group" "this" {
  count      = var.create_db_subnet_group && local.on ? 1 : 0
  name       = local.called
  subnet_ids = var.subnets
}

resource "aws_rds_cluster" "this" {
  count                  = local.on ? 1 : 0
  cluster_identifier     = var.cluster_use_name_prefix ? null : var.name
  engine                 = var.engine
  engine_mode            = var.cluster_scalability_type == "limitless" ? "" : var.engine_mode
  engine_version         = var.engine_version
  port                   = local.port
  network_type           = var.network_type
  db_subnet_group_name   = local.placed
  vpc_security_group_ids = compact(concat(var.vpc_security_group_ids, aws_security_group.this[*].id))
}

resource "aws_rds_cluster_instance" "this" {
  for_each             = local.members
  cluster_identifier   = one(aws_rds_cluster.this[*].id)
  engine               = var.engine
  engine_version       = var.engine_version
  db_subnet_group_name = local.placed
  publicly_accessible  = try(each.value.publicly_accessible, var.publicly_accessible)
}

resource "aws_security_group" "this" {
  count       = local.guarded ? 1 : 0
  vpc_id      = var.vpc_id
  name        = var.security_group_use_name_prefix ? null : local.label
  name_prefix = var.security_group_use_name_prefix ? "${local.label}-" : null
  lifecycle {
    create_before_destroy = true
  }
}

# Before 10: one list of rules for both ways. Without more, a rule admits to the port of the cluster.
resource "aws_security_group_rule" "this" {
  for_each                 = { for key, rule in var.security_group_rules : key => rule if local.guarded }
  security_group_id        = local.guard
  type                     = lookup(each.value, "type", "ingress")
  protocol                 = lookup(each.value, "protocol", "tcp")
  from_port                = lookup(each.value, "from_port", local.port)
  to_port                  = lookup(each.value, "to_port", local.port)
  cidr_blocks              = try(each.value["cidr_blocks"], null)
  ipv6_cidr_blocks         = try(each.value["ipv6_cidr_blocks"], null)
  prefix_list_ids          = try(each.value["prefix_list_ids"], null)
  source_security_group_id = try(each.value["source_security_group_id"], null)
  self                     = try(each.value["self"], null)
}

# Since 10: a list for each way. The peer "self" is the group.
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = { for key, rule in var.security_group_ingress_rules : key => rule if local.guarded }
  security_group_id = local.guard
  ip_protocol       = lookup(each.value, "ip_protocol", "tcp")
  from_port         = lookup(each.value, "from_port", local.port)
  to_port           = lookup(each.value, "to_port", lookup(each.value, "from_port", local.port))
  cidr_ipv4         = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6         = lookup(each.value, "cidr_ipv6", null)
  prefix_list_id    = lookup(each.value, "prefix_list_id", null)

  referenced_security_group_id = local.peers[0][each.key]
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each          = { for key, rule in var.security_group_egress_rules : key => rule if local.guarded }
  security_group_id = local.guard
  ip_protocol       = lookup(each.value, "ip_protocol", "tcp")
  from_port         = lookup(each.value, "from_port", lookup(each.value, "to_port", local.port))
  to_port           = lookup(each.value, "to_port", local.port)
  cidr_ipv4         = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6         = lookup(each.value, "cidr_ipv6", null)
  prefix_list_id    = lookup(each.value, "prefix_list_id", null)

  referenced_security_group_id = local.peers[1][each.key]
}

locals {
  peers = [
    for rules in [var.security_group_ingress_rules, var.security_group_egress_rules] : {
      for key, rule in rules : key => [
        for peer in [lookup(rule, "referenced_security_group_id", null)] : peer == "self" ? local.guard : peer
      ][0]
    }
  ]
}
