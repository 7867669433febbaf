package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// file is one parsed .tf file.
type file struct {
	path string
	text []byte
	body *hclsyntax.Body
}

// module is one directory of files.
type module struct {
	dir   string
	root  bool
	files []*file
	// resources has the addresses of those that the module declares, such as "aws_vpc.main" and "data.aws_vpc.main".
	resources map[string]bool
}

// readModule parses the .tf files in dir. It fails where the directory has other files of Terraform, which are not
// rewritten.
func readModule(dir string, root bool) (*module, error) {
	m := &module{dir: dir, root: root, resources: map[string]bool{}}
	for _, ending := range []string{"*.tf.json", "*.tofu", "*override.tf"} {
		if other, _ := filepath.Glob(filepath.Join(dir, ending)); len(other) > 0 {
			return nil, fmt.Errorf("%s is not rewritten", other[0])
		}
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.tf"))
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		f, err := readFile(p)
		if err != nil {
			return nil, err
		}
		for _, b := range f.body.Blocks {
			if b.Type == "resource" || b.Type == "data" {
				m.resources[address(b)] = true
			}
		}
		m.files = append(m.files, f)
	}
	return m, nil
}

func readFile(path string) (*file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	parsed, diags := hclsyntax.ParseConfig(text, path, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	return &file{path: path, text: text, body: parsed.Body.(*hclsyntax.Body)}, nil
}

// region is the region that the default provider of a root module sets, or nil.
func (m *module) region() *hclsyntax.Attribute {
	if !m.root {
		return nil
	}
	for _, f := range m.files {
		for _, b := range f.body.Blocks {
			if a := b.Body.Attributes["region"]; b.Type == "provider" && a != nil && b.Body.Attributes["alias"] == nil {
				return a
			}
		}
	}
	return nil
}

// address is the address of a resource or data block within its module.
func address(b *hclsyntax.Block) string {
	a := strings.Join(b.Labels, ".")
	if b.Type == "data" {
		return "data." + a
	}
	return a
}

// local is the name of the local that stands for the resource.
func local(address string) string { return strings.ReplaceAll(address, ".", "__") }

// rewriter rewrites one file of a module.
type rewriter struct {
	m      *module
	shapes *shapes
	// sources has the new source of each module call, relative to the module.
	sources map[string]string
	f       *file
}

// rewrite is the new text of the file. It leaves out what takes a provider or a backend.
func (w *rewriter) rewrite() string {
	var out strings.Builder
	for _, b := range w.f.body.Blocks {
		switch b.Type {
		case "variable":
			out.WriteString(w.variable(b))
		case "locals":
			out.WriteString(w.text(b.Range()) + "\n")
		case "output":
			if !w.m.root {
				out.WriteString(w.output(b))
			}
		case "resource", "data":
			out.WriteString(w.resource(b))
		case "module":
			out.WriteString(w.call(b))
		case "provider":
			if region := w.m.region(); region != nil && region == b.Body.Attributes["region"] {
				out.WriteString("locals {\n  oracle_region = " + w.text(region.Expr.Range()) + "\n}\n")
			}
		}
	}
	return out.String()
}

// text is a range of the file, with each reference to a resource renamed to its local.
func (w *rewriter) text(r hcl.Range) string {
	type edit struct {
		start, end int
		text       string
	}
	var edits []edit
	_ = hclsyntax.VisitAll(w.f.body, func(n hclsyntax.Node) hcl.Diagnostics {
		t, ok := n.(*hclsyntax.ScopeTraversalExpr)
		if !ok || t.SrcRange.Start.Byte < r.Start.Byte || t.SrcRange.End.Byte > r.End.Byte {
			return nil
		}
		if a, steps := w.m.refers(t.Traversal); a != "" {
			end := t.Traversal[steps-1].SourceRange().End.Byte
			edits = append(edits, edit{t.SrcRange.Start.Byte, end, "local." + local(a)})
		}
		return nil
	})
	slices.SortFunc(edits, func(a, b edit) int { return a.start - b.start })
	var out strings.Builder
	at := r.Start.Byte
	for _, e := range edits {
		if e.start < at {
			continue
		}
		out.Write(w.f.text[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.Write(w.f.text[at:r.End.Byte])
	return out.String()
}

// refers returns the address of the resource that a traversal begins with, and how many steps name it.
func (m *module) refers(t hcl.Traversal) (address string, steps int) {
	words := []string{t.RootName()}
	for _, s := range t[1:] {
		attr, ok := s.(hcl.TraverseAttr)
		if !ok || len(words) == 3 {
			break
		}
		words = append(words, attr.Name)
	}
	for _, n := range []int{2, 3} {
		if len(words) >= n && m.resources[strings.Join(words[:n], ".")] {
			return strings.Join(words[:n], "."), n
		}
	}
	return "", 0
}

// arguments writes the attributes of a body except some, each in a line.
func (w *rewriter) arguments(b *hclsyntax.Body, except ...string) string {
	var names []string
	for name := range b.Attributes {
		if !slices.Contains(except, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out strings.Builder
	for _, name := range names {
		out.WriteString(name + " = " + w.text(b.Attributes[name].Expr.Range()) + "\n")
	}
	return out.String()
}

// variable writes a variable block. Types in quotes, as Terraform 0.11 has them, become plain ones.
func (w *rewriter) variable(b *hclsyntax.Block) string {
	var out strings.Builder
	arguments := w.arguments(b.Body, "type", "description", "sensitive", "ephemeral")
	fmt.Fprintf(&out, "variable %q {\n%s", b.Labels[0], arguments)
	if a := b.Body.Attributes["type"]; a != nil {
		text := w.text(a.Expr.Range())
		switch bare := strings.Trim(text, `"`); bare {
		case text: // not the quoted name of Terraform 0.11
		case "list", "map":
			text = bare + "(any)"
		default:
			text = bare
		}
		out.WriteString("type = " + text + "\n")
	}
	out.WriteString("}\n")
	return out.String()
}

// output writes an output block with nothing but its value.
func (w *rewriter) output(b *hclsyntax.Block) string {
	value := b.Body.Attributes["value"]
	if value == nil {
		return ""
	}
	return fmt.Sprintf("output %q {\nvalue = %s\n}\n", b.Labels[0], w.text(value.Expr.Range()))
}

// call writes a module block. It hands down the address of the module as oracle_prefix, and the region.
func (w *rewriter) call(b *hclsyntax.Block) string {
	index := ""
	switch {
	case b.Body.Attributes["count"] != nil:
		index = "[${count.index}]"
	case b.Body.Attributes["for_each"] != nil:
		index = quoted("each.key")
	}
	name := b.Labels[0]
	prefix := fmt.Sprintf(`"${var.oracle_prefix}module.%s%s."`, name, index)
	arguments := w.arguments(b.Body, "source", "version", "providers", "depends_on")
	return fmt.Sprintf("module %q {\nsource = %q\noracle_prefix = %s\noracle_region = %s\n%s}\n",
		name, w.sources[name], prefix, w.region(), arguments)
}

// region is the expression for the region of the default provider.
func (w *rewriter) region() string {
	if w.m.root {
		return "local.oracle_region"
	}
	return "var.oracle_region"
}
