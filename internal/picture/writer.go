package picture

import (
	"bytes"
	"fmt"
)

// writer collects what a format writes. A Buffer takes everything.
type writer struct{ bytes.Buffer }

func (w *writer) printf(format string, args ...any) { _, _ = fmt.Fprintf(&w.Buffer, format, args...) }
