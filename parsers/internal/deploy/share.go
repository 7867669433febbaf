package deploy

import (
	"hash/fnv"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// Share is a part of the units of a run: each belongs to one of Of shares, with an Index from 1. The zero Share is all.
//
// A share reads all units, as any may be part of its own deployments.
type Share struct{ Index, Of int }

// Has says whether the unit belongs to the share. It depends on nothing but its name inside the boundary, so that all
// machines agree.
func (s Share) Has(u *unit.Unit) bool {
	if s.Of == 0 {
		return true
	}
	name := u.Name
	if within, err := u.Within.Relative(name); err == nil {
		name = within
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return h.Sum64()%uint64(s.Of) == uint64(s.Index-1)
}

func (s Share) lacks(u *unit.Unit) bool { return !s.Has(u) }

// worth are the deployments to build: those of the share and, as they may show that one of those is only a part of
// them, those that nest others. With exporters that is all: which of them count depends on who takes from them.
func (r *run[T]) worth(own []*unit.Unit, exporters bool) []*unit.Unit {
	return slices.DeleteFunc(slices.Clone(own), func(u *unit.Unit) bool {
		nester, ok := u.Parsed.(frontend.Nester)
		return r.share.lacks(u) && !exporters && (!ok || !nester.Nests())
	})
}
