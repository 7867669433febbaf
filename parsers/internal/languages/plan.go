package languages

import (
	"path"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/snapshot"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/plan"
)

// planFrontend reads plans and states that Terraform has printed as JSON.
func planFrontend() frontend.Frontend {
	return frontend.Frontend{
		Kind:       "Terraform plan",
		Flag:       "var",
		Recognises: func(_ string, text []byte) bool { return plan.Is(text) },
		Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
			p, ds := plan.Read(s.Files[0])
			if p == nil {
				return nil, ds
			}
			u := &planned{Plan: p}
			u.created, _ = snapshot.Read(s.Files[0])    // what a plan says of the time before it, if anything
			names, _ := s.Within.List(path.Dir(s.Name)) // without a directory there are no sources either
			if slices.ContainsFunc(names, config.IsConfig) && p.Before() {
				u.dir = path.Dir(s.Name)
			}
			return u, ds
		},
	}
}

// planned is a plan or a state.
type planned struct {
	*plan.Plan
	// created is what it says is there already, or nil.
	created *snapshot.Snapshot
	dir     string // of the root module it was made of, if its files lie beside it and tell more than it does
}

// Surround adds what was created before.
func (u *planned) Surround(known frontend.Account) frontend.Account {
	return surround(known, u.created)
}

func (u *planned) Parameters() []string { return nil }

func (u *planned) Calls() []string {
	if u.dir == "" {
		return nil
	}
	return []string{u.dir}
}

// Network takes the values of variables from the plan and all else from the sources, where they lie beside it.
func (u *planned) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	if u.dir != "" {
		if m, ok := d.Open(u.dir).(*module); ok {
			in := eval.Inputs{
				Vars: u.Variables(), Region: d.Region, Final: true, Until: d.Until, InNetwork: terraform.InNetwork,
			}
			if d.Account != nil {
				in.Account = d.Account
			}
			return lower(d.Builder(d.Root, "terraform"), m.evaluate(d, in))
		}
	}
	program := u.Program()
	for _, in := range program.Instances {
		if in.Region == "" {
			in.Region = d.Region
		}
	}
	return lower(d.Builder(d.Root, "terraform"), program)
}
