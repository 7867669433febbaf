package action

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func workflows(t *testing.T) (names []string) {
	t.Helper()
	for _, glob := range []string{"../../.github/workflows/*.yml", "../../docs/examples/*.yml"} {
		found, err := filepath.Glob(glob)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: found %v, %v", glob, found, err)
		}
		names = append(names, found...)
	}
	return names
}

// TestWorkflowsPassActionlint is skipped where actionlint is not installed; .ci/run has it.
func TestWorkflowsPassActionlint(t *testing.T) {
	if _, err := exec.LookPath("actionlint"); err != nil {
		t.Skip("actionlint is not installed")
	}
	if out, err := exec.Command("actionlint", workflows(t)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestScriptsOfTheActionPassShellcheck: actionlint reads the scripts of workflows, and not those of actions.
func TestScriptsOfTheActionPassShellcheck(t *testing.T) {
	if _, err := exec.LookPath("shellcheck"); err != nil {
		t.Skip("shellcheck is not installed")
	}
	m, err := readManifest()
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for _, s := range m.Runs.Steps {
		if s.Run == "" {
			continue
		}
		scripts++
		check := exec.Command("shellcheck", "--shell=bash", "-")
		check.Stdin = strings.NewReader(s.Run)
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", s.Name, err, out)
		}
	}
	if scripts == 0 {
		t.Error("the action has no script")
	}
}

// TestScriptsHoldNoExpressions: an expression in a script is text of the script, so that what it expands to is run.
func TestScriptsHoldNoExpressions(t *testing.T) {
	m, err := readManifest()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range m.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: the script holds an expression", s.Name)
		}
		if s.Run != "" && (s.Shell != "bash" || !strings.HasPrefix(s.Run, "set -euo pipefail\n")) {
			t.Errorf("%s: the script goes on after a failure", s.Name)
		}
	}
}

var (
	uses   = regexp.MustCompile(`(?m)^[ -]*uses: *(.*)$`)
	pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # (v\d+\.\d+\.\d+|main)$`)
)

func TestActionsArePinnedByCommit(t *testing.T) {
	for _, name := range append(workflows(t), "../../action.yml", "../../docs/github-action.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := uses.FindAllStringSubmatch(string(text), -1)
		if len(found) == 0 {
			t.Errorf("%s uses nothing", name)
		}
		for _, m := range found {
			if m[1] != "./" && !pinned.MatchString(m[1]) {
				t.Errorf("%s uses %s", name, m[1])
			}
		}
	}
}

// TestWorkflowsAskForLittle: nothing for the workflow as a whole, and for jobs no right to write but that to upload.
func TestWorkflowsAskForLittle(t *testing.T) {
	write := regexp.MustCompile(`(?m)^ *([a-z-]+): write`)
	for _, name := range workflows(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "\npermissions: {}\n") {
			t.Errorf("%s starts with the rights of the repository's settings", name)
		}
		for _, m := range write.FindAllStringSubmatch(string(text), -1) {
			if m[1] != "security-events" || !strings.Contains(name, "docs/examples") {
				t.Errorf("%s asks for %s: write", name, m[1])
			}
		}
		if strings.Contains(string(text), "pull_request_target") {
			t.Errorf("%s gives its rights to the code of strangers", name)
		}
	}
}

func TestThePageShowsTheExampleAndAllInputs(t *testing.T) {
	page, err := os.ReadFile("../../docs/github-action.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../../docs/examples/lambda-vpc-lint.yml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```yaml\n"+string(example)+"```\n") {
		t.Error("docs/github-action.md does not show docs/examples/lambda-vpc-lint.yml as it is")
	}
	m, err := readManifest()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(m.Inputs)), slices.Collect(maps.Keys(m.Outputs))) {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("the page does not name %s", name)
		}
	}
}
