package sam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// event is one entry of Events of a function or a state machine.
type event struct {
	builder           // at the name of the entry
	id, typ    string // the id is <Resource><Event>
	properties *tree.Node
}

// event is the event of one entry of the property Events.
func (s templateResource) event(f tree.Field) event {
	typ, _ := text(f.Value.Get("Type"))
	return event{builder{f.KeySpan}, s.id + f.Key, typ, f.Value.Get("Properties")}
}

// get is a property, or nil where it is absent or null.
func (e event) get(name string) *tree.Node { return givenEntry(e.properties, name) }

// addEvents expands the Events of a function in the order of eventSortKey, which SAM uses.
func (t *translation) addEvents(s templateResource, r *role, invoked callee) {
	events := slices.Clone(fields(s.get("Events")))
	slices.SortStableFunc(events, func(a, b tree.Field) int {
		return strings.Compare(eventSortKey(a), eventSortKey(b))
	})
	for _, f := range events {
		e := s.event(f)
		if source, ok := polledSources[e.typ]; ok {
			t.addPolling(s, r, invoked, e, source)
		} else {
			t.addTrigger(s, r, invoked, e)
		}
	}
}

// eventSortKey is the path of an API event, and otherwise the name of the event.
func eventSortKey(f tree.Field) string {
	if path, ok := text(f.Value.Get("Properties").Get("Path")); ok {
		return path
	}
	return f.Key
}
