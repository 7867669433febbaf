package report

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fix"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Fixes gives a function that gives the fix of a finding as edits, by file and place, which do not overlap. A finding
// that is suppressed, or whose fix cannot be written, has none.
func (r *Report) Fixes() func(rules.Finding) []rules.Edit {
	editor := fix.NewEditor(r.Files)
	return func(f rules.Finding) (out []rules.Edit) {
		if f.Suppressed != nil || f.Fingerprint != "" {
			return f.Edits
		}
		files, err := editor.Of(f)
		if err != nil {
			return nil
		}
		for _, in := range files {
			for _, e := range in.Edits {
				out = append(out, rules.Edit{Span: in.File.Span(e.Start, e.End), Text: e.Text})
			}
		}
		return out
	}
}
