package decode

import (
	"reflect"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
)

// What reflection tells of a struct type never changes and is slow to ask for, so it is remembered, as encoding/json
// does. Both tables may be used from several goroutines.
var (
	properties sync.Map // of reflect.Type to []property
	blanks     sync.Map // of nesting to reflect.Value
)

// property is a field of a struct that stands for a property.
type property struct {
	index int
	name  string
}

func propertiesOf(t reflect.Type) []property {
	if known, ok := properties.Load(t); ok {
		return known.([]property)
	}
	var out []property
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			out = append(out, property{i, name})
		}
	}
	properties.Store(t, out)
	return out
}

// nesting is a struct type so many pointers deep in another.
type nesting struct {
	t     reflect.Type
	depth int
}

// blankOf is a pointer to a struct of which no property is written, the same for all who ask: nothing is ever stored
// in it or under its fields.
func blankOf(t reflect.Type, depth int) reflect.Value {
	at := nesting{t, depth}
	if known, ok := blanks.Load(at); ok {
		return known.(reflect.Value)
	}
	blank := reflect.New(t)
	(&side{}).fill(eval.Value{}, blank.Elem(), "", depth)
	blanks.Store(at, blank)
	return blank
}
