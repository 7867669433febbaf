package deploy

import "github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"

// An exporter is a unit that the run only reads for the values that others take from it. It is no deployment of the
// run: it is told nothing about, and counts only if a deployment has taken something.

// withoutExporters takes the units apart.
func withoutExporters(units []*unit.Unit) (own, exporters []*unit.Unit) {
	for _, u := range units {
		if u.Reason.Exports() {
			exporters = append(exporters, u)
		} else {
			own = append(own, u)
		}
	}
	return own, exporters
}

// takenBy says of an exporter whether one of the deployments has taken a value from it. Of one that is called by
// others, and so is not among exporters, nobody knows: it stays.
func takenBy[T any](deployments []*deployment[T], exporters []*unit.Unit) func(*unit.Unit) bool {
	taken, isExporter := map[string]bool{}, map[*unit.Unit]bool{}
	for _, u := range exporters {
		isExporter[u] = true
	}
	for _, d := range deployments {
		for _, name := range d.beside {
			taken[name] = true
		}
	}
	return func(u *unit.Unit) bool { return taken[u.Name] || !isExporter[u] }
}
