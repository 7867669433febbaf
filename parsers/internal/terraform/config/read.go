package config

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// IsConfig reports that a file of that name is part of a module: .tf, .tofu, .tf.json and .tofu.json. Terraform ignores
// hidden files and the copies that editors make.
// https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/parser_config_dir.go
func IsConfig(name string) bool {
	name = path.Base(name)
	isCopy := strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
	if isCopy || strings.HasPrefix(name, ".") {
		return false
	}
	name = strings.TrimSuffix(name, ".json")
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tofu")
}

// Destroys reports whether the resource that a removed block names is destroyed. It is, unless the block says
// otherwise. OpenTofu keeps it. https://opentofu.org/docs/language/resources/syntax/#removing-resources
func Destroys(b *Block) bool {
	for _, inner := range b.Body.Blocks {
		if a := inner.Body.Attributes["destroy"]; inner.Type == "lifecycle" && a != nil {
			v := Constant(a.Expr)
			return !v.IsKnown() || v.RawEquals(cty.True)
		}
	}
	return !strings.Contains(path.Base(b.Range.Filename), ".tofu")
}

// IsValues reports a file of variable values that Terraform loads by itself from the root directory.
// See https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
func IsValues(name string) bool {
	name = strings.TrimSuffix(path.Base(name), ".json")
	return name == "terraform.tfvars" || strings.HasSuffix(name, ".auto.tfvars")
}

// Read parses the files of one directory. What cannot be read is left out and said in the diagnostics; the rest stands.
func Read(files []*source.File) (*Module, []source.Diagnostic) {
	m := &Module{
		Variables: map[string]*Block{}, Locals: map[string]*hclsyntax.Attribute{}, Outputs: map[string]*Block{},
		byAddress: map[string]*Resource{}, calls: map[string]*Block{}, sources: map[string]*source.File{},
	}
	r := &reader{module: m}
	for _, f := range inOrder(files) {
		m.sources[f.Name] = f
		switch {
		case IsConfig(f.Name):
			m.Files = append(m.Files, f.Name)
			r.override = isOverride(f.Name)
			r.blocks(r.parse(f, true).Blocks)
		case IsValues(f.Name):
			m.Values = append(m.Values, r.parse(f, false))
		}
	}
	r.sayRepeated()
	return m, r.diagnostics
}

// ReadValues parses one file of variable values, such as --var-file names.
func ReadValues(f *source.File) (*hclsyntax.Body, []source.Diagnostic) {
	r := &reader{module: &Module{sources: map[string]*source.File{f.Name: f}}}
	return r.parse(f, false), r.diagnostics
}

// inOrder sorts the files as Terraform reads them: overrides after the rest, terraform.tfvars before the others. A
// .tofu file stands in for the .tf file of its name.
// See https://opentofu.org/docs/language/files/
func inOrder(files []*source.File) []*source.File {
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name] = true
	}
	files = slices.DeleteFunc(slices.Clone(files), func(f *source.File) bool {
		stem, suffix, ok := strings.Cut(path.Base(f.Name), ".tf")
		return ok && (suffix == "" || suffix == ".json") && names[path.Join(path.Dir(f.Name), stem+".tofu"+suffix)]
	})
	rank := func(f *source.File) int {
		switch base := path.Base(f.Name); {
		case isOverride(f.Name), IsValues(f.Name) && base != "terraform.tfvars" && base != "terraform.tfvars.json":
			return 2
		case base == "terraform.tfvars.json":
			return 1
		}
		return 0
	}
	slices.SortStableFunc(files, func(a, b *source.File) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.Name, b.Name))
	})
	return files
}

func isOverride(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), ".json")
	stem = strings.TrimSuffix(strings.TrimSuffix(stem, ".tf"), ".tofu")
	return IsConfig(name) && (stem == "override" || strings.HasSuffix(stem, "_override"))
}

// reader collects the blocks of a directory.
type reader struct {
	module      *Module
	override    bool
	diagnostics []source.Diagnostic
	repeated    []repetition
}

// repetition is a second declaration of one name, which Terraform refuses.
type repetition struct {
	at   hcl.Range
	what string
}

func (r *reader) repeats(at hcl.Range, what string) {
	r.repeated = append(r.repeated, repetition{at, what})
}

// sayRepeated reports all second declarations as one error. Files side by side that are not one module often repeat
// many names, and that is one mistake.
func (r *reader) sayRepeated() {
	if len(r.repeated) == 0 {
		return
	}
	first := r.repeated[0]
	message := first.what + " is declared twice"
	switch more := len(r.repeated) - 1; {
	case more == 1:
		message += ", and 1 other block of this module repeats a name too"
	case more > 1:
		message += fmt.Sprintf(", and %d other blocks of this module repeat a name too", more)
	}
	r.fail(first.at, message)
}

