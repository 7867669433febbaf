// Package all is the list of the rule packs, and the only package that imports them.
package all

import "github.com/lambda-vpc-lint/lambda-vpc-lint/rules"

// Packs lists the packs in the order in which they are documented.
func Packs() []rules.Pack { return nil }
