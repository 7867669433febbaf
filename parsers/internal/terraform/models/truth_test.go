package models_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/models"
)

// modulesVariable names the folder that holds the real modules, each version in a folder NAMESPACE/NAME/VERSION.
const modulesVariable = "LAMBDA_VPC_LINT_MODULES"

// TestModelsAreTrue evaluates each model and the real module with equal inputs, and compares the networks node by node.
// It needs the real modules, which are not part of this repository. docs/models.md has its results.
func TestModelsAreTrue(t *testing.T) {
	folder := os.Getenv(modulesVariable)
	if folder == "" {
		t.Skip(modulesVariable + " does not name a folder with the real modules")
	}
	for _, m := range matrices {
		versions, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(m.folder), "*"))
		versions = slices.DeleteFunc(versions, func(dir string) bool {
			model, _ := models.Find(m.name, filepath.Base(dir))
			return model == nil
		})
		if err != nil || len(versions) == 0 {
			t.Errorf("%s: there is no version of it in %s", m.folder, folder)
		}
		for _, dir := range versions {
			t.Run(m.name+"/"+filepath.Base(dir), func(t *testing.T) {
				t.Parallel()
				lab := &lab{T: t, matrix: m, real: dir, version: filepath.Base(dir)}
				lab.pairs()
				lab.examples()
				lab.submodules()
				if lab.made == 0 {
					t.Error("the model makes nothing")
				}
				t.Logf("%s %s: %d inputs compared, %d equal", m.name, lab.version, lab.compared, lab.equal)
			})
		}
	}
}

// lab compares one version of a module with its model.
type lab struct {
	*testing.T
	matrix
	real, version   string
	compared, equal int
	made            int // nodes of the model
}

// rows is how many calls combine the switches: each takes about half of them, so that nearly every pair is in one.
const rows = 60

// pairs compares the module with each switch alone and with many together, several calls in one root module.
func (l *lab) pairs() {
	known := l.inputs()
	if len(known) == 0 {
		l.Fatal("the real module has no inputs: it is not here")
	}
	usable := slices.DeleteFunc(slices.Clone(l.switches), func(s string) bool { return !known[argument(s)] })
	calls := slices.Clone(usable)
	random := rand.New(rand.NewPCG(1, 2))
	for range rows {
		if call := row(random, usable); !l.isRefused(call) {
			calls = append(calls, call)
		}
	}
	for chunk := range slices.Chunk(calls, 10) {
		var text strings.Builder
		text.WriteString(l.beside)
		for n, call := range chunk {
			fmt.Fprintf(&text, "module \"m%d\" {\n  source = %q\n  version = %q\n%s\n", n, l.name, l.version, call)
			for _, b := range l.base {
				if name := argument(b); known[name] && !strings.Contains("\n"+call, "\n"+name+" ") {
					text.WriteString(b + "\n")
				}
			}
			text.WriteString("}\n")
			if l.uses != "" {
				fmt.Fprintf(&text, l.uses, n)
			}
		}
		l.compare(map[string]string{"main.tf": text.String()}, chunk)
	}
}

// isRefused says whether the real module fails with the call.
func (m *matrix) isRefused(call string) bool {
	given := strings.Split(call, "\n")
	return slices.ContainsFunc(m.refused, func(together []string) bool {
		return !slices.ContainsFunc(together, func(s string) bool { return !slices.Contains(given, s) })
	})
}

// row is a call with about half of the switches, one for each input.
func row(random *rand.Rand, switches []string) string {
	var out []string
	taken := map[string]bool{}
	for _, i := range random.Perm(len(switches)) {
		var names []string
		for _, line := range strings.Split(switches[i], "\n") {
			names = append(names, argument(line))
		}
		if random.IntN(2) == 0 && !slices.ContainsFunc(names, func(name string) bool { return taken[name] }) {
			out = append(out, switches[i])
		}
		for _, name := range names {
			taken[name] = true
		}
	}
	return strings.Join(out, "\n")
}

func argument(text string) string { return strings.TrimSpace(strings.SplitN(text, "=", 2)[0]) }

// inputs are the variables of the real module.
func (l *lab) inputs() map[string]bool {
	out := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(l.inside(), "*.tf"))
	if err != nil {
		l.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			l.Fatal(err)
		}
		for _, m := range variable.FindAllStringSubmatch(string(text), -1) {
			out[m[1]] = true
		}
	}
	return out
}

var (
	variable = regexp.MustCompile(`(?m)^variable "(\w+)"`)
	ownCall  = regexp.MustCompile(`(?m)^(\s*source\s*=\s*)"((?:\.\./)+[^"]*)"`)
)

// inside is the folder of the module in that of its repository.
func (l *lab) inside() string {
	_, folder, _ := strings.Cut(l.name, "//")
	return filepath.Join(l.real, filepath.FromSlash(folder))
}

// examples compares the examples that come with the module.
func (l *lab) examples() {
	dirs, _ := filepath.Glob(filepath.Join(l.real, "examples", "*")) // the pattern is right
	for _, dir := range dirs {
		files := map[string]string{}
		names, _ := filepath.Glob(filepath.Join(dir, "*.tf")) // the pattern is right
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				l.Fatal(err)
			}
			files[filepath.Base(name)] = ownCall.ReplaceAllStringFunc(string(text), func(call string) string {
				m := ownCall.FindStringSubmatch(call)
				return fmt.Sprintf("%s%q\n  version = %q", m[1], l.address(m[2]), l.version)
			})
		}
		if len(files) > 0 && !slices.Contains(l.open, filepath.Base(dir)) {
			l.compare(files, []string{"example " + filepath.Base(dir)})
		}
	}
}

