package suite

import (
	"fmt"
	"path/filepath"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// configured is the configuration for the packages of a directory, or why it cannot be used.
type configured struct {
	*config.Config
	err error
}

// configurations are those that were read, by directory: each rule asks for them in each package.
type configurations struct{ byDir sync.Map }

// of is the configuration that is nearest to the package: an empty one where there is none.
func (c *configurations) of(pass *analysis.Pass) (*config.Config, error) {
	if len(pass.Files) == 0 {
		return &config.Config{}, nil
	}
	dir := filepath.Dir(pass.Fset.PositionFor(pass.Files[0].FileStart, false).Filename)
	known, ok := c.byDir.Load(dir)
	if !ok {
		read, err := readConfiguration(dir)
		known, _ = c.byDir.LoadOrStore(dir, configured{read, err})
	}
	of := known.(configured)
	return of.Config, of.err
}

func readConfiguration(dir string) (*config.Config, error) {
	within, err := boundary.Around(dir, dir, "", nil)
	if err != nil {
		return nil, err
	}
	name, err := within.Upwards(dir, config.FileName, config.OtherName)
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
