package sarif

import (
	"crypto/sha256"
	"fmt"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// suppression says who accepted the finding. The library writes null for a guid or a location that is not set, which
// the schema forbids; so both are always there.
func (c *converter) suppression(e entry) *sarif.Suppression {
	kind := "inSource"
	loc := c.location(e.Suppressed.Span)
	switch e.Suppressed.Kind {
	case rules.InConfiguration, rules.InBaseline:
		kind = "external"
		if loc == nil {
			loc = sarif.NewLocation().WithMessage(sarif.NewTextMessage("the " + string(e.Suppressed.Kind)))
		}
	default:
		if loc == nil {
			loc = c.primary(e.Finding)
		}
	}
	return sarif.NewSuppression(kind).WithStatus("accepted").WithJustifcation(e.Suppressed.Reason).WithLocation(loc).
		WithGuid(guid(e.print, e.occurrence, string(e.Suppressed.Kind)))
}

// guid is the same for the same parts. It has the form of version 5, a name that was hashed.
// https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
func guid(parts ...any) string {
	b := sha256.Sum256(fmt.Append(nil, parts...))
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
