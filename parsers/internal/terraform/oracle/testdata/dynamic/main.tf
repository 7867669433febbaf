# Blocks that expressions make, inside each other and with names of their own.
variable "ports" {
  default = { http = [80], db = [5432, 3306] }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "open" {
  vpc_id = aws_vpc.main.id

  ingress {
    from_port = 22
    to_port   = 22
    protocol  = "tcp"
  }

  dynamic "ingress" {
    for_each = flatten(values(var.ports))
    content {
      from_port = ingress.value
      to_port   = ingress.value + ingress.key
      protocol  = "tcp"
      self      = true
    }
  }

  dynamic "egress" {
    for_each = var.ports
    iterator = group
    content {
      description = group.key
      from_port   = min(group.value...)
      cidr_blocks = [aws_vpc.main.cidr_block]
    }
  }

  dynamic "timeouts" {
    for_each = length(var.ports) > 5 ? [1] : []
    content {
      create = "5m"
    }
  }
}

resource "aws_lb_listener_rule" "nested" {
  dynamic "action" {
    for_each = toset(["forward"])
    content {
      type = action.value
      dynamic "target" {
        for_each = [aws_security_group.open.id, aws_vpc.main.id]
        content {
          arn   = target.value
          order = "${action.key}-${target.key}"
        }
      }
    }
  }
}
