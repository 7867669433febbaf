package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

const (
	// dash is the path of standard input.
	dash = "-"
	// unnamed is what standard input is called that nobody gave a name.
	unnamed = "<stdin>"
)

// standardInput reads Stdin when it is one of paths, or when it has a name. It returns the paths with that name
// instead.
func (o *Options) standardInput(paths []string) ([]string, *boundary.Buffer, error) {
	name := cmp.Or(o.StdinName, unnamed)
	switch at := slices.Index(paths, dash); {
	case at >= 0:
		paths = slices.Clone(paths)
		paths[at] = name
	case o.StdinName != "":
		paths = append(slices.Clip(paths), name)
	default:
		return paths, nil, nil
	}
	text, err := boundary.ReadBuffer(o.Stdin)
	if err != nil {
		return nil, nil, fmt.Errorf("standard input: %w", err)
	}
	return paths, &boundary.Buffer{Name: name, Text: text}, nil
}
