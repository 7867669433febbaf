package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestColorIsWhatTheFlagSaysThenTheEnvironment, of output that goes to no terminal.
func TestColorIsWhatTheFlagSaysThenTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		flag, no, force string
		want            bool
	}{
		{"auto", "", "", false}, {"always", "", "", true}, {"never", "", "1", false}, {"auto", "", "1", true},
		{"auto", "1", "1", false}, {"always", "1", "", true},
	} {
		t.Setenv("NO_COLOR", c.no)
		t.Setenv("FORCE_COLOR", c.force)
		var out, errs bytes.Buffer
		run([]string{"--color", c.flag, "../../testdata/examples/sam"}, os.Stdin, &out, &errs)
		if got := strings.Contains(out.String(), "\x1b["); got != c.want {
			t.Errorf("%+v: colours: %v", c, got)
		}
		if strings.Contains(out.String(), "\x1b]8") {
			t.Errorf("%+v: a hyperlink went to what is no terminal", c)
		}
	}
	var out, errs bytes.Buffer
	code := run([]string{"--color", "alwys"}, os.Stdin, &out, &errs)
	if code != exitFailure || !strings.Contains(errs.String(), `did you mean "always"?`) {
		t.Errorf("exit %d, %s", code, errs.String())
	}
}
