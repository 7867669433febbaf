package fix

import (
	"bytes"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// draft is a file while fixes are written into it. What is written about different resources is written over one
// reading; a second step about a resource reads again. Its lists only grow, so that an earlier copy is a way back.
type draft struct {
	*source.File
	base    []byte
	read    document
	list    []Edit // of base
	written []string
}

func (d *draft) text() []byte { return apply(d.base, d.list) }

func (d *draft) isChanged() bool { return len(d.list) > 0 || !bytes.Equal(d.base, d.Text) }

// edits are those of the file as it was.
func (d *draft) edits() []Edit {
	if bytes.Equal(d.base, d.Text) {
		return inOrder(d.list)
	}
	return []Edit{between(d.Text, d.text())}
}

// drafts are those of the files that fixes are about, in the order in which they come up.
type drafts struct {
	*Editor
	all   []*draft
	links links
}

func newDrafts(e *Editor) *drafts { return &drafts{Editor: e, links: links{}} }

func (ds *drafts) of(f *source.File) (*draft, error) {
	for _, d := range ds.all {
		if d.Name == f.Name {
			return d, nil
		}
	}
	doc, err := ds.first(f)
	if err != nil {
		return nil, err
	}
	d := &draft{File: f, base: f.Text, read: doc}
	ds.all = append(ds.all, d)
	return d, nil
}

// write writes all steps of a finding or, where one of them is refused, none. may says of a file why it is not changed,
// or nothing.
func (ds *drafts) write(f rules.Finding, may func(name string) error) (err error) {
	switch {
	case f.Copied.IsValid():
		return errCopied
	case f.Library != nil && slices.ContainsFunc(f.Fix, grants):
		return errSomeUses
	}
	before := map[*draft]draft{}
	defer func() {
		if err != nil {
			for d, was := range before {
				*d = was
			}
		}
	}()
	for _, s := range f.Fix {
		in := ds.files.File(s.At)
		if in == nil || !in.HasText() {
			return errNoText
		}
		if err := may(in.Name); err != nil {
			return err
		}
		d, err := ds.of(in)
		if err != nil {
			return err
		}
		if _, ok := before[d]; !ok {
			before[d] = *d
		}
		if err := ds.step(d, s); err != nil {
			return err
		}
	}
	for d := range before {
		if d.isChanged() {
			return ds.links.add(f.Fix)
		}
	}
	return errNothing
}

// grants says whether a step adds something that not all who use a module need.
func grants(s rules.Step) bool {
	return s.Do == rules.Create || s.Do == rules.Append && s.Value.Ref == ""
}

func (ds *drafts) step(d *draft, s rules.Step) error {
	home, name := d.read.resource(s)
	if home != "" && grants(s) { // others may use the module or nested stack
		return errSomeUses
	}
	for _, other := range d.written {
		if other != name {
			continue
		}
		text := d.text()
		doc, err := ds.readAgain(d.Name, text)
		if err != nil {
			return err
		}
		d.base, d.read, d.list, d.written = text, doc, nil, nil
		break
	}
	edits, err := d.read.edits(s)
	if err == nil && len(edits) > 0 {
		d.list, d.written = append(d.list, edits...), append(d.written, name)
	}
	return err
}
