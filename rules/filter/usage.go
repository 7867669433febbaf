package filter

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// usage remembers which names of one entry accepted something.
type usage struct {
	any   bool
	names map[string]bool
}

func (u *usage) mark(f *rules.Finding) {
	if u.names == nil {
		u.names = map[string]bool{}
	}
	u.any = true
	u.names[f.Rule.Name], u.names[f.Pack] = true, true
}

// unused says which of the entry's names accepted nothing, of those whose rules ran.
func (u *usage) unused(s *Scope, list []string, span source.Span) []source.Diagnostic {
	message := "this suppression accepts nothing: it can go"
	if len(list) == 0 {
		if u.any || !s.allRan() {
			return nil
		}
		return []source.Diagnostic{{Span: span, Message: message}}
	}
	var idle []string
	for _, name := range list {
		if !u.names[name] && s.ran(name) {
			idle = append(idle, name)
		}
	}
	switch {
	case len(idle) == 0:
		return nil
	case len(idle) < len(list):
		message = "this suppression accepts nothing of " + words.Quoted(idle) + ": it can name less"
	}
	return []source.Diagnostic{{Span: span, Message: message}}
}
