package lint

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

// checked is what a run keeps of a network. All that is asked later is answered here, so that the network can go.
type checked struct {
	root   string
	result rules.Result
	// defect is the error of a rule that panicked, or nil.
	defect *source.Diagnostic
	// written is what the authors of the files accept.
	written filter.Written
	// spoken says of each assertion of the configuration what the network knows of it.
	spoken []spoken
	// network is kept only for those who ask for it.
	network *graph.Network
}

// checkWith asks the rules about a network. A rule that panics makes an error on the input, and the others go on.
func (r *run) checkWith(packs []rules.Pack) func(*graph.Network, int) *checked {
	intent := r.settings.Declared()
	return func(n *graph.Network, number int) (c *checked) {
		c = &checked{root: n.Root, written: filter.WrittenIn(n)}
		if r.Keep != nil {
			c.network = n
		}
		defer func() {
			if p := recover(); p != nil {
				d := stopped(n.Root, p)
				c.defect = &d
			}
		}()
		c.spoken = spokenOf(intent.Assertions, n)
		c.result = numbered(rules.Run([]*graph.Network{n}, packs, intent), number)
		return c
	}
}

// stopped says why the rules did not come to an end: a budget ran out, or a defect.
func stopped(root string, panicked any) source.Diagnostic {
	if s, ok := panicked.(budget.Spent); ok {
		return source.Diagnostic{File: root, Message: s.Error(), Limit: true}
	}
	return frontend.Defect(root, panicked)
}

// merge is what the rules say about all networks. What libraries leave open is not the user's question, and stands by
// itself. A shard keeps all that is said of libraries, and what the users of any say: Merge decides.
func (r *run) merge() (all rules.Result, open []rules.Undecided, shard *report.Shard) {
	deployments := r.results(r.Networks)
	libraries := r.results(r.Libraries)
	all = rules.Merge(deployments)
	users := usersOf(deployments)
	if r.Shards > 0 {
		shard = &report.Shard{Index: r.Shard, Of: r.Shards, Uses: users, Inhabited: inhabited(deployments)}
	}
	for _, library := range libraries {
		findings := ofLibrary(library)
		if shard == nil {
			findings = unsaid(all.Findings, users.without(findings))
		}
		all.Findings = slices.Concat(all.Findings, findings)
		open = append(open, library.Undecided...)
	}
	return all, open, shard
}

// inhabited are the VPCs that senders of the deployments are in, each once.
func inhabited(deployments []rules.Result) (out []string) {
	for _, d := range deployments {
		out = append(out, d.Inhabited...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// results are those of the networks. Defects become errors.
func (r *run) results(of []*checked) (out []rules.Result) {
	for _, c := range of {
		out = append(out, c.result)
		if c.defect != nil {
			r.Errors = append(r.Errors, *c.defect)
		}
	}
	return out
}

// all are the networks of deployments and of libraries.
func (r *run) all() []*checked { return slices.Concat(r.Networks, r.Libraries) }

// numbered is what the rules say about the deployment with the number.
func numbered(result rules.Result, number int) rules.Result {
	for i := range result.Findings {
		result.Findings[i].Deployment = number
	}
	for i := range result.Undecided {
		result.Undecided[i].Deployment = number
	}
	for i := range result.Functions {
		result.Functions[i].Deployment = number
	}
	return result
}
