package cloudformation_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

// FuzzLower is seeded with the templates of the tests beside it.
func FuzzLower(f *testing.F) {
	for _, name := range []string{"lower_test.go", "families_test.go", "policy_test.go", "deployment_test.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, m := range regexp.MustCompile("(?s)`([^`]*Resources[^`]*)`").FindAllSubmatch(text, -1) {
			f.Add(m[1])
		}
	}
	f.Add([]byte("Resources:\n  # lambda-vpc-lint:ignore x for y\n  A: {Type: T, Metadata: {lambda-vpc-lint: {ignore: [a, {rules: b}]}}} # lambda-vpc-lint:ignore"))
	f.Fuzz(func(t *testing.T, text []byte) {
		files := source.NewFileSet()
		file := files.Add("template.yaml", text)
		template, _ := cloudformation.Parse(file)
		if template == nil {
			return
		}
		b := graph.NewBuilder("template.yaml", "cloudformation")
		template.Lower(b, cloudformation.Bindings{})
		for r := range b.Network().Resources.All() {
			for _, it := range r.Properties.Items {
				if span := r.At(it.Value.Name); span.End < span.Pos || files.File(span) != file {
					t.Errorf("the place of %s lies outside the file: %v", it.Value.Name, span)
				}
			}
		}
		for _, d := range b.Network().Directives {
			if !file.Holds(d.Span) || !file.Holds(d.Covers) {
				t.Errorf("the directive %v lies outside the file", d)
			}
		}
	})
}
