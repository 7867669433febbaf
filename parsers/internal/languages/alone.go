package languages

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// Alone is the network of one file that is a whole deployment: a Terraform module if its name ends in .tf, else a
// template. Nothing is given to its parameters, and nothing else is read. Without a network the diagnostics say why.
func Alone(file *source.File) (*graph.Network, []source.Diagnostic) {
	if strings.HasSuffix(file.Name, ".tf") {
		dir := path.Dir(file.Name)
		program := eval.Run(dir, config.NewLoader(oneFile{file}), eval.Inputs{})
		b := graph.NewBuilder(dir, "terraform")
		terraform.Lower(b, program)
		return b.Link(), slices.Concat(program.Errors, program.Notices)
	}
	template, problems := cloudformation.Parse(file)
	if template == nil || len(problems) > 0 {
		return nil, problems
	}
	b := graph.NewBuilder(file.Name, "cloudformation")
	stack := template.Lower(b, cloudformation.Bindings{})
	return b.Link(), stack.Diagnostics
}

// oneFile is a directory with a single file.
type oneFile struct{ file *source.File }

func (f oneFile) Dir(dir string) ([]*source.File, error) {
	if dir != path.Dir(f.file.Name) {
		return nil, fs.ErrNotExist
	}
	return []*source.File{f.file}, nil
}

func (f oneFile) ReadFile(string) ([]byte, error) { return nil, fs.ErrNotExist }
