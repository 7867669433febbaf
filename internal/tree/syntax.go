package tree

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// searchedBytes bounds the files in which the line of a syntax error is searched for by parsing parts of them.
const searchedBytes = 256 << 10

// syntax reports what yaml.v3 says. It often names the line at which the broken block began, or one line too early, so
// the line is searched for: the shortest beginning of the file that fails in the same way ends with it.
func (y *yamlReader) syntax(err error, base int) {
	line, reason := 1, err.Error()
	if m := yamlLine.FindStringSubmatch(reason); m != nil {
		line, _ = strconv.Atoi(m[1])
		reason = m[2]
	}
	line = min(max(line, 1), len(y.lines))
	// An opened quote or bracket that is never closed is best shown where it opens.
	if !strings.Contains(reason, "end of stream") && len(y.text) <= searchedBytes {
		if found := y.failingLine(base, reason); found > 0 {
			line = found
		}
	}
	start := y.lines[line-1]
	end := y.lineEnd(start)
	first := start
	for first < end && (y.text[first] == ' ' || y.text[first] == '\t') {
		first++
	}
	if strings.HasPrefix(reason, "unknown anchor ") { // the name may be a secret that begins with an asterisk
		reason = "an alias names no anchor; a text that begins with * needs quotes"
	}
	aboutTab := strings.Contains(reason, "cannot start any token") || strings.Contains(reason, "tab character")
	if aboutTab && strings.Contains(string(y.text[start:first]), "\t") {
		reason = "a tab cannot indent YAML; use spaces"
	}
	y.fail(first, end, "not valid YAML: %s", reason)
}

func (y *yamlReader) failingLine(base int, reason string) int {
	line := 1 + sort.Search(len(y.lines), func(i int) bool {
		end := len(y.text)
		if i+1 < len(y.lines) {
			end = y.lines[i+1]
		}
		var n yaml.Node
		err := yaml.Unmarshal(y.text[base:end], &n)
		return err != nil && strings.HasSuffix(err.Error(), ": "+reason)
	})
	if line > len(y.lines) {
		return 0
	}
	return line
}
