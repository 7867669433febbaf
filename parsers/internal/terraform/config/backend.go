package config

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// settings keeps what a terraform block says of the state. There is one backend; an override replaces it.
// https://developer.hashicorp.com/terraform/language/backend
func (r *reader) settings(b *hclsyntax.Block) {
	for _, inner := range b.Body.Blocks {
		body := inner.Body
		switch {
		case inner.Type == "cloud":
			r.module.Backend = &Block{Name: "remote", Body: body, Range: inner.DefRange()}
		case inner.Type == "backend" && len(inner.Labels) == 1:
			r.module.Backend = &Block{Name: inner.Labels[0], Body: body, Range: inner.DefRange()}
		case inner.Type == "backend": // JSON has an object in the place of the label
			for _, kind := range body.Blocks {
				r.module.Backend = &Block{Name: kind.Type, Body: kind.Body, Range: inner.DefRange()}
			}
		}
	}
}

// Texts are the arguments of the body with texts that are written out, those of nested blocks too: workspaces.name.
func Texts(body *hclsyntax.Body) map[string]string {
	out := map[string]string{}
	for name, a := range body.Attributes {
		if t := ConstantText(a.Expr); t != "" {
			out[name] = t
		}
	}
	for _, b := range body.Blocks {
		for name, t := range Texts(b.Body) {
			out[b.Type+"."+name] = t
		}
	}
	return out
}

// IsBackendConfig tells by its name whether a file may hold the arguments that a backend block leaves out.
// https://developer.hashicorp.com/terraform/language/backend#file
func IsBackendConfig(name string) bool {
	switch path.Ext(name) {
	case ".tfbackend", ".hcl", ".conf", ".backend", ".config":
		base := path.Base(name)
		return base != UnitFile && !strings.HasPrefix(base, ".")
	}
	return false
}

// BackendConfig is what such a file says: nil where it is none, as it has blocks, or arguments that no backend has.
func BackendConfig(name string, text []byte) map[string]string {
	body, problems := ReadValues(source.NewFileSet().Add(name, text))
	if len(problems) > 0 || len(body.Blocks) > 0 || len(body.Attributes) == 0 {
		return nil
	}
	return Texts(body)
}

// Stage is what a file of arguments for a backend, or of values for variables, is named after, such as prod: by its own
// name or, where that says nothing, by that of its folder below dir. It is "" for a file that is for all.
func Stage(dir, file string) string {
	of := func(name string) string {
		name, _, _ = strings.Cut(path.Base(name), ".")
		words := strings.FieldsFunc(name, func(c rune) bool { return c == '-' || c == '_' })
		words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(unstaged, w) })
		return strings.Join(words, "-")
	}
	stage := of(file)
	if folder := path.Dir(file); stage == "" && folder != path.Clean(dir) {
		stage = of(folder)
	}
	return stage
}

// unstaged are words in the names of such files that tell no stage.
var unstaged = []string{"backend", "config", "terraform", "variables", "vars", "values", "state"}

// IsScript tells by its name whether a file may run terraform.
func IsScript(name string) bool {
	base := path.Base(name)
	ext := path.Ext(base)
	return base == "Makefile" || base == "justfile" || ext == ".sh" || ext == ".mk" || ext == ".bash"
}

var backendFlag = regexp.MustCompile(`-backend-config[= ]\s*["']?(\w+)=["']?([^"'\s$]+)["'\s]`)

// BackendFlags are the arguments that a script gives to a backend on the command line of terraform. One with two values
// is left out.
func BackendFlags(script []byte) map[string]string {
	out, twice := map[string]string{}, map[string]bool{}
	for _, m := range backendFlag.FindAllSubmatch(append(slices.Clip(script), '\n'), -1) {
		name, value := string(m[1]), string(m[2])
		twice[name] = twice[name] || out[name] != "" && out[name] != value
		out[name] = value
	}
	for name := range twice {
		if twice[name] {
			delete(out, name)
		}
	}
	return out
}
