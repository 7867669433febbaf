// Package oracle has Terraform itself evaluate a configuration, offline and without a provider, so that tests can
// compare our evaluator with it.
//
// Run copies the configuration, rewrites the copy so that it needs no provider, plans it and reads the plan. Compare
// holds the result against ours.
//
// # One resource, rewritten
//
// Every resource and data source becomes a terraform_data, which is built into Terraform, with the arguments as its
// input. A local stands for the resource in all references to it. The local has the arguments and, for each attribute
// that a provider would compute and that the configuration asks for, a text that names it. The text for
//
//	resource "aws_vpc" "main" {
//	  cidr_block = var.cidr
//	}
//
// as a part of module.net is ⟦module.net.aws_vpc.main:id⟧ for the attribute id, and
//
//	vpc_id = aws_vpc.main.id
//
// becomes vpc_id = local.aws_vpc__main.id.
package oracle
