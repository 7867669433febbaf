package fix

import (
	"bytes"
	"errors"
	"slices"

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
	errCopied  = errors.New("it is in a module that was downloaded")
	errNoText  = errors.New("the text is not at hand")
	errNothing = errors.New("the change is there already")
)

// Make makes the plan of the findings that stand. may says of a file why it is not changed, or nothing.
func Make(files *source.FileSet, findings []rules.Finding, may func(name string) error) *Plan {
	p := &Plan{}
	for _, f := range findings {
		if len(f.Fix) == 0 || f.Suppressed != nil {
			continue
		}
		if err := p.add(files, f, may); err != nil {
			p.Refused = append(p.Refused, Refusal{f, err})
			continue
		}
		p.Fixed = append(p.Fixed, f)
	}
	p.Files = slices.DeleteFunc(p.Files, func(f *File) bool { return bytes.Equal(f.Before, f.After) })
	return p
}

// add writes all steps of a finding or, where one of them is refused, none.
func (p *Plan) add(files *source.FileSet, f rules.Finding, may func(name string) error) error {
	if f.Copied.IsValid() {
		return errCopied
	}
	var after = map[*File][]byte{}
	changes := false
	for _, s := range f.Fix {
		in := files.File(s.At)
		if in == nil || !in.HasText() {
			return errNoText
		}
		if err := may(in.Name); err != nil {
			return err
		}
		file := p.file(in)
		before, ok := after[file]
		if !ok {
			before = file.After
		}
		text, err := Apply(file.Name, before, s)
		if err != nil {
			return err
		}
		after[file] = text
		changes = changes || !bytes.Equal(file.Before, text)
	}
	if !changes {
		return errNothing
	}
	for file, text := range after {
		file.After = text
	}
	return nil
}

func (p *Plan) file(of *source.File) *File {
	for _, f := range p.Files {
		if f.Name == of.Name {
			return f
		}
	}
	f := &File{Name: of.Name, Before: of.Text, After: of.Text}
	p.Files = append(p.Files, f)
	return f
}
