// Package testdata holds the fixtures of the rules, which the tests, the pages and the command explain read.
package testdata

import "embed"

// Rules has the archives, by pack and rule: rules/PACK/RULE.txtar.
//
//go:embed rules/*/*.txtar
var Rules embed.FS
