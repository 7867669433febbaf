package fix

import (
	"errors"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// FileEdits are the edits of one file, by place; none overlap.
type FileEdits struct {
	File  *source.File
	Edits []Edit
}

// Editor makes edits of files. It reads a file once for findings that follow each other, and not without end.
type Editor struct {
	files *source.FileSet
	known map[*source.File]reading // of what was read last
	kept  int                      // bytes of the files that are known
	left  int                      // bytes that are read yet
}

type reading struct {
	document
	err error
}

// maxRead bounds the work of one Editor: so much text is read, files that are read again included.
const maxRead = 64 << 20

// maxKept bounds the texts whose trees are kept: those of a big repository do not fit into memory together.
const maxKept = 1 << 20

var (
	errUnread     = errors.New("the file cannot be read as a whole")
	errTooMuch    = errors.New("there are too many fixes for one run")
	errDownloaded = errors.New("terraform downloads into this folder")
)

// NewEditor makes an Editor of the files, which hold the text that spans of findings point into.
func NewEditor(files *source.FileSet) *Editor {
	return &Editor{files: files, known: map[*source.File]reading{}, left: maxRead}
}

// Of gives the edits of the fix of a finding, as if it were the only one, or the reason why it is not written. A
// finding without a fix has none.
func (e *Editor) Of(f rules.Finding) ([]FileEdits, error) {
	if len(f.Fix) == 0 {
		return nil, nil
	}
	ds := newDrafts(e)
	if err := ds.write(f, func(string) error { return nil }); err != nil {
		return nil, err
	}
	var out []FileEdits
	for _, d := range ds.all {
		if d.isChanged() {
			out = append(out, FileEdits{d.File, d.edits()})
		}
	}
	return out, nil
}

// first reads a file as it is.
func (e *Editor) first(f *source.File) (document, error) {
	r, ok := e.known[f]
	if !ok {
		r.document, r.err = e.readAgain(f.Name, f.Text)
		if e.kept += len(f.Text); e.kept > maxKept {
			clear(e.known)
			e.kept = len(f.Text)
		}
		e.known[f] = r
	}
	return r.document, r.err
}

func (e *Editor) readAgain(name string, text []byte) (document, error) {
	if slices.Contains(strings.Split(name, "/"), ".terraform") {
		return nil, errDownloaded
	}
	if e.left -= len(text); e.left < 0 {
		return nil, errTooMuch
	}
	return read(e.files, name, text)
}
