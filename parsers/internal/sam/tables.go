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

// sections are the head lines of a table, each followed by the lines below it without their tab.
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

// templates are the policy templates by name. Each has a head line, with the name and the parameters, and statements.
var templates = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, section := range sections(templatesText) {
		name, _, _ := strings.Cut(section[0], " ")
		out[name] = section
	}
	return out
})

// templateOf is the policy template that an entry of Policies calls, as in templates. It is not ok for any other entry.
func templateOf(entry *tree.Node) ([]string, bool) {
	if entry == nil || entry.Kind != tree.Mapping || len(entry.Fields) != 1 {
		return nil, false
	}
	section, ok := templates()[entry.Fields[0].Key]
	return section, ok
}

// profile is what a connector from one type to another allows.
type profile struct {
	// bySource says that the role of the source gets the policy. Otherwise that of the destination does.
	bySource bool
	// statements are in short form, each after the access that it belongs to: "Read Allow …".
	statements []string
}

// profiles are by the types of source and destination.
var profiles = sync.OnceValue(func() map[[2]string]profile {
	out := map[[2]string]profile{}
	for _, section := range sections(connectorsText) {
		head := strings.Fields(section[0])
		out[[2]string{head[0], head[1]}] = profile{head[2] == "Source", section[1:]}
	}
	return out
})
