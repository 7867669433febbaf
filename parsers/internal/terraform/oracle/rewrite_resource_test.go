package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// unusual are the arguments and blocks of a resource that Terraform itself reads.
var unusual = []string{"count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"}

// resource writes a resource as a terraform_data, and the local that stands for the resource.
func (w *rewriter) resource(b *hclsyntax.Block) string {
	name := local(address(b))
	var meta string
	for _, arg := range []string{"count", "for_each"} {
		if a := b.Body.Attributes[arg]; a != nil {
			meta = arg + " = " + w.text(a.Expr.Range()) + "\n"
		}
	}
	arguments := w.object(b.Body, unusual...)
	resource := fmt.Sprintf("resource \"terraform_data\" %q {\n%sinput = %s\n}\n", name, meta, arguments)
	each := func(index, input string) string {
		computed := w.shapes.object(b, w.region(), index)
		return fmt.Sprintf("merge(%s, {for k, v in %s : k => v if v != null})", computed, input)
	}
	var value string
	switch {
	case b.Body.Attributes["count"] != nil:
		item := each("[${oracle_i}]", "oracle_r.input")
		value = fmt.Sprintf("[for oracle_i, oracle_r in terraform_data.%s : %s]", name, item)
	case b.Body.Attributes["for_each"] != nil:
		item := each(quoted("oracle_k"), "oracle_r.input")
		value = fmt.Sprintf("{for oracle_k, oracle_r in terraform_data.%s : oracle_k => %s}", name, item)
	default:
		value = each("", "terraform_data."+name+".input")
	}
	return resource + "locals {\n" + name + " = " + value + "\n}\n"
}

// object writes a body as an object. Nested blocks become a list of objects under their type.
func (w *rewriter) object(b *hclsyntax.Body, except ...string) string {
	var types []string
	parts := map[string][]string{}
	for _, nested := range b.Blocks {
		typ, part := nested.Type, ""
		switch {
		case slices.Contains(except, typ):
			continue
		case typ == "dynamic":
			typ, part = nested.Labels[0], w.dynamic(nested)
		default:
			part = "[" + w.object(nested.Body) + "]"
		}
		if parts[typ] == nil {
			types = append(types, typ)
		}
		parts[typ] = append(parts[typ], part)
	}
	var out strings.Builder
	out.WriteString("{\n" + w.arguments(b, except...))
	for _, typ := range types {
		out.WriteString(typ + " = concat(" + strings.Join(parts[typ], ",\n") + ")\n")
	}
	out.WriteString("}")
	return out.String()
}

// dynamic writes a dynamic block as the list of the blocks that it makes.
func (w *rewriter) dynamic(b *hclsyntax.Block) string {
	iterator := b.Labels[0]
	if a := b.Body.Attributes["iterator"]; a != nil {
		iterator = w.text(a.Expr.Range())
	}
	for _, content := range b.Body.Blocks {
		if content.Type == "content" {
			pairs := fmt.Sprintf("[for oracle_key, oracle_value in %s : {key = oracle_key, value = oracle_value}]",
				w.text(b.Body.Attributes["for_each"].Expr.Range()))
			return fmt.Sprintf("[for %s in %s : %s]", iterator, pairs, w.object(content.Body))
		}
	}
	return "[]"
}

// quoted is the index of an address, as a part of a template, for the key that an expression gives.
func quoted(key string) string { return "['${" + key + "}']" }
