package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// mainTable says whether the data source of a route table finds the main table that AWS makes with a VPC of this
// program, and names the VPC. Nobody has written that table down. It has no tags, and no subnet is associated with it.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/route_table
func (x *expansion) mainTable(r *resource) (vpc string, is fact.Verdict) {
	vpc = x.ownVPC(r.get("vpc_id"))
	is = fact.Wants(missingOf(r, fact.Verdict{})...)
	for _, f := range r.config.Fields {
		if f.Name != "vpc_id" && f.Name != "filter" && f.Name != "region" {
			return "", fact.No()
		}
	}
	for _, it := range x.list(r.get("filter")).Items {
		name, values := it.Value.Get("name").Text, it.Value.Get("values")
		switch {
		case name == "vpc-id":
			vpc = x.ownVPC(first(values))
		case name == "association.main":
			wanted, known := x.literals(values)
			if known && strings.EqualFold(strings.Join(wanted, ","), "true") {
				is = x.mainStays()
			}
		case strings.HasPrefix(name, "tag"), strings.HasPrefix(name, "association."):
			return "", fact.No()
		}
	}
	if vpc == "" {
		return "", fact.No()
	}
	return vpc, is
}

// mainStays says whether the main tables are those that AWS makes. Another one may take the place before or after a
// data source looks.
func (x *expansion) mainStays() fact.Verdict {
	for _, in := range x.program.Instances {
		if in.Type == "aws_main_route_table_association" && !in.Data {
			return fact.Wants(fact.Missing{Kind: fact.Resource, Name: in.Address, Span: in.Span})
		}
	}
	return fact.Yes()
}

// orMain is v, the table that the data source finds, or the main table where it may find that.
func (x *expansion) orMain(v value.Value, key string, r *resource) value.Value {
	if r.Type != "aws_route_table" {
		return v
	}
	vpc, is := x.mainTable(r)
	if is.IsFalse() {
		return v
	}
	id, _ := defaultOf(vpc, "main_route_table_id")
	when := fact.If(&fact.Atom{Subject: key, Literal: id, Why: missingOf(r, is)})
	return value.Either(when, value.One(id, v.Span), v, v.Span)
}
