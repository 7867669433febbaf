package plan_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/plan"
)

// planOf is a plan with a data source that is read at apply: its values, which of them are not known, and its block.
func planOf(values, unknown, expressions string) string {
	return `{` + header + `, "planned_values": {"root_module": {"resources": [{"address": "data.x.y", "mode": "data", "type": "x", "name": "y", "values": ` + values + `}]}},
"resource_changes": [{"address": "data.x.y", "mode": "data", "type": "x", "name": "y", "change": {"actions": ["read"], "before": null, "after": {}, "after_unknown": ` + unknown + `}}],
"configuration": {"root_module": {"resources": [{"address": "data.x.y", "mode": "data", "type": "x", "name": "y", "expressions": ` + expressions + `}]}}}`
}

var unknownBesideEmpty = planOf(`{"statement": [], "ids": []}`, `{"statement": [{"actions": true}], "ids": [true]}`, `{"statement": {}, "ids": {"references": ["var.v"]}}`)

func TestWhatIsNotKnownStandsBesideAnEmptyList(t *testing.T) {
	p, ds := plan.Read(source.NewFileSet().Add("plan.json", []byte(unknownBesideEmpty)))
	if p == nil {
		t.Fatal(ds)
	}
	config := p.Program().Instances[0].Config
	for _, name := range []string{"statement", "ids"} {
		if v := config.GetAttr(name); v.LengthInt() != 1 || v.AsValueSlice()[0].IsWhollyKnown() {
			t.Errorf("%s is %#v, want one element that is not known", name, v)
		}
	}
}
