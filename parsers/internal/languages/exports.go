package languages

import (
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
)

// exports knows which templates of a run export something, by their boundaries. They are looked for when the first
// template that may import anything is deployed.
type exports struct {
	mu sync.Mutex
	by map[*boundary.Boundary]importable
}

// importable are the exporters of a boundary, for so many units that import.
type importable struct {
	exporters *cloudformation.Exporters
	importers int
}

// in are the exporters inside the boundary of the deployment; none if nothing of the run imports.
func (e *exports) in(d frontend.Deployment) *cloudformation.Exporters {
	e.mu.Lock()
	defer e.mu.Unlock()
	if found, ok := e.by[d.Within]; ok {
		return found.exporters
	}
	var found []*cloudformation.Exporter
	importers := 0
	for _, other := range d.All {
		if other.Within == d.Within && imports(other) {
			importers++
		}
	}
	if importers > 0 {
		for _, other := range d.All {
			t, ok := other.Unit.(*template)
			if !ok || other.Within != d.Within {
				continue
			}
			given := other.Values
			if x := cloudformation.NewExporter(other.Name, t.Template, given.Parameters, given.Region); x != nil {
				x.Nested = other.Part
				found = append(found, x)
			}
		}
	}
	exporters := cloudformation.NewExporters(found, importers)
	e.by[d.Within] = importable{exporters, importers}
	return exporters
}

// imports says that a template may import something, or a module read what a template writes.
func imports(d frontend.Deployed) bool {
	switch u := d.Unit.(type) {
	case *template:
		return u.Imports()
	case *module:
		return slices.ContainsFunc(u.Resources, terraform.Reads)
	}
	return false
}
