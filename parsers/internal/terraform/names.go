package terraform

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// nameArguments are the arguments that give a resource the name by which others refer to it. A name that is written
// reaches its users as plain text.
var nameArguments = map[string]string{
	"aws_iam_role":                 "name",
	"aws_lambda_function":          "function_name",
	"aws_db_subnet_group":          "name",
	"aws_docdb_subnet_group":       "name",
	"aws_neptune_subnet_group":     "name",
	"aws_redshift_subnet_group":    "name",
	"aws_elasticache_subnet_group": "name",
	"aws_memorydb_subnet_group":    "name",
	"aws_dax_subnet_group":         "name",
	"aws_db_instance":              "identifier",
	"aws_rds_cluster":              "cluster_identifier",
	"aws_db_proxy":                 "name",
}

// nameOf is a name that another resource may be referred to by.
type nameOf struct{ typ, name string }

// names are the addresses of the resources that have a name, or may have it.
type names map[nameOf][]string

// add notes a name of the instance, which has several under conditions.
func (ns names) add(in *eval.Instance, name string) {
	if key := (nameOf{in.Type, name}); !slices.Contains(ns[key], in.Address) {
		ns[key] = append(ns[key], in.Address)
	}
}

// called is the address of the resource that the one at by names. Each region or account may have one of that name: the
// one is meant that is nearest among the modules of its own root module, and none if that is not one alone.
func (x *expansion) called(typ, name, by string) (address string, ok bool) {
	most := -1
	for _, a := range x.names[nameOf{typ, name}] {
		switch n := graph.StepsInCommon(a, by); {
		case x.scope(a) != x.scope(by):
		case n > most:
			address, most = a, n
		case n == most:
			address = ""
		}
	}
	return address, address != ""
}
