package fix

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// template is a CloudFormation template, YAML or JSON.
type template struct {
	file   *source.File
	root   *tree.Node
	isJSON bool
}

// templateEdits are those of one step.
type templateEdits struct {
	textEdits
	*template
}

var (
	errShared    = errors.New("it is written with an anchor, an alias or a merge key")
	errFunction  = errors.New("its value is made by a function")
	errNotHere   = errors.New("it is not written in this file")
	errNoPlace   = errors.New("the part of it that would change is not written")
	errGenerated = errors.New("the file is generated")
)

// ofCDK matches names that the CDK gives to resources, which end with a part of a hash.
// https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html#identifiers-logical-ids
var ofCDK = regexp.MustCompile(`[0-9A-F]{8}$`)

func readTemplate(name string, text []byte) (document, error) {
	t := &template{file: source.NewFileSet().Add(name, text)}
	var problems []source.Diagnostic
	if t.root, problems = tree.Read(t.file); t.root == nil || len(problems) > 0 {
		return nil, errUnread
	}
	t.isJSON = json.Valid(bytes.TrimPrefix(text, []byte("\uFEFF")))
	return t, nil
}

func (t *template) resource(s rules.Step) (home, name string) { return rules.SplitAddress(s.Of, false) }

func (t *template) edits(s rules.Step) ([]Edit, error) {
	_, id := t.resource(s)
	at := t.root.Get("Resources").Field(id)
	e := &templateEdits{textEdits{text: t.file.Text}, t}
	switch {
	case at == nil, at.Value.Kind != tree.Mapping:
		return nil, errNotHere
	case at.Value.Get("Metadata").Get("aws:cdk:path") != nil, ofCDK.MatchString(id):
		return nil, errGenerated
	case !e.isPlain(at):
		return nil, errShared
	}
	err := e.change(at.Value, s)
	return e.list, err
}

func (t *templateEdits) change(resource *tree.Node, s rules.Step) error {
	switch s.Do {
	case rules.Create:
		return t.create(s)
	case rules.Set, rules.Append, rules.Rename:
		return t.property(resource, s)
	}
	own, err := near(s.Of, s.Value.Ref, false)
	if err != nil {
		return err
	}
	return t.dependOn(resource, own)
}

func (t *template) start(s source.Span) int { return t.file.Offset(s.Pos) }
func (t *template) end(s source.Span) int   { return t.file.Offset(s.End) }

// isPlain says whether the value stands at its key and nowhere else: no anchor, no alias, and no entry from a merge.
func (t *templateEdits) isPlain(f *tree.Field) bool {
	from, to := t.end(f.KeySpan), t.start(f.Value.Span)
	if from > to || bytes.ContainsAny(t.text[from:to], "&*") || to < len(t.text) && t.text[to] == '*' {
		return false
	}
	for _, inner := range f.Value.Fields {
		if at := t.start(inner.KeySpan); at < to || at > t.end(f.Value.Span) {
			return false
		}
	}
	return true
}

// dependOn adds a name to DependsOn, which is one name or a list.
func (t *templateEdits) dependOn(resource *tree.Node, id string) error {
	f := resource.Field("DependsOn")
	if f == nil {
		return t.insert(resource, resource.Field("Type"), "DependsOn", t.quoted(id))
	}
	if !t.isPlain(f) {
		return errShared
	}
	return t.add(f.Value, id, t.quoted(id))
}

// create defines a resource behind that of the step, under the same condition.
func (t *templateEdits) create(s rules.Step) error {
	resources := t.root.Get("Resources")
	_, id := t.resource(s)
	after := resources.Field(id)
	if resources.Field(s.New.Name) != nil {
		return errTaken
	}
	made := []rules.Property{{Name: "Type", Value: rules.Value{Text: s.New.Type}}}
	if c := after.Value.Field("Condition"); c != nil {
		made = append(made, rules.Property{Name: "Condition", Value: rules.Value{Text: c.Value.Text}})
	}
	made = append(made, rules.Property{Name: "Properties", Value: rules.Value{Properties: s.New.Properties}})
	at := t.layoutIn(resources)
	entry, err := t.entry(s.Of, rules.Property{Name: s.New.Name, Value: rules.Value{Properties: made}}, at)
	if err != nil || at.form != inBlock {
		return errors.Join(err, t.insertEntry(resources, after, entry))
	}
	end := t.endOfBlock(t.end(after.Value.Span), len(at.lead))
	gap := t.newline()
	if t.isApart(t.start(after.KeySpan)) || t.isApart(end+len(gap)+1) {
		gap += gap
	}
	t.replace(end, end, gap+at.lead+entry)
	return nil
}

// endOfBlock is where the lines of a block end whose last value ends at the offset: comments below it that are deeper
// than its key belong to it.
func (t *templateEdits) endOfBlock(at, indentation int) int {
	end := t.lineEnd(len(bytes.TrimRight(t.text[:at], " \t\r\n")))
	for next := end; next < len(t.text); {
		next = t.lineEnd(next + len(t.newline()))
		line := t.lead(next)
		rest := strings.TrimLeft(line, " ")
		switch isDeeper := len(line)-len(rest) > indentation; {
		case rest == "":
		case rest[0] != '#' || !isDeeper:
			return end
		default:
			end = next
		}
	}
	return end
}