// address is that of the module which an example calls by a path.
func (l *lab) address(path string) string {
	whole, _, _ := strings.Cut(l.name, "//")
	if inside := strings.Trim(strings.TrimLeft(path, "./"), "/"); inside != "" {
		return whole + "//" + inside
	}
	return whole
}

var call = regexp.MustCompile(`(?s)module "(\w+)" \{[^}]*?source\s*=\s*"([^"]+)"`)

// compare evaluates the files with the real module and with the model. The inputs are what module m0, m1 and so on of
// the files are called with, or one for the whole.
func (l *lab) compare(files map[string]string, inputs []string) {
	l.Helper()
	scratch := l.TempDir()
	type installed struct{ Key, Source, Dir string }
	var manifest struct{ Modules []installed }
	for name, text := range files {
		text = strings.ReplaceAll(text, "VERSION", l.version)
		for _, dir := range []string{"real", "model"} {
			write(l.T, filepath.Join(scratch, dir, name), text)
		}
		for _, m := range call.FindAllStringSubmatch(text, -1) {
			whole, inside, _ := strings.Cut(m[2], "//")
			own, _, _ := strings.Cut(l.name, "//")
			if model, _ := models.Find(m[2], l.version); model != nil && whole == own {
				manifest.Modules = append(manifest.Modules, installed{m[1], m[2], ".terraform/modules/it/" + inside})
			}
		}
	}
	text, err := json.Marshal(manifest)
	if err != nil {
		l.Fatal(err)
	}
	write(l.T, filepath.Join(scratch, "real/.terraform/modules/modules.json"), string(text))
	copyModule(l.T, l.real, filepath.Join(scratch, "real/.terraform/modules/it"))
	want, got := nodes(l.T, filepath.Join(scratch, "real")), nodes(l.T, filepath.Join(scratch, "model"))
	l.made += len(got)
	for i, input := range inputs {
		which := regexp.MustCompile("")
		if len(inputs) > 1 {
			which = regexp.MustCompile(fmt.Sprintf(`^(module|aws_iam_role)\.[mn]%d\b`, i))
		}
		l.compared++
		if d := l.difference(want, got, which); d != "" {
			l.Errorf("%s:\n%s", input, d)
		} else {
			l.equal++
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// copyModule copies the files of a module without its examples.
func copyModule(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "examples" || d.Name() == "wrappers" || d.Name() == "tests") {
			return cmp.Or(err, fs.SkipDir)
		}
		if d.IsDir() || filepath.Ext(path) != ".tf" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil {
			inside, _ := filepath.Rel(from, path) // path is below from
			write(t, filepath.Join(to, inside), string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// nodes are what the root module in dir makes, as texts by address.
func nodes(t *testing.T, dir string) map[string]string {
	t.Helper()
	loaded := parsers.Load(
		t.Context(), source.NewFileSet(), []string{dir}, parsers.Options{
			Root: dir, Frontends: parsers.Languages(),
			Values: func(string) frontend.Values { return frontend.Values{} },
		}, describe,
	)
	out := map[string]string{}
	for _, one := range loaded.Networks {
		for address, text := range one {
			out[ofModel(address)] = both(out[ofModel(address)], ofModel(text))
		}
	}
	return out
}

// both are the texts of two nodes that have one address, since they exist under conditions that exclude each other.
func both(a, b string) string {
	lines := strings.Split(a+"\n"+b, "\n")
	slices.Sort(lines)
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// ofModel writes the addresses of the real module's ACLs as those of the model, which makes all with two resources.
func ofModel(text string) string {
	text = realRule.ReplaceAllString(text, `aws_network_acl_rule.dedicated["$1-$2"]`)
	text = renamed.Replace(text)
	return realACL.ReplaceAllString(text, `aws_network_acl.dedicated["$1"]`)
}

var (
	renamed = strings.NewReplacer(
		"module.sg.", "", // which a submodule of security groups calls
		"module.db_instance.", "", "module.db_subnet_group.", "",
		"aws_security_group.cbd[0]", "aws_security_group.default[0]", // of which one is made
		"aws_route_table_association.redshift_public", "aws_route_table_association.redshift",
		"aws_default_route_table.default[0]", "aws_vpc.this[0].MainRouteTable",
		"aws_default_network_acl.this[0]", "aws_vpc.this[0].DefaultNetworkAcl",
	)
	realRule = regexp.MustCompile(`aws_network_acl_rule\.(\w+_(?:in|out)bound)\[(\d+)\]`)
	realACL  = regexp.MustCompile(`aws_network_acl\.(\w+)\[0\]`)
)

// difference names the first nodes that differ of those whose address matches, but for what the model leaves out.
func (m *matrix) difference(want, got map[string]string, which *regexp.Regexp) string {
	var out []string
	all := maps.Clone(want)
	maps.Copy(all, got)
	maps.DeleteFunc(all, func(address, _ string) bool {
		return slices.ContainsFunc(m.omits, func(part string) bool { return strings.Contains(address, part) })
	})
	for _, address := range slices.Sorted(maps.Keys(all)) {
		w, g := want[address], got[address]
		if m.unsaid != nil {
			w = m.unsaid.ReplaceAllString(w, "")
		}
		if w != g && which.MatchString(address) && len(out) < 3 {
			out = append(out, fmt.Sprintf("%s\n  real  %s\n  model %s", address, w, g))
		}
	}
	return strings.Join(out, "\n")
}
