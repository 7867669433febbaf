package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// match is a sender that is meant.
type match struct {
	n *graph.Network
	s *trace.Sender
}

func (m match) String() string { return m.n.Root + ":" + m.s.Address }

// shownSenders is how many functions an error lists.
const shownSenders = 12

// find looks a sender up by address, by root:address, or by its name in AWS, else by a part of one of these that no
// other sender has.
func find(networks []*graph.Network, wanted string) (*graph.Network, *trace.Sender, error) {
	var exact, part []match
	var all []string
	for _, n := range networks {
		for s := range trace.Senders(n) {
			if n.IsBeside(s.Address) {
				continue
			}
			all = append(all, s.Address)
			m := match{n, s}
			switch has := func(name string) bool {
				return strings.Contains(strings.ToLower(name), strings.ToLower(wanted))
			}; {
			case wanted == s.Address, wanted == m.String(), wanted == s.PhysicalName():
				exact = append(exact, m)
			case wanted != "" && (has(m.String()) || has(s.PhysicalName())):
				part = append(part, m)
			}
		}
	}
	if len(exact) == 0 {
		exact = part
	}
	isAgent := func(m match) bool { return m.s.IsAgent() } // a part of a name means a function first
	if functions := slices.DeleteFunc(slices.Clone(exact), isAgent); len(functions) > 0 {
		exact = functions
	}
	switch len(exact) {
	case 0:
		return nil, nil, unknownSender(wanted, all)
	case 1:
		return exact[0].n, exact[0].s, nil
	}
	return nil, nil, fmt.Errorf("several functions are called %q: say which, %s", wanted, listed(exact))
}

// unknownSender names the one that may be meant, or those that there are.
func unknownSender(wanted string, all []string) error {
	hint := suggest.For(wanted, all)
	switch {
	case hint != "":
	case len(all) == 0:
		hint = ": there is none"
	case len(all) <= shownSenders:
		hint = ": there are " + words.Quoted(all)
	default:
		hint = fmt.Sprintf(": there are %s and %d more", words.Quoted(all[:shownSenders]), len(all)-shownSenders)
	}
	return fmt.Errorf("no function is called %q%s", wanted, hint)
}

func listed(matches []match) string {
	var names []string
	for _, m := range matches[:min(len(matches), shownSenders)] {
		names = append(names, m.String())
	}
	if more := len(matches) - len(names); more > 0 {
		return fmt.Sprintf("%s and %d more", words.Quoted(names), more)
	}
	return words.Quoted(names)
}
