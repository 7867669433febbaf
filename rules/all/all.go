// Package all is the list of the rule packs, and the only package that imports them.
package all

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/attachment"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/egress"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/endpoints"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/events"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/firewall"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/iam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/intent"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/ipv6"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/managed"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/resilience"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/routes"
)

// Packs lists the packs in the order in which they are documented.
func Packs() []rules.Pack {
	return []rules.Pack{
		attachment.Pack, egress.Pack, routes.Pack, firewall.Pack, endpoints.Pack,
		ipv6.Pack, iam.Pack, resilience.Pack, managed.Pack, events.Pack, intent.Pack,
	}
}
