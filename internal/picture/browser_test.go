// The library that drives the browser takes long to compile, and one system is enough for what is the same on all.

//go:build linux

package picture_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/picture"
)

// browser starts a Chromium without a display, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.WindowSize(1500, 950), chromedp.WSURLReadTimeout(2*time.Minute))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(ctx)
	t.Cleanup(leave)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// page is a picture in a tab, and what the browser complained of.
type page struct {
	*testing.T
	ctx        context.Context
	file       string
	mu         sync.Mutex
	complaints []string
}

func openPage(ctx context.Context, t *testing.T, format string, d *picture.Document, before ...chromedp.Action) *page {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	p := &page{T: t, ctx: ctx, file: filepath.Join(t.TempDir(), "picture."+format)}
	if err := os.WriteFile(p.file, []byte(rendered(t, format, d)), 0o600); err != nil {
		t.Fatal(err)
	}
	chromedp.ListenTarget(ctx, p.listen)
	actions := append([]chromedp.Action{network.Enable(), log.Enable()}, before...)
	if err := chromedp.Run(ctx, append(actions, chromedp.Navigate("file://"+p.file))...); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *page) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Request.URL != "file://"+p.file {
			p.complaints = append(p.complaints, "requests "+e.Request.URL)
		}
	case *cdp.EventExceptionThrown:
		p.complaints = append(p.complaints, e.ExceptionDetails.Error())
	case *cdp.EventConsoleAPICalled:
		p.complaints = append(p.complaints, "console: "+string(e.Type))
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, "log: "+e.Entry.Text)
	}
}

// ask evaluates a script that gives a list of texts: what is wrong.
func (p *page) ask(script string) (out []string) {
	p.Helper()
	var text string
	if err := chromedp.Run(p.ctx, chromedp.Evaluate("JSON.stringify((() => {"+script+"})())", &text)); err != nil {
		p.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		p.Fatal(err)
	}
	return out
}

// none fails for all that the script finds.
func (p *page) none(script string) {
	p.Helper()
	for _, found := range p.ask(script) {
		p.Error(found)
	}
}

func (p *page) run(actions ...chromedp.Action) {
	p.Helper()
	ctx, stop := context.WithTimeout(p.ctx, time.Minute)
	defer stop()
	if err := chromedp.Run(ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// silent fails for all that the browser complained of.
func (p *page) silent() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.complaints {
		p.Error(c)
	}
}

// textsFit: each text lies within its box, as the browser sets it.
const textsFit = `const bad = [];
for (const g of document.querySelectorAll("svg .box")) {
  const box = g.querySelector("rect").getBoundingClientRect();
  for (const text of g.querySelectorAll("text")) {
    const r = text.getBoundingClientRect();
    if (r.width === 0) bad.push("no text: " + text.textContent);
    if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) bad.push("out of its box: " + text.textContent);
  }
}
return bad;`

// contrast: each text has 4.5 to 1 with what is painted behind it. https://www.w3.org/TR/WCAG22/#contrast-minimum
const contrast = `
const rgb = (c) => (c.match(/[\d.]+/g) || []).map(Number);
const lum = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const paint = (c) => { const v = rgb(c); return c !== "none" && v.length >= 3 && (v.length < 4 || v[3] > 0) ? v : null; };
const base = paint(getComputedStyle(document.body || document.documentElement).backgroundColor) || [255, 255, 255];
const bad = [];
const rects = [...document.querySelectorAll("svg rect")].map((e) => ({ r: e.getBoundingClientRect(), c: paint(getComputedStyle(e).fill) })).filter((x) => x.c);
for (const text of document.querySelectorAll("svg text")) {
  const t = text.getBoundingClientRect(), x = (t.left + t.right) / 2, y = (t.top + t.bottom) / 2;
  let behind = base;
  const own = text.parentElement.querySelector("rect");
  for (const { r, c } of rects) if (x >= r.left && x <= r.right && y >= r.top && y <= r.bottom && !(text.closest(".badge") === null && r.height < 17)) behind = c;
  const mine = own && paint(getComputedStyle(own).fill);
  if (mine) behind = mine;
  const k = ratio(paint(getComputedStyle(text).fill), behind);
  if (k < 4.5) bad.push(k.toFixed(2) + " to 1: " + text.textContent);
}
for (const e of document.querySelectorAll("aside *, header *")) {
  if (e.children.length || !e.textContent.trim() || !e.getClientRects().length) continue;
  const k = ratio(paint(getComputedStyle(e).color), base);
  if (k < 4.5) bad.push(k.toFixed(2) + " to 1: " + e.textContent);
}
return bad;`

// labels: all that can be used has a name, headings go down by one, and IDs are there once.
const labels = `const bad = [];
for (const e of document.querySelectorAll("button, input, [role=button], main, aside")) {
  const name = e.getAttribute("aria-label") || (e.labels && e.labels.length && e.labels[0].textContent) || (e.matches("main, aside") ? "" : e.textContent);
  if (!name.trim()) bad.push("no name: " + e.outerHTML.slice(0, 80));
}
if (!document.documentElement.lang || !document.title.trim()) bad.push("no language or title");
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
if (new Set(ids).size !== ids.length) bad.push("an ID is there twice");
let last = 1;
for (const h of document.querySelectorAll("h1, #lists h2, #lists h3")) {
  const level = Number(h.tagName[1]);
  if (level > last + 1) bad.push("a heading is left out before " + h.textContent);
  last = level;
}
return bad;`

func TestPicturesInABrowser(t *testing.T) {
	ctx := browser(t)
	for name, d := range samples(t) {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(name+" "+scheme, func(t *testing.T) {
				prefers := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}})
				still := openPage(ctx, t, "svg", d, prefers)
				still.none(textsFit)
				still.silent()
				p := openPage(ctx, t, "html", d, prefers)
				p.run(chromedp.Click("#full"))
				p.none(textsFit)
				p.none(labels)
				p.run(chromedp.Evaluate(`document.getElementById("clear").click()`, nil))
				p.none(contrast)
				p.silent()
			})
		}
	}
}

