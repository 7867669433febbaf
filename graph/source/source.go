// Package source holds the text that was read and says where in it a thing stands.
//
// A Span is a pair of byte offsets in one token.FileSet, whatever the language. Lines and columns exist only at the
// moment of printing: see FileSet.Location.
package source

import (
	"bytes"
	"go/token"
	"path"
	"slices"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Span is a stretch of one file, End exclusive. The zero Span is absent: a node that nothing in the files states.
type Span struct{ Pos, End token.Pos }

// IsValid reports whether the span names a place.
func (s Span) IsValid() bool { return s.Pos.IsValid() }

// Compare orders spans by file and offset; absent spans come first.
func (s Span) Compare(t Span) int {
	if s.Pos != t.Pos {
		return int(s.Pos) - int(t.Pos)
	}
	return int(s.End) - int(t.End)
}

// Location is a Span as a person reads it. Lines and columns are 1-based, columns count Unicode code points, and the
// end is exclusive. File is slash-separated, as it was given to Add.
type Location struct {
	File                   string
	StartLine, StartColumn int
	EndLine, EndColumn     int
}

// Diagnostic is something to say about the input itself: a file that cannot be read, a budget that cut something.
type Diagnostic struct {
	File    string // for messages without a place in the text
	Span    Span
	Message string
	// Error marks, among diagnostics of an input that was read, one for a part that was not.
	Error bool
	// Limit marks an error of a budget of this program. Unlike an error of syntax, the input may be right: no reader
	// of it would complain.
	Limit bool
}

// File is one text.
type File struct {
	Name string
	Text []byte
	tok  *token.File
	// lines are the offsets at which they begin. Those of tok are behind a lock.
	lines []int
	// long are the lines of which columns were asked, by where they begin.
	long sync.Map
	// places are known of texts that are not here: a position is the index of one.
	places []Location
}

// Span gives the place of the bytes [start, end) of the file. Offsets outside it are moved to its nearest end.
func (f *File) Span(start, end int) Span {
	start = min(max(start, 0), len(f.Text))
	end = min(max(end, start), len(f.Text))
	return Span{f.tok.Pos(start), f.tok.Pos(end)}
}

// FileSet is every text of one run. Its methods may be called from several goroutines.
type FileSet struct {
	fset *token.FileSet
	// stride is what the positions of files begin at multiples of; 0: each begins behind the one before.
	stride int
	mu     sync.Mutex // of Add
	// files are in the order of their positions, and read without the lock: those that are there stay as they are.
	files atomic.Pointer[[]*File]
}

// NewFileSet returns an empty set.
func NewFileSet() *FileSet { return Wrap(token.NewFileSet()) }

// NewSpreadSet is a set in which the position of a text depends on the number of texts before it, and not on what is
// in them, as long as these are shorter than the stride. So spans hold in the next set of the same files, where one of
// them has changed. Where an int is too short for that it is a plain set.
func NewSpreadSet(stride int) *FileSet {
	s := NewFileSet()
	if strconv.IntSize == 64 {
		s.stride = stride
	}
	return s
}

// Wrap makes a set on the driver's token.FileSet, as under go vet.
func Wrap(fset *token.FileSet) *FileSet {
	s := &FileSet{fset: fset}
	s.files.Store(new([]*File))
	return s
}

// Add makes text part of the set. Positions grow in the order of the calls, so files are added in the order in which
// their findings shall be printed.
func (s *FileSet) Add(name string, text []byte) *File {
	f := &File{Name: name, Text: text, lines: lineStarts(text)}
	s.mu.Lock()
	defer s.mu.Unlock()
	base := -1
	if s.stride > 0 {
		base = (s.fset.Base()/s.stride + 1) * s.stride
	}
	f.tok = s.fset.AddFile(name, base, len(text))
	f.tok.SetLines(f.lines)
	files := append(*s.files.Load(), f)
	s.files.Store(&files)
	return f
}

// AddPlaces makes places in texts that are not at hand part of the set, and gives their spans. Such a span can be
// located and compared, and has no text.
func (s *FileSet) AddPlaces(places []Location) (spans []Span) {
	if len(places) == 0 {
		return nil
	}
	f := &File{places: slices.Clone(places)}
	s.mu.Lock()
	defer s.mu.Unlock()
	f.tok = s.fset.AddFile("", -1, len(places)-1)
	files := append(*s.files.Load(), f)
	s.files.Store(&files)
	for i := range places {
		spans = append(spans, Span{f.tok.Pos(i), f.tok.Pos(i)})
	}
	return spans
}

// HasText says whether the text is at hand.
func (f *File) HasText() bool { return f.places == nil }

// lineStarts are the offsets at which the lines of text begin. A line break at its end begins none.
func lineStarts(text []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(text, []byte{'\n'}))
	for at := 0; ; {
		length := bytes.IndexByte(text[at:], '\n') + 1
		if at += length; length == 0 || at == len(text) {
			return starts
		}
		starts = append(starts, at)
	}
}

