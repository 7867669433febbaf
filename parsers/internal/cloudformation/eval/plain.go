package eval

// Plain turns v into what encoding/json makes of JSON: texts, slices and maps. Symbols stay tokens inside texts. ok is
// false when part of v is unknown, open or depends on a condition.
func Plain(v Value) (plain any, ok bool) {
	switch v.Kind {
	case Absent:
		return nil, true
	case Text:
		return v.Text, true
	case List:
		out := make([]any, len(v.Items))
		ok = len(v.Open) == 0
		for i, it := range v.Items {
			x, known := Plain(it)
			out[i], ok = x, ok && known
		}
		return out, ok
	case Map:
		out := make(map[string]any, len(v.Fields))
		ok = true
		for _, f := range v.Fields {
			x, known := Plain(f.Value)
			out[f.Name], ok = x, ok && known
		}
		return out, ok
	}
	return nil, false
}
