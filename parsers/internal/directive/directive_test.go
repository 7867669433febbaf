package directive

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func TestComment(t *testing.T) {
	for text, want := range map[string]string{
		"lambda-vpc-lint:ignore nat_unused":                              `["nat_unused"] for "" because ""`,
		"  lambda-vpc-lint: ignore nat_unused few packets ":              `["nat_unused"] for "" because "few packets"`,
		"lambda-vpc-lint:ignore nat_unused,routes few packets":           `["nat_unused" "routes"] for "" because "few packets"`,
		"lambda-vpc-lint:ignore nat_unused, routes few":                  `["nat_unused" "routes"] for "" because "few"`,
		"lambda-vpc-lint:ignore nat_unused ,routes: few":                 `["nat_unused" "routes"] for "" because "few"`,
		"lambda-vpc-lint:ignore nat_unused -- few":                       `["nat_unused"] for "" because "few"`,
		"lambda-vpc-lint:ignore nat_unused for Api":                      `["nat_unused"] for "Api" because ""`,
		"lambda-vpc-lint:ignore nat_unused for Api it is for tests":      `["nat_unused"] for "Api" because "it is for tests"`,
		"lambda-vpc-lint:ignore nat_unused forever":                      `["nat_unused"] for "" because "forever"`,
		`lambda-vpc-lint:ignore a for module.x["a b"].aws_lambda_f.g ok`: `["a"] for "module.x[\"a b\"].aws_lambda_f.g" because "ok"`,
		"lambda-vpc-lint:ignore a for b[0 ok":                            `["a"] for "b[0" because "ok"`,
		"lambda-vpc-lint:ignore":                                         `[] for "" because ""`,
		"lambda-vpc-lint:ignored nat_unused":                             `[] for "" because ""`,
		"lambda-vpc-lint:disable nat_unused":                             `[] for "" because ""`,
		"lambda-vpc-lint: please run it":                                 "none",
		"see lambda-vpc-lint:ignore nat_unused":                          "none",
		"lambda-vpc-lint":                                                "none",
		"":                                                               "none",
	} {
		got := "none"
		if d, ok := Comment(text); ok {
			got = fmt.Sprintf("%q for %q because %q", d.Rules, d.For, d.Reason)
			if malformed := len(d.Rules) == 0; malformed != (d.Problem != "") {
				t.Errorf("%q: problem %q", text, d.Problem)
			}
		}
		if got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

// hashes are the comments of a text in which every # begins one.
func hashes(text string) (out []Range) {
	for at := 0; at < len(text); at++ {
		if text[at] != '#' {
			continue
		}
		end := at
		for end < len(text) && !strings.ContainsRune(lineBreaks, rune(text[end])) {
			end++
		}
		out = append(out, Range{at, end})
		at = end
	}
	return out
}

func TestWhatACommentCovers(t *testing.T) {
	const (
		ignore = "#lambda-vpc-lint:ignore x"
		outer  = "outer: {\n"
		inner  = "inner: 1"
	)
	for name, c := range map[string]struct{ text, want string }{
		"behind the outer one":         {"outer: { " + ignore + "\n" + inner + "\n}", "outer @Outer"},
		"behind the inner one":         {outer + inner + " " + ignore + "\n}", "inner"},
		"above the outer one":          {ignore + "\n" + outer + inner + "\n}", "outer @Outer"},
		"above the inner one":          {outer + ignore + "\n" + inner + "\n}", "inner"},
		"above comments and blanks":    {outer + ignore + "\n\n  # other\n\t\n" + ignore + "\n" + inner + "\n}", "inner, inner"},
		"with carriage returns":        {"outer: {\r\n" + ignore + "\r\n" + inner + "\r\n}", "inner"},
		"with carriage returns alone":  {"outer: {\r" + ignore + "\r" + inner + "\r}", "inner"},
		"behind a line with none":      {outer + inner + "\n} " + ignore, "} " + ignore},
		"above the end of the text":    {outer + inner + "\n}\n" + ignore + "\n", ""},
		"in the last line of the text": {outer + inner + "\n}\n" + ignore, ignore},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFileSet().Add("x", []byte(c.text))
			var extents []Extent
			if i := strings.Index(c.text, "outer"); i >= 0 {
				extents = append(extents, Extent{Range{i, strings.LastIndex(c.text, "}") + 1}, "Outer"})
			}
			i := strings.Index(c.text, "inner")
			extents = append(extents, Extent{Range{i, i + 5}, ""}, Extent{Range{i, i + len(inner)}, ""})
			var got []string
			for _, d := range Comments(f, hashes(c.text), extents) {
				covers := c.text[f.Offset(d.Covers.Pos):f.Offset(d.Covers.End)]
				switch {
				case d.Address == "Outer" && strings.HasPrefix(covers, "outer") && strings.HasSuffix(covers, "}"):
					covers = "outer @Outer"
				case d.Address == "" && covers == inner:
					covers = "inner"
				}
				got = append(got, covers)
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("covers %q, want %q", s, c.want)
			}
		})
	}
}

