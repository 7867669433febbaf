package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// loadBalancer says the scheme of a load balancer in CloudFormation's words.
func (x *expansion) loadBalancer(r *resource) []*lower.Resource {
	scheme := x.mapText(x.written(r.get("internal")), func(v value.Value) value.Value {
		if v.Text == "true" {
			v.Text = "internal"
		}
		return v
	})
	set(&r.stated.Properties, "Scheme", scheme)
	return []*lower.Resource{r.stated}
}

// service says the network of a service in CloudFormation's words.
func (x *expansion) service(r *resource) []*lower.Resource {
	network := first(r.block("network_configuration"))
	set(&r.stated.Properties, "NetworkConfiguration", made(network.Span, "AwsvpcConfiguration",
		made(network.Span, "Subnets", network.Get("subnets"), "SecurityGroups", network.Get("security_groups"))))
	return []*lower.Resource{r.stated}
}

// proxyTarget expands a target, which has one database. That may be named by its name.
func (x *expansion) proxyTarget(r *resource) []*lower.Resource {
	for _, of := range []struct{ argument, property, typ string }{
		{"db_instance_identifier", "DBInstanceIdentifiers", "aws_db_instance"},
		{"db_cluster_identifier", "DBClusterIdentifiers", "aws_rds_cluster"},
	} {
		if one := x.written(r.get(of.argument)); one.Kind != value.Absent {
			set(&r.stated.Properties, of.property, one)
			x.callByName(r, of.property, of.typ)
			named := []value.Value{r.stated.Get(of.property)}
			list := value.ListOf(one.Span, named...)
			set(&r.stated.Properties, of.property, list)
		}
	}
	return []*lower.Resource{r.stated}
}

// redshiftCluster does not know whether a cluster is public that says nothing. The provider's default changed with
// version 6: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade
func (x *expansion) redshiftCluster(r *resource) []*lower.Resource {
	missing := fact.Missing{Kind: fact.Semantics, Name: r.Address + ".publicly_accessible", Span: r.Span}
	unknown := value.NotKnown(r.Span, missing)
	set(&r.stated.Properties, "PubliclyAccessible", read.OrElse(r.stated.Get("PubliclyAccessible"), unknown))
	return []*lower.Resource{r.stated}
}

// mskCluster says of each way to authenticate whether it is enabled. TLS is once it has an authority.
func (x *expansion) mskCluster(r *resource) []*lower.Resource {
	written := r.block("client_authentication")
	if written.Kind == value.Absent {
		return []*lower.Resource{r.stated}
	}
	enabled := func(v value.Value) value.Value { return made(v.Span, "Enabled", v) }
	sasl := first(written.Get("sasl"))
	tls := first(written.Get("tls")).Get("certificate_authority_arns")
	if tls.Kind != value.Absent {
		tls = value.One("true", tls.Span)
	}
	set(&r.stated.Properties, "ClientAuthentication", made(written.Span,
		"Sasl", made(sasl.Span, "Iam", enabled(sasl.Get("iam")), "Scram", enabled(sasl.Get("scram"))),
		"Tls", enabled(tls), "Unauthenticated", enabled(written.Get("unauthenticated"))))
	return []*lower.Resource{r.stated}
}
