package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// Fingerprint identifies a finding over time: it stays the same while the message, the line, the functions affected and
// the number of instances change. For a hash that is the same in every checkout, f.Root must be relative to the
// boundary of the run, such as the repository.
func Fingerprint(f Finding) string {
	name := ""
	if f.Rule != nil {
		name = f.Rule.Name
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{name, f.Root, WithoutIndex(f.Resource), f.Key}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// index matches what tells the instances of one resource or module call apart: [0], ["eu"].
var index = regexp.MustCompile(`\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\]`)

// WithoutIndex is the address of what is written in the files for all instances of a resource.
func WithoutIndex(address string) string {
	if strings.IndexByte(address, '[') < 0 {
		return address
	}
	return index.ReplaceAllString(address, "")
}
