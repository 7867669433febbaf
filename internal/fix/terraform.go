package fix

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var terraform = aws.LanguageNamed("terraform")

var (
	errSeveral = errors.New("it stands for several resources")
	errList    = errors.New("its list is made by an expression")
	errOneLine = errors.New("it is written in one line")
	errTaken   = errors.New("the name of what would be added is taken")
)

// configuration is a file of Terraform.
type configuration struct {
	name      string
	text      []byte
	resources map[string]*hclsyntax.Block // by type and name
	files     *source.FileSet
	partition func() (string, error)
}

func readConfiguration(files *source.FileSet, name string, text []byte) (document, error) {
	file, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, errUnread
	}
	body, _ := file.Body.(*hclsyntax.Body) // that is what ParseConfig makes
	c := &configuration{name: name, text: text, resources: map[string]*hclsyntax.Block{}, files: files}
	for _, b := range slices.Backward(body.Blocks) { // of several with one name the first counts
		if b.Type == "resource" {
			c.resources[strings.Join(b.Labels, ".")] = b
		}
	}
	c.partition = sync.OnceValues(c.findPartition)
	return c, nil
}

func (c *configuration) resource(s rules.Step) (home, name string) {
	home, own := rules.SplitAddress(s.Of, true)
	name, _ = withoutIndex(own)
	return home, name
}

// edits are at byte offsets, too: the library that writes HCL formats the whole file with each change. A resource that
// has the format of terraform fmt keeps it.
func (c *configuration) edits(s rules.Step) ([]Edit, error) {
	_, own := rules.SplitAddress(s.Of, true)
	name, isOne := withoutIndex(own)
	block := c.resources[name]
	switch {
	case block == nil:
		return nil, errNotHere
	case s.Do != rules.Depend && !isOne:
		return nil, errSeveral
	case s.Do == rules.Create && c.resources[s.New.Type+"."+s.New.Name] != nil:
		return nil, errTaken
	}
	e := &blockEdits{textEdits{text: c.text}, c}
	if err := e.change(block, s); err != nil {
		return nil, err
	}
	from, to := block.TypeRange.Start.Byte, block.CloseBraceRange.End.Byte
	if s.Do != rules.Create && bytes.Equal(hclwrite.Format(c.text[from:to]), c.text[from:to]) {
		e.format(from, to)
	}
	return e.list, nil
}

// withoutIndex is the address of a block of resources, and whether it makes one without an index.
func withoutIndex(own string) (resource string, isOne bool) {
	resource, _, indexed := strings.Cut(own, "[")
	return resource, !indexed
}

// blockEdits are those of one step.
type blockEdits struct {
	textEdits
	in *configuration
}

// format adds the edits that leave [from, to) in the format of terraform fmt.
func (t *blockEdits) format(from, to int) {
	if len(t.list) == 0 {
		return
	}
	edits := shifted(inOrder(t.list), -from)
	before := t.text[from:to]
	after := hclwrite.Format(apply(before, edits))
	t.list = shifted(reformat(before, after, edits[0].Start, edits[len(edits)-1].End), from)
}

// shifted moves the edits by so many bytes.
func shifted(edits []Edit, by int) []Edit {
	for i := range edits {
		edits[i].Start += by
		edits[i].End += by
	}
	return edits
}

func (t *blockEdits) change(block *hclsyntax.Block, s rules.Step) error {
	switch s.Do {
	case rules.Depend:
		own, err := near(s.Of, s.Value.Ref, true)
		if err != nil {
			return err
		}
		other, _ := withoutIndex(own)
		return t.add(block, "depends_on", other)
	case rules.Create:
		return t.create(block, s)
	}
	names := strings.Split(s.Property, ".")
	if t.ignores(block, terraform.Word(names[0])) {
		return errIgnored
	}
	for _, name := range names[:len(names)-1] {
		if block = blockIn(block, terraform.Word(name)); block == nil {
			return errNoPlace
		}
	}
	argument := terraform.Word(names[len(names)-1])
	has := block.Body.Attributes[argument]
	if s.Do == rules.Rename {
		if has == nil || block.Body.Attributes[terraform.Word(s.To)] != nil {
			return errNoPlace
		}
		t.replace(has.NameRange.Start.Byte, has.NameRange.End.Byte, terraform.Word(s.To))
		return nil
	}
	if len(s.Value.Properties) > 0 {
		return t.addBlock(block, s)
	}
	value, err := t.written(s.Of, s.Value)
	switch {
	case err != nil:
		return err
	case s.Do == rules.Append:
		return t.add(block, argument, value)
	case has == nil:
		return t.insert(block, argument, value)
	}
	at := has.Expr.Range()
	t.replace(at.Start.Byte, at.End.Byte, value)
	return nil
}

