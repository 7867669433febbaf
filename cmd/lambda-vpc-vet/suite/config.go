package suite

import (
	"fmt"
	"os"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// configured is the configuration for a package, or why it cannot be used.
type configured struct {
	*config.Config
	err error
}

// configurations are those that were read, by the first file of a package: each rule asks for it.
type configurations struct{ byFile sync.Map }

// of is the configuration that is nearest to the package: an empty one where there is none.
func (c *configurations) of(pass *analysis.Pass) (*config.Config, error) {
	if len(pass.Files) == 0 {
		return &config.Config{}, nil
	}
	name := pass.Fset.PositionFor(pass.Files[0].FileStart, false).Filename
	known, ok := c.byFile.Load(name)
	if !ok {
		read, err := readConfiguration(name)
		known, _ = c.byFile.LoadOrStore(name, configured{read, err})
	}
	of := known.(configured)
	return of.Config, of.err
}

// readConfiguration reads the configuration that is nearest to the file.
func readConfiguration(of string) (*config.Config, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	within, err := boundary.Around(dir, of, "", nil)
	if err != nil {
		return nil, err
	}
	name, err := within.Upwards(of, config.FileName, config.OtherName)
	if err != nil || name == "" {
		return &config.Config{}, err
	}
	text, err := within.Read(name)
	if err != nil {
		return nil, fmt.Errorf("the configuration %s: %w", name, err)
	}
	files := source.NewFileSet()
	c, problems := config.Load(files.Add(name, text), config.Names(all.Packs()))
	if len(problems) > 0 {
		at, _ := files.Location(problems[0].Span)
		return nil, fmt.Errorf("the configuration %s:%d: %s", name, at.StartLine, problems[0].Message)
	}
	return c, nil
}
