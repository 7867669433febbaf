// Package fix writes the fixes of findings into the files: see rules.Fix. It changes the bytes that a step is about and
// no other, so that comments, order, indentation and quotes stay. What it cannot write safely it refuses.
package fix

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// document is a file that was read, to be edited.
type document interface {
	// resource is what the file calls the resource that the step is about, and the module or nested stack it is in.
	resource(s rules.Step) (home, name string)
	// edits write the step, or are none where it is written already. An error is the reason why it is refused.
	edits(s rules.Step) ([]Edit, error)
}

// read reads a file of a kind that is edited. The others of its module are in files.
func read(files *source.FileSet, name string, text []byte) (document, error) {
	switch ext := path.Ext(strings.ToLower(name)); {
	case ext == ".tf", ext == ".tofu":
		return readConfiguration(files, name, text)
	case strings.HasSuffix(name, ".tf.json"), ext == ".go":
		return nil, errKind
	}
	return readTemplate(name, text)
}

var errKind = errors.New("files of this kind are not changed")

// Edit replaces the bytes [Start, End) of a file.
type Edit struct {
	Start, End int
	Text       string
}

// between is the edit that makes after of before: the stretch in which they differ.
func between(before, after []byte) Edit {
	n := min(len(before), len(after))
	start := 0
	for start < n && before[start] == after[start] {
		start++
	}
	end := 0
	for end < n-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	for start > 0 && start < len(before) && !utf8.RuneStart(before[start]) {
		start--
	}
	for end > 0 && !utf8.RuneStart(before[len(before)-end]) {
		end--
	}
	return Edit{Start: start, End: len(before) - end, Text: string(after[start : len(after)-end])}
}

var (
	ofTemplate  = regexp.MustCompile(`^[A-Za-z0-9]+$`)
	ofTerraform = regexp.MustCompile(`^\w+\.[\w-]+(\[.*\])?$`)
)

// near is the own name of a resource that another one refers to, in whose module or template it has to be. It is not
// there if it exists in the account already, or in a deployment of its own.
func near(of, other string, isTerraform bool) (own string, err error) {
	home, _ := rules.SplitAddress(of, isTerraform)
	otherHome, own := rules.SplitAddress(other, isTerraform)
	isName := ofTemplate.MatchString
	if isTerraform {
		isName = ofTerraform.MatchString
	}
	if home != otherHome || !isName(own) {
		return "", fmt.Errorf("%q is defined elsewhere", other)
	}
	return own, nil
}
