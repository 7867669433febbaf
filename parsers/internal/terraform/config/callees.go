package config

import (
	"bytes"
	"path"
	"regexp"
)

// localSource matches what looks like a source with a local path, in either syntax.
var localSource = regexp.MustCompile(`\bsource"?\s*[=:]\s*"(\.\.?(?:/[^"]*)?)"`)

// Callees lists the directories of the local modules that a file may call. It only searches the text: it takes comments
// and other blocks for calls too, and knows no escapes. It is for finding the directories that are worth reading.
func Callees(name string, text []byte) (dirs []string) {
	if !bytes.Contains(text, []byte(`".`)) {
		return nil
	}
	for _, m := range localSource.FindAllSubmatch(text, -1) {
		dirs = append(dirs, path.Join(path.Dir(name), string(m[1])))
	}
	return dirs
}

// Offers says by a look at the text of a file whether root modules may take values from its module: outputs, a
// parameter of Systems Manager, or what they can look up.
func Offers(text []byte) bool { return offered.Match(text) }

var offered = regexp.MustCompile(`\b(output|aws_ssm_parameter|aws_vpc|aws_subnet|aws_security_group|aws_iam_role|` +
	`aws_route_table)"`)
