// Package golangci makes the rules a linter of golangci-lint, as a module plugin. Importing it registers the linter
// lambdavpc. https://golangci-lint.run/docs/plugins/module-plugins/
package golangci

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/cmd/lambda-vpc-vet/suite"
)

// Name is what the linter is called in the configuration of golangci-lint.
const Name = "lambdavpc"

func init() { register.Plugin(Name, New) }

// Settings are what linters.settings.custom.lambdavpc.settings may say.
type Settings struct {
	// Notes asks for notes too, which are advice.
	Notes bool `json:"notes"`
	// Disable lists rules that do not run.
	Disable []string `json:"disable"`
}

type plugin struct{ Settings }

// New makes the linter with its settings. Unknown settings are an error.
func New(settings any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](settings)
	if err != nil {
		return nil, err
	}
	return &plugin{s}, nil
}

// BuildAnalyzers gives the rules that run. A name in Disable that no rule has is an error.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return suite.Without(suite.Analyzers(&p.Notes), p.Disable)
}

// GetLoadMode asks for types: constructs are told by the types of their props.
func (*plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
