package fix

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var errIgnored = errors.New("its lifecycle ignores the change")

// addBlock writes a block into that of a resource: behind the last of its type, else behind the last of another, else
// at the end. A list of objects, or blocks that a loop makes, are left alone.
func (t *blockEdits) addBlock(resource *hclsyntax.Block, s rules.Step) error {
	if resource.Body.Attributes[s.Property] != nil {
		return errList
	}
	var last *hclsyntax.Block
	for _, b := range resource.Body.Blocks {
		switch {
		case b.Type == "dynamic" && b.Labels[0] == s.Property:
			return errList
		case b.Type == "lifecycle", b.Type == "timeouts":
		case last == nil, last.Type != s.Property, b.Type == s.Property:
			last = b
		}
	}
	f := hclwrite.NewEmptyFile()
	if err := t.write(f.Body().AppendNewBlock(s.Property, nil).Body(), s.Of, s.Value.Properties); err != nil {
		return err
	}
	text := hclwrite.Format(bytes.TrimSpace(f.Bytes()))
	has := func(b *hclsyntax.Block) bool {
		return bytes.Equal(hclwrite.Format(t.text[b.TypeRange.Start.Byte:b.CloseBraceRange.End.Byte]), text)
	}
	closing := resource.CloseBraceRange.Start.Byte
	lead := t.lead(closing)
	switch {
	case slices.ContainsFunc(resource.Body.Blocks, has):
		return nil
	case strings.TrimSpace(lead) != "":
		return errOneLine
	}
	lines := t.newline() + lead + "  " + strings.ReplaceAll(string(text), "\n", t.newline()+lead+"  ")
	at, isApart := closing-len(lead)-len(t.newline()), true
	if last != nil {
		at, isApart = t.lineEnd(last.CloseBraceRange.End.Byte), t.isApart(last.TypeRange.Start.Byte)
	}
	if isApart {
		lines = t.newline() + lines
	}
	t.replace(at, at, lines)
	return nil
}

// write gives a block the arguments.
func (t *blockEdits) write(body *hclwrite.Body, of string, ps []rules.Property) error {
	for _, p := range ps {
		value, err := t.written(of, p.Value)
		if err != nil {
			return err
		}
		body.SetAttributeRaw(p.Name, hclwrite.TokensForIdentifier(value))
	}
	return nil
}

// written is the value of a step on a resource, in Terraform's language.
func (t *blockEdits) written(of string, v rules.Value) (string, error) {
	if v.InList {
		v.InList = false
		one, err := t.written(of, v)
		return "[" + one + "]", err
	}
	switch {
	case v.Ref == "" && isBare.MatchString(v.Text):
		return v.Text, nil
	case strings.Contains(v.Text, "${AWS::Partition}"):
		partition, err := t.in.partition()
		return fmt.Sprintf("%q", strings.ReplaceAll(v.Text, "${AWS::Partition}", partition)), err
	case v.Ref == "":
		return fmt.Sprintf("%q", v.Text), nil
	}
	own, err := near(of, v.Ref, true)
	attribute := "id"
	if v.Attribute != "" {
		attribute = terraform.Word(v.Attribute)
	}
	return own + "." + attribute, err
}

// ignores says whether Terraform leaves the argument of the resource as it is deployed.
func (t *blockEdits) ignores(resource *hclsyntax.Block, argument string) bool {
	lifecycle := blockIn(resource, "lifecycle")
	if lifecycle == nil || lifecycle.Body.Attributes["ignore_changes"] == nil {
		return false
	}
	at := lifecycle.Body.Attributes["ignore_changes"].Expr.Range()
	words := strings.FieldsFunc(string(t.text[at.Start.Byte:at.End.Byte]), func(r rune) bool {
		return strings.ContainsRune("[], \t\r\n\"", r)
	})
	return slices.Contains(words, "all") || slices.Contains(words, argument)
}