func TestManyCommentsTakeTimeInProportion(t *testing.T) {
	for name, text := range map[string]string{
		"one below the other":  strings.Repeat("#lambda-vpc-lint:ignore x\n", 100_000),
		"one behind the other": strings.Repeat("#lambda-vpc-lint:ignore x", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			comments := make([]Range, 100_000)
			for i := range comments {
				comments[i] = Range{i * len(text) / 100_000, (i + 1) * len(text) / 100_000}
			}
			start := time.Now()
			got := Comments(source.NewFileSet().Add("x", []byte(text)), comments, nil)
			if took := time.Since(start); len(got) != len(comments) || took > 10*time.Second {
				t.Errorf("%d directives after %s", len(got), took)
			}
		})
	}
}

func TestVeryManyDirectivesOfOneFileAreNotRead(t *testing.T) {
	f := source.NewFileSet().Add("x", []byte(strings.Repeat("#lambda-vpc-lint:ignore x\n", maxDirectives+2)))
	got := Limit(Comments(f, hashes(string(f.Text)), nil))
	if len(got) != maxDirectives+1 || got[maxDirectives-1].Problem != "" {
		t.Fatalf("%d directives", len(got))
	}
	const want = "this file has more than 1000 suppressions: this one and those after it are not read"
	if last := got[maxDirectives]; last.Problem != want || f.LineOf(last.Span) != maxDirectives+1 {
		t.Errorf("the last directive is %v", last)
	}
	if all := Limit(got[:maxDirectives]); len(all) != maxDirectives {
		t.Errorf("%d directives of %d", len(all), maxDirectives)
	}
}

func TestADirectiveOfVeryManyRulesIsMalformed(t *testing.T) {
	const tooMany = "this suppression names more than 100 rules: name their packs"
	for n, want := range map[int]string{maxRules: "", maxRules + 1: tooMany} {
		if d, _ := Comment("lambda-vpc-lint:ignore " + strings.Repeat("a,", n)); d.Problem != want {
			t.Errorf("%d rules: problem %q, want %q", n, d.Problem, want)
		}
	}
}

func FuzzComments(f *testing.F) {
	f.Add("a: 1 # lambda-vpc-lint:ignore x\n# lambda-vpc-lint:ignore y for z[ w\nb: 2\r#\r")
	f.Add("#lambda-vpc-lint:ignore a, b ,")
	f.Add("#lambda-vpc-lint:ignore [ ]")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFileSet().Add("x", []byte(text))
		var extents []Extent
		for i := 0; i < len(text); i += 7 {
			extents = append(extents, Extent{Range: Range{i, min(i*2, len(text))}})
		}
		for _, d := range Comments(file, hashes(text), extents) {
			if !file.Holds(d.Span) || !file.Holds(d.Covers) || d.Span.End < d.Span.Pos {
				t.Errorf("span %v or %v outside of the text", d.Span, d.Covers)
			}
			if slices.Contains(d.Rules, "") || strings.ContainsAny(strings.Join(d.Rules, ""), ", \t\n") {
				t.Errorf("rules %q", d.Rules)
			}
		}
	})
}
