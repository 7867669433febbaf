# The subnets of cloudposse/dynamic-subnets/aws, their tables, routes, ACLs and NATs. Left out: what labels call things,
# so that tags are not known; the outputs by zone and by name; launch settings of subnets and instances.
model {
  name     = "cloudposse/dynamic-subnets/aws"
  git      = ["github.com/cloudposse/terraform-aws-dynamic-subnets"]
  versions = ">= 2.0, < 4.0"
  ignores = [
    "namespace", "tenant", "environment", "stage", "name", "delimiter", "attributes", "labels_as_tags", "tags",
    "additional_tag_map", "label_order", "regex_replace_chars", "id_length_limit", "label_key_case", "label_value_case",
    "descriptor_formats", "availability_zone_attribute_style", "subnets_per_az_names",
    "*_assign_ipv6_address_on_creation", "*_instance_hostname*", "*_label", "*_additional_tags", "subnet_type_tag_*",
    "*_timeout", "nat_instance_type", "nat_instance_ami_id", "nat_instance_cpu_credits_override",
    "nat_instance_root_block_device_encrypted", "metadata_http_*", "root_block_device_encrypted",
  ]
}

locals {
  enabled = var.enabled == null ? lookup(var.context, "enabled", true) : var.enabled
  some    = (var.private_subnets_enabled || var.public_subnets_enabled) && (var.ipv6_enabled || var.ipv4_enabled)
  on      = local.enabled && local.some
  tags    = jsondecode(uuid())

  # Which kinds of subnets there are, and which addresses they have.
  public   = local.on && var.public_subnets_enabled
  private  = local.on && var.private_subnets_enabled
  public4  = local.public && var.ipv4_enabled
  public6  = local.public && var.ipv6_enabled
  private4 = local.private && var.ipv4_enabled
  private6 = local.private && var.ipv6_enabled

  # Which reach IPv4 by NAT64.
  mapped_public  = local.public6 && var.public_dns64_nat64_enabled
  mapped_private = local.private6 && coalesce(var.private_dns64_nat64_enabled, local.public4)

  # The zone of each subnet: as many of the possible ones as are asked for, each several times.
  by_id    = zipmap(try(local.here.zone_ids, []), try(local.here.names, []))
  here     = one(data.aws_availability_zones.default)
  by_ids   = [for id in var.availability_zone_ids : local.by_id[id]]
  asked    = length(var.availability_zone_ids) > 0 ? local.by_ids : local.named
  named    = length(var.availability_zones) > 0 ? var.availability_zones : sort(try(local.here.names, []))
  possible = local.on ? local.asked : []
  limited  = var.max_subnet_count > 0 && var.max_subnet_count < length(local.possible)
  zones    = local.limited ? slice(local.possible, 0, var.max_subnet_count) : local.possible
  places   = flatten([for zone in local.zones : [for copy in range(var.subnets_per_az_count) : zone]])
  number   = length(local.places)

  # Ranges are given, or cut from that of the VPC: as many as there may ever be, the private ones first.
  most     = (var.max_subnet_count == 0 ? length(try(local.here.names, [])) : var.max_subnet_count) * local.copies
  copies   = var.subnets_per_az_count
  inner    = local.private ? local.most : 0
  all      = local.inner + (local.public ? local.most : 0)
  bits     = local.on ? ceil(log(local.all, 2)) : 1
  written4 = { private = try(var.ipv4_cidrs[0].private, []), public = try(var.ipv4_cidrs[0].public, []) }
  written6 = { private = try(var.ipv6_cidrs[0].private, []), public = try(var.ipv6_cidrs[0].public, []) }
  cut4     = length(concat(local.written4.private, local.written4.public)) == 0
  cut6     = length(concat(local.written6.private, local.written6.public)) == 0
  whole4   = length(var.ipv4_cidr_block) > 0 ? var.ipv4_cidr_block[0] : data.aws_vpc.default.cidr_block
  whole6   = length(var.ipv6_cidr_block) > 0 ? var.ipv6_cidr_block[0] : data.aws_vpc.default.ipv6_cidr_block
  private_ranges = {
    four = local.cut4 ? [for n in range(local.inner) : cidrsubnet(local.whole4, local.bits, n)] : local.written4.private
    six  = local.cut6 ? [for n in range(local.inner) : cidrsubnet(local.whole6, 8, n)] : local.written6.private
  }
  public_ranges = {
    four = local.cut4 ? [
      for n in range(local.inner, local.all) : cidrsubnet(local.whole4, local.bits, n)
    ] : local.written4.public
    six = local.cut6 ? [for n in range(local.inner, local.all) : cidrsubnet(local.whole6, 8, n)] : local.written6.public
  }

  # Public subnets share a table unless each needs its own.
  given         = length(var.public_route_table_ids)
  single        = coalesce(var.public_route_table_per_subnet_enabled, local.mapped_public) ? local.number : 1
  own_public    = local.public && var.public_route_table_enabled
  tables_public = !local.public ? 0 : local.given > 0 ? local.given : var.public_route_table_enabled ? local.single : 0
  publics       = local.own_public && local.given == 0 ? aws_route_table.public[*].id : var.public_route_table_ids
  tabled        = local.private && var.private_route_table_enabled

  # How many public subnets have a NAT: since 3 the first of each zone, before that each. A private table leads to that
  # of its zone, or to that of its number.
  seats = min(var.max_nats, var.since_3 ? length(local.zones) : local.number)
  apart = var.since_3 ? local.copies : 1

  # A NAT gateway is the rule, an instance stands in its place on demand.
  gateway_wanted = var.nat_instance_enabled == true ? var.nat_gateway_enabled == true : var.nat_gateway_enabled != false
  gateway_useful = local.private4 || local.mapped_public || local.mapped_private
  gateways       = local.by_gateway ? local.seats : 0
  by_gateway     = local.gateway_wanted && local.gateway_useful
  by_instance    = !local.gateway_wanted && var.nat_instance_enabled == true && local.private4
  instances      = local.by_instance ? local.seats : 0
  nats           = local.by_gateway || local.by_instance
  found          = local.nats ? length(var.nat_elastic_ips) : 0
  bought         = local.nats && length(var.nat_elastic_ips) == 0 ? local.seats : 0
  addresses      = length(var.nat_elastic_ips) == 0 ? aws_eip.default[*].id : data.aws_eip.nat[*].id
  all4           = "0.0.0.0/0"
  all6           = "::/0"
  nat64          = "64:ff9b::/96"
}

