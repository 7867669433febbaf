package cloudformation

import (
	"maps"
	"slices"
)

// holes are what is known of a stack that exports: the values of parameters, by name, and its own name.
type holes map[string]string

// fit reports that both may be of one stack: no value contradicts.
func (h holes) fit(other holes) bool {
	for name, text := range h {
		if of, ok := other[name]; ok && of != text {
			return false
		}
	}
	return true
}

// fitting are those of the stacks that may be the one of which h is known.
func fitting(stacks []holes, h holes) (out []holes) {
	for _, s := range stacks {
		if s.fit(h) {
			out = append(out, s)
		}
	}
	return out
}

// distinct are the stacks of one template of which something is known: one if nothing contradicts; else as many as
// differ, if the same is known of all. Otherwise nobody knows which belong together, and there is none.
func distinct(of []holes) (stacks []holes) {
	all := holes{}
	for _, h := range of {
		if !all.fit(h) {
			all = nil
			break
		}
		maps.Copy(all, h)
	}
	if all != nil {
		return []holes{all}
	}
	for _, h := range of {
		if !slices.Equal(slices.Sorted(maps.Keys(h)), slices.Sorted(maps.Keys(of[0]))) {
			return nil
		}
		if len(fitting(stacks, h)) == 0 {
			stacks = append(stacks, h)
		}
	}
	return stacks
}
