package docs

import "testing"

func TestADifferenceShowsWhatChangesAndWhatIsAround(t *testing.T) {
	for _, c := range []struct{ name, bad, good, want string }{
		{"a changed line", "a\nb\nc\nd\nold\ne\n", "a\nb\nc\nd\nnew\ne\n", " b\n c\n d\n-old\n+new\n e\n"},
		{"a line too much", "a\nb\n", "a\n", " a\n-b\n"},
		{"a line that was missing", "a\n", "a\nb\n", " a\n+b\n"},
		{"changes far apart", "x\n1\n2\n3\n4\n5\n6\n7\ny\n", "X\n1\n2\n3\n4\n5\n6\n7\nY\n", "-x\n+X\n 1\n 2\n 3\n@@\n 5\n 6\n 7\n-y\n+Y\n"},
		{"no change", "a\n", "a\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := difference(c.bad, c.good); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
