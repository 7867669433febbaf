package sarif

import (
	"net/url"
	"path"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// root is the base of all paths. It has no URI of its own: only the reader knows where the checkout is.
const root = "%SRCROOT%"

// location is the place that span names, or nil.
func (c *converter) location(span source.Span) *sarif.Location {
	l, ok := c.Files.Location(span)
	if !ok {
		return nil
	}
	region := sarif.NewRegion().WithStartLine(l.StartLine).WithStartColumn(l.StartColumn).
		WithEndLine(l.EndLine).WithEndColumn(l.EndColumn)
	return sarif.NewLocationWithPhysicalLocation(c.file(l.File).WithRegion(region))
}

// file is a file as a whole.
func (c *converter) file(name string) *sarif.PhysicalLocation {
	at := sarif.NewArtifactLocation()
	if name = path.Clean(c.Base(name)); path.IsAbs(name) {
		at.WithUri((&url.URL{Scheme: "file", Path: name}).String())
	} else {
		at.WithUri((&url.URL{Path: name}).String()).WithUriBaseId(root)
	}
	return sarif.NewPhysicalLocation().WithArtifactLocation(at)
}
