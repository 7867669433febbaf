package report

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestJSONTextIsLaidOutAsEncodingJSONDoes(t *testing.T) {
	type item struct {
		Text string `json:"text"`
	}
	type inner struct {
		Items []item `json:"items"`
	}
	type document struct {
		Empty  []item    `json:"empty"`
		Hollow *struct{} `json:"hollow"`
		Inner  inner     `json:"inner"`
		Number int       `json:"number"`
		Truth  bool      `json:"truth"`
		Null   *string   `json:"null"`
		None   struct{}  `json:"none"`
	}
	doc := document{Empty: []item{}, Inner: inner{[]item{
		{""}, {"plain"}, {`"`}, {`\`}, {`a "quoted" \ word\\"`}, {`{"[`}, {"<a href='&'>"},
		{"\n\t\r\b\f\x00\x1f\x7f"}, {"é, 日本, 🙂"}, {"\u2028 and \u2029"}, {"not \xff UTF-8 \xc3"},
	}}, Number: -42, Truth: true}
	var want bytes.Buffer
	enc := json.NewEncoder(&want)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		t.Fatal(err)
	}

	var got jsonText
	text := func(i *item) { got.text("text", i.Text) }
	got.open('{')
	array(&got, "empty", doc.Empty, text)
	got.optional("hollow", "")
	got.object("inner", func() { array(&got, "items", doc.Inner.Items, text) })
	got.number("number", doc.Number)
	got.truth("truth", doc.Truth)
	got.null("null")
	got.object("none", func() {})
	got.close('}')
	if string(got.out)+"\n" != want.String() {
		t.Errorf("got\n%s\nwant\n%s", string(got.out), want.String())
	}
}
