package fix

import (
	"errors"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Plan is what the fixes of a report make of its files.
type Plan struct {
	// Files are those that change, in the order of their first change.
	Files []*File
	// Fixed are the findings whose fixes are in them, and Refused those that have one which is not.
	Fixed   []rules.Finding
	Refused []Refusal
}

// File is a file that changes.
type File struct {
	Name          string
	Before, After []byte
}

// Refusal is a finding that stays although it has a fix, and the reason.
type Refusal struct {
	rules.Finding
	Reason error
}

var (
	errCopied   = errors.New("it is in a module that was downloaded")
	errSomeUses = errors.New("not all who use the module may need it")
	errNoText   = errors.New("the text is not at hand")
	errNothing  = errors.New("the change is there already")
)

// Make makes the plan of the findings that stand. may says of a file why it is not changed, or nothing.
func Make(files *source.FileSet, findings []rules.Finding, may func(name string) error) *Plan {
	p, ds := &Plan{}, newDrafts(NewEditor(files))
	for _, f := range findings {
		if len(f.Fix) == 0 || f.Suppressed != nil {
			continue
		}
		if err := ds.write(f, may); err != nil {
			p.Refused = append(p.Refused, Refusal{f, err})
			continue
		}
		p.Fixed = append(p.Fixed, f)
	}
	for _, d := range ds.all {
		if d.isChanged() {
			p.Files = append(p.Files, &File{Name: d.Name, Before: d.Text, After: d.text()})
		}
	}
	return p
}
