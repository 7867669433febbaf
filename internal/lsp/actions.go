package lsp

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fix"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

// quickFix is the kind of the actions that answer diagnostics.
const quickFix = "quickfix"

// actions are what a user may do about the findings in a range.
func (s *server) actions(ctx context.Context, p *actionParams) (any, error) {
	wanted := func(kind string) bool { return strings.HasPrefix(quickFix+".", kind+".") }
	if only := p.Context.Only; only != nil && !slices.ContainsFunc(only, wanted) {
		return []codeAction{}, nil
	}
	f, path, err := s.desk.wait(ctx, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	out := []codeAction{}
	editor := fix.NewEditor(f.report.Files)
	for _, i := range f.at[path] {
		if i.finding == nil || !i.Range.meets(p.Range) {
			continue
		}
		if changes := f.fixing(editor, i); len(changes) > 0 {
			out = append(out, codeAction{
				Title: i.finding.Remedy, Kind: quickFix, IsPreferred: true, Diagnostics: []diagnostic{i.diagnostic},
				Edit: workspaceEdit{changes},
			})
		}
		if edit, ok := f.ignoring(path, i); ok {
			out = append(out, codeAction{
				Title: "Ignore " + i.Code + " here", Kind: quickFix, Diagnostics: []diagnostic{i.diagnostic},
				Edit: workspaceEdit{map[string][]textEdit{p.TextDocument.URI: {edit}}},
			})
		}
	}
	return out, nil
}

// fixing are the edits that mend the finding of i, by the URIs of files, as --fix makes them. There are none where it
// has no fix, or one that is refused.
func (f *found) fixing(editor *fix.Editor, i *item) map[string][]textEdit {
	files, err := editor.Of(*i.finding)
	if err != nil {
		return nil
	}
	changes := map[string][]textEdit{}
	for _, file := range files {
		path, t := f.text(file.File)
		for _, e := range file.Edits {
			changes[uriOf(path)] = append(changes[uriOf(path)], textEdit{t.place(e.Start, e.End), e.Text})
		}
	}
	return changes
}

// directive begins a comment that accepts findings.
const directive = lint.Name + ":ignore "

// ignoring writes the comment, or the entry in the Metadata of a JSON template, that accepts the finding of i. It knows
// no way in Terraform's JSON, which has no comments.
func (f *found) ignoring(path string, i *item) (textEdit, bool) {
	t := f.texts[path]
	isJSON := bytes.HasPrefix(bytes.TrimSpace(t.bytes), []byte("{"))
	switch {
	case isJSON && strings.HasSuffix(path, ".tf.json"), isJSON && filepath.Ext(path) == ".tofu":
		return textEdit{}, false
	case isJSON:
		at, ok := metadataIn(t.bytes, t.offset(i.Range.Start))
		entry := `"Metadata": {"` + lint.Name + `": {"ignore": "` + i.Code + `"}},`
		return textEdit{t.place(at, at), blankAt(t.bytes, at) + entry}, ok
	}
	line := i.Range.Start.Line
	if line > 0 {
		if at, ok := t.directiveIn(line - 1); ok {
			return textEdit{t.place(at, at), i.Code + ","}, true
		}
	}
	begin := t.lines[line]
	indent := blankAt(t.bytes[:t.end(line)], begin)
	return textEdit{t.place(begin, begin), indent + "# " + directive + i.Code + "\n"}, true
}

// directiveIn is where the rules are named in a line that only holds a comment which accepts findings.
func (t *text) directiveIn(line int) (at int, ok bool) {
	text := t.bytes[t.lines[line]:t.end(line)]
	at = bytes.Index(text, []byte(directive))
	if at < 0 || strings.Trim(string(text[:at]), " \t#/*") != "" {
		return 0, false
	}
	return t.lines[line] + at + len(directive), true
}

// blankAt is the white space that begins at the offset.
func blankAt(b []byte, at int) string {
	rest := b[min(max(at, 0), len(b)):]
	return string(rest[:len(rest)-len(bytes.TrimLeft(rest, " \t\r\n"))])
}

// metadataIn is where the first member of the resource stands, in a JSON template, that has the offset in it. It says
// no where the resource has Metadata already.
func metadataIn(b []byte, offset int) (at int, ok bool) {
	d := jsontext.NewDecoder(bytes.NewReader(b), jsontext.AllowDuplicateNames(true))
	has, begin := false, 0
	for {
		before := int(d.InputOffset())
		token, err := d.ReadToken()
		if err != nil {
			return 0, false
		}
		where := strings.Split(string(d.StackPointer()), "/")
		isResource := len(where) == 3 && where[1] == "Resources"
		switch kind := token.Kind(); {
		case kind == '"' && isResource:
			begin = before
		case kind == '{' && isResource:
			at, has = int(d.InputOffset()), false
		case kind == '"' && len(where) == 4 && where[1] == "Resources" && where[3] == "Metadata":
			has = true
		case kind == '}' && isResource && begin <= offset && offset < int(d.InputOffset()):
			return at, !has
		}
	}
}
