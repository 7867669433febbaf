package lsp_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAClientOfVSCode talks to the server through the library of VS Code's extensions. It needs Node.js, and what
// "npm ci" installs in testdata/client.
func TestAClientOfVSCode(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node")
	}
	if _, err := os.Stat("testdata/client/node_modules/vscode-languageserver-protocol"); err != nil {
		t.Skip("testdata/client is not installed: npm ci")
	}
	dir := t.TempDir()
	write(t, dir, "app.yaml", sample(t))
	cmd := exec.CommandContext(t.Context(), "node", "testdata/client/client.cjs", dir, os.Args[0])
	cmd.Env = append(os.Environ(), "LAMBDA_VPC_LINT_SERVE=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	steps := map[string]map[string]any{}
	for line := range strings.Lines(string(out)) {
		step := map[string]any{}
		if err := json.Unmarshal([]byte(line), &step); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		steps[step["step"].(string)] = step
	}
	rules := func(step string) (names []string) {
		for _, d := range steps[step]["diagnostics"].([]any) {
			names = append(names, d.(map[string]any)["rule"].(string))
		}
		return names
	}
	both, note := []string{"public_subnet_only", "single_zone"}, []string{"single_zone"}
	for step, want := range map[string][]string{"open": both, "mended": note, "ignored": note, "configured": note} {
		if d := cmp.Diff(want, rules(step)); d != "" {
			t.Errorf("%s: (-want +got)\n%s", step, d)
		}
	}
	for _, c := range []struct {
		step, key string
		want      any
	}{
		{"initialize", "encoding", "utf-16"},
		{"open", "related", []any{
			`app.yaml:55 function "Function" sends from its subnets`, `app.yaml:10 subnet "Public"`,
			`app.yaml:13 subnet "Public" uses route table "PublicTable"`,
			`app.yaml:16 route 0.0.0.0/0 of "PublicTable" leads to internet gateway "Gateway"`,
			`app.yaml:6 a function's interface has no public IPv4 address, so internet gateway "Gateway" drops its packets (IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS)`,
		}},
		{"definition", "places", []any{map[string]any{"file": "app.yaml", "line": 6.0}}},
		{"codeAction", "titles", []any{"Ignore public_subnet_only here", "Ignore single_zone here"}},
		{"typed", "moved", 2.0},
		{"ignored", "line", "      # lambda-vpc-lint:ignore public_subnet_only"},
		{"cancel", "code", -32800.0},
		{"registered", "methods", []any{"workspace/didChangeWatchedFiles"}},
		{"exit", "code", 0.0},
	} {
		if d := cmp.Diff(c.want, steps[c.step][c.key]); d != "" {
			t.Errorf("%s: %s (-want +got)\n%s", c.step, c.key, d)
		}
	}
	markdown, _ := steps["hover"]["markdown"].(string)
	for _, part := range []string{"**error**", "](" + "file://" + filepath.ToSlash(dir), "/docs/rules/public_subnet_only.md)", "**Fix**", "What it detects"} {
		if !strings.Contains(strings.ReplaceAll(markdown, "WORKSPACE", "file://"+filepath.ToSlash(dir)), part) {
			t.Errorf("the hover says nothing of %q:\n%s", part, markdown)
		}
	}
}