// In gives the files of the directory whose text is at hand.
func (s *FileSet) In(dir string) (in []*File) {
	for _, f := range *s.files.Load() {
		if f.HasText() && path.Dir(f.Name) == dir {
			in = append(in, f)
		}
	}
	return in
}

// File returns the file that span lies in, or nil.
func (s *FileSet) File(span Span) *File {
	if !span.IsValid() {
		return nil
	}
	files := *s.files.Load()
	next := sort.Search(len(files), func(i int) bool { return token.Pos(files[i].tok.Base()) > span.Pos })
	if next == 0 || !files[next-1].Holds(span) {
		return nil
	}
	return files[next-1]
}

// Location gives the place that span names; ok is false for an absent one.
func (s *FileSet) Location(span Span) (loc Location, ok bool) {
	f := s.File(span)
	if f == nil {
		return Location{}, false
	}
	if f.places != nil {
		return f.places[f.tok.Offset(span.Pos)], true
	}
	start, end := f.tok.Offset(span.Pos), f.tok.Offset(max(span.Pos, span.End))
	loc.File = f.Name
	line, begin := f.lineAt(start)
	loc.StartLine, loc.StartColumn = line, f.column(begin, start)
	if bytes.IndexByte(f.Text[start:end], '\n') >= 0 {
		line, begin = f.lineAt(end)
	}
	loc.EndLine, loc.EndColumn = line, f.column(begin, end)
	return loc, true
}

// Line returns the text of a 1-based line without its line break, or "" outside the file.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	start := f.lines[n-1]
	end := start
	for end < len(f.Text) && f.Text[end] != '\n' && f.Text[end] != '\r' {
		end++
	}
	return string(f.Text[start:end])
}

// LineStart is the byte offset at which the 1-based line n begins.
func (f *File) LineStart(n int) int {
	return f.lines[min(max(n, 1), len(f.lines))-1]
}

// lineAt is the line of the offset, and where it begins.
func (f *File) lineAt(offset int) (line, begin int) {
	line = sort.SearchInts(f.lines, offset+1)
	return line, f.lines[line-1]
}

// column is that of the offset in the line that begins there.
func (f *File) column(begin, offset int) int {
	if offset-begin < stride {
		return utf8.RuneCount(f.Text[begin:offset]) + 1
	}
	known, ok := f.long.Load(begin)
	if !ok {
		known, _ = f.long.LoadOrStore(begin, strides(f.Text, begin))
	}
	starts := known.([]int)
	last := sort.SearchInts(starts, offset+1) - 1
	return last*stride + utf8.RuneCount(f.Text[starts[last]:offset]) + 1
}

// stride is how many characters lie between the places of a long line that are kept. All of a template that a program
// wrote may be one line.
const stride = 1024

// strides are where each stride of characters begins in the line that begins there.
func strides(text []byte, begin int) (starts []int) {
	for n, at := 0, begin; at < len(text) && text[at] != '\n'; n++ {
		if n%stride == 0 {
			starts = append(starts, at)
		}
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return starts
}

// LineOf is the 1-based line at which span begins; span lies in f.
func (f *File) LineOf(span Span) int {
	line, _ := f.lineAt(f.tok.Offset(span.Pos))
	return line
}

// Offset is the byte offset of pos, which lies in f.
func (f *File) Offset(pos token.Pos) int { return f.tok.Offset(pos) }

// Same says that other has the same text at the same positions, so that spans of one are spans of the other.
func (f *File) Same(other *File) bool {
	return f.Name == other.Name && f.tok.Base() == other.tok.Base() && bytes.Equal(f.Text, other.Text)
}

// Holds reports whether span lies in f.
func (f *File) Holds(span Span) bool {
	base := token.Pos(f.tok.Base())
	return base <= span.Pos && span.Pos <= base+token.Pos(f.tok.Size())
}
