// Package fact is what the analyzer knows and does not know: three-valued truth, values that may be unknown or depend
// on a condition, lists that may be incomplete, and text that is known in parts.
//
// Every unknown carries the Missing facts it waits for, so that a rule can say "tell me X" and never has to guess.
package fact

import (
	"cmp"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Truth is Kleene's: True and False hold whatever the missing facts turn out to be, and Unknown says nothing, not even
// that both are possible. Unknown is the zero value, so forgetting to set one makes the tool quieter and never wrong.
type Truth int8

// The three truths.
const (
	Unknown Truth = iota
	True
	False
)

func (t Truth) String() string { return [...]string{"unknown", "true", "false"}[t] }

// Kind says what sort of thing is missing; the report derives from it how to supply it.
type Kind string

// The kinds of missing facts.
const (
	Parameter  Kind = "parameter"  // a template parameter without a value
	Variable   Kind = "variable"   // a variable of a Terraform root module without a value
	Secret     Kind = "secret"     // a value that is given, and compared, but never shown: NoEcho, sensitive
	Pseudo     Kind = "pseudo"     // AWS::Region and its like
	Import     Kind = "import"     // Fn::ImportValue
	Export     Kind = "export"     // the thing leaves the deployment, so others may add to it
	Dynamic    Kind = "dynamic"    // a dynamic reference: SSM or Secrets Manager
	Macro      Kind = "macro"      // a transform that is not run here
	Resource   Kind = "resource"   // defined outside the files
	Attribute  Kind = "attribute"  // known only after deployment
	Intrinsic  Kind = "intrinsic"  // an intrinsic function that could not be evaluated
	Expression Kind = "expression" // code of a programming language that is not followed
	Snapshot   Kind = "snapshot"   // what the snapshot of an account does not hold
	Target     Kind = "target"     // the path goes on behind a gateway whose tables are not here
	Semantics  Kind = "semantics"  // AWS documents no answer
	Intent     Kind = "intent"     // only the author knows
)

// Missing is one fact that an Unknown waits for. Name is what a person would supply, such as the parameter "SubnetIds";
// with the Kind it makes the hint of a report. Span is the place that asks for it, if there is one. Facts of equal
// Kind, Name and Atom are one fact, wherever they are asked for.
type Missing struct {
	Kind Kind
	Name string
	Span source.Span
	// Atom is set when a condition is what is missing: both of its cases can be looked at in turn. See Leaves.
	Atom *Atom
	// Lookup is set where more than the Name has to be known by whoever looks the fact up.
	Lookup *Lookup
}

// Lookup is what has to be known before a fact can be looked up.
type Lookup struct {
	// Missing are facts that the question waits for: a data source may ask for a tag that is made of a variable.
	Missing []Missing
	// Dir is the directory that a module is downloaded for, where that is not the root of the question.
	Dir string
}

// Verdict is the answer to a question: a Truth and, when it is Unknown, the facts that would settle it. True and False
// carry no facts. The zero Verdict is Unknown and names none, so whoever makes one names what is missing: see Wants.
type Verdict struct {
	Truth   Truth
	Missing []Missing
}

// Yes is the definite True.
func Yes() Verdict { return Verdict{Truth: True} }

// No is the definite False.
func No() Verdict { return Verdict{Truth: False} }

// Wants is Unknown until the facts m are supplied.
func Wants(m ...Missing) Verdict { return Verdict{Missing: m} }

// Doubt is Unknown where facts are missing, else False: what is not seen may be so.
func Doubt(m []Missing) Verdict {
	if len(m) == 0 {
		return No()
	}
	return Wants(m...)
}

// Of turns a Go bool into a definite verdict.
func Of(b bool) Verdict {
	if b {
		return Yes()
	}
	return No()
}

// IsTrue reports a definite True. Its negation is not IsFalse.
func (v Verdict) IsTrue() bool { return v.Truth == True }

// IsFalse reports a definite False.
func (v Verdict) IsFalse() bool { return v.Truth == False }

// IsUnknown reports that facts are missing.
func (v Verdict) IsUnknown() bool { return v.Truth == Unknown }

// Not negates; it waits for the same facts.
func (v Verdict) Not() Verdict {
	switch v.Truth {
	case True:
		return No()
	case False:
		return Yes()
	}
	return v
}

// And is Kleene's conjunction. An operand that cannot change the result adds no missing fact.
func And(vs ...Verdict) Verdict { return combine(vs, False, True) }

// Or is Kleene's disjunction. An operand that cannot change the result adds no missing fact.
func Or(vs ...Verdict) Verdict { return combine(vs, True, False) }

// Some says whether is holds for one of all.
func Some[T any](all []T, is func(T) Verdict) Verdict {
	out := No()
	for _, one := range all {
		out.meet(is(one), True)
	}
	out.Missing = Unique(out.Missing)
	return out
}

func combine(vs []Verdict, absorbing, neutral Truth) Verdict {
	out := Verdict{Truth: neutral}
	for _, v := range vs {
		out.meet(v, absorbing)
	}
	out.Missing = Unique(out.Missing)
	return out
}

// meet takes one more operand into v. The slice of missing facts is v's own.
func (v *Verdict) meet(operand Verdict, absorbing Truth) {
	switch {
	case v.Truth == absorbing:
	case operand.Truth == absorbing:
		*v = Verdict{Truth: absorbing}
	case operand.IsUnknown():
		v.Truth = Unknown
		v.Missing = append(v.Missing, operand.Missing...)
	}
}

// Unique sorts facts by kind, name, condition and place, and drops repeats.
func Unique(ms []Missing) []Missing {
	if isUnique(ms) {
		return ms
	}
	var out []Missing
	for i := range ms { // most are repeats
		at, known := slices.BinarySearchFunc(out, &ms[i], func(m Missing, of *Missing) int { return m.compare(of) })
		switch {
		case !known:
			out = slices.Insert(out, at, ms[i])
		case ms[i].Span.Compare(out[at].Span) < 0:
			out[at] = ms[i]
		}
	}
	return out
}

// isUnique reports that Unique would change nothing.
func isUnique(ms []Missing) bool {
	for i := range ms {
		if i > 0 && ms[i-1].compare(&ms[i]) >= 0 {
			return false
		}
	}
	return true
}

// compare orders facts by kind, name and condition; equal ones are the same fact, wherever they are missing.
func (m *Missing) compare(other *Missing) int {
	if kind := cmp.Compare(m.Kind, other.Kind); kind != 0 {
		return kind
	}
	if name := cmp.Compare(m.Name, other.Name); name != 0 {
		return name
	}
	return m.Atom.compare(other.Atom)
}
