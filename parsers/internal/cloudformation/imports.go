package cloudformation

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// importing finds what a stack imports among the exports of other templates, and makes their stacks part of the
// deployment.
type importing struct {
	deployment *Deployment
	bind       Bindings
	evaluator  *eval.Evaluator
	from       map[string]origin // by the name that is imported
}

// origin is one output of one stack of a template. What of the stack's parameters and its name is known fills slots.
type origin struct {
	*Exporter
	output string
	stored bool // in the parameter store, by the resource in the place of the output
	slots  slots
}

// Imports says by a look at the text of a template whether its stacks may import anything.
func Imports(text []byte) bool {
	return bytes.Contains(text, []byte("ImportValue")) ||
		bytes.Contains(text, []byte("AWS::SSM::Parameter::Value<")) || resolves(text)
}

// resolves says that the text has a dynamic reference to a parameter of Systems Manager that AWS does not keep for
// everyone, as it does the ids of images.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
func resolves(text []byte) bool {
	for {
		_, name, found := bytes.Cut(text, []byte("{{resolve:"+eval.Store))
		if !found || !bytes.HasPrefix(name, []byte("/aws/")) {
			return found
		}
		text = name
	}
}

// Exports says by a look at the text of a template whether its stacks may export anything.
func Exports(text []byte) bool {
	return bytes.Contains(text, []byte("Export")) || bytes.Contains(text, []byte(parameterType))
}

// value is what the stack imports under the name, if the stack that exports it is certain.
func (i *importing) value(name string) (eval.Value, bool) {
	plain := i.plain(name)
	from, ok := i.from[plain]
	if stored, is := strings.CutPrefix(name, eval.Store); is && i.bind.Stored != nil {
		text, certain, none := i.bind.Stored(i.deployment.symbols.Text(stored))
		if certain && !i.bind.Exporters.may(plain) {
			return eval.Value{Kind: eval.Text, Text: symbol.Escape(text)}, true
		}
		ok = ok && none
	}
	if !ok && i.bind.Exported != nil {
		text, ok := i.bind.Exported(i.deployment.symbols.Text(name))
		return eval.Value{Kind: eval.Text, Text: symbol.Escape(text)}, ok
	}
	if !ok {
		return eval.Value{}, false
	}
	s := i.beside(from)
	if s == nil {
		return eval.Value{}, false
	}
	v, ok := s.Outputs[from.output]
	if from.stored {
		v, ok = s.stored[from.output]
	}
	return v, ok
}

// plain is the name with the symbols that all stacks share as text.
func (i *importing) plain(name string) string {
	if !symbol.Has(name) {
		return name
	}
	var b strings.Builder
	for _, part := range i.deployment.symbols.Split(name) {
		switch part := part.(type) {
		case string:
			b.WriteString(part)
		case symbol.Symbol:
			if isShared(part.Key) {
				b.WriteString(sharedText(part.Key))
			} else {
				b.WriteString(i.deployment.symbols.Intern(part))
			}
		}
	}
	return b.String()
}

// find decides which stack each name that the stack imports comes from: that of the only template whose stacks can
// export it. Templates in the same folder go before others. A stack is made from one template, so one whose names
// would come from several is not here, and a name that several templates export comes from the stack that others come
// from.
func (i *importing) find() {
	possible := map[string][]origin{}
	for _, name := range i.evaluator.Imported() {
		name = i.plain(name)
		possible[name] = i.origins(name)
	}
	templates := map[string]map[*Exporter]bool{} // by the stack's name
	sure := map[*Exporter][]slots{}
	for _, from := range possible {
		if len(from) != 1 {
			continue
		}
		x, known := from[0].Exporter, from[0].slots
		sure[x] = append(sure[x], known)
		if called, ok := known[stackName]; ok {
			if templates[called] == nil {
				templates[called] = map[*Exporter]bool{}
			}
			templates[called][x] = true
		}
	}
	stacks := map[*Exporter][]slots{}
	for x, of := range sure {
		stacks[x] = distinct(of)
	}
	for name, from := range possible {
		var at []origin
		for _, o := range from {
			if of := fitting(stacks[o.Exporter], o.slots); len(of) == 1 && len(templates[of[0][stackName]]) < 2 {
				at = append(at, origin{o.Exporter, o.output, o.stored, of[0]})
			}
		}
		if len(at) == 1 && !at[0].Nested {
			i.from[name] = at[0]
		}
	}
}

// origins are the outputs that may be exported under the name.
func (i *importing) origins(name string) (near []origin) {
	var far []origin
	found, work := i.bind.Exporters.under(name)
	i.evaluator.Count(work/formsAStep + len(found))
	for _, x := range found {
		switch o := (origin{x.Exporter, x.output, x.stored, x.slots}); {
		case x.Name == i.bind.Name:
		case path.Dir(x.Name) == path.Dir(i.bind.Name):
			near = append(near, o)
		default:
			far = append(far, o)
		}
	}
	if len(near) > 0 {
		return near
	}
	return far
}

// formsAStep is how many forms of names are compared in the time of one step of evaluation.
const formsAStep = 16

// other is a stack of another deployment; stack is nil while it is being made.
type other struct {
	origin
	stack *Stack
}

// beside is the stack of another deployment, or nil while it is being made: stacks that import from each other cannot
// be.
func (i *importing) beside(from origin) *Stack {
	d := i.deployment
	for _, o := range d.others[from.Exporter] {
		if o.slots.fit(from.slots) {
			return o.stack
		}
	}
	size := from.template.size()
	switch {
	case d.imported > 0 && d.imported+size > i.bind.Exporters.most:
		d.fill(budget.Imported, from.template.root.Span, false)
		return nil
	case !d.grow(from.template, from.template.root.Span, false):
		return nil
	}
	d.imported += size
	scope := from.Name
	if d.network.HasBeside(scope) {
		scope = fmt.Sprintf("%s#%d", scope, len(d.network.Beside)+1)
	}
	d.builder.Beside(graph.Beside{Scope: scope, Root: from.Name, Language: aws.LanguageNamed("cloudformation")})
	made := &other{origin: from}
	d.others[from.Exporter] = append(d.others[from.Exporter], made)
	own := eval.Bindings{ // nobody knows which variant of the template the stack is, if nothing says so
		Scope: scope, Beside: true, Variants: true, Given: from.given, Parameters: map[string]eval.Value{},
		Work: i.bind.Work, Region: i.bind.Region, AccountID: i.bind.AccountID, Partition: i.bind.Partition,
	}
	for slot, text := range from.slots {
		if slot != stackName {
			own.Parameters[slot] = eval.Value{Kind: eval.Text, Text: text}
		} else {
			own.StackName = text
		}
	}
	made.stack = d.Evaluate(from.template, Bindings{
		Bindings: own, Files: i.bind.Of(from.Name), Name: from.Name, Others: i.bind.Others,
	})
	return made.stack
}
