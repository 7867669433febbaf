package cloudformation

import (
	"maps"
	"slices"
)

// slots are what is known of a stack that exports: the texts that stand in the open places of its export names. Those
// are the values of parameters, by name, and the stack's own name.
type slots map[string]string

// fit reports that both may be of one stack: no value contradicts.
func (h slots) fit(other slots) bool {
	for name, text := range h {
		if of, ok := other[name]; ok && of != text {
			return false
		}
	}
	return true
}

// fitting are the stacks that h may be about: nothing in it contradicts what is known of them.
func fitting(stacks []slots, h slots) (out []slots) {
	for _, s := range stacks {
		if s.fit(h) {
			out = append(out, s)
		}
	}
	return out
}

// distinct tells the stacks of one template apart by what is known of them. Facts that do not contradict are about
// one stack. Facts that do are about as many stacks as differ, if the same is known of all; otherwise nobody knows
// which facts belong together, and the result is empty.
func distinct(of []slots) (stacks []slots) {
	all := slots{}
	for _, h := range of {
		if !all.fit(h) {
			all = nil
			break
		}
		maps.Copy(all, h)
	}
	if all != nil {
		return []slots{all}
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
