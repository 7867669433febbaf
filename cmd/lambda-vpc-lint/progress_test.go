package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
)

// display is a terminal: it keeps every state of its last line, and the lines above that are finished.
type display struct {
	line   []rune
	at     int
	lines  []string
	frames []string
}

func (d *display) Write(text []byte) (int, error) {
	for _, c := range string(text) {
		switch {
		case c == '\r':
			d.at = 0
		case c == '\n':
			d.lines = append(d.lines, d.shown())
			d.line, d.at = nil, 0
		case d.at < len(d.line):
			d.line[d.at] = c
			d.at++
		default:
			d.line = append(d.line, c)
			d.at++
		}
	}
	d.frames = append(d.frames, d.shown())
	return len(text), nil
}

func (d *display) shown() string { return strings.TrimRight(string(d.line), " ") }

// slowly is the toy program on that display, in which the reading of each file takes some time.
func slowly(d *display, columns int, each time.Duration) *tool {
	fronts := toyFrontends()
	read := fronts[0].Parse
	fronts[0].Parse = func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
		time.Sleep(each)
		return read(s)
	}
	return &tool{frontends: fronts, packs: toyPacks(), out: d, err: d, columns: func() int { return columns }}
}

// write makes files and moves into their directory.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		err := os.MkdirAll(filepath.Dir(name), 0o700)
		if err = errors.Join(err, os.WriteFile(name, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAShortRunShowsNoProgress(t *testing.T) {
	write(t, map[string]string{"a.yaml": "toy\nfunction Api\n"})
	synctest.Test(t, func(t *testing.T) {
		d := &display{}
		if code := slowly(d, 80, 900*time.Millisecond).run([]string{"-f", "json=" + os.DevNull}, nil); code != exitClean {
			t.Errorf("exit code %d", code)
		}
		if len(d.frames) > 0 {
			t.Errorf("it shows %q", d.frames)
		}
	})
}

func TestALongRunShowsProgressAndLeavesNothing(t *testing.T) {
	write(t, map[string]string{"a.yaml": "toy\nfunction Api\n", "b.yaml": "toy\n\tAWSTemplateFormatVersion\n"})
	synctest.Test(t, func(t *testing.T) {
		d := &display{}
		if code := slowly(d, 80, 3*time.Second).run(nil, nil); code != exitFailure {
			t.Errorf("exit code %d", code)
		}
		if !slices.Contains(d.frames, "reading 0 of 2 files") {
			t.Errorf("it shows %q", d.frames)
		}
		want := []string{
			"b.yaml:2:1: error: found a tab",
			"1 file, 1 function, 0 in a VPC; 0 undecided",
		}
		if !slices.Equal(d.lines, want) || d.shown() != "" {
			t.Errorf("it leaves %q and %q, want %q", d.lines, d.shown(), want)
		}
	})
}

func TestBadUsageErasesProgressToo(t *testing.T) {
	write(t, map[string]string{"a.txt": "toy\nfunction Api\n"})
	synctest.Test(t, func(t *testing.T) {
		d := &display{}
		slowly(d, 80, 3*time.Second).run([]string{"trace", "Apu", "--to", "internet"}, nil)
		if want := "lambda-vpc-lint: no function"; len(d.lines) != 1 || !strings.HasPrefix(d.lines[0], want) {
			t.Errorf("it leaves %q, want %q…", d.lines, want)
		}
	})
}

func TestProgressKeepsToOneLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &display{}
		p := slowly(d, 10, 0).progress()
		p.show("looking for a needle")
		time.Sleep(2 * time.Second)
		for i := range 1000 {
			p.show(fmt.Sprint(i))
			time.Sleep(time.Millisecond)
		}
		p.stop()
		p.show("too late")
		p.stop()
		if d.frames[0] != "looking f" {
			t.Errorf("in 10 columns it shows %q", d.frames[0])
		}
		if len(d.frames) != 12 {
			t.Errorf("it changes %d times in a second, want 10 times, and the first and the last", len(d.frames))
		}
		if d.shown() != "" || len(d.lines) > 0 {
			t.Errorf("it leaves %q", d.shown())
		}
	})
}

func TestNoTerminalNoProgress(t *testing.T) {
	if columns(&bytes.Buffer{}) != nil {
		t.Error("a buffer is no terminal")
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	if columns(null) != nil {
		t.Error("the null device is no terminal")
	}
}
