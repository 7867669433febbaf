// Package suite is all rules as analyzers of Go code that uses AWS CDK, as lambda-vpc-vet and golangci-lint run them.
package suite

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cdkgo"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// Analyzers makes one analyzer of each rule, and adds those about the CDK code itself. A vet tool has no severities,
// and every diagnostic fails a build: so notes, which are advice, are left out unless *notes is true when a package
// is looked at. The nearest configuration above a package switches rules off and changes their severities, comments in
// the code accept diagnostics, and each diagnostic names its rule at the end.
func Analyzers(notes *bool) []*analysis.Analyzer {
	s := &suite{notes: notes}
	out := []*analysis.Analyzer{s.settled(cdkgo.DeprecatedSubnetType, "")}
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			if rule.OptIn {
				continue // a vet tool runs all that it has
			}
			a := rule.Analyzer(cdkgo.Network)
			if a.Name == "public_subnet_only" {
				a = edited(a, selectPrivate)
			}
			out = append(out, s.settled(a, pack.Name))
		}
	}
	return out
}

type suite struct {
	notes *bool
	configurations
}

// settled is a as the user wants it. The name of a pack is empty for an analyzer that is no rule, which the
// configuration does not know.
func (s *suite) settled(a *analysis.Analyzer, pack string) *analysis.Analyzer {
	out := *a
	out.Run = func(pass *analysis.Pass) (any, error) {
		c, err := s.of(pass)
		if err != nil {
			return nil, err
		}
		level := config.On
		if pack != "" {
			level = c.Level(a.Name, pack)
		}
		return edited(a, func(pass *analysis.Pass, d *analysis.Diagnostic) bool {
			if level != config.On {
				d.Category = string(level)
			}
			d.Message += " [" + a.Name + "]"
			worth := *s.notes || d.Category != rules.Note.String()
			return worth && level != config.Off && !cdkgo.Accepted(pass, *d, a.Name, pack)
		}).Run(pass)
	}
	return &out
}

// selectPrivate adds the edit that puts the function into private subnets.
func selectPrivate(pass *analysis.Pass, d *analysis.Diagnostic) bool {
	n := pass.ResultOf[cdkgo.Network].(*graph.Network)
	d.SuggestedFixes = append(d.SuggestedFixes, cdkgo.PrivateSubnets(pass, n, *d)...)
	return true
}

// edited is a with keep between it and the driver: it may change a diagnostic, and says whether it is reported.
func edited(a *analysis.Analyzer, keep func(*analysis.Pass, *analysis.Diagnostic) bool) *analysis.Analyzer {
	out := *a
	out.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) {
			if keep(pass, &d) {
				pass.Report(d)
			}
		}
		return a.Run(&inner)
	}
	return &out
}

// Without is analyzers without those that names lists. A name that none has is an error.
func Without(analyzers []*analysis.Analyzer, names []string) ([]*analysis.Analyzer, error) {
	for _, name := range names {
		n := len(analyzers)
		isNamed := func(a *analysis.Analyzer) bool { return a.Name == name }
		analyzers = slices.DeleteFunc(slices.Clone(analyzers), isNamed)
		if len(analyzers) == n {
			return nil, fmt.Errorf("no rule is called %q", name)
		}
	}
	return analyzers, nil
}