// shown is the text of what a reader sees at the side.
func (p *page) shown() string {
	p.Helper()
	return strings.Join(p.ask(`return [document.querySelector("aside").innerText];`), "")
}

func TestAReaderOfThePage(t *testing.T) {
	ctx := browser(t)
	p := openPage(ctx, t, "html", draw(t, "testdata/endpoints.yaml", ""))
	if got := p.shown(); !strings.Contains(got, `cannot reach sns`) {
		t.Errorf("the finding is not there:\n%s", got)
	}
	p.run(chromedp.Click(`svg .box[aria-label="λ Tell"]`))
	lit := `return [...document.querySelectorAll("svg .box.lit text.first")].map((e) => e.textContent);`
	if got := strings.Join(p.ask(lit), ", "); got != "InnerA, λ Tell, λ Tell" {
		t.Errorf("lit is %q", got)
	}
	for _, want := range []string{"function Tell", "to service sns: blocked", "NO_ROUTE_TO_DESTINATION"} {
		if got := p.shown(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	p.run(chromedp.KeyEvent("\x1b"))
	if got := p.ask(lit); len(got) > 0 {
		t.Errorf("Escape leaves %q lit", got)
	}
	p.run(chromedp.Focus(`svg .box[aria-label="λ Ingest"]`), chromedp.KeyEvent("\r"))
	if got := p.shown(); !strings.Contains(got, "to service sqs: reachable") {
		t.Errorf("the keyboard does not show the ways:\n%s", got)
	}
	p.run(chromedp.Click("#clear"), chromedp.SendKeys("#search", "InnerC"))
	if got := strings.Join(p.ask(`return [...document.querySelectorAll("svg .box.found text.first")].map((e) => e.textContent).concat(document.getElementById("hits").textContent);`), ", "); got != "InnerC, 1 found" {
		t.Errorf("the search finds %q", got)
	}
	width := `return [document.querySelector("svg").getAttribute("width")];`
	before := p.ask(width)[0]
	p.run(chromedp.Click("#in"))
	if after := p.ask(width)[0]; after == before {
		t.Errorf("the width stays %s", after)
	}
	p.silent()
}

// TestThePolicyForbidsRequests guards the test of requests: what a page tries in spite of the policy is seen.
func TestThePolicyForbidsRequests(t *testing.T) {
	p := openPage(browser(t), t, "html", draw(t, "testdata/endpoints.yaml", ""))
	got := p.ask(`const i = new Image(); i.src = "http://127.0.0.1:9/x.png"; return [];`)
	deadline := time.Now().Add(10 * time.Second)
	for len(got) == 0 && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
		p.mu.Lock()
		got = append(got, p.complaints...)
		p.mu.Unlock()
	}
	if !strings.Contains(strings.Join(got, "\n"), "Content Security Policy") {
		t.Errorf("got %q", got)
	}
}
