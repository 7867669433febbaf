package rules

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// onModel makes a finding that rests on the model of a module a warning at most, and says what it rests on: a model is
// no proof of what the module makes.
func (p *Pass) onModel(f *Finding) {
	m := p.modelOf(f)
	if m == nil {
		return
	}
	f.Severity = min(f.Severity, Warning)
	f.Trace = append(f.Trace[:len(f.Trace):len(f.Trace)], trace.Hop{
		Address: m.Address, Span: m.Span,
		Message: fmt.Sprintf("this rests on a model of %s, which is not downloaded; check it with terraform get",
			m.Name),
	})
}

// modelOf is the first model that made something which the finding speaks of, or nil.
func (p *Pass) modelOf(f *Finding) *graph.Model {
	if len(p.Network.Models) == 0 {
		return nil
	}
	addresses := append([]string{f.Resource}, f.Affects...)
	for _, hop := range f.Trace {
		addresses = append(addresses, hop.Address)
	}
	if len(f.Trace) == 0 { // the evidence is what the resource itself says
		if h := p.Network.Head(f.Resource); h != nil {
			addresses = append(addresses, h.Depends...)
		}
	}
	for _, address := range addresses {
		for i := range p.Network.Models {
			if m := &p.Network.Models[i]; strings.HasPrefix(address, m.Address+".") {
				return m
			}
		}
	}
	return nil
}
