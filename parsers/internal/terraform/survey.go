package terraform

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// Survey is what a root module creates, for others to look up, and what it adds to others. It is made when it is first
// asked.
type Survey struct {
	root  *eval.Root
	roots []*eval.Root
	once  sync.Once
	mu    sync.Mutex // for what is below: deployments ask it at the same time
	x     *expansion
	// vpcs are the data sources of VPCs, adding the resources that may add to what others create.
	vpcs, adding, parameters []*resource
}

// Takes says that a data source may take values from another root module, by what its block says: it reads a state, or
// looks up what is like something, and is no default of AWS.
func Takes(r *config.Resource) bool { return Looks(r) || Reads(r) }

// Reads says that a data source reads a parameter of Systems Manager that AWS does not keep for everyone.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
func Reads(r *config.Resource) bool {
	if !r.Data || r.Type != parameterType {
		return false
	}
	return !strings.HasPrefix(config.Texts(r.Body)["name"], "/aws/")
}

// Writes says that a resource writes such a parameter.
func Writes(r *config.Resource) bool { return !r.Data && r.Type == parameterType }

const parameterType = "aws_ssm_parameter"

// MayTake says by a look at the text of a file whether its module may have such a data source.
func MayTake(text []byte) bool { return taking().Match(text) }

// taking matches the block of a data source and what refers to one, in either syntax.
var taking = sync.OnceValue(func() *regexp.Regexp {
	types := append(slices.Sorted(maps.Keys(finders)), "terraform_remote_state", parameterType)
	return regexp.MustCompile(`\bdata[\s".:{]+(?:` + strings.Join(types, "|") + `)\b`)
})

// Looks says that a data source names what other root modules may create, so that something may be added to it.
func Looks(r *config.Resource) bool {
	_, finds := finders[r.Type]
	return r.Data && (r.Type == "terraform_remote_state" || finds && r.Attr("default") == nil)
}

// Surveys are those of all root modules of a run.
func Surveys(roots []*eval.Root) []*Survey {
	out := make([]*Survey, len(roots))
	for i, root := range roots {
		out[i] = &Survey{root: root, roots: roots}
	}
	return out
}

func (s *Survey) made() *expansion {
	s.once.Do(s.make)
	return s.x
}

// Take makes s what other has come to, if that was made: a survey of the same root module in a run that has ended.
func (s *Survey) Take(other *Survey) {
	other.mu.Lock()
	defer other.mu.Unlock()
	if other.x != nil {
		s.once.Do(func() { s.x, s.vpcs, s.adding, s.parameters = other.x, other.vpcs, other.adding, other.parameters })
	}
}

// make evaluates the root module and keeps what others may ask for.
func (s *Survey) make() {
	p := s.root.Survey(s.roots)
	p.Instances = slices.DeleteFunc(p.Instances, func(in *eval.Instance) bool {
		_, found := finders[in.Type]
		isOther := additions[in.Type] == nil && in.Type != parameterType && aws.KindOf(in.Type) != aws.VPC
		return !found && !in.Data && isOther
	})
	s.x = newExpansion(graph.NewBuilder("", "terraform"), p)
	for _, r := range s.x.collect() {
		switch {
		case r.Data && finders[r.Type] == aws.VPC:
			s.vpcs = append(s.vpcs, r)
		case !r.Data && r.Type == parameterType:
			s.parameters = append(s.parameters, r)
		case !r.Data && s.x.addsElsewhere(r):
			s.adding = append(s.adding, r)
		}
	}
}

// holds says whether the root module has what r, a data source of x, looks for, and gives the address of one such
// thing.
func (s *Survey) holds(x *expansion, r *resource) (is fact.Verdict, found string) {
	is = fact.No()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, of := range s.made().ofKind(finders[r.Type]) {
		one := x.looksUp(r, of)
		if x.spent++; x.spent > mostLookups {
			one = fact.Wants(missingOf(r, one)...)
		}
		if is = fact.Or(is, one); one.IsTrue() {
			found = of.Address
		}
	}
	return is, found
}

// Parameter finds the resource that writes the parameter of Systems Manager of that name, in a root module that is not
// the one called own: the only one that may. It is nil where none is certain; none says that certainly none writes it.
func Parameter(surveys []*Survey, own string, name fact.Text) (root *eval.Root, address string, none bool) {
	for _, s := range surveys {
		if s.root.Name == own || !s.root.Writes {
			continue
		}
		at, is := s.writes(name)
		switch {
		case is.IsFalse(), is.IsUnknown() && s.root.Callable:
		case is.IsUnknown(), root != nil:
			return nil, "", false
		default:
			root, address = s.root, at
		}
	}
	return root, address, root == nil
}

// writes says whether the root module writes the parameter of that name, and gives the address of what does there.
func (s *Survey) writes(name fact.Text) (address string, is fact.Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made()
	is = fact.No()
	for _, r := range s.parameters {
		one := fact.Wants(missingOf(r, fact.Verdict{})...)
		if has, ok := s.x.text(r.get("name")).Get(nil); ok.IsTrue() {
			one = isText(has, name)
		}
		if one.IsTrue() {
			if address != "" {
				return "", fact.Wants(missingOf(r, fact.Verdict{})...)
			}
			address = strings.TrimPrefix(r.Address, s.root.Name+":")
		}
		is = fact.Or(is, one)
	}
	return address, is
}
