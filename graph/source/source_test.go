package source_test

import (
	"fmt"
	"go/token"
	"strings"
	"sync"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Every offset of every file has the line and column that go/token gives it, if all text is ASCII.
func TestLocationsAreThoseOfGoToken(t *testing.T) {
	driver := token.NewFileSet()
	driver.AddFile("of somebody else", -1, 10)
	set := source.Wrap(driver)
	for i, text := range []string{"", "a", "\n", "a\n", "ab\ncd", "\n\nx\r\n", strings.Repeat("line\n", 50)} {
		f := set.Add(fmt.Sprint(i), []byte(text))
		driver.AddFile("between", -1, 3)
		for at := range len(text) + 1 {
			span := f.Span(at, len(text))
			want := driver.Position(span.Pos)
			loc, ok := set.Location(span)
			if !ok || loc.File != f.Name || loc.StartLine != want.Line || loc.StartColumn != want.Column {
				t.Errorf("offset %d of %q is at %v, and with go/token at %v", at, text, loc, want)
			}
			if got := f.LineOf(span); got != want.Line {
				t.Errorf("offset %d of %q is in line %d, and with go/token in %d", at, text, got, want.Line)
			}
			if f.LineStart(want.Line) != at-want.Column+1 {
				t.Errorf("line %d of %q begins at %d", want.Line, text, f.LineStart(want.Line))
			}
		}
	}
	for pos := range token.Pos(driver.Base()) {
		f := set.File(source.Span{Pos: pos, End: pos})
		of := driver.File(pos)
		if theirs := of == nil || of.Name() == "between" || of.Name() == "of somebody else"; theirs != (f == nil) || f != nil && f.Name != of.Name() {
			t.Errorf("position %d is in %v, and with go/token in %v", pos, f, of)
		}
	}
}

// Columns count code points, and the end of a span is exclusive.
func TestColumnsCountCodePoints(t *testing.T) {
	set := source.NewFileSet()
	f := set.Add("f", []byte("größe: ä\nb"))
	loc, _ := set.Location(f.Span(len("größe: "), len("größe: ä\nb")))
	if want := (source.Location{File: "f", StartLine: 1, StartColumn: 8, EndLine: 2, EndColumn: 2}); loc != want {
		t.Errorf("got %v, want %v", loc, want)
	}
	if got := f.Line(1); got != "größe: ä" {
		t.Errorf("line 1 is %q", got)
	}
}

// Texts may be added while others are looked up.
func TestFilesMayBeAddedWhileOthersAreRead(t *testing.T) {
	set := source.NewFileSet()
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			f := set.Add(fmt.Sprint(i), []byte("x\ny"))
			if loc, ok := set.Location(f.Span(2, 3)); !ok || loc.File != f.Name || loc.StartLine != 2 {
				t.Errorf("%s is %v", f.Name, loc)
			}
		})
	}
	group.Wait()
}
