package cloudformation_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

// FuzzLower holds that whatever is in a template, each property and each directive has its place in it.
func FuzzLower(f *testing.F) {
	for _, seed := range fuzz.Fixtures(f, ".yaml") {
		f.Add(seed.Data)
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
				if span := it.Value.Span; span.End < span.Pos || files.File(span) != file {
					t.Errorf("the place of %s lies outside the file: %v", it.Value.Path, span)
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
