package fix

import (
	"fmt"
	"path"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Apply is the text with one step written into it. Beside it are the texts of other files of its module.
func Apply(name string, text []byte, s rules.Step, beside ...string) ([]byte, error) {
	files := source.NewFileSet()
	for i, text := range beside {
		files.Add(path.Join(path.Dir(name), fmt.Sprintf("%d.tf", i)), []byte(text))
	}
	doc, err := read(files, name, text)
	if err != nil {
		return nil, err
	}
	edits, err := doc.edits(s)
	if err != nil {
		return nil, err
	}
	return apply(text, edits), nil
}

var Between = between
