package eval

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// elsewhere is a call of a module that is not downloaded.
type elsewhere struct {
	from, name string
	span       source.Span
}

// sayElsewhere names the modules that are not downloaded: each source once, at its first call, however many there are.
func (r *run) sayElsewhere() {
	slices.SortStableFunc(r.elsewhere, func(a, b elsewhere) int { return a.span.Compare(b.span) })
	calls := slices.Compact(r.elsewhere)
	times := map[string]int{}
	for _, c := range calls {
		times[c.from]++
	}
	for _, c := range calls {
		n := times[c.from]
		if n == 0 {
			continue
		}
		times[c.from] = 0
		often := ""
		if n > 1 {
			often = fmt.Sprintf(", called %d times,", n)
		}
		advice := fmt.Sprintf("; `terraform init` or `terraform get` in %s fetches it", r.root)
		if r.in.Apart {
			advice = ""
		}
		r.notice(c.span, "module %q (%s)%s is not downloaded, so what it defines is not known%s", c.name, c.from, often, advice)
	}
}
