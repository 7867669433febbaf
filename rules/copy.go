package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// callOf places a finding in a module that was downloaded at the call of that module, which is what its reader can
// change. The evidence has the place in the module, at its end if it is not on the way.
func (p *Pass) callOf(f *Finding) {
	c := p.copyAt(f)
	if c == nil {
		return
	}
	f.Copied, f.Span = f.Span, c.Call(f.Span)
	if slices.ContainsFunc(f.Trace, func(h trace.Hop) bool { return h.Span == f.Copied }) {
		return
	}
	f.Trace = append(f.Trace[:len(f.Trace):len(f.Trace)], trace.Hop{
		Address: f.Resource, Span: f.Copied, Message: fmt.Sprintf("%q is in a module that was downloaded", f.Resource),
	})
}

// copyAt is the module instance that the place of the finding is in: of several instances of one module, that of the
// resource or of the first function affected that is in one.
func (p *Pass) copyAt(f *Finding) graph.Copy {
	var holder graph.Copy
	for _, of := range append([]string{f.Resource}, f.Affects...) {
		for _, c := range p.Network.Copies {
			if !c.Holds(f.Span) {
				continue
			}
			if strings.HasPrefix(of, c.Address()+".") {
				return c
			}
			holder = c
		}
	}
	return holder
}
