package sam

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// The tables are lines of text. A line that begins with a tab belongs to the head line above it.
var (
	//go:embed data/templates.txt
	templatesText string
	//go:embed data/connectors.txt
	connectorsText string
)

// sections gives each head line with the lines below it, the tab cut off.
func sections(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		below, ok := strings.CutPrefix(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case ok:
			out[len(out)-1] = append(out[len(out)-1], below)
		default:
			out = append(out, []string{line})
		}
	}
	return out
}

// templates holds the policy templates by name: the head line, which has the name and its parameters, then statements.
var templates = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, section := range sections(templatesText) {
		name, _, _ := strings.Cut(section[0], " ")
		out[name] = section
	}
	return out
})

// templateOf returns the head line and statements of the policy template that an entry of Policies calls.
func templateOf(entry *tree.Node) ([]string, bool) {
	if entry == nil || entry.Kind != tree.Mapping || len(entry.Fields) != 1 {
		return nil, false
	}
	section, ok := templates()[entry.Fields[0].Key]
	return section, ok
}

// profile is what a connector from one type to another allows.
type profile struct {
	// bySource tells whether the source's role gets the policy, or else the destination's.
	bySource bool
	// statements are short forms behind the access they belong to: "Read Allow …".
	statements []string
}

var profiles = sync.OnceValue(func() map[[2]string]profile {
	out := map[[2]string]profile{}
	for _, section := range sections(connectorsText) {
		head := strings.Fields(section[0])
		out[[2]string{head[0], head[1]}] = profile{head[2] == "Source", section[1:]}
	}
	return out
})
