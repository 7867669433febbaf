// Package toy is for tests: two languages in which a test can say what happens, and trees of files.
package toy

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
)

// Files reads files that begin with "toy". A line "param NAME" declares a parameter; "bad", "odd", "panic" and "late
// panic" do as they say; "see FILE" says whether FILE is a unit too.
var Files = frontend.Frontend{
	Kind:       "toy",
	Flag:       "parameter",
	Recognises: func(_ string, text []byte) bool { return strings.HasPrefix(string(text), "toy") },
	Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
		f := s.Files[0]
		text := string(f.Text)
		switch {
		case strings.Contains(text, "late panic"):
		case strings.Contains(text, "panic"):
			panic("ouch")
		case strings.Contains(text, "bad"):
			return nil, []source.Diagnostic{{Span: f.Span(0, 3), Message: "is bad"}}
		case strings.Contains(text, "odd"):
			return file{text}, []source.Diagnostic{{Message: "is odd"}}
		}
		return file{text}, nil
	},
}

type file struct{ text string }

func (u file) Parameters() []string {
	var out []string
	for line := range strings.Lines(u.text) {
		if name, ok := strings.CutPrefix(line, "param "); ok {
			out = append(out, strings.TrimSpace(name))
		}
	}
	return out
}

func (u file) Calls() []string { return nil }

func (u file) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	if strings.Contains(u.text, "late panic") {
		panic("ouch")
	}
	var ds []source.Diagnostic
	for line := range strings.Lines(u.text) {
		if name, ok := strings.CutPrefix(line, "see "); ok {
			name = strings.TrimSpace(name)
			ds = append(ds, source.Diagnostic{Message: fmt.Sprintf("sees %s: %v", name, d.Open(name) != nil)})
		}
	}
	return graph.NewBuilder(d.Root, "toy").Network(), ds
}

// Rooms reads directories of *.tf and *.values files. A line "call DIR" makes DIR, relative to the directory, a part
// of it; "input NAME" declares one; "read FILE" and "show FILE" read more; "broken" is an error in that file alone.
var Rooms = frontend.Frontend{
	Kind:       "room",
	Flag:       "var",
	Recognises: func(name string, _ []byte) bool { return path.Ext(name) == ".tf" },
	Belongs:    func(name string) bool { return path.Ext(name) == ".tf" || path.Ext(name) == ".values" },
	Callees: func(name string, text []byte) (out []string) {
		for _, m := range regexp.MustCompile(`call (\S+)`).FindAllSubmatch(text, -1) {
			out = append(out, path.Join(path.Dir(name), string(m[1])))
		}
		return out
	},
	Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
		u := room{name: s.Name}
		var ds []source.Diagnostic
		for _, f := range s.Files {
			u.files = append(u.files, f.Name)
			for line := range strings.Lines(string(f.Text)) {
				if line = strings.TrimSpace(line); line == "broken" {
					d := source.Diagnostic{File: f.Name, Span: f.Span(0, 1), Message: "is broken", Error: true}
					ds = append(ds, d)
				}
				u.lines = append(u.lines, line)
			}
		}
		return u, ds
	},
}

type room struct {
	name         string
	files, lines []string
}

// each lists what follows the word in the lines.
func (u room) each(word string) (out []string) {
	for _, l := range u.lines {
		if rest, ok := strings.CutPrefix(l, word+" "); ok {
			out = append(out, rest)
		}
	}
	return out
}

func (u room) Parameters() []string { return u.each("input") }

func (u room) Calls() (out []string) {
	for _, c := range u.each("call") {
		out = append(out, path.Join(u.name, c))
	}
	return out
}

func (u room) ReadsFiles() bool { return len(u.each("show")) > 0 }

// Network says in notices what the unit is made of.
func (u room) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	ds := []source.Diagnostic{{Message: strings.Join(u.files, " ")}}
	say := func(format string, args ...any) {
		ds = append(ds, source.Diagnostic{Message: fmt.Sprintf(format, args...)})
	}
	for _, c := range u.Calls() {
		if other, ok := d.Open(c).(room); ok {
			say("calls %s", strings.Join(other.files, " "))
		} else {
			say("finds nothing in %s", c)
		}
	}
	for _, name := range u.each("read") {
		text, err := d.Within.Read(path.Join(u.name, name))
		say("reads %q %v", text, err)
	}
	for _, name := range u.each("show") {
		f, err := d.File(path.Join(u.name, name))
		if err != nil {
			say("cannot show: %v", err)
			continue
		}
		ds = append(ds, source.Diagnostic{Span: f.Span(0, 1), Message: "shown"})
	}
	return graph.NewBuilder(d.Root, "room").Network(), ds
}

// Template is the text of a file without one.
const Template = "AWSTemplateFormatVersion: '2010-09-09'\n"

// Tree writes files, given as "path" or "path: content", and returns their directory. A path with " -> " is a link.
func Tree(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name, content, ok := strings.Cut(f, ": ")
		if !ok {
			content = Template
		}
		name, target, link := strings.Cut(name, " -> ")
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if link {
			err = os.Symlink(target, at)
		} else {
			err = os.WriteFile(at, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Texts are the diagnostics as lines.
func Texts(ds []source.Diagnostic) []string {
	out := []string{}
	for _, d := range ds {
		out = append(out, d.File+": "+d.Message)
	}
	return out
}

// Strip takes dir, which differs from run to run, out of lines.
func Strip(dir string, lines []string) []string {
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], dir, "ROOT")
	}
	return lines
}
