package action

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"
)

// manifest is the part of action.yml that is run here.
type manifest struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct{ Steps []step }
}

type step struct {
	ID, Name, Uses, Run, Shell string
	Env                        map[string]string
	Directory                  string `yaml:"working-directory"`
}

func readManifest() (m manifest, err error) {
	text, err := os.ReadFile("../../action.yml")
	if err != nil {
		return m, err
	}
	return m, yaml.Unmarshal(text, &m)
}

// runner does for the steps of the action what the runner of GitHub does: it keeps their outputs and gives inputs and
// outputs to the next ones.
type runner struct {
	manifest
	t         *testing.T
	workspace string
	temp      string
	expanded  map[string]string // by expression
	path      string            // in front of the PATH of the system, with a separator
	// rebuild runs the build of the action for each run. Without it, all tests share the program of the first.
	rebuild bool
}

// program is what the build of the action makes, once for all tests, in a directory below a temporary one.
var program = sync.OnceValues(func() (string, error) {
	m, err := readManifest()
	if err != nil {
		return "", err
	}
	temp, err := os.MkdirTemp("", "action")
	if err != nil {
		return "", err
	}
	r := runner{manifest: m, workspace: temp, temp: temp, expanded: map[string]string{"github.action_ref": "v1.2.3"}}
	o, err := r.step(r.Runs.Steps[slices.IndexFunc(r.Runs.Steps, isBuild)])
	if err == nil && o.Code != 0 {
		err = errors.New(o.Log)
	}
	return o.Outputs["dir"], err
})

func isBuild(s step) bool { return s.ID == "build" }

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := program(); err == nil {
		_ = os.RemoveAll(filepath.Dir(dir))
	}
	os.Exit(code)
}

// newRunner is for one test, which runs beside others.
func newRunner(t *testing.T) *runner {
	t.Helper()
	t.Parallel()
	if _, err := exec.LookPath("bash"); err != nil || runtime.GOOS == "windows" {
		t.Skip("no bash") // the one that Windows finds first may be that of another system
	}
	m, err := readManifest()
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{manifest: m, t: t, workspace: t.TempDir(), temp: t.TempDir(), expanded: map[string]string{"github.action_ref": "v1.2.3"}}
	r.write(".git/HEAD", "ref: refs/heads/main\n")
	return r
}

func (r *runner) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.workspace, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		r.t.Fatal(err)
	}
}

// outcome is what a user of the action sees, or of one step of it.
type outcome struct {
	Code         int
	Log, Summary string
	Outputs      map[string]string
}

// run runs all shell steps with the inputs. The first that fails is the last.
func (r *runner) run(inputs map[string]string) (o outcome) {
	r.t.Helper()
	maps.DeleteFunc(r.expanded, func(name, _ string) bool { return strings.HasPrefix(name, "steps.") })
	for name, input := range r.Inputs {
		r.expanded["inputs."+name] = input.Default
	}
	for name, value := range inputs {
		if _, ok := r.Inputs[name]; !ok {
			r.t.Fatalf("the action has no input %s", name)
		}
		r.expanded["inputs."+name] = value
	}
	for _, s := range r.Runs.Steps {
		switch {
		case s.Run == "" || o.Code != 0:
		case isBuild(s) && !r.rebuild:
			r.expanded["steps.build.outputs.dir"] = r.copyOfProgram()
		default:
			var err error
			if o, err = r.step(s); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	o.Outputs = map[string]string{}
	for name, output := range r.Outputs {
		if value := r.expand(output.Value); value != output.Value {
			o.Outputs[name] = value
		}
	}
	return o
}

// rebuildQuickly has the build of the action run each time, with a go command that copies the program that is there.
func (r *runner) rebuildQuickly() {
	r.t.Helper()
	bin := r.t.TempDir()
	script := "#!/usr/bin/env bash\nwhile [ \"$1\" != -o ]; do shift; done\ncp '" + r.copyOfProgram() + "'/* \"$2\"\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o700); err != nil {
		r.t.Fatal(err)
	}
	r.rebuild, r.path = true, bin+string(filepath.ListSeparator)
}

// copyOfProgram is a new directory with the program in it, as the build leaves it.
func (r *runner) copyOfProgram() string {
	r.t.Helper()
	from, err := program()
	if err != nil {
		r.t.Fatal(err)
	}
	to := r.t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		r.t.Fatal(err)
	}
	return to
}

var expression = regexp.MustCompile(`\$\{\{ *([^ }]+) *\}\}`)

// expand fills in the expressions of text. One that is not known stays, and breaks what is run.
func (r *runner) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(s string) string {
		if value, ok := r.expanded[expression.FindStringSubmatch(s)[1]]; ok {
			return value
		}
		return s
	})
}

// step runs one script in the way of GitHub.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
func (r *runner) step(s step) (o outcome, err error) {
	source, err := filepath.Abs("../..")
	if err != nil {
		return o, err
	}
	files := map[string]string{"script": s.Run, "output": "", "summary": ""}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(r.temp, name), []byte(text), 0o600); err != nil {
			return o, err
		}
	}
	c := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", filepath.Join(r.temp, "script"))
	c.Dir = filepath.Join(r.workspace, r.expand(s.Directory))
	c.Env = append(os.Environ(), "PATH="+r.path+os.Getenv("PATH"), "GITHUB_ACTION_PATH="+source, "GITHUB_WORKSPACE="+r.workspace, "RUNNER_TEMP="+r.temp,
		"GITHUB_OUTPUT="+filepath.Join(r.temp, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(r.temp, "summary"))
	for name, value := range s.Env {
		c.Env = append(c.Env, name+"="+r.expand(value))
	}
	log, err := c.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return o, err
	}
	for name := range files {
		text, err := os.ReadFile(filepath.Join(r.temp, name))
		if err != nil {
			return o, err
		}
		files[name] = string(text)
	}
	o = outcome{Code: c.ProcessState.ExitCode(), Log: string(log), Summary: files["summary"], Outputs: map[string]string{}}
	for line := range strings.Lines(files["output"]) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		o.Outputs[name] = value
		r.expanded[fmt.Sprintf("steps.%s.outputs.%s", s.ID, name)] = value
	}
	return o, nil
}

// results are the rules and files of the results in a SARIF file.
func (r *runner) results(path string) (out []string) {
	r.t.Helper()
	var log struct {
		Runs []struct {
			Tool    struct{ Driver struct{ Version string } }
			Results []struct {
				RuleID    string
				Locations []struct {
					PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
				}
			}
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := json.Unmarshal(text, &log); err != nil {
		r.t.Fatal(err)
	}
	if v := log.Runs[0].Tool.Driver.Version; v != "1.2.3" {
		r.t.Errorf("the version is %q, want that of the action", v)
	}
	for _, res := range log.Runs[0].Results {
		out = append(out, res.RuleID+" "+res.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	}
	return out
}
