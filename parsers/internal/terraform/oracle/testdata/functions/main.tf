# Functions on what is known, and on lists and maps that hold identities.
locals {
  names = ["web", "api", "db", "api"]
  rules = flatten([for p in [80, 443] : [for c in ["10.0.0.0/8", "192.168.0.0/16"] : { port = p, cidr = c }]])
  pairs = setproduct(distinct(local.names), ["a", "b"])
}

resource "aws_vpc" "main" {
  for_each   = toset(local.names)
  cidr_block = cidrsubnet("10.0.0.0/8", 8, index(sort(distinct(local.names)), each.key))
  tags       = merge({ Name = upper(each.key) }, each.key == "db" ? { Tier = "data" } : {})
}

resource "aws_subnet" "pair" {
  count      = length(local.pairs)
  vpc_id     = aws_vpc.main[local.pairs[count.index][0]].id
  cidr_block = cidrsubnets(aws_vpc.main[local.pairs[count.index][0]].cidr_block, 4, 4)[count.index % 2]
  tags       = zipmap(["Name", "Index"], [join("-", local.pairs[count.index]), tostring(count.index)])
}

resource "aws_security_group_rule" "rule" {
  for_each          = { for r in local.rules : "${r.port}-${replace(r.cidr, "/", "_")}" => r }
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_blocks       = [each.value.cidr]
  security_group_id = element([for k in sort(keys(aws_vpc.main)) : aws_vpc.main[k].default_security_group_id], each.value.port)
}

resource "aws_lambda_function" "texts" {
  function_name = format("%s-%03d", lower("API"), 7)
  description   = join(",", compact(["", aws_vpc.main["api"].id, null, "end"]))
  layers        = concat(values(aws_vpc.main)[*].arn, [for s in slice(aws_subnet.pair, 0, 2) : s.arn])
  role          = coalesce("", aws_vpc.main["web"].arn)
  handler       = trimsuffix(trimspace(" index.handler.py "), ".py")
  memory_size   = max(128, pow(2, 8), ceil(100.5))
  tags          = { for k, v in { a = 1, b = "two", c = true } : k => tostring(v) if k != "b" }
  environment {
    variables = {
      SUBNETS = jsonencode(slice(aws_subnet.pair[*].id, 0, 2))
      LOOKUP  = lookup({ a = "x" }, "b", "fallback")
      SPLIT   = split(".", "a.b.c")[1]
      REGEX   = regex("v([0-9]+)", "v42")[0]
      B64     = base64encode("hello")
      SHA     = sha256("hello")
      YAML    = yamlencode({ list = ["x", 1] })
      TRY     = try(local.names[9], "none")
      CAN     = tostring(can(local.names[9]))
      CHUNK   = jsonencode(chunklist(["a", "b", "c"], 2))
      HOST    = cidrhost("10.1.0.0/16", 5)
      DIRECT  = "%{for n in distinct(local.names)}${n};%{endfor}%{if true}yes%{else}no%{endif}"
      FILE    = templatefile("${path.module}/hello.tftpl", { name = "you" })
    }
  }
}
