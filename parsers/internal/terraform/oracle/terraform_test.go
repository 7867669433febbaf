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

// Run has Terraform evaluate the root module in dir, a path below boundary. It works in a copy of boundary inside
// scratch, an empty directory. It returns the arguments of each instance by the address of the instance, as Compare
// takes them. The program terraform must be installed.
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
	for _, args := range [][]string{
		{"init", "-input=false", "-no-color"},
		{"plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=oracle.plan"},
	} {
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

// terraform runs the program in dir and returns what it prints. It takes no network, since nothing that is left in the
// copy needs any.
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

// program is a root module with the modules that it calls, all in the copy.
type program struct {
	scratch, root string
	installed     map[string]string            // the directories of installed modules, by the path of the call
	modules       map[string]*module           // by their directories
	sources       map[string]map[string]string // the new sources of the calls in each directory, by the calls' names
}

// moved is the directory of the copy for the modules that are installed in .terraform/modules.
const moved = "oracle-modules"

// readManifest lists the modules that are installed for root, with their directories in the copy.
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

// read reads the module in dir, which the call at path leads to, and all modules below it.
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

// callee is the directory of the module that a block calls, or "" where it is not here.
func (p *program) callee(dir, path string, b *hclsyntax.Block) string {
	if a := b.Body.Attributes["source"]; a != nil {
		if v, diags := a.Expr.Value(nil); !diags.HasErrors() && strings.HasPrefix(v.AsString(), ".") {
			return filepath.Join(dir, filepath.FromSlash(v.AsString()))
		}
	}
	return p.installed[join(path, b.Labels[0])]
}

// rewrite replaces the files of all modules, and adds one to each for what the rewritten files refer to.
func (p *program) rewrite() error {
	s := newShapes()
	for _, m := range p.modules {
		s.learn(m)
	}
	for dir, m := range p.modules {
		for _, f := range m.files {
			w := &rewriter{m: m, shapes: s, sources: p.sources[dir], f: f}
			if err := os.WriteFile(f.path, []byte(w.rewrite()), 0o644); err != nil {
				return err
			}
		}
		extra := "variable \"oracle_prefix\" {\n  default = \"\"\n}\n"
		switch {
		case !m.root:
			extra += "variable \"oracle_region\" {}\n"
		case m.region() == nil:
			extra += "locals {\n  oracle_region = \"" + Opening + "region" + Closing + "\"\n}\n"
		}
		if err := os.WriteFile(filepath.Join(dir, "oracle.tf"), []byte(extra), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// instances reads a plan. It returns the input of each terraform_data by the address of the instance that it stands
// for.
func (p *program) instances(plan []byte) (map[string]any, error) {
	var doc struct {
		Planned struct {
			Root plannedModule `json:"root_module"`
		} `json:"planned_values"`
	}
	if err := json.Unmarshal(plan, &doc); err != nil {
		return nil, err
	}
	addresses := map[string]string{}
	for _, m := range p.modules {
		for a := range m.resources {
			addresses[local(a)] = a
		}
	}
	out := map[string]any{}
	doc.Planned.Root.collect(addresses, out)
	return out, nil
}

// plannedModule is a module as a plan has it.
// https://developer.hashicorp.com/terraform/internals/json-format#values-representation
type plannedModule struct {
	Resources []struct {
		Address, Name string
		Values        struct{ Input any }
	}
	Children []plannedModule `json:"child_modules"`
}

// collect adds the instances of the module and of those below it to out. addresses has what each local stands for.
func (m *plannedModule) collect(addresses map[string]string, out map[string]any) {
	for _, r := range m.Resources {
		out[strings.Replace(r.Address, "terraform_data."+r.Name, addresses[r.Name], 1)] = r.Values.Input
	}
	for _, c := range m.Children {
		c.collect(addresses, out)
	}
}

// copyTree copies the files below from, without what version control and Terraform keep there. Installed modules move
// to a directory of their own.
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
