package filter

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// baselineVersion changes when an older program would misread the file.
const baselineVersion = 1

// ReadBaseline reads what Write wrote. An error names the place.
func ReadBaseline(name string, text []byte) (*Baseline, error) {
	file := struct {
		SchemaVersion *int              `json:"schemaVersion"`
		Findings      []json.RawMessage `json:"findings"`
	}{}
	d := json.NewDecoder(bytes.NewReader(text))
	at := func(offset int64, err error) error { return misread(name, text, int(offset), err) }
	err := d.Decode(&file)
	switch {
	case err != nil:
		return nil, at(d.InputOffset(), err)
	case file.SchemaVersion == nil:
		return nil, at(0, errors.New("not a baseline: it has no schemaVersion"))
	case *file.SchemaVersion != baselineVersion:
		const message = "the baseline has version %d, and this program reads version %d"
		return nil, at(0, fmt.Errorf(message, *file.SchemaVersion, baselineVersion))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, at(d.InputOffset(), errors.New("there is text after the end of the baseline"))
	}
	b := &Baseline{Name: name}
	from := 0
	for _, raw := range file.Findings {
		from += bytes.Index(text[from:], raw)
		var e Entry
		if err := json.Unmarshal(raw, &e); err != nil || e.Fingerprint == "" {
			return nil, at(int64(from), errors.New("this entry of the baseline has no fingerprint"))
		}
		from += len(raw)
		b.Entries = append(b.Entries, e)
	}
	return b, nil
}

// misread adds the place to an error.
func misread(name string, text []byte, offset int, err error) error {
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = int(syntax.Offset) - 1
	case errors.As(err, &typed):
		offset = int(typed.Offset) - 1
		err = fmt.Errorf("%s is a %s here", typed.Field, typed.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		offset, err = len(text), errors.New("the text ends too early")
	}
	files := source.NewFileSet()
	loc, _ := files.Location(files.Add(name, text).Span(offset, offset))
	return fmt.Errorf("%s:%d:%d: %w", loc.File, loc.StartLine, loc.StartColumn, err)
}

// Write writes the baseline as JSON, one entry a line in a fixed order, so that changes to it are easy to review and to
// merge.
func (b *Baseline) Write(w io.Writer) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"schemaVersion\": %d,\n  \"findings\": [", baselineVersion)
	line := json.NewEncoder(&out)
	line.SetEscapeHTML(false)
	for i, e := range b.Entries {
		if i > 0 {
			out.Truncate(out.Len() - 1) // the encoder ends a line
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		if err := line.Encode(e); err != nil {
			return err
		}
	}
	if len(b.Entries) > 0 {
		out.WriteString("  ")
	}
	out.WriteString("]\n}\n")
	_, err := out.WriteTo(w)
	return err
}

func (e Entry) compare(other Entry) int {
	return cmp.Or(strings.Compare(e.Root, other.Root), strings.Compare(e.Rule, other.Rule),
		strings.Compare(e.Resource, other.Resource),
		strings.Compare(e.Fingerprint, other.Fingerprint))
}
