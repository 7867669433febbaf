package languages

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// roots knows the root modules of a run, by their boundaries.
type roots struct {
	mu sync.Mutex
	by map[*boundary.Boundary]*rootSet
}

// rootSet are the root modules of a boundary. They are looked at when the first deployment asks for one.
type rootSet struct {
	modules []frontend.Deployed
	// take says that any of the modules takes values from another one.
	take bool
	// nest says that any template may nest others.
	nest    bool
	once    sync.Once
	roots   []*eval.Root
	surveys []*terraform.Survey
}

// mostRoots bounds the root modules among which any takes values from another one.
const mostRoots = 1_000

// in are the root modules inside the boundary of the deployment.
func (r *roots) in(d frontend.Deployment) *rootSet {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found, ok := r.by[d.Within]; ok {
		return found
	}
	modules := slices.DeleteFunc(slices.Clone(d.All), func(other frontend.Deployed) bool {
		return !isTerraform(other.Unit) || other.Within != d.Within
	})
	nests := func(other frontend.Deployed) bool {
		t, ok := other.Unit.(*template)
		return ok && other.Within == d.Within && t.Nests()
	}
	found := &rootSet{
		modules: modules, take: slices.ContainsFunc(modules, takes), nest: slices.ContainsFunc(d.All, nests),
	}
	r.by[d.Within] = found
	return found
}

// look makes the root modules known. The deployment is any of those inside the boundary.
func (s *rootSet) look(d frontend.Deployment) {
	s.once.Do(func() {
		own := slices.DeleteFunc(s.modules, func(other frontend.Deployed) bool { return other.Part })
		if len(own) > mostRoots {
			return
		}
		for _, other := range own {
			look := d
			look.Root, look.Values = other.Name, other.Values
			if root := rootOf(look, other.Unit); root != nil {
				s.roots = append(s.roots, root)
			}
		}
		s.surveys = surveysOf(d, s.roots)
	})
}

func isTerraform(p frontend.Parsed) bool {
	switch p.(type) {
	case *module, *unit:
		return true
	}
	return false
}

// takes says that a module reads the state of a root module, or looks up what another one may create.
func takes(d frontend.Deployed) bool {
	m, ok := d.Unit.(*module)
	return ok && slices.ContainsFunc(m.Resources, terraform.Takes)
}

// has says that the module, or one that it calls, has such a resource or data source.
func (m *module) has(is func(*config.Resource) bool, find func(string) frontend.Parsed, seen map[string]bool) bool {
	if seen[m.dir] {
		return false
	}
	seen[m.dir] = true
	return slices.ContainsFunc(m.Resources, is) || slices.ContainsFunc(m.Calls(), func(dir string) bool {
		callee, ok := find(dir).(*module)
		return ok && callee.has(is, find, seen)
	})
}

// rootOf is the unit of the deployment for others to take values from, or nil.
func rootOf(d frontend.Deployment, p frontend.Parsed) *eval.Root {
	if u, ok := p.(*unit); ok {
		return u.root(d)
	}
	m := p.(*module)
	root := &eval.Root{
		Name: d.Root, Dir: m.dir, Inputs: terraformInputs(d),
		Loader:   config.NewLoader(files{d.Within, d.Look}),
		Looks:    m.has(terraform.Looks, d.Look, map[string]bool{}),
		Writes:   m.has(terraform.Writes, d.Look, map[string]bool{}),
		Callable: m.isCallable() && m.Backend == nil,
	}
	keep(d.Look, root.Loader, m)
	root.States, root.Open = m.states()
	return root
}

// states are where the state of the root module may be kept. open says that the argument which names one is left out,
// so that there may be others.
func (m *module) states() (states []eval.State, open bool) {
	kind, written := "local", map[string]string{}
	if m.Backend != nil {
		kind, written = m.Backend.Name, config.Texts(m.Backend.Body)
	}
	naming := eval.Naming(kind)
	if kind == "local" {
		file := cmp.Or(written["path"], "terraform.tfstate")
		return []eval.State{{Kind: kind, Arguments: map[string]string{"path": path.Join(m.dir, file)}}}, false
	}
	if written[naming] != "" {
		return []eval.State{{Kind: kind, Arguments: written}}, false
	}
	for _, given := range m.backendConfigs() {
		all := maps.Clone(written)
		maps.Copy(all, given.Arguments)
		if all[naming] != "" {
			states = append(states, eval.State{Kind: kind, Arguments: all, Values: given.Values})
		}
	}
	return states, true
}

// backendConfigs are what files give to the backend: those of arguments in the folder of the module and the folders in
// it, with the only file of values for the same stage, and scripts beside the module.
func (m *module) backendConfigs() (all []eval.State) {
	values := map[string][]string{} // files by stage
	var configs []string
	dirs := []string{m.dir}
	for i := 0; i < len(dirs) && len(dirs) < mostDirs; i++ {
		names, _ := m.within.List(dirs[i]) // what cannot be listed gives nothing
		for _, name := range names {
			file := path.Join(dirs[i], name)
			switch {
			case config.IsBackendConfig(name):
				configs = append(configs, file)
			case path.Ext(name) == ".tfvars":
				values[config.Stage(m.dir, file)] = append(values[config.Stage(m.dir, file)], file)
			case i == 0 && config.IsScript(name):
				if text, err := m.within.Read(file); err == nil {
					all = append(all, eval.State{Arguments: config.BackendFlags(text)})
				}
			case i == 0 && path.Ext(name) == "" && name[0] != '.':
				dirs = append(dirs, file)
			}
		}
	}
	for _, file := range configs {
		text, err := m.within.Read(file)
		if err != nil {
			continue
		}
		state := eval.State{Arguments: config.BackendConfig(file, text)}
		if of := values[config.Stage(m.dir, file)]; len(of) == 1 && config.Stage(m.dir, file) != "" {
			if text, err := m.within.Read(of[0]); err == nil {
				state.Values = source.NewFileSet().Add(of[0], text)
			}
		}
		all = append(all, state)
	}
	return all
}
