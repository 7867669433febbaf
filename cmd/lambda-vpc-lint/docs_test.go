package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestLinksBetweenPagesLead follows the relative links of all prose.
func TestLinksBetweenPagesLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	followed := 0
	for _, glob := range []string{"../../*.md", "../../docs/*.md", "../../docs/rules/*.md"} {
		pages, _ := filepath.Glob(glob)
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range link.FindAllStringSubmatch(string(text), -1) {
				followed++
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
					t.Errorf("%s links to %s, which does not exist", page, m[1])
				}
			}
		}
	}
	if followed == 0 {
		t.Error("found no links")
	}
}

// TestTheStarterShowsWhatThePageShows: init writes the configuration of docs/configuration.md, as comments.
func TestTheStarterShowsWhatThePageShows(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	var bare strings.Builder
	for line := range strings.Lines(string(starter)) {
		bare.WriteString(strings.TrimPrefix(line, "# "))
	}
	_, settings, _ := strings.Cut(example, "\n\n")
	if !strings.Contains(bare.String(), settings) || len(settings) < 500 {
		t.Errorf("init.yaml does not show\n%s", settings)
	}
}
