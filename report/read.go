package report

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Document is a report in JSON.
type Document struct {
	// Name is what errors call it.
	Name string
	Text []byte
	// Under is put before all paths, for reports of different repositories. It may be empty.
	Under string
}

// Read reads what JSON wrote, each Document into a Report. All have the same Files, which know places and no text. An
// error names the document: its rules must be among packs, and it must be of a version that this program writes.
func Read(docs []Document, packs []rules.Pack) ([]*Report, error) {
	files := source.NewFileSet()
	known := map[string]*rules.Rule{}
	for _, p := range packs {
		for _, r := range p.Rules {
			known[r.Name] = r
		}
	}
	all := make([]*document, len(docs))
	for i, d := range docs {
		all[i] = &document{}
		if err := all[i].read(d.Text); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
	}
	spans := placesOf(files, docs, all)
	var out []*Report
	for i, d := range docs {
		r := &reader{document: all[i], under: d.Under, spans: spans, rules: known, packs: packs}
		if out = append(out, r.report(files)); r.err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, r.err)
		}
	}
	return out, nil
}

func (d *document) read(text []byte) error {
	var of struct {
		SchemaVersion *int `json:"schemaVersion"`
	}
	switch err := json.Unmarshal(text, &of); {
	case err != nil:
		return err
	case of.SchemaVersion == nil:
		return fmt.Errorf("not a report: it has no schemaVersion")
	case *of.SchemaVersion != schemaVersion:
		return fmt.Errorf("the report has version %d, and this program reads version %d",
			*of.SchemaVersion, schemaVersion)
	}
	if err := json.Unmarshal(text, d, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	if d.Run == nil {
		return fmt.Errorf("an older version made this report, which has no \"run\"")
	}
	var err error
	d.eachPlace(func(at *docPlace) {
		if at != nil && !at.isWhole() {
			err = fmt.Errorf("a location in %q has only a part of its lines and columns", at.File)
		}
	})
	return err
}

// placesOf makes the places of all documents part of files. They are sorted, so that equal ones have one span and spans
// are ordered as places are.
func placesOf(files *source.FileSet, docs []Document, all []*document) map[source.Location]source.Span {
	seen := map[source.Location]bool{}
	for i, d := range all {
		d.eachPlace(func(at *docPlace) {
			if at != nil && at.StartLine > 0 {
				seen[at.location(docs[i].Under)] = true
			}
		})
	}
	places := make([]source.Location, 0, len(seen))
	for l := range seen {
		places = append(places, l)
	}
	slices.SortFunc(places, func(a, b source.Location) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.StartLine-b.StartLine, a.StartColumn-b.StartColumn,
			a.EndLine-b.EndLine, a.EndColumn-b.EndColumn)
	})
	spans := map[source.Location]source.Span{}
	for i, span := range files.AddPlaces(places) {
		spans[places[i]] = span
	}
	return spans
}

// under puts a name below another.
func under(dir, name string) string {
	switch {
	case dir == "" || name == "" || path.IsAbs(name):
		return name
	case name == ".":
		return dir
	}
	return dir + "/" + name
}
