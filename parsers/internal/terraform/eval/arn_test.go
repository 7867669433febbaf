package eval_test

import "testing"

func TestNamesAreTakenFromARNs(t *testing.T) {
	const rest = `
variable "env" { type = string }
resource "aws_iam_role" "plain" { name = "worker" }
resource "aws_iam_role" "computed" { assume_role_policy = "{}" }
resource "aws_iam_role" "partly" { name = "${var.env}-worker" }
resource "aws_iam_role" "pathed" {
  name = "worker"
  path = "/service/jobs/"
}
resource "aws_iam_role" "odd" {
  name = "worker"
  path = var.env
}
resource "aws_iam_policy" "p" { name = "reads" }
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_sqs_queue" "q" { name = "jobs" }
resource "aws_kms_key" "k" {}
data "aws_arn" "role" { arn = aws_iam_role.plain.arn }
`
	for text, want := range map[string]string{
		`basename(aws_iam_role.plain.arn)`:                                                  "worker",
		`basename(aws_iam_role.computed.arn)`:                                               "${aws_iam_role.computed.name}",
		`basename(aws_iam_role.partly.arn)`:                                                 "${aws_iam_role.partly.name}",
		`basename(aws_iam_role.pathed.arn)`:                                                 "worker",
		`basename(aws_iam_role.odd.arn)`:                                                    "${basename(${aws_iam_role.odd.arn})}",
		`split("/", aws_iam_role.computed.arn)[1]`:                                          "${aws_iam_role.computed.name}",
		`split("/", aws_iam_role.pathed.arn)[3]`:                                            "worker",
		`element(split("/", aws_iam_role.partly.arn), 1)`:                                   "${aws_iam_role.partly.name}",
		`reverse(split("/", aws_iam_role.plain.arn))[0]`:                                    "worker",
		`split(":", aws_iam_role.plain.arn)[4]`:                                             "${AWS::AccountId}",
		`element(split(":", aws_iam_role.plain.arn), 5)`:                                    "role/worker",
		`regex("role/(.*)$", aws_iam_role.computed.arn)[0]`:                                 "${aws_iam_role.computed.name}",
		`regex("[^/]+$", aws_iam_role.partly.arn)`:                                          "${aws_iam_role.partly.name}",
		`regex("^arn:[^:]+:iam::(?P<account>\\d{12}):", aws_iam_role.plain.arn).account`:    "${AWS::AccountId}",
		`replace(aws_iam_role.computed.arn, "/^.*role\\//", "")`:                            "${aws_iam_role.computed.name}",
		`replace(aws_iam_role.plain.arn, "/.*\\//", "")`:                                    "worker",
		`replace(basename(aws_iam_role.computed.arn), "/", "-")`:                            "${aws_iam_role.computed.name}",
		`trimprefix(regex("role/.*", aws_iam_role.computed.arn), "role/")`:                  "${aws_iam_role.computed.name}",
		`trimspace(aws_iam_role.computed.name)`:                                             "${aws_iam_role.computed.name}",
		`provider::aws::arn_parse(aws_iam_role.plain.arn).resource`:                         "role/worker",
		`trimprefix(provider::aws::arn_parse(aws_iam_role.computed.arn).resource, "role/")`: "${aws_iam_role.computed.name}",
		`data.aws_arn.role.resource`:                                                        "role/worker",
		`basename(aws_iam_policy.p.arn)`:                                                    "reads",
		`split("/", aws_vpc.v.arn)[1]`:                                                      "${aws_vpc.v.id}",
		`split(":", aws_sqs_queue.q.arn)[5]`:                                                "jobs",
		`try(regex("role/(.*)$", aws_iam_role.computed.arn)[0], "none")`:                    "${aws_iam_role.computed.name}",
		// What the letters of a name decide stays open.
		`lower(aws_iam_role.computed.name)`:                    "${lower(${aws_iam_role.computed.name})}",
		`startswith(basename(aws_iam_role.computed.arn), "w")`: "<startswith(${aws_iam_role.computed.name}, \"w\")>",
		`replace(aws_iam_role.computed.arn, "worker", "x")`:    "${replace(${aws_iam_role.computed.arn}, \"worker\", \"x\")}",
		`trimprefix(aws_iam_role.computed.name, "lambda-")`:    "${trimprefix(${aws_iam_role.computed.name}, \"lambda-\")}",
		`substr(aws_iam_role.computed.name, 0, 4)`:             "${substr(${aws_iam_role.computed.name}, 0, 4)}",
		`regex("worker", aws_iam_role.computed.arn)`:           "${regex(\"worker\", ${aws_iam_role.computed.arn})}",
		`replace(aws_iam_role.plain.arn, "arn:aws:", "")`:      "${replace(${aws_iam_role.plain.arn}, \"arn:aws:\", \"\")}",
		`split("/", aws_kms_key.k.arn)[1]`:                     "${split(\"/\", ${aws_kms_key.k.arn})[1]}",
		`basename(var.env)`:                                    "${basename(${var.env})}",
	} {
		t.Run(text, func(t *testing.T) {
			if got := expression(t, text, rest); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}
