package fix

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Apply is the text with one step written into it.
func Apply(name string, text []byte, s rules.Step) ([]byte, error) {
	doc, err := read(source.NewFileSet(), name, text)
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
