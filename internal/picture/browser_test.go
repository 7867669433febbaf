package picture_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/picture"
)

// page is a picture in a tab, and what the browser complained of.
type page struct {
	*testing.T
	*browser
	file, session string

	mu         sync.Mutex
	complaints []string
}

// openPage opens a picture in a tab of its own, in the light or the dark scheme.
func (b *browser) openPage(t *testing.T, format, scheme string, d *picture.Document) *page {
	t.Helper()
	p := &page{T: t, browser: b, file: filepath.Join(t.TempDir(), "picture."+format)}
	if err := os.WriteFile(p.file, []byte(rendered(t, format, d)), 0o600); err != nil {
		t.Fatal(err)
	}
	media := object{"features": []object{{"name": "prefers-color-scheme", "value": scheme}}}
	session, err := b.open(p.file, media, p.listen)
	if err != nil {
		t.Fatal(err)
	}
	p.session = session
	return p
}

func (p *page) listen(method string, params json.RawMessage) {
	var event struct{ Request struct{ URL string } }
	p.mu.Lock()
	defer p.mu.Unlock()
	switch method {
	case "Network.requestWillBeSent":
		if err := json.Unmarshal(params, &event); err != nil || event.Request.URL != "file://"+p.file {
			p.complaints = append(p.complaints, "requests "+event.Request.URL)
		}
	case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded":
		p.complaints = append(p.complaints, method+": "+string(params))
	}
}

// ask evaluates a script that gives a list of texts.
func (p *page) ask(script string) (out []string) {
	p.Helper()
	if err := p.evaluate(p.session, "(() => {"+script+"})()", &out); err != nil {
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

func (p *page) do(method string, params object) {
	p.Helper()
	if err := p.call(p.session, method, params, nil); err != nil {
		p.Fatal(err)
	}
}

// click clicks the middle of an element with the mouse.
func (p *page) click(selector string) {
	p.Helper()
	var at struct{ X, Y float64 }
	err := p.evaluate(p.session, `(() => {
	const e = document.querySelector(`+quoted(selector)+`);
	e.scrollIntoView({ block: "center", inline: "center" });
	const r = e.getBoundingClientRect();
	return { x: r.left + r.width / 2, y: r.top + r.height / 2 };
})()`, &at)
	if err != nil {
		p.Fatal(err)
	}
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.do("Input.dispatchMouseEvent",
			object{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1})
	}
}

func quoted(text string) string {
	out, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text can be written
	}
	return string(out)
}

// press presses a key: its name, its code, and the text that it makes.
// https://developer.mozilla.org/en-US/docs/Web/API/UI_Events/Keyboard_event_key_values
func (p *page) press(key string, code int, text string) {
	p.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		p.do("Input.dispatchKeyEvent", object{
			"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text,
		})
	}
}

func (p *page) focus(selector string) {
	p.Helper()
	p.ask("document.querySelector(" + quoted(selector) + ").focus(); return [];")
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
	b := startBrowser(t)
	for name, d := range samples(t) {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(name+" "+scheme, func(t *testing.T) {
				still := b.openPage(t, "svg", scheme, d)
				still.none(textsFit)
				still.silent()
				p := b.openPage(t, "html", scheme, d)
				p.click("#full")
				p.none(textsFit)
				p.none(labels)
				p.ask(`document.getElementById("clear").click(); return [];`)
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
	p := startBrowser(t).openPage(t, "html", "light", draw(t, "testdata/endpoints.yaml", ""))
	if got := p.shown(); !strings.Contains(got, `cannot reach sns`) {
		t.Errorf("the finding is not there:\n%s", got)
	}
	p.click(`svg .box[aria-label="λ Tell"]`)
	lit := `return [...document.querySelectorAll("svg .box.lit text.first")].map((e) => e.textContent);`
	if got := strings.Join(p.ask(lit), ", "); got != "InnerA, λ Tell, λ Tell" {
		t.Errorf("lit is %q", got)
	}
	for _, want := range []string{"function Tell", "to service sns: blocked", "NO_ROUTE_TO_DESTINATION"} {
		if got := p.shown(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	p.press("Escape", 27, "")
	if got := p.ask(lit); len(got) > 0 {
		t.Errorf("Escape leaves %q lit", got)
	}
	p.focus(`svg .box[aria-label="λ Ingest"]`)
	p.press("Enter", 13, "\r")
	if got := p.shown(); !strings.Contains(got, "to service sqs: reachable") {
		t.Errorf("the keyboard does not show the ways:\n%s", got)
	}
	p.click("#clear")
	p.focus("#search")
	p.do("Input.insertText", object{"text": "InnerC"})
	found := p.ask(`const boxes = [...document.querySelectorAll("svg .box.found text.first")];
return [...boxes, document.getElementById("hits")].map((e) => e.textContent);`)
	if got := strings.Join(found, ", "); got != "InnerC, 1 found" {
		t.Errorf("the search finds %q", got)
	}
	width := `return [document.querySelector("svg").getAttribute("width")];`
	before := p.ask(width)[0]
	p.click("#in")
	if after := p.ask(width)[0]; after == before {
		t.Errorf("the width stays %s", after)
	}
	p.silent()
}

// TestThePolicyForbidsRequests guards the test of requests: what a page tries in spite of the policy is seen.
func TestThePolicyForbidsRequests(t *testing.T) {
	p := startBrowser(t).openPage(t, "html", "light", draw(t, "testdata/endpoints.yaml", ""))
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
