package tree

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// controls are escapes of one letter whose values no template has, because control characters are not allowed in text.
var controls = []struct{ escape, value string }{{`\a`, "\a"}, {`\e`, "\x1b"}, {`\v`, "\v"}, {`\f`, "\f"}, {`\b`, "\b"}}

// slashes lets yaml.v3 read an escaped slash in double quotes, which YAML 1.2 and the tools that deploy templates
// know and yaml.v3 does not: each `\/` becomes an escape of the same length that the text has nowhere, so that all
// places stay. restore turns a value of the replaced text into what the text says. It is nil if there is no `\/` or
// no escape is free.
// https://yaml.org/spec/1.2.2/#57-escaped-characters
func slashes(text []byte) (replaced []byte, restore *strings.Replacer) {
	const slash = `\/`
	if !bytes.Contains(text, []byte(slash)) {
		return nil, nil
	}
	for _, c := range controls {
		if !bytes.Contains(text, []byte(c.escape)) {
			// Outside double quotes, and after an escaped backslash, both letters are part of the value.
			back := strings.NewReplacer(c.value, "/", c.escape, slash)
			return bytes.ReplaceAll(text, []byte(slash), []byte(c.escape)), back
		}
	}
	return nil, nil
}

// restoreAll gives all values of a document read from replaced text what the text says.
func restoreAll(n *yaml.Node, restore *strings.Replacer) {
	n.Value = restore.Replace(n.Value)
	for _, c := range n.Content {
		restoreAll(c, restore)
	}
}
