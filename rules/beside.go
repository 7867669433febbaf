package rules

import (
	"slices"
	"strings"
)

// sendHome makes the finding one of the deployment that its resource is part of, which may be another one than the
// network's: a broken NAT gateway is one finding, whoever imports its subnets. The functions affected that are of other
// deployments get their roots.
func (p *Pass) sendHome(f *Finding) {
	f.Root, f.Resource = p.Network.Home(f.Resource)
	if strings.Contains(f.Key, ":") {
		for _, b := range p.Network.Beside {
			f.Key = strings.ReplaceAll(f.Key, b.Scope+":", "")
		}
	}
	if slices.ContainsFunc(f.Fix, func(s Step) bool { return !p.Language.Is(p.LanguageOf(s.Of)) }) {
		f.Fix = nil // its steps are written in the words of this language
	}
	f.Affects = slices.Clone(f.Affects)
	for i, address := range f.Affects {
		root, own := p.Network.Home(address)
		f.Affects[i] = own
		if root != f.Root {
			f.Affects[i] = Elsewhere(root, own)
		}
	}
}

// Elsewhere is how Affects names a function of another deployment than the finding's.
func Elsewhere(root, address string) string { return root + ":" + address }

// isTheirs reports an answer about a resource of another deployment that concerns no function of this one: the other
// deployment gives it itself.
func (p *Pass) isTheirs(r *report) bool {
	if len(p.Network.Beside) == 0 || !p.Network.IsBeside(r.question.resource) {
		return false
	}
	return r.finding == nil ||
		!slices.ContainsFunc(r.finding.Affects, func(of string) bool { return strings.HasPrefix(of, p.Root+":") })
}
