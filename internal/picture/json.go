package picture

import (
	"encoding/json"
	"io"
)

// JSON writes the document itself.
func JSON(w io.Writer, d *Document) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(d)
}
