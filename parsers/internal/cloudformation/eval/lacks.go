package eval

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Lack is a logical id that a template names and does not define, with the first place that names it.
type Lack struct {
	ID   string
	Span source.Span
}

// logicalID is what CloudFormation takes for one. Anything else in its place is a variable of another tool.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
var logicalID = regexp.MustCompile(`^[A-Za-z0-9]{1,255}$`)

// Lacks lists the ids that root names and t defines neither as a parameter nor as a resource. root is the template as
// it is written, t what is left after the SAM transform. CloudFormation refuses a template with such ids, so other
// files must complete it before it is deployed. Lacks is empty for a template with macros, or with loops or includes of
// whole sections, because those may define any id.
func (t *Template) Lacks(root *tree.Node) (lacks []Lack) {
	if slices.ContainsFunc(t.Transforms, Transform.addsEntries) ||
		len(t.pendingConditions)+len(t.pendingResources)+len(t.pendingOutputs) > 0 {
		return nil
	}
	known, expanded := t.Defines(), serverlessIDs(root)
	name := func(id string, at *tree.Node) {
		begins := func(with string) bool { return strings.HasPrefix(id, with) }
		if known[id] || !logicalID.MatchString(id) || slices.ContainsFunc(expanded, begins) {
			return
		}
		known[id] = true // to be listed once
		lacks = append(lacks, Lack{id, at.Span})
	}
	for _, f := range root.Fields {
		if f.Key != "Metadata" {
			references(f.Value, name)
		}
	}
	if resources := root.Get("Resources"); resources != nil {
		for _, f := range resources.Fields {
			for _, d := range dependsOn(f.Value) {
				name(d.Literal(), d)
			}
		}
	}
	return lacks
}

// addsEntries says that the transform may add parameters or resources that are not seen here.
func (t Transform) addsEntries() bool { return t.IsMacro() || t.Name == "AWS::Include" }

// Defines is the set of the ids of the template's parameters and resources.
func (t *Template) Defines() map[string]bool {
	ids := map[string]bool{}
	for _, p := range t.Parameters {
		ids[p.Name] = true
	}
	for _, r := range t.Resources {
		ids[r.ID] = true
	}
	return ids
}

// serverlessIDs are the beginnings of what the SAM transform makes: the ids of SAM resources, and that of implicit
// APIs. See "Generated CloudFormation resources for AWS SAM" in the AWS SAM Developer Guide.
func serverlessIDs(root *tree.Node) []string {
	const prefix = "AWS::Serverless::"
	ids := []string{"Serverless"}
	if resources := root.Get("Resources"); resources != nil {
		for _, f := range resources.Fields {
			if strings.HasPrefix(f.Value.Get("Type").Literal(), prefix) {
				ids = append(ids, f.Key)
			}
		}
	}
	return ids
}
