package languages

import (
	"bytes"
	"maps"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// surveyed is the survey of a root module that depends on nothing but these modules and inputs.
type surveyed struct {
	*terraform.Survey
	modules []*config.Module
	inputs  eval.Inputs
}

// surveysIn is the key of those of a boundary, by the names of the roots.
type surveysIn string

// surveysOf are the surveys of the roots. In a session, those of roots that are as they were are those of the run
// before.
func surveysOf(d frontend.Deployment, roots []*eval.Root) []*terraform.Survey {
	surveys := terraform.Surveys(roots)
	if d.Memory == nil {
		return surveys
	}
	known, _ := d.Memory.Load(surveysIn(d.Within.Path()))
	before, _ := known.(map[string]surveyed)
	after := map[string]surveyed{}
	for i, root := range roots {
		modules, ok := closed(d, root.Dir)
		if !ok {
			continue
		}
		now := surveyed{surveys[i], modules, root.Inputs}
		if was, ok := before[root.Name]; ok && was.same(now) {
			surveys[i].Take(was.Survey)
		}
		after[root.Name] = now
	}
	d.Memory.Store(surveysIn(d.Within.Path()), after)
	return surveys
}

// same says that the survey comes to the same.
func (s surveyed) same(other surveyed) bool {
	a, b := s.inputs, other.inputs
	return slices.Equal(s.modules, other.modules) && len(a.VarFiles)+len(b.VarFiles) == 0 && a.Region == b.Region &&
		a.Account == b.Account && maps.Equal(a.Vars, b.Vars) && maps.Equal(a.Env, b.Env)
}

// closed are the module in the directory and those that it calls, if they take nothing from other roots and files.
func closed(d frontend.Deployment, dir string) (modules []*config.Module, ok bool) {
	seen := map[string]bool{}
	for todo := []string{dir}; len(todo) > 0; todo = todo[1:] {
		m, is := d.Look(todo[0]).(*module)
		if !is || seen[m.dir] {
			continue
		}
		seen[m.dir] = true
		readsFile := func(f *source.File) bool { return bytes.Contains(f.Text, []byte("file")) }
		if slices.ContainsFunc(m.Resources, terraform.Takes) || slices.ContainsFunc(m.sources, readsFile) {
			return nil, false
		}
		modules, todo = append(modules, m.Module), append(todo, m.Calls()...)
	}
	return modules, len(modules) > 0 // a stack of Terragrunt is more than its modules
}