func (r *reader) fail(at hcl.Range, message string) {
	d := source.Diagnostic{File: at.Filename, Message: message}
	if at.Start.Line > 0 {
		d.Span = r.module.Span(at)
	}
	r.diagnostics = append(r.diagnostics, d)
}

func (r *reader) blocks(bs hclsyntax.Blocks) {
	for _, b := range bs {
		r.block(b)
	}
}

// labels says how many labels the blocks have that are read. All others (moved, import, check) change no network.
var labels = map[string]int{
	"terraform": 0, "removed": 0, "variable": 1, "locals": 0, "output": 1, "module": 1, "provider": 1,
	"resource": 2, "data": 2, "ephemeral": 2,
}

func (r *reader) block(b *hclsyntax.Block) {
	want, matters := labels[b.Type]
	if !matters {
		return
	}
	if len(b.Labels) != want {
		r.fail(b.DefRange(), "a "+b.Type+" block has the wrong number of labels")
		return
	}
	switch b.Type {
	case "variable":
		r.declare(r.module.Variables, b)
	case "output":
		r.declare(r.module.Outputs, b)
	case "terraform":
		r.settings(b)
	case "removed":
		r.module.Removed = append(r.module.Removed, &Block{Body: b.Body, Range: b.DefRange()})
	case "locals":
		for name, a := range b.Body.Attributes {
			r.module.Locals[name] = a
		}
	case "resource", "data", "ephemeral":
		r.resource(b)
	case "module":
		r.call(b)
	case "provider":
		r.provider(b)
	}
}

func block(b *hclsyntax.Block) Block {
	return Block{Name: b.Labels[len(b.Labels)-1], Body: b.Body, Range: b.DefRange()}
}

func (r *reader) declare(in map[string]*Block, b *hclsyntax.Block) {
	next := block(b)
	if old := in[next.Name]; old != nil && r.override {
		merge(old.Body, next.Body)
		return
	} else if old != nil {
		r.repeats(next.Range, b.Type+" \""+next.Name+"\"")
		return
	}
	in[next.Name] = &next
}

func (r *reader) resource(b *hclsyntax.Block) {
	next := &Resource{Block: block(b), Type: b.Labels[0], Data: b.Type != "resource"}
	old := r.module.byAddress[next.Address()]
	switch {
	case old != nil && r.override:
		merge(old.Body, next.Body)
	case old != nil:
		r.repeats(next.Range, next.Address())
	default:
		r.module.byAddress[next.Address()] = next
		r.module.Resources = append(r.module.Resources, next)
	}
}

func (r *reader) call(b *hclsyntax.Block) {
	mapsOfBlocks(b.Body)
	next := block(b)
	old := r.module.calls[next.Name]
	switch {
	case old != nil && r.override:
		merge(old.Body, next.Body)
	case old != nil:
		r.repeats(next.Range, "module \""+next.Name+"\"")
	default:
		r.module.calls[next.Name] = &next
		r.module.Calls = append(r.module.Calls, &next)
	}
}

func (r *reader) provider(b *hclsyntax.Block) {
	next := block(b)
	if r.override {
		for _, old := range r.module.Providers {
			if old.Name == next.Name && AliasOf(old) == AliasOf(&next) {
				merge(old.Body, next.Body)
				return
			}
		}
	}
	r.module.Providers = append(r.module.Providers, &next)
}

// AliasOf is the alias of a provider block, "" for the default configuration.
func AliasOf(b *Block) string { return ConstantText(b.Attr("alias")) }

// merge puts an override into the block it overrides: arguments one by one, nested blocks by type.
// See https://developer.hashicorp.com/terraform/language/files/override#merging-behavior
func merge(into, from *hclsyntax.Body) {
	for name, a := range from.Attributes {
		into.Attributes[name] = a
	}
	replaced := map[string]bool{}
	for _, b := range from.Blocks {
		replaced[contentType(b)] = true
	}
	into.Blocks = slices.DeleteFunc(into.Blocks, func(b *hclsyntax.Block) bool { return replaced[contentType(b)] })
	into.Blocks = append(into.Blocks, from.Blocks...)
}

// contentType is the type of the blocks that b stands for, which differs from its own for dynamic blocks.
func contentType(b *hclsyntax.Block) string {
	if b.Type == "dynamic" && len(b.Labels) == 1 {
		return b.Labels[0]
	}
	return b.Type
}
