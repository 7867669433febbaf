package cloudformation

import (
	"bytes"
)

// IsTemplate says whether the text of a file that nobody named is a template: YAML or JSON that holds
// AWSTemplateFormatVersion, or a section Resources and an entry whose Type is of AWS, Alexa or Custom. It parses
// nothing.
func IsTemplate(text []byte) bool {
	if bytes.Contains(text, []byte("AWSTemplateFormatVersion")) {
		return true
	}
	return hasResources(text) && hasType(text)
}

// hasResources looks for the section: quoted, or at the start of a line. An indented one belongs to something else,
// such as a configuration of the Serverless Framework, and so does a list, such as that of a CodeDeploy AppSpec:
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
func hasResources(text []byte) bool {
	section := []byte("Resources")
	for rest := text; ; {
		at := bytes.Index(rest, section)
		if at < 0 {
			return false
		}
		before := text[:len(text)-len(rest)+at]
		rest = rest[at+len(section):]
		if isList(rest) {
			continue
		}
		if len(before) == 0 || bytes.ContainsAny(before[len(before)-1:], "\n\r\"'{") ||
			bytes.HasSuffix(before, []byte(byteOrderMark)) {
			return true
		}
	}
}

// isList says whether a list follows a key.
func isList(text []byte) bool {
	value, ok := bytes.CutPrefix(bytes.TrimLeft(text[:min(len(text), 256)], "\"' \t"), []byte(":"))
	value = bytes.TrimLeft(value, " \t\r\n")
	return ok && (bytes.HasPrefix(value, []byte("[")) || bytes.HasPrefix(value, []byte("- ")))
}

const byteOrderMark = "\ufeff"

// hasType looks for a key Type, quoted or not, with the name of a resource type.
func hasType(text []byte) bool {
	for {
		at := bytes.Index(text, []byte("Type"))
		if at < 0 {
			return false
		}
		before := text[:at]
		text = text[at+len("Type"):]
		if len(before) > 0 && isWord(before[len(before)-1]) {
			continue
		}
		rest := bytes.TrimLeft(text[:min(len(text), 64)], `"'`)
		rest = bytes.TrimLeft(rest, " \t")
		if len(rest) == 0 || rest[0] != ':' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
		for _, prefix := range []string{"AWS::", "Alexa::", "Custom::"} {
			if bytes.HasPrefix(rest, []byte(prefix)) {
				return true
			}
		}
	}
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
