package lower

import (
	"cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Owner reads a property that names the T which something is added to, as Ref does. A custom resource or a data source
// may give back the T of a VPC that it is told of, such as its main route table: then it is not known which T is meant.
func Owner[T any](l *Deployment, v value.Value, k Of[T]) graph.Ref[T] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) graph.Ref[T] {
		out := Ref(l, value.Value{Kind: value.Text, Text: text, Span: span}, k)
		for _, id := range l.mayMean(text, k.Kind) {
			s, by := l.from(text)
			why := []fact.Missing{{Kind: fact.Resource, Name: by.Address, Span: by.Span}}
			when := fact.If(&fact.Atom{Subject: s.Key, Literal: id, Why: why})
			out = fact.Choice(when, standing[T](l, id, span), out, span)
		}
		return out
	})
}

// owners is Owner for a property that names any number of Ts.
func owners[T any](l *Deployment, v value.Value, k Of[T]) fact.List[graph.Ref[T]] {
	return read.Each(read.Flatten(l.symbols, v), func(v value.Value) graph.Ref[T] { return Owner(l, v, k) })
}

// mayMean are the identities of the kind that the text may turn out to be, if it is what a lookup gives back.
func (l *Deployment) mayMean(text string, kind aws.Kind) (ids []string) {
	_, by := l.from(text)
	if by == nil || !looksUp(by, kind) || l.identity(text, kind) != l.Elsewhere(text) {
		return nil
	}
	told := l.told(by)
	for _, r := range l.ordered {
		switch of := aws.KindOf(r.As); {
		case r.Data:
		case of == aws.VPC && told[r.Address]:
			if id := defaultOf(r.Address, kind); id != "" {
				ids = append(ids, id)
			}
		case of == kind && l.toldOf(r, told):
			ids = append(ids, r.Address)
		}
	}
	return ids
}

// from is the symbol that the text is, and the resource that knows what it stands for, or nil: an element of a list has
// no address of its own.
func (l *Deployment) from(text string) (s symbol.Symbol, by *Resource) {
	s, ok := l.symbols.Only(text)
	if !ok {
		return s, nil
	}
	return s, l.resources[cmp.Or(s.Address, s.Missing.Name)]
}

// looksUp says that the resource may give back a thing of the kind that exists anyway. A data source of the kind itself
// says which one it asks for.
func looksUp(r *Resource, kind aws.Kind) bool {
	return aws.KindOf(r.As) == aws.CustomResource || r.Data && aws.KindOf(r.Type) != kind
}

// told are the addresses that the resource depends on, directly or not.
func (l *Deployment) told(by *Resource) map[string]bool {
	told := map[string]bool{}
	for todo := []*Resource{by}; len(todo) > 0; todo = todo[1:] {
		for _, address := range todo[0].Depends {
			if r := l.resources[address]; r != nil && !told[address] {
				told[address] = true
				todo = append(todo, r)
			}
		}
	}
	return told
}

// toldOf says that the resource, or what it lies in, is among those.
func (l *Deployment) toldOf(r *Resource, told map[string]bool) bool {
	if told[r.Address] {
		return true
	}
	for _, address := range r.Depends {
		if in := l.resources[address]; in != nil && told[address] && aws.KindOf(in.As) == aws.VPC {
			return true
		}
	}
	return false
}

// defaultOf is the identity of what AWS creates with the VPC at vpc of the kind, or empty.
func defaultOf(vpc string, kind aws.Kind) string {
	switch kind {
	case aws.RouteTable:
		return string(graph.MainTableID(vpc))
	case aws.NetworkACL:
		return string(graph.DefaultACLID(vpc))
	case aws.SecurityGroup:
		return string(graph.DefaultGroupID(vpc))
	}
	return ""
}
