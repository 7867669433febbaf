package cloudformation

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// localTemplate finds the paths of nested templates in a text, and some others.
var localTemplate = regexp.MustCompile(
	`\b(?:TemplateURL|Location|` + assetTag + `)["']?\s*:\s*["']?([^\s"',!{}\[\]#]+)`)

// Callees tells by a look at the text of a template which others it may nest by a path. Some may be none.
func Callees(name string, text []byte) (names []string) {
	if !bytes.Contains(text, []byte(stackType)) && !bytes.Contains(text, []byte("AWS::Serverless::Application")) {
		return nil
	}
	for _, m := range localTemplate.FindAllSubmatch(text, -1) {
		if p := string(m[1]); !strings.Contains(p, "://") {
			names = append(names, path.Join(path.Dir(name), slashed(p)))
		}
	}
	return names
}
