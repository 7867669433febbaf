package rules

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"MyDBSubnet-1":                      "my db subnet",
		"private_subnet_a":                  "private subnet a",
		"aws_subnet.app[0]":                 "aws subnet app",
		"publicA":                           "public a",
		"ABC":                               "abc",
		"module.vpc.aws_subnet.ÖffentlichX": "module vpc aws subnet öffentlich x",
		"42":                                "",
	} {
		if got := strings.Join(Words(name), " "); got != want {
			t.Errorf("words of %q: %q, want %q", name, got, want)
		}
	}
}