// property changes a property. All of its path but the last name has to be written.
func (t *templateEdits) property(resource *tree.Node, s rules.Step) error {
	names := strings.Split("Properties."+s.Property, ".")
	last := names[len(names)-1]
	parent := resource
	for _, name := range names[:len(names)-1] {
		f := parent.Field(name)
		switch {
		case f == nil, f.Value.Kind != tree.Mapping:
			return errNoPlace
		case !t.isPlain(f):
			return errShared
		}
		if _, _, is := f.Value.Intrinsic(); is {
			return errFunction
		}
		parent = f.Value
	}
	f := parent.Field(last)
	if s.Do == rules.Rename {
		if f == nil || parent.Field(s.To) != nil {
			return errNoPlace
		}
		return t.rename(f, s.To)
	}
	around := t.layoutIn(parent)
	at := around.inside()
	switch {
	case s.Do == rules.Append && f != nil:
		at = t.layoutOf(f.Value)
	case s.Do == rules.Append && around.form == inBlock:
		at.lead = around.lead + "    " // behind a dash
	case s.Do == rules.Append:
		at = at.inside()
	}
	value, err := t.render(s.Of, s.Value, at)
	switch {
	case err != nil:
		return err
	case f == nil && s.Do == rules.Append:
		return t.insert(parent, nil, last, t.listOf(value, around))
	case f == nil:
		return t.insert(parent, nil, last, value)
	case !t.isPlain(f):
		return errShared
	case s.Do == rules.Append:
		return t.add(f.Value, s.Value.Text, value)
	}
	t.replace(t.start(f.Value.Span), t.end(f.Value.Span), value)
	return nil
}

func (t *templateEdits) rename(f *tree.Field, to string) error {
	from, end := t.start(f.KeySpan), t.end(f.KeySpan)
	for from < end && bytes.IndexByte([]byte(`"'`), t.text[from]) >= 0 {
		from, end = from+1, end-1
	}
	if string(t.text[from:end]) != f.Key {
		return errNoPlace
	}
	t.replace(from, end, to)
	return nil
}

// add puts a value into a list, or makes a list of the single value that is there.
func (t *templateEdits) add(list *tree.Node, text, value string) error {
	from, to := t.start(list.Span), t.end(list.Span)
	switch {
	case list.Kind == tree.Scalar:
		if list.Text == text {
			return nil
		}
		t.replace(from, to, "["+string(t.text[from:to])+", "+value+"]")
		return nil
	case list.Kind != tree.Sequence:
		return errFunction
	case len(list.Items) == 0:
		t.replace(from, to, "["+value+"]")
		return nil
	}
	for _, item := range list.Items {
		if at := item.Span; text != "" && item.Literal() == text || string(t.text[t.start(at):t.end(at)]) == value {
			return nil
		}
	}
	first, last := list.Items[0], list.Items[len(list.Items)-1]
	end := t.end(last.Span)
	lead := t.lead(t.start(first.Span))
	if t.text[from] == '[' {
		if strings.TrimSpace(lead) == "" {
			t.replace(end, end, ","+t.newline()+lead+value)
			return nil
		}
		t.replace(end, end, ", "+value)
		return nil
	}
	if strings.Trim(lead, " -") != "" || strings.Count(lead, "-") != 1 {
		return errNoPlace
	}
	end = t.lineEnd(end)
	t.replace(end, end, t.newline()+lead+value)
	return nil
}

// listOf is a new list of one value, in the manner of the mapping that it will be in.
func (t *templateEdits) listOf(value string, at layout) string {
	switch lead := t.newline() + at.lead; {
	case at.form == inBlock:
		return lead + "  - " + value
	case strings.Contains(value, "\n"):
		return "[" + lead + at.unit + value + lead + "]"
	}
	return "[" + value + "]"
}

// insert writes a new entry into a mapping: behind the one named after, or behind the last.
func (t *templateEdits) insert(mapping *tree.Node, after *tree.Field, key, value string) error {
	if len(mapping.Fields) == 0 {
		return errNoPlace
	}
	if after == nil {
		after = &mapping.Fields[len(mapping.Fields)-1]
	}
	if t.isJSON {
		key = fmt.Sprintf("%q", key)
	}
	entry := key + ": " + value
	if strings.HasPrefix(value, t.newline()) {
		entry = key + ":" + value
	}
	return t.insertEntry(mapping, after, entry)
}

func (t *templateEdits) insertEntry(mapping *tree.Node, after *tree.Field, entry string) error {
	lead := t.lead(t.start(mapping.Fields[0].KeySpan))
	end := t.end(after.Value.Span)
	if t.text[t.start(mapping.Span)] == '{' {
		if strings.TrimSpace(lead) == "" {
			t.replace(end, end, ","+t.newline()+lead+entry)
			return nil
		}
		t.replace(end, end, ", "+entry)
		return nil
	}
	if strings.Trim(lead, " -") != "" {
		return errNoPlace
	}
	lead = strings.Repeat(" ", len(lead)) // a mapping in a list begins behind its dash
	if at := t.start(after.Value.Span); at < end && (t.text[at] == '|' || t.text[at] == '>') {
		first := t.start(mapping.Fields[0].KeySpan) // blank lines at the end of a long text may be part of it
		t.replace(first, first, entry+t.newline()+lead)
		return nil
	}
	end = t.lineEnd(end)
	t.replace(end, end, t.newline()+lead+entry)
	return nil
}
