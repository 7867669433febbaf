package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPreCommitBuildsTheHook has pre-commit clone this repository, as it is in the working tree, and build the hook.
// This takes a minute, so it is done with HOOK_BUILD=yes only, as in .ci/run. What the hook does is in
// testdata/script/precommit.txtar.
func TestPreCommitBuildsTheHook(t *testing.T) {
	if os.Getenv("HOOK_BUILD") != "yes" {
		t.Skip("HOOK_BUILD is not yes")
	}
	for _, program := range []string{"pre-commit", "git", "go"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	w := &workshop{t: t, dir: t.TempDir()}
	listed, ok := w.try("../..", "git", "ls-files", "-co", "--exclude-standard", "-z")
	if !ok {
		t.Skip("not a checkout of the repository: ", listed)
	}
	for _, name := range strings.Split(strings.TrimRight(listed, "\x00"), "\x00") {
		if text, err := os.ReadFile(filepath.Join("../..", name)); err == nil { // a deleted file is listed too
			w.write("hooks/"+name, string(text))
		}
	}
	w.commit("hooks")
	rev := strings.TrimSpace(w.must("hooks", "git", "rev-parse", "HEAD"))
	w.write("app/.pre-commit-config.yaml", "repos:\n- repo: ../hooks\n  rev: "+rev+"\n  hooks:\n  - id: lambda-vpc-lint\n")
	const function = "Resources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      VpcConfig:\n" +
		"        SubnetIds: [subnet-0123456789abcdef0]\n"
	w.write("app/template.yaml", function)
	w.commit("app")
	if out, ok := w.try("app", "pre-commit", "run", "--all-files"); ok || !strings.Contains(out, "[incomplete_vpc_config]") {
		t.Errorf("passes a broken template:\n%s", out)
	}
	w.write("app/template.yaml", function+"        SecurityGroupIds: [sg-0123456789abcdef0]\n")
	if out, ok := w.try("app", "pre-commit", "run", "--all-files"); !ok {
		t.Errorf("refuses a mended template:\n%s", out)
	}
}

// workshop is a directory in which programs run that know nothing of the user's settings, but where Go keeps its
// caches.
type workshop struct {
	t   *testing.T
	dir string
}

func (w *workshop) write(name, text string) {
	w.t.Helper()
	at := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// commit makes a repository of a directory.
func (w *workshop) commit(dir string) {
	w.t.Helper()
	w.must(dir, "git", "init", "-q")
	w.must(dir, "git", "add", "-A")
	w.must(dir, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first")
}

func (w *workshop) must(dir, program string, args ...string) string {
	w.t.Helper()
	out, ok := w.try(dir, program, args...)
	if !ok {
		w.t.Fatalf("%s %v: %s", program, args, out)
	}
	return out
}

// try runs a program, in a directory of the workshop or one with a relative name that leads out of it.
func (w *workshop) try(dir, program string, args ...string) (out string, ok bool) {
	w.t.Helper()
	cmd := exec.Command(program, args...)
	if cmd.Dir = dir; filepath.IsLocal(dir) {
		cmd.Dir = filepath.Join(w.dir, dir)
	}
	cmd.Env = slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GIT_") }) // of a hook that runs the tests
	cmd.Env = append(cmd.Env, "PRE_COMMIT_HOME="+filepath.Join(w.dir, "cache"), "GIT_CONFIG_GLOBAL="+os.DevNull)
	if program == "pre-commit" {
		caches, err := exec.Command("go", "env", "GOMODCACHE", "GOCACHE").Output()
		if err != nil {
			w.t.Fatal(err)
		}
		lines := bytes.Fields(caches)
		cmd.Env = append(cmd.Env, "GOMODCACHE="+string(lines[0]), "GOCACHE="+string(lines[1]), "GOFLAGS=-trimpath")
	}
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}
