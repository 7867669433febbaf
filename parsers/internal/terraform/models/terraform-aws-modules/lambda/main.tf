# A model of https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws: the function, its role with policies,
# and its event source mappings.
#
# It leaves out how the code is packed, layers, permissions of callers, and function URLs.
model {
  name     = "terraform-aws-modules/lambda/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-lambda"]
  versions = ">= 4.0.1, < 9.0"
  ignores = [
    "architectures", "artifacts_dir", "authorization_type", "build_in_docker", "cloudwatch_logs_*",
    "code_signing_config_arn", "compatible_*", "cors", "create_async_event_config", "create_current_version_*",
    "create_lambda_function_url", "create_package", "create_sam_metadata", "create_unqualified_alias_async_event_config",
    "create_unqualified_alias_lambda_function_url", "description", "docker_*", "hash_extra", "ignore_source_code_hash",
    "invoke_mode", "layer_*", "license_info",
    "local_existing_package", "maximum_*", "policy_path", "provisioned_concurrent_executions", "publish",
    "quiet_archive_local_exec", "recreate_missing_package", "recursive_loop", "s3_*", "skip_destroy", "source_path",
    "store_on_s3", "timeouts", "trigger_on_package_timestamp", "role_description", "role_force_detach_policies",
    "role_maximum_session_duration", "allowed_triggers", "tenant_isolation_mode", "ephemeral_storage_size",
    "logging_application_log_level", "logging_log_format", "logging_system_log_level",
  ]
}

locals {
  function = var.create && var.putin_khuylo && var.create_function && !var.create_layer
  log_name = coalesce(var.logging_log_group, "/aws/lambda/${var.lambda_at_edge ? "us-east-1." : ""}${var.function_name}")
}

data "aws_cloudwatch_log_group" "lambda" {
  count = local.function && var.use_existing_cloudwatch_log_group ? 1 : 0
  name  = local.log_name
}

resource "aws_cloudwatch_log_group" "lambda" {
  count = local.function && !var.use_existing_cloudwatch_log_group ? 1 : 0
  name  = local.log_name
}

resource "aws_lambda_function" "this" {
  count                              = local.function ? 1 : 0
  region                             = var.region
  function_name                      = var.function_name
  role                               = var.create_role ? aws_iam_role.lambda[0].arn : var.lambda_role
  package_type                       = var.package_type
  handler                            = var.package_type == "Zip" ? var.handler : null
  runtime                            = var.package_type == "Zip" ? var.runtime : null
  image_uri                          = var.image_uri
  layers                             = var.layers
  memory_size                        = var.memory_size
  timeout                            = var.lambda_at_edge ? min(var.timeout, 30) : var.timeout
  reserved_concurrent_executions     = var.reserved_concurrent_executions
  kms_key_arn                        = var.kms_key_arn
  replace_security_groups_on_destroy = var.replace_security_groups_on_destroy
  replacement_security_group_ids     = var.replacement_security_group_ids
  tags                               = merge(var.since_7_5 && !var.since_8_2 && var.include_default_tag ? { terraform-aws-modules = "lambda" } : {}, var.tags, var.function_tags)
  dynamic "vpc_config" {
    for_each = var.vpc_subnet_ids != null && var.vpc_security_group_ids != null ? [1] : []
    content {
      subnet_ids                  = var.vpc_subnet_ids
      security_group_ids          = var.vpc_security_group_ids
      ipv6_allowed_for_dual_stack = var.ipv6_allowed_for_dual_stack
    }
  }
  dynamic "environment" {
    for_each = length(var.environment_variables) > 0 ? [1] : []
    content {
      variables = var.environment_variables
    }
  }
  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn != null ? [1] : []
    content {
      target_arn = var.dead_letter_target_arn
    }
  }
  dynamic "tracing_config" {
    for_each = var.tracing_mode != null ? [1] : []
    content {
      mode = var.tracing_mode
    }
  }
  dynamic "file_system_config" {
    for_each = var.file_system_arn != null && var.file_system_local_mount_path != null ? [1] : []
    content {
      arn              = var.file_system_arn
      local_mount_path = var.file_system_local_mount_path
    }
  }
  dynamic "snap_start" {
    for_each = var.snap_start ? [1] : []
    content {
      apply_on = "PublishedVersions"
    }
  }
  dynamic "image_config" {
    for_each = length(var.image_config_entry_point) > 0 || length(var.image_config_command) > 0 || var.image_config_working_directory != null ? [1] : []
    content {
      entry_point       = var.image_config_entry_point
      command           = var.image_config_command
      working_directory = var.image_config_working_directory
    }
  }
  dynamic "durable_config" {
    for_each = var.durable_config_execution_timeout != null ? [1] : []
    content {
      execution_timeout = var.durable_config_execution_timeout
      retention_period  = var.durable_config_retention_period
    }
  }
  dynamic "capacity_provider_config" {
    for_each = var.managed_instances_capacity_provider_arn != null ? [1] : []
    content {
      lambda_managed_instances_capacity_provider_config {
        capacity_provider_arn = var.managed_instances_capacity_provider_arn
      }
    }
  }
  depends_on = [
    aws_iam_role_policy.additional_inline, aws_iam_role_policy_attachment.additional_inline,
    aws_iam_role_policy.additional_json, aws_iam_role_policy_attachment.additional_json,
    aws_iam_role_policy.additional_jsons, aws_iam_role_policy_attachment.additional_jsons,
    aws_iam_role_policy.async, aws_iam_role_policy_attachment.async,
    aws_iam_role_policy.dead_letter, aws_iam_role_policy_attachment.dead_letter,
    aws_iam_role_policy.logs, aws_iam_role_policy_attachment.logs,
    aws_iam_role_policy.tracing, aws_iam_role_policy_attachment.tracing,
    aws_iam_role_policy.vpc, aws_iam_role_policy_attachment.vpc,
    aws_iam_role_policy_attachment.additional_one, aws_iam_role_policy_attachment.additional_many,
  ]
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each                           = { for name, one in var.event_source_mapping : name => one if local.function && var.create_unqualified_alias_allowed_triggers }
  region                             = var.region
  function_name                      = aws_lambda_function.this[0].arn
  event_source_arn                   = try(each.value.event_source_arn, null)
  enabled                            = try(each.value.enabled, true)
  batch_size                         = try(each.value.batch_size, null)
  starting_position                  = try(each.value.starting_position, null)
  topics                             = try(each.value.topics, null)
  queues                             = try(each.value.queues, null)
  maximum_batching_window_in_seconds = try(each.value.maximum_batching_window_in_seconds, null)
  tags                               = merge(var.since_7_14 ? var.tags : {}, try(var.since_7_14 ? each.value.tags : {}, {}))
  dynamic "destination_config" {
    for_each = try(each.value.destination_arn_on_failure, null) != null ? [1] : []
    content {
      on_failure {
        destination_arn = each.value.destination_arn_on_failure
      }
    }
  }
  dynamic "self_managed_event_source" {
    for_each = try(each.value.self_managed_event_source, [])
    content {
      endpoints = self_managed_event_source.value.endpoints
    }
  }
  dynamic "source_access_configuration" {
    for_each = try(each.value.source_access_configuration, [])
    content {
      type = source_access_configuration.value.type
      uri  = source_access_configuration.value.uri
    }
  }
  dynamic "provisioned_poller_config" {
    for_each = var.since_7_17 ? try([each.value.provisioned_poller_config], []) : []
    content {
      maximum_pollers = try(provisioned_poller_config.value.maximum_pollers, null)
      minimum_pollers = try(provisioned_poller_config.value.minimum_pollers, null)
    }
  }
}
