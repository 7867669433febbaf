package routes

import "testing"

func TestDependsOnIsWrittenInOneTemplate(t *testing.T) {
	for _, c := range [][3]string{
		{"Route", "Attachment", "add DependsOn: Attachment"},
		{"Net.Route", "Net.Attachment", "add DependsOn: Attachment"},
		{"Net.Public.Route", "Net.Attachment", `add DependsOn: Attachment to nested stack "Public"`},
		{"Net.Route", "Net.Gateway.Attachment", "add DependsOn: Gateway"},
		{"App.Route", "Net.Gateway.Attachment", `add DependsOn: Net to nested stack "App"`},
		{"Route", "Net.Attachment", "add DependsOn: Net"},
	} {
		if got := dependsOn(c[0], c[1]); got != c[2] {
			t.Errorf("%s on %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}
