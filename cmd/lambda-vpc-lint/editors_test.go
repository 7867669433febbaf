package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// snippet is the code of docs/editors.md in a language.
func snippet(t *testing.T, language string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/editors.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(text)
	if block == nil {
		t.Fatalf("docs/editors.md has no %s", language)
	}
	return string(block[1])
}

// edit runs an editor in dir over files that are made of texts, HERE in args and in scripts being their directory,
// and reads from the file "found" there what the editor has found.
func edit(t *testing.T, dir string, texts map[string]string, found any, program string, args ...string) {
	t.Helper()
	at := t.TempDir()
	for name, text := range texts {
		if strings.HasPrefix(name, "script") {
			text = strings.ReplaceAll(text, "HERE", at)
			text = strings.ReplaceAll(text, "PLACE", dir)
		}
		if err := os.WriteFile(filepath.Join(at, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "HERE", at)
	}
	limit, cancel := context.WithTimeout(t.Context(), time.Minute) // an editor that fails waits for its user
	defer cancel()
	cmd := exec.CommandContext(limit, program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+at)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(at, "found"))
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := json.Unmarshal(text, found); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}

func installed(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip(err)
	}
}

// seen is what a list of places that has no rules and no messages keeps of places, in any order.
func seen(places []place) (out []string) {
	for _, p := range places {
		out = append(out, fmt.Sprintf("%s:%s:%s %s", p.File, p.Line, p.Column, p.Severity))
	}
	slices.Sort(out)
	return out
}

func TestVimFindsWhatIsPrinted(t *testing.T) {
	all, settings := outputs(t), snippet(t, "vim")
	installed(t, "vim")
	for _, p := range all {
		var items []struct {
			Name, Type, Text        string
			Lnum, Col, Valid, Bufnr int
		}
		edit(t, p.dir, map[string]string{
			"out": p.text,
			"script.vim": "set nocompatible encoding=utf-8\nscriptencoding utf-8\n" + settings +
				"\ncgetfile HERE/out\ncall writefile([json_encode(map(getqflist(), {_, e -> extend(e, {'name': bufname(e.bufnr)})}))], 'HERE/found')\nqall!\n",
		}, &items, "vim", "-N", "-u", "NONE", "-i", "NONE", "-es", "-S", "HERE/script.vim")
		var got []place
		for _, e := range items {
			got = append(got, place{e.Name, fmt.Sprint(e.Lnum), fmt.Sprint(e.Col), e.Type, e.Text, ""})
		}
		var want []place
		for _, h := range p.heads {
			want = append(want, place{h.File, h.Line, h.Column, h.Severity[:1], h.Message + " [" + h.Code + "]", ""})
		}
		for _, h := range p.hops {
			want = append(want, place{h.File, h.Line, "0", "", h.Message, ""})
		}
		for _, places := range [][]place{got, want} {
			slices.SortStableFunc(places, func(a, b place) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("in %s (-want +got)\n%s", p.dir, d)
		}
	}
}

func TestEmacsFindsWhatIsPrinted(t *testing.T) {
	all, settings := outputs(t), snippet(t, "elisp")
	installed(t, "emacs")
	const script = `
(require 'compile)
(require 'json)
(with-temp-buffer
  (setq default-directory (file-name-as-directory "PLACE/"))
  (insert-file-contents "HERE/out")
  (compilation-mode)
  (setq-local compilation-error-regexp-alist (seq-take compilation-error-regexp-alist 2)) ; those of other programs find more
  (compilation--ensure-parse (point-max))
  (let ((at (point-min)) found)
    (while (< at (point-max))
      (let ((m (get-text-property at 'compilation-message)))
        (when m
          (let ((loc (compilation--message->loc m)))
            (push (format "%s:%s:%s %s" (caar (compilation--loc->file-struct loc)) (compilation--loc->line loc)
                          (or (compilation--loc->col loc) "") (aref ["note" "warning" "error"] (compilation--message->type m)))
                  found))))
      (setq at (next-single-property-change at 'compilation-message nil (point-max))))
    (with-temp-file "HERE/found" (insert (json-encode (vconcat (delete-dups found)))))))
`
	for _, p := range all {
		var got []string
		edit(t, p.dir, map[string]string{"out": p.text, "settings.el": ";; -*- coding: utf-8 -*-\n" + settings, "script.el": script}, &got,
			"emacs", "--batch", "-Q", "-l", "HERE/settings.el", "-l", "HERE/script.el")
		slices.Sort(got)
		want := slices.Compact(seen(append(slices.Clone(p.heads), severe("note", p.hops)...)))
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("in %s (-want +got)\n%s", p.dir, d)
		}
	}
}

// TestNeovimShowsTheBuffer does what nvim-lint would, with a buffer that is not saved.
func TestNeovimShowsTheBuffer(t *testing.T) {
	settings := snippet(t, "lua")
	installed(t, "nvim")
	dir := t.TempDir()
	const saved, changed = "Resources: {}\n", "Resources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      VpcConfig: { Ünïcode: x, SubnetIds: [subnet-1] }\n"
	if err := os.WriteFile(filepath.Join(dir, "app.yaml"), []byte(saved), 0o644); err != nil {
		t.Fatal(err)
	}
	const script = `
package.loaded.lint = { linters = {} }
dofile("HERE/settings.lua")
vim.cmd("edit app.yaml")
vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.fn.readfile("HERE/changed"))
local linter = require("lint").linters.lambda_vpc_lint
local cmd = { "real" }
for _, arg in ipairs(linter.args) do table.insert(cmd, type(arg) == "function" and arg() or arg) end
local output = vim.fn.system(cmd, vim.api.nvim_buf_get_lines(0, 0, -1, false))
vim.fn.writefile({ vim.json.encode(linter.parser(output, vim.api.nvim_get_current_buf())) }, "HERE/found")
`
	type diagnostic struct {
		Lnum, Col, Severity int
		EndLnum             int `json:"end_lnum"`
		EndCol              int `json:"end_col"` // in bytes
		Code, Source        string
	}
	var got []diagnostic
	edit(t, dir, map[string]string{"changed": changed, "settings.lua": settings, "script.lua": script}, &got,
		"nvim", "--clean", "--headless", "-c", "luafile HERE/script.lua", "-c", "qall!")
	info, failure := 3, 1
	want := []diagnostic{
		{Lnum: 4, Col: 6, EndLnum: 4, EndCol: 15, Severity: failure, Code: "incomplete_vpc_config", Source: "lambda-vpc-lint"},
		{Lnum: 4, Col: 33, EndLnum: 4, EndCol: 42, Severity: info, Code: "single_zone", Source: "lambda-vpc-lint"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
