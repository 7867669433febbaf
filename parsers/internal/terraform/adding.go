package terraform

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// addsElsewhere says that the resource may be one that adds to what another root module creates.
func (x *expansion) addsElsewhere(r *resource) bool {
	return slices.ContainsFunc(additions[r.Type], func(argument string) bool {
		token, ok := x.symbols.Only(r.get(argument).Text)
		by := x.resources[token.Address]
		return ok && by != nil && by.Data || argument == "role"
	})
}

// open opens what the root module adds to, of the resources of the program x.
func (s *Survey) open(x *expansion) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made()
	if len(s.adding) == 0 {
		return
	}
	s.x.elsewhere = map[string]string{}
	for _, r := range s.vpcs { // what is in a VPC is looked for with it
		if !s.x.finds(r) {
			for _, of := range s.found(r, x) {
				s.x.elsewhere[r.Address] = of
			}
		}
	}
	for _, r := range s.adding {
		s.adds(r, x)
	}
}

// rolesNamed are the addresses of the roles of x that have a name which the survey writes out.
func (s *Survey) rolesNamed(name value.Value, x *expansion) (out []string) {
	if name.Kind != value.Text || symbol.Has(name.Text) || s.x.names[nameOf{"aws_iam_role", name.Text}] != nil {
		return nil
	}
	return x.names[nameOf{"aws_iam_role", name.Text}]
}

// found are the addresses of the resources of the program x that r, a data source of the survey, certainly finds.
func (s *Survey) found(r *resource, x *expansion) (out []string) {
	for _, of := range x.ofKind(finders[r.Type]) {
		if x.spent++; x.spent > mostLookups || s.x.looksUp(r, of).IsTrue() {
			out = append(out, of.Address)
		}
	}
	return out
}

// adds opens the resources of the program x that r adds to.
func (s *Survey) adds(r *resource, x *expansion) {
	for _, argument := range additions[r.Type] {
		token, ok := s.x.symbols.Only(r.get(argument).Text)
		by := s.x.resources[token.Address]
		var to []string
		switch {
		case ok && by != nil && by.Data:
			to = s.reads(by, token.Attribute, x)
		case argument == "role":
			to = s.rolesNamed(r.get(argument), x)
		}
		why := fact.Missing{Kind: fact.Resource, Name: "what " + r.Address + " adds to it", Span: r.Span}
		for _, address := range to {
			if _, known := x.program.Exported[address]; !known {
				x.program.Exported[address] = why
			}
		}
	}
}

// reads are the addresses of the resources of x that the attribute of a data source of the survey identifies.
func (s *Survey) reads(by *resource, attribute string, x *expansion) (out []string) {
	if output, ok := strings.CutPrefix(attribute, "outputs."); ok {
		output, _, _ = strings.Cut(output, "[")
		for _, of := range s.x.program.Reads[by.Address] {
			out = append(out, x.program.Outputs(of, output)...)
		}
		return out
	}
	if !isIDOfData(by, attribute) || s.x.finds(by) {
		return nil
	}
	return s.found(by, x)
}