// blockIn is the one block of that type in another, or nil.
func blockIn(block *hclsyntax.Block, typ string) (in *hclsyntax.Block) {
	for _, b := range block.Body.Blocks {
		if b.Type == typ {
			if in != nil {
				return nil
			}
			in = b
		}
	}
	return in
}

// create writes a new block behind that of the step.
func (t *blockEdits) create(block *hclsyntax.Block, s rules.Step) error {
	f := hclwrite.NewEmptyFile()
	body := f.Body().AppendNewBlock("resource", []string{s.New.Type, s.New.Name}).Body()
	if has := block.Body.Attributes["provider"]; has != nil { // it belongs into the same account
		at := has.Expr.Range()
		body.SetAttributeRaw("provider", hclwrite.TokensForIdentifier(string(t.text[at.Start.Byte:at.End.Byte])))
	}
	if err := t.write(body, s.Of, s.New.Properties); err != nil {
		return err
	}
	text := strings.ReplaceAll(string(hclwrite.Format(f.Bytes())), "\n", t.newline())
	end := t.lineEnd(block.CloseBraceRange.End.Byte)
	t.replace(end, end, t.newline()+t.newline()+strings.TrimRight(text, "\r\n"))
	return nil
}

// insert writes a new argument at the end of a block. What orders resources stands apart, as terraform's style has it.
// https://developer.hashicorp.com/terraform/language/style
func (t *blockEdits) insert(block *hclsyntax.Block, argument, value string) error {
	end := block.CloseBraceRange.Start.Byte
	lead := t.lead(end)
	if strings.TrimSpace(lead) != "" {
		return errOneLine
	}
	line := lead + "  " + argument + " = " + value + t.newline()
	if before := t.lead(end - len(lead) - 1); argument == "depends_on" && strings.TrimSpace(before) != "" {
		line = t.newline() + line
	}
	t.replace(end-len(lead), end-len(lead), line)
	return nil
}

// add puts an expression into the list that the argument is, unless it is there.
func (t *blockEdits) add(block *hclsyntax.Block, argument, expression string) error {
	has := block.Body.Attributes[argument]
	if has == nil {
		return t.insert(block, argument, "["+expression+"]")
	}
	list, ok := has.Expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		return errList
	}
	if len(list.Exprs) == 0 {
		at := list.Range()
		t.replace(at.Start.Byte, at.End.Byte, "["+expression+"]")
		return nil
	}
	for _, x := range list.Exprs {
		if at := x.Range(); string(t.text[at.Start.Byte:at.End.Byte]) == expression {
			return nil
		}
	}
	first, last := list.Exprs[0].Range(), list.Exprs[len(list.Exprs)-1].Range()
	if lead := t.lead(first.Start.Byte); strings.TrimSpace(lead) == "" && last.End.Line < list.Range().End.Line {
		t.addLine(last.End.Byte, lead, expression)
		return nil
	}
	t.replace(last.End.Byte, last.End.Byte, ", "+expression)
	return nil
}

// addLine puts an element of a list on a line of its own behind the last, which gets the comma that it may lack.
func (t *blockEdits) addLine(last int, lead, expression string) {
	end := t.lineEnd(last)
	if !bytes.HasPrefix(bytes.TrimLeft(t.text[last:end], " \t"), []byte(",")) {
		t.replace(last, last, ",")
	}
	t.replace(end, end, t.newline()+lead+expression+",")
}
