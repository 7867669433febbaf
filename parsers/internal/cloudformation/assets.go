package cloudformation

import (
	"encoding/json"
	"path"
)

// Assets are the files that a manifest of AWS CDK uploads, by the last step of the key under which they are stored.
// Paths are relative to the manifest. A text that is no manifest has none.
// https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/lib/assets/file-asset.ts
func Assets(manifest []byte) map[string]string {
	var read struct {
		Files map[string]struct {
			Source       struct{ Path string }
			Destinations map[string]struct{ ObjectKey string }
		}
	}
	if json.Unmarshal(manifest, &read) != nil {
		return nil
	}
	files := map[string]string{}
	for _, f := range read.Files {
		for _, d := range f.Destinations {
			if d.ObjectKey != "" && f.Source.Path != "" {
				files[path.Base(d.ObjectKey)] = slashed(f.Source.Path)
			}
		}
	}
	return files
}