data "aws_availability_zones" "default" {
  count = local.on ? 1 : 0
}

data "aws_vpc" "default" {
  id = var.vpc_id
}

data "aws_eip" "nat" {
  count     = local.found
  public_ip = var.nat_elastic_ips[count.index]
}

resource "aws_eip" "default" {
  count = local.bought
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_subnet" "private" {
  count             = local.private ? local.number : 0
  vpc_id            = var.vpc_id
  availability_zone = local.places[count.index]
  cidr_block        = local.private4 ? local.private_ranges.four[count.index] : null
  ipv6_cidr_block   = local.private6 ? local.private_ranges.six[count.index] : null
  ipv6_native       = local.private6 && !local.private4
  enable_dns64      = local.private6 ? local.mapped_private : null
  tags              = local.tags
}

resource "aws_subnet" "public" {
  count             = local.public ? local.number : 0
  vpc_id            = var.vpc_id
  availability_zone = local.places[count.index]
  cidr_block        = local.public4 ? element(local.public_ranges.four, count.index) : null
  ipv6_cidr_block   = local.public6 ? element(local.public_ranges.six, count.index) : null
  ipv6_native       = local.public6 && !local.public4
  enable_dns64      = local.public6 ? local.mapped_public : null
  tags              = local.tags

  map_public_ip_on_launch = local.public4 ? var.map_public_ip_on_launch : null
}

resource "aws_route_table" "private" {
  count  = local.tabled ? local.number : 0
  vpc_id = var.vpc_id
}

resource "aws_route_table" "public" {
  count  = local.own_public && local.given == 0 ? local.tables_public : 0
  vpc_id = var.vpc_id
}

resource "aws_route_table_association" "private" {
  count          = local.tabled ? local.number : 0
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

resource "aws_route_table_association" "public" {
  count          = local.own_public ? local.number : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(local.publics, count.index)
}

resource "aws_nat_gateway" "default" {
  count         = local.gateways
  subnet_id     = aws_subnet.public[count.index * local.apart].id
  allocation_id = local.addresses[count.index]
}

resource "aws_security_group" "nat_instance" {
  count  = local.by_instance ? 1 : 0
  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "nat_instance_egress" {
  count             = local.by_instance ? 1 : 0
  security_group_id = one(aws_security_group.nat_instance[*].id)
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = [local.all4]
}

resource "aws_security_group_rule" "nat_instance_ingress" {
  count             = local.by_instance ? 1 : 0
  security_group_id = one(aws_security_group.nat_instance[*].id)
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = [local.whole4]
}

resource "aws_instance" "nat_instance" {
  count                  = local.instances
  subnet_id              = aws_subnet.public[count.index * local.apart].id
  vpc_security_group_ids = aws_security_group.nat_instance[*].id
  source_dest_check      = false

  associate_public_ip_address = true
}

resource "aws_eip_association" "nat_instance" {
  count         = local.instances
  instance_id   = aws_instance.nat_instance[count.index].id
  allocation_id = local.addresses[count.index]
}
