package sarif

import (
	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// fix is the edits of a finding, by file as they are.
func (c *converter) fix(f rules.Finding, edits []rules.Edit) *sarif.Fix {
	out := sarif.NewFix()
	if f.Remedy != "" {
		out.WithDescriptionText(plain(f.Remedy))
	}
	name := ""
	for _, e := range edits {
		at := c.location(e.Span).PhysicalLocation
		if in := *at.ArtifactLocation.URI; len(out.ArtifactChanges) == 0 || in != name {
			name = in
			out.AddArtifactChanges(sarif.NewArtifactChange(at.ArtifactLocation))
		}
		r := sarif.NewReplacement(at.Region)
		if e.Text != "" {
			r.WithInsertedContent(sarif.NewArtifactContent().WithText(e.Text))
		}
		out.ArtifactChanges[len(out.ArtifactChanges)-1].WithReplacement(r)
	}
	return out
}
