package parsers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

func TestUpwardsStopsAtTheBoundary(t *testing.T) {
	dir := tree(t, "f: outside", "repo/.git/HEAD: x", "repo/f: text", "repo/a/b/x.yaml", "repo/a/f: nearer", "plain/x.yaml", "plain/sub/f: text", "link/f -> ../f", "link/.git/HEAD: x")
	for _, c := range []struct{ from, path, root, want, text string }{
		{from: "repo", path: ".", want: "f", text: "text"},
		{from: "repo", path: "a/b", want: "a/f", text: "nearer"},
		{from: "repo", path: "a/b/x.yaml", want: "a/f", text: "nearer"},
		{from: "repo/a/b", path: "../..", want: "../../f", text: "text"},
		{from: ".", path: "repo/a/b", root: "repo/a/b", want: ""},
		{from: "plain", path: "x.yaml", want: ""},
		{from: ".", path: "plain", root: ".", want: "f", text: "outside"},
		{from: "link", path: ".", want: "f", text: "cannot be read"},
	} {
		opts := parsers.Options{Dir: filepath.Join(dir, c.from)}
		if c.root != "" {
			opts.Root = filepath.Join(dir, c.root)
		}
		name, within, err := parsers.Upwards(c.path, "f", opts)
		if err != nil || name != c.want {
			t.Errorf("%+v: %q, %v", c, name, err)
			continue
		}
		text, err := within.Read(name)
		if err != nil {
			text = []byte("cannot be read")
		}
		if name != "" && string(text) != c.text {
			t.Errorf("%+v: %q", c, text)
		}
	}
	if _, _, err := parsers.Upwards("nowhere", "f", parsers.Options{Dir: dir}); err == nil {
		t.Error("there is no error about a path that is not there")
	}
}

func TestDiscoverLeavesOutWhatIsSkipped(t *testing.T) {
	dir := tree(t, ".git/HEAD: x", "a.yaml", "out/b.yaml", "sub/c.yaml", "sub/d.yaml")
	var asked []string
	found := parsers.Discover([]string{".", "sub/d.yaml"}, parsers.Options{Dir: dir, Sniff: sniff, Skips: func(name string, dir bool) bool {
		asked = append(asked, name)
		return name == "out" || strings.HasPrefix(name, "sub/") && !dir
	}})
	if d := cmp.Diff([]string{"a.yaml", "sub/d.yaml"}, names(found.Inputs)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{".git", "a.yaml", "out", "sub", "sub/c.yaml", "sub/d.yaml"}, asked); d != "" {
		t.Error(d)
	}
}

// given says in notices what it is given.
var given = parsers.Frontend{
	Flag:       "parameter",
	Recognises: func(string, []byte) bool { return true },
	Parse:      func(parsers.Sources) (parsers.Unit, []source.Diagnostic) { return givenUnit{}, nil },
}

type givenUnit struct{}

func (givenUnit) Parameters() []string { return []string{"A"} }

func (givenUnit) Calls() []string { return nil }

func (givenUnit) Network(d parsers.Deployment) (*graph.Network, []source.Diagnostic) {
	message := d.Region + " " + d.Parameters["A"]
	for _, v := range d.Variables {
		message += " " + v.Name
		if v.Source != nil {
			message += string(v.Source.Text)
		}
	}
	return graph.NewBuilder(d.Root, "given").Network(), []source.Diagnostic{{Message: message}}
}

func TestLoadGivesEachDeploymentItsOwnValues(t *testing.T) {
	var asked []string
	files := source.NewFileSet()
	got := parsers.Load(files, []parsers.Input{{Name: "b", Text: []byte("x")}, {Name: "a", Text: []byte("x")}}, []parsers.Frontend{given}, func(root string) parsers.Values {
		asked = append(asked, root)
		return parsers.Values{
			Region: "in-" + root, Parameters: map[string]string{"A": root + root},
			Variables: []parsers.Variable{{File: "shared", Text: []byte("text")}, {Name: "of-" + root, Value: "v"}},
		}
	}, nil)
	if d := cmp.Diff([]string{"a: in-a aa text of-a", "b: in-b bb text of-b"}, texts(got.Notices)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"a", "b"}, asked); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]parsers.Root{{"a", "parameter", []string{"A"}}, {"b", "parameter", []string{"A"}}}, got.Roots); d != "" {
		t.Error(d)
	}
}
