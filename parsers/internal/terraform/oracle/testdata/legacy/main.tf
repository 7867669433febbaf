# The syntax of Terraform 0.11.
variable "cidr" {
  type    = "string"
  default = "10.0.0.0/16"
}

variable "zones" {
  type    = "list"
  default = ["a", "b", "c"]
}

resource "aws_vpc" "main" {
  cidr_block = "${var.cidr}"
}

resource "aws_subnet" "private" {
  count             = "${length(var.zones)}"
  vpc_id            = "${aws_vpc.main.id}"
  cidr_block        = "${cidrsubnet(var.cidr, 4, count.index)}"
  availability_zone = "${element(var.zones, count.index)}"
}

resource "aws_route_table_association" "private" {
  count     = "${length(var.zones)}"
  subnet_id = "${element(aws_subnet.private.*.id, count.index)}"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  description   = "${join(" ", aws_subnet.private.*.id)} in ${aws_vpc.main.id}"
  vpc_config {
    subnet_ids         = "${aws_subnet.private.*.id}"
    security_group_ids = ["${aws_vpc.main.default_security_group_id}"]
  }
}
