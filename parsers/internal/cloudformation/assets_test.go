package cloudformation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

func TestAssetsOfAManifest(t *testing.T) {
	for manifest, want := range map[string]map[string]string{
		"":              nil,
		"[]":            nil,
		`{"files": []}`: nil,
		`{"files": {}}`: {},
		`{"files": {"a1": {"source": {"path": "Net.nested.template.json"}, "destinations": {"here": {"objectKey": "a1.json"}, "there": {"objectKey": "prefix/b2.json"}}},
		            "c3": {"source": {"executable": ["build"]}, "destinations": {"here": {"objectKey": "c3.zip"}}}}}`: {"a1.json": "Net.nested.template.json", "b2.json": "Net.nested.template.json"},
	} {
		if d := cmp.Diff(want, cloudformation.Assets([]byte(manifest))); d != "" {
			t.Errorf("%s: %s", manifest, d)
		}
	}
}
