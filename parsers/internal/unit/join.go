package unit

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
)

// group is of units that may be parts of one: those of a boundary or, if it is stated that they are, of a directory.
type group struct {
	within *boundary.Boundary
	stated string
}

// join puts one unit in place of those that their front end takes for the parts of one. They lie in the same boundary.
// together names the directory whose units the user says to be so, or is empty.
func (us *Units) join(fronts frontend.Set, together func(name string) string) {
	calls := NewGraph(us.All)
	parts := map[*Unit]bool{}
	for i := range fronts {
		by := map[group][]*Unit{}
		var order []group
		for _, u := range us.All {
			mayBePart := u.Front == &fronts[i] && u.Front.Join != nil && u.Parsed != nil
			if !mayBePart || !u.Reason.ForItself() || calls.IsCalled(u.Name) {
				continue
			}
			of := group{u.Within, together(u.Name)}
			if by[of] == nil {
				order = append(order, of)
			}
			by[of] = append(by[of], u)
		}
		for _, of := range order {
			joinAll(by[of], of.stated != "", parts)
		}
	}
	us.All = slices.DeleteFunc(us.All, func(u *Unit) bool { return parts[u] })
}

// joinAll adds to parts what has become a part of another unit.
func joinAll(units []*Unit, stated bool, parts map[*Unit]bool) {
	defer func() {
		if p := recover(); p != nil {
			units[0].Failed, units[0].Problems = true, append(units[0].Problems, frontend.Defect(units[0].Name, p))
		}
	}()
	slices.SortFunc(units, func(a, b *Unit) int { return strings.Compare(a.Name, b.Name) })
	parsed := make([]frontend.Parsed, len(units))
	for i, u := range units {
		parsed[i] = u.Parsed
	}
	for _, joined := range units[0].Front.Join(parsed, stated) {
		first := units[joined.Of[0]]
		first.Parsed, first.Calls = joined.Parsed, nil
		for _, name := range joined.Calls() {
			first.Calls = append(first.Calls, first.Within.Clean(name))
		}
		for _, i := range joined.Of[1:] {
			first.Files = append(first.Files, units[i].Files...)
			first.Reason = min(first.Reason, units[i].Reason)
			parts[units[i]] = true
		}
	}
}
