# What terraform-aws-modules/lambda/aws makes of a function, its role and what polls for it. Left out: how code is
# packed and stored, layers, log settings, who may call the function, provisioned concurrency, and the names of policies.
# Before 7.20 the policies are managed ones; they grant the same.
model {
  name     = "terraform-aws-modules/lambda/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-lambda"]
  versions = ">= 4.0.1, < 9.0"
  ignores = [
    "create_package", "local_existing_package", "source_path", "artifacts_dir", "hash_extra",
    "recreate_missing_package", "ignore_source_code_hash", "trigger_on_package_timestamp", "quiet_archive_local_exec",
    "store_on_s3", "s3_*", "build_in_docker", "docker_*", "create_sam_metadata", "layer_*", "license_info",
    "compatible_*", "image_config_*", "architectures", "code_signing_config_arn", "description",
    "ephemeral_storage_size", "include_default_tag", "logging_application_log_level", "logging_system_log_level",
    "logging_log_format", "cloudwatch_logs_*", "provisioned_concurrent_executions", "recursive_loop", "skip_destroy",
    "tenant_isolation_mode", "timeouts", "allowed_triggers", "create_current_version_allowed_triggers",
    "authorization_type", "cors", "invoke_mode", "create_unqualified_alias_lambda_function_url",
    "maximum_event_age_in_seconds", "maximum_retry_attempts", "policy_name", "policy_path", "role_description",
    "role_tags", "role_force_detach_policies", "role_maximum_session_duration",
  ]
}

locals {
  on      = var.create && var.putin_khuylo && var.create_function && !var.create_layer
  granted = local.on && var.create_role
  zipped  = var.package_type == "Zip"
  edge    = var.lambda_at_edge

  fn      = one(aws_lambda_function.this[*].function_name)
  version = one(aws_lambda_function.this[*].version)
}

resource "aws_lambda_function" "this" {
  count         = local.on ? 1 : 0
  function_name = var.function_name
  role          = var.create_role ? one(aws_iam_role.lambda[*].arn) : var.lambda_role
  package_type  = var.package_type
  image_uri     = var.image_uri
  handler       = local.zipped ? var.handler : null
  runtime       = local.zipped ? var.runtime : null
  layers        = var.layers
  memory_size   = var.memory_size
  timeout       = local.edge ? min(30, var.timeout) : var.timeout
  publish       = local.edge || var.snap_start || var.publish
  kms_key_arn   = var.kms_key_arn
  tags          = merge(var.tags, var.function_tags)

  reserved_concurrent_executions     = var.reserved_concurrent_executions
  replace_security_groups_on_destroy = var.replace_security_groups_on_destroy
  replacement_security_group_ids     = var.replacement_security_group_ids

  # It takes both lists to attach the function.
  dynamic "vpc_config" {
    for_each = var.vpc_subnet_ids == null || var.vpc_security_group_ids == null ? [] : ["attached"]
    content {
      subnet_ids                  = var.vpc_subnet_ids
      security_group_ids          = var.vpc_security_group_ids
      ipv6_allowed_for_dual_stack = var.ipv6_allowed_for_dual_stack
    }
  }

  dynamic "file_system_config" {
    for_each = var.file_system_arn == null || var.file_system_local_mount_path == null ? [] : ["mounted"]
    content {
      arn              = var.file_system_arn
      local_mount_path = var.file_system_local_mount_path
    }
  }

  dynamic "environment" {
    for_each = length(var.environment_variables) > 0 ? [var.environment_variables] : []
    content {
      variables = environment.value
    }
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn == null ? [] : [var.dead_letter_target_arn]
    content {
      target_arn = dead_letter_config.value
    }
  }

  dynamic "tracing_config" {
    for_each = var.tracing_mode == null ? [] : [var.tracing_mode]
    content {
      mode = tracing_config.value
    }
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []
    content {
      apply_on = snap_start.value
    }
  }

  dynamic "durable_config" {
    for_each = var.durable_config_execution_timeout == null ? [] : [var.durable_config_execution_timeout]
    content {
      execution_timeout = durable_config.value
      retention_period  = var.durable_config_retention_period
    }
  }

  dynamic "capacity_provider_config" {
    for_each = var.managed_instances_capacity_provider_arn == null ? [] : [var.managed_instances_capacity_provider_arn]
    content {
      lambda_managed_instances_capacity_provider_config {
        capacity_provider_arn = capacity_provider_config.value
      }
    }
  }

  depends_on = [
    aws_iam_role_policy.logs, aws_iam_role_policy.vpc, aws_iam_role_policy.tracing, aws_iam_role_policy.async,
    aws_iam_role_policy.dead_letter, aws_iam_role_policy.additional_json, aws_iam_role_policy.additional_jsons,
    aws_iam_role_policy.additional_inline, aws_iam_role_policy_attachment.additional_one,
    aws_iam_role_policy_attachment.additional_many,
  ]
}

# What it calls when a call of it, which nobody waits for, ends.
resource "aws_lambda_function_event_invoke_config" "this" {
  for_each = !local.on || !var.create_async_event_config ? {} : merge(
    var.create_current_version_async_event_config ? { current_version = local.version } : {},
    var.create_unqualified_alias_async_event_config ? { unqualified_alias = null } : {},
  )
  function_name = local.fn
  qualifier     = each.value
  dynamic "destination_config" {
    for_each = var.destination_on_failure == null && var.destination_on_success == null ? [] : ["told"]
    content {
      dynamic "on_failure" {
        for_each = var.destination_on_failure == null ? [] : [var.destination_on_failure]
        content {
          destination = on_failure.value
        }
      }
      dynamic "on_success" {
        for_each = var.destination_on_success == null ? [] : [var.destination_on_success]
        content {
          destination = on_success.value
        }
      }
    }
  }
}

resource "aws_lambda_function_url" "this" {
  count              = local.on && var.create_lambda_function_url ? 1 : 0
  function_name      = local.fn
  authorization_type = "NONE"
}

variable "since_7_17" {
  type = bool
}

# What polls for it. The module makes these only where it would also let the triggers call the function.
resource "aws_lambda_event_source_mapping" "this" {
  for_each         = local.on && var.create_unqualified_alias_allowed_triggers ? var.event_source_mapping : {}
  function_name    = one(aws_lambda_function.this[*].arn)
  event_source_arn = lookup(each.value, "event_source_arn", null)
  enabled          = lookup(each.value, "enabled", true)
  topics           = lookup(each.value, "topics", null)
  queues           = lookup(each.value, "queues", null)
  dynamic "source_access_configuration" {
    for_each = lookup(each.value, "source_access_configuration", [])
    iterator = access
    content {
      type = access.value.type
      uri  = access.value.uri
    }
  }
  dynamic "self_managed_event_source" {
    for_each = lookup(each.value, "self_managed_event_source", [])
    iterator = cluster
    content {
      endpoints = cluster.value.endpoints
    }
  }
  dynamic "provisioned_poller_config" {
    for_each = [for key, pollers in each.value : pollers if key == "provisioned_poller_config" && var.since_7_17]
    iterator = pollers
    content {
      minimum_pollers = lookup(pollers.value, "minimum_pollers", null)
      maximum_pollers = lookup(pollers.value, "maximum_pollers", null)
    }
  }
  dynamic "destination_config" {
    for_each = [for key, arn in each.value : arn if key == "destination_arn_on_failure"]
    iterator = failed
    content {
      on_failure {
        destination_arn = failed.value
      }
    }
  }
}
