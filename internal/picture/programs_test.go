//go:build linux

package picture_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/picture"
)

// TestGraphvizDrawsIt: Graphviz itself draws each network, and has nothing to say about it. It is skipped where there is
// none.
func TestGraphvizDrawsIt(t *testing.T) {
	program, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("graphviz is not installed")
	}
	for name, d := range samples(t) {
		t.Run(name, func(t *testing.T) {
			var svg, complaints bytes.Buffer
			dot := exec.CommandContext(t.Context(), program, "-Tsvg")
			dot.Stdin, dot.Stdout, dot.Stderr = strings.NewReader(rendered(t, "dot", d)), &svg, &complaints
			if err := dot.Run(); err != nil || complaints.Len() > 0 {
				t.Fatalf("%v\n%s", err, &complaints)
			}
			tellsAll(t, texts(t, svg.Bytes()), d)
		})
	}
}

// TestMermaidDrawsIt: Mermaid draws each network in a browser, with the limits of its own that GitHub has. It is skipped
// where there is no browser, or no Mermaid, which "npm ci" installs in testdata/mermaid.
func TestMermaidDrawsIt(t *testing.T) {
	library, err := filepath.Abs("testdata/mermaid/node_modules/mermaid/dist/mermaid.min.js")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(library); err != nil {
		t.Skip("testdata/mermaid is not installed: npm ci")
	}
	ctx := browser(t)
	page := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(page, fmt.Appendf(nil, "<meta charset=utf-8><script src=%q></script>", "file://"+library), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Run(ctx, chromedp.Navigate("file://"+page)); err != nil {
		t.Fatal(err)
	}
	wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	for name, d := range samples(t) {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(rendered(t, "mermaid", d))
			if err != nil {
				t.Fatal(err)
			}
			var drawn string
			draw := fmt.Sprintf("mermaid.render('m', %s).then(r => { document.body.innerHTML = r.svg; "+
				"return document.body.innerText })", text)
			if err := chromedp.Run(ctx, chromedp.Evaluate(draw, &drawn, wait)); err != nil {
				t.Fatal(err)
			}
			tellsAll(t, drawn, d)
		})
	}
}

// tellsAll fails for what is selected, or else for functions and VPCs, whose names are not in the text. How its lines
// are broken is the program's business.
func tellsAll(t *testing.T, text string, d *picture.Document) {
	t.Helper()
	dense := func(s string) string { return strings.Join(strings.Fields(s), "") }
	n := d.Networks[0]
	var names []string
	for _, f := range n.Functions {
		if f.ID == n.Selected {
			names = append(names, f.Label)
		}
	}
	if len(names) == 0 {
		for _, g := range n.Groups {
			names = append(names, g.Label)
		}
		for _, v := range n.VPCs {
			names = append(names, v.Label)
		}
	}
	for _, name := range names {
		if name == "" || !strings.Contains(dense(text), dense(name)) {
			t.Errorf("%q is not in\n%s", name, text)
		}
	}
}

// texts are those of an SVG picture, which has to be well formed.
func texts(t *testing.T, svg []byte) string {
	t.Helper()
	var b strings.Builder
	for x := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
		}
	}
}
