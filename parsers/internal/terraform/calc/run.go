// Package calc calculates with values of the Terraform language that may be known in part. It knows no module, no file
// and no resource. A value that is not known says by its Source what would make it known.
package calc

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Host is the evaluation that the values belong to.
type Host interface {
	// Exhaust ends the evaluation: a budget for all of it has run out.
	Exhaust(b budget.Budget) error
	// Overrun ends the evaluation of one expression.
	Overrun(b budget.Budget) error
	// ARN is the ARN that a token stands for, with tokens in it where it is not known, and the token if it is another.
	ARN(token symbol.Symbol) string
	// NamedBy is the attribute that names resources of that type in their ARNs.
	NamedBy(resourceType string) (attribute string, ok bool)
}

// Run is what the values of one evaluation share. It is for one goroutine.
type Run struct {
	Host  Host
	Table *symbol.Table
	// Ended is the error of every expression once a budget has run out, and nil before.
	Ended error
	// Depth is how many expressions the one at hand is inside of.
	Depth int

	lengths map[string]cty.Value // of collections that are not known, by their identity
	zeros   map[string]fact.Cond // where numbers that are computed are 0, by their identity

	elements, joined, nameless, work int
	widths                           map[uintptr]typeWidth // by the parts of a type
	choiceWidths                     map[*Choice]int
}

// New is the beginning of an evaluation whose tokens are in the table.
func New(host Host, table *symbol.Table) *Run {
	return &Run{
		Host: host, Table: table, lengths: map[string]cty.Value{}, zeros: map[string]fact.Cond{},
		widths: map[uintptr]typeWidth{}, choiceWidths: map[*Choice]int{},
	}
}

// ErrBudget is the error of an expression that a budget ends.
var ErrBudget = errors.New("the evaluation stops here")

// Charge counts the elements of a collection.
func (r *Run) Charge(n int) error {
	if r.elements += n; r.elements > budget.HCLElements.Max && r.Ended == nil {
		return r.Host.Exhaust(budget.HCLElements)
	}
	return r.Ended
}

// ChargeText bounds the length of one text, and of all.
func (r *Run) ChargeText(n int) error {
	switch r.joined += n; {
	case n > budget.HCLText.Max:
		return r.Host.Overrun(budget.HCLText)
	case r.joined > budget.HCLAllText.Max:
		return r.Host.Overrun(budget.HCLAllText)
	}
	return nil
}

// Safely turns a panic of a library into an error.
func Safely[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("this cannot be evaluated: %v", p)
		}
	}()
	return f()
}
