package golangci_test

import (
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/cmd/lambda-vpc-vet/golangci"
)

func build(t *testing.T, settings any) ([]*analysis.Analyzer, error) {
	t.Helper()
	newPlugin, err := register.GetPlugin(golangci.Name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(settings)
	if err != nil {
		return nil, err
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %q, but constructs are told by types", mode)
	}
	return p.BuildAnalyzers()
}

func TestThePluginIsRegisteredWithEveryRule(t *testing.T) {
	all, err := build(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(all); err != nil {
		t.Error(err)
	}
	names := map[string]bool{}
	for _, a := range all {
		names[a.Name] = true
	}
	for _, want := range []string{"public_subnet_only", "nat_route_missing", "deprecated_subnet_type"} {
		if !names[want] {
			t.Errorf("no analyzer %s", want)
		}
	}
}

func TestSettingsLeaveRulesOut(t *testing.T) {
	all, err := build(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	some, err := build(t, map[string]any{"notes": true, "disable": []string{"public_subnet_only"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(some) != len(all)-1 {
		t.Errorf("%d analyzers of %d, want one less", len(some), len(all))
	}
}

func TestWrongSettingsAreErrors(t *testing.T) {
	for name, c := range map[string]struct {
		settings map[string]any
		want     string
	}{
		"an unknown key":  {map[string]any{"note": true}, "note"},
		"an unknown rule": {map[string]any{"disable": []string{"public_subnets"}}, `"public_subnets"`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := build(t, c.settings); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error about %s", err, c.want)
			}
		})
	}
}
