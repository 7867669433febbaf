package picture

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
)

var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageCSS string
	//go:embed page/page.js
	pageJS string
)

// HTML writes a page that needs nothing beside itself, and whose policy forbids it to load anything.
func HTML(w io.Writer, d *Document) error {
	// At the start of the program, each run would pay for this.
	page, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return err
	}
	p := &painter{d: d}
	p.svg(newScene(d), false)
	hash := sha256.Sum256([]byte(pageJS))
	return page.Execute(w, map[string]any{
		"Document": d,
		// The SVG is ours, and its texts are escaped.
		"Picture": template.HTML(p.String()), //nolint:gosec // see above
		"Style":   template.CSS(pageCSS + pictureCSS),
		"Script":  template.JS(pageJS), //nolint:gosec // it is a file of this package
		"Hash":    "sha256-" + base64.StdEncoding.EncodeToString(hash[:]),
	})
}
