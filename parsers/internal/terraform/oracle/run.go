package oracle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Run has Terraform evaluate the root module in dir, a path below boundary, in a rewritten copy inside scratch. It
// returns the arguments of each instance by its address.
func Run(boundary, dir, scratch string) (map[string]any, error) {
	if err := copyTree(boundary, scratch); err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(boundary, dir)
	if err != nil {
		return nil, err
	}
	p := &program{scratch: scratch, modules: map[string]*module{}, sources: map[string]map[string]string{}}
	p.root = filepath.Join(scratch, rel)
	p.installed = readManifest(p.root)
	if err := p.read(p.root, ""); err != nil {
		return nil, err
	}
	if err := p.rewrite(); err != nil {
		return nil, err
	}
	for _, args := range [][]string{{"init", "-input=false", "-no-color"}, {"plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=oracle.plan"}} {
		if _, err := terraform(p.root, args...); err != nil {
			return nil, err
		}
	}
	out, err := terraform(p.root, "show", "-json", "oracle.plan")
	if err != nil {
		return nil, err
	}
	return p.instances(out)
}

// terraform runs without network: nothing that is left in the copy needs any.
func terraform(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("terraform", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+os.DevNull, "TF_IN_AUTOMATION=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("terraform %s: %w\n%s", args[0], err, stderr.String())
	}
	return stdout.Bytes(), nil
}

// program is a root module with the modules it calls, in the copy.
type program struct {
	scratch, root string
	installed     map[string]string // by the path of the call, as in modules.json
	modules       map[string]*module
	sources       map[string]map[string]string // of the calls in each directory
}

const moved = "oracle-modules"

// readManifest lists what is installed under root, where the copy has it.
func readManifest(root string) map[string]string {
	out := map[string]string{}
	text, err := os.ReadFile(filepath.Join(root, moved, "modules.json"))
	if err != nil {
		return out
	}
	var manifest struct{ Modules []struct{ Key, Dir string } }
	if json.Unmarshal(text, &manifest) != nil {
		return out
	}
	for _, m := range manifest.Modules {
		dir := strings.Replace(filepath.ToSlash(m.Dir), ".terraform/modules", moved, 1)
		out[m.Key] = filepath.Join(root, filepath.FromSlash(dir))
	}
	return out
}

// read reads the module in dir, which the call at path leads to, and those that it calls.
func (p *program) read(dir, path string) error {
	m := p.modules[dir]
	if m == nil {
		var err error
		if m, err = readModule(dir, dir == p.root); err != nil {
			return err
		}
		p.modules[dir], p.sources[dir] = m, map[string]string{}
	}
	for _, f := range m.files {
		for _, b := range f.body.Blocks {
			if b.Type != "module" {
				continue
			}
			callee, key := p.callee(dir, path, b), join(path, b.Labels[0])
			rel, err := filepath.Rel(dir, callee)
			if callee == "" || err != nil {
				return fmt.Errorf("module %s is not here", key)
			}
			p.sources[dir][b.Labels[0]] = "./" + filepath.ToSlash(rel)
			if strings.Count(key, ".") > 10 {
				return errors.New("modules call each other without end")
			}
			if err := p.read(callee, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (p *program) callee(dir, path string, b *hclsyntax.Block) string {
	if a := b.Body.Attributes["source"]; a != nil {
		if v, diags := a.Expr.Value(nil); !diags.HasErrors() && strings.HasPrefix(v.AsString(), ".") {
			return filepath.Join(dir, filepath.FromSlash(v.AsString()))
		}
	}
	return p.installed[join(path, b.Labels[0])]
}

// rewrite replaces the files of all modules.
func (p *program) rewrite() error {
	s := newShapes()
	for _, m := range p.modules {
		s.learn(m)
	}
	for dir, m := range p.modules {
		region := false
		for _, f := range m.files {
			w := &rewriter{m: m, shapes: s, sources: p.sources[dir], f: f}
			text := w.rewrite()
			region = region || strings.Contains(text, "oracle_region = ") && m.root && strings.Contains(text, "locals {\n  oracle_region = ")
			if err := os.WriteFile(f.path, []byte(text), 0o644); err != nil {
				return err
			}
		}
		extra := "variable \"oracle_prefix\" {\n  default = \"\"\n}\n"
		switch {
		case !m.root:
			extra += "variable \"oracle_region\" {}\n"
		case !region:
			extra += "locals {\n  oracle_region = \"⟦region⟧\"\n}\n"
		}
		if err := os.WriteFile(filepath.Join(dir, "oracle.tf"), []byte(extra), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// instances reads a plan: the input of each terraform_data by the address of what it stands for.
func (p *program) instances(plan []byte) (map[string]any, error) {
	type planned struct {
		Resources []struct {
			Address, Name string
			Values        struct{ Input any }
		}
		Children []json.RawMessage `json:"child_modules"`
	}
	names := map[string]string{}
	for _, m := range p.modules {
		for a := range m.resources {
			names[local(a)] = a
		}
	}
	out := map[string]any{}
	var walk func(text json.RawMessage) error
	walk = func(text json.RawMessage) error {
		var m planned
		if err := json.Unmarshal(text, &m); err != nil {
			return err
		}
		for _, r := range m.Resources {
			out[strings.Replace(r.Address, "terraform_data."+r.Name, names[r.Name], 1)] = r.Values.Input
		}
		for _, c := range m.Children {
			if err := walk(c); err != nil {
				return err
			}
		}
		return nil
	}
	var doc struct {
		Planned struct {
			Root json.RawMessage `json:"root_module"`
		} `json:"planned_values"`
	}
	if err := json.Unmarshal(plan, &doc); err != nil {
		return nil, err
	}
	return out, walk(doc.Planned.Root)
}

// copyTree copies the files below from, without what version control and Terraform keep there; installed modules move to
// a directory of their own.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		rel = strings.Replace(rel, filepath.Join(".terraform", "modules"), moved, 1)
		target := filepath.Join(to, rel)
		switch {
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "providers"), !d.IsDir() && !d.Type().IsRegular():
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		case d.Name() == ".terraform.lock.hcl" || strings.HasSuffix(d.Name(), ".tfstate"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}
