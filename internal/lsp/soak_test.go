package lsp_test

import (
	"context"
	"fmt"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/lsp"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// pieces are what a hand may leave in a file.
var pieces = []string{
	"", " ", "\n", "\r\n", "#", "\"", "'", "{", "}", "[", "]", ":", "- ", "\t", "\U0001F310", "é", "!Ref Public", "!ImportValue n0-subnet",
	"  Extra: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}\n", "${var.stage}", "resource \"aws_vpc\" \"x\" {\n}\n", "<<EOT\n",
	"# lambda-vpc-lint:ignore single_zone\n", "Transform: AWS::Serverless-2016-10-31\n", "&a ", "*a", "\x00", "{{ x }}", "|\n",
}

// TestSoak makes LAMBDA_VPC_LINT_EDITS random edits, 150 without, in documents that hang together. What the server says of
// each is what the command says of it, and the memory stays what it was.
func TestSoak(t *testing.T) {
	edits := 150
	if n, err := strconv.Atoi(os.Getenv("LAMBDA_VPC_LINT_EDITS")); err == nil {
		edits = n
	}
	dir, disk := t.TempDir(), t.TempDir()
	repository(t, dir, 150)
	repository(t, disk, 150)
	names := []string{
		"services/s1/template.yaml", "networks/n1/template.yaml", "terraform/live/r1/main.tf", "terraform/live/r10/main.tf",
		"terraform/modules/m0/main.tf", "terraform/modules/m0/variables.tf", "services/s2/template.yaml",
	}
	e := newEditor(t, dir, lsp.Options{}, map[string]any{
		"capabilities": map[string]any{"general": map[string]any{"positionEncodings": []string{"utf-8"}}},
	})
	texts, fresh, versions := map[string]string{}, map[string]string{}, map[string]int{}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name], fresh[name] = string(text), string(text)
		e.open(name, string(text))
		e.heard(name, 0)
	}
	random := rand.New(rand.NewPCG(17, 5))
	var early, late uint64
	for i := range edits {
		name := names[random.IntN(len(names))]
		text := texts[name]
		start := random.IntN(len(text) + 1)
		end := min(len(text), start+random.IntN(4)*random.IntN(20))
		piece := pieces[random.IntN(len(pieces))]
		start, end = boundaryOf(text, start), max(boundaryOf(text, start), boundaryOf(text, end))
		where := &span{placeIn(text, start), placeIn(text, end)}
		texts[name] = text[:start] + piece + text[end:]
		if random.IntN(6) == 0 || len(texts[name]) > 20_000 {
			where, piece = nil, fresh[name] // as undo does
			texts[name] = piece
		}
		versions[name]++
		e.change(name, versions[name], where, piece)
		e.heard(name, versions[name])
		if i%25 == 24 || i == edits-1 {
			e.compare(disk, names, texts)
		}
		switch i {
		case edits / 4:
			early = memory()
		case edits - 1:
			late = memory()
		}
	}
	if e.compared < edits/10 {
		t.Errorf("only %d diagnostics were compared", e.compared)
	}
	t.Logf("%d edits, %d diagnostics compared: %.1f MB after a quarter, %.1f MB at the end", edits, e.compared, float64(early)/1e6, float64(late)/1e6)
	if late > early+early/4+8_000_000 {
		t.Errorf("the memory grew from %d to %d bytes", early, late)
	}
	for _, message := range e.messages {
		t.Errorf("the user reads %s", message)
	}
	e.leave()
}

func memory() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// boundaryOf is the beginning of the character at the offset, and that of "\r\n" between its two.
func boundaryOf(text string, offset int) int {
	for offset > 0 && offset < len(text) && text[offset]&0xC0 == 0x80 {
		offset--
	}
	if offset > 0 && offset < len(text) && text[offset-1] == '\r' && text[offset] == '\n' {
		offset--
	}
	return offset
}

// placeIn is the position of an offset, in UTF-8.
func placeIn(text string, offset int) at {
	before := strings.NewReplacer("\r\n", "\n\x01", "\r", "\n").Replace(text[:offset])
	line := strings.Count(before, "\n")
	begin := strings.LastIndex(before, "\n") + 1
	return at{line, len(strings.TrimPrefix(before[begin:], "\x01"))}
}

// compare waits until the server says of the documents what the command says of them on disk.
func (e *editor) compare(disk string, names []string, texts map[string]string) {
	e.t.Helper()
	for _, name := range names {
		write(e.t, disk, name, texts[name])
	}
	units := map[string][]string{}
	for _, name := range names {
		unit := name
		if strings.HasSuffix(name, ".tf") {
			unit = filepath.Dir(name)
		}
		units[unit] = append(units[unit], name)
	}
	want := map[string][]string{}
	for _, paths := range units {
		slices.Sort(paths)
		r, err := lint.Run(context.Background(), paths, lint.Options{Dir: disk, SkipUnrecognized: true})
		if err != nil {
			e.t.Fatal(err)
		}
		for name, lines := range shown(r) {
			want[name] = append(want[name], lines...)
		}
	}
	var diff string
	for range 200 {
		got := map[string][]string{}
		e.mu.Lock()
		for _, name := range names {
			for _, d := range e.told[e.uri(name)].Diagnostics {
				got[name] = append(got[name], fmt.Sprintf("%d %s %s", d.Range.Start.Line+1, d.Code, d.Message))
			}
		}
		e.mu.Unlock()
		diff = ""
		for _, name := range names {
			if d := cmp.Diff(sorted(want[name]), sorted(got[name])); d != "" {
				diff += name + ": " + d
			}
		}
		if diff == "" {
			for _, name := range names {
				e.compared += len(want[name])
			}
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	e.t.Fatalf("the server says something else than the command (-command +server)\n%s", diff)
}

func sorted(lines []string) []string {
	lines = slices.Sorted(slices.Values(lines))
	return slices.Compact(lines)
}

// shown are the lines of a report, by file, as the server shows them.
func shown(r *report.Report) map[string][]string {
	out := map[string][]string{}
	for _, f := range r.Findings() {
		message := f.Message
		if f.Remedy != "" {
			message += "\nfix: " + f.Remedy
		}
		if loc, ok := r.Files.Location(f.Span); ok {
			out[loc.File] = append(out[loc.File], fmt.Sprintf("%d %s %s", lineIn(r, f.Span.Pos), f.Rule.Name, message))
		}
	}
	for _, d := range slices.Concat(r.Errors, r.Notices) {
		file, line := d.File, 1
		if loc, ok := r.Files.Location(d.Span); ok {
			file, line = loc.File, lineIn(r, d.Span.Pos)
		}
		out[file] = append(out[file], fmt.Sprintf("%d  %s", line, d.Message))
	}
	return out
}

// lineIn is the line of a position as the protocol counts, for which a carriage return ends one too.
func lineIn(r *report.Report, pos token.Pos) int {
	f := r.Files.File(source.Span{Pos: pos, End: pos})
	return placeIn(string(f.Text), f.Offset(pos)).Line + 1
}
