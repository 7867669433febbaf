package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

// expand replaces globs that no shell has expanded, such as "stacks/**/*.yaml" in quotes, by what they match, sorted. A
// path that is there is none, whatever its name. A glob that matches nothing is an error.
func expand(dir string, paths []string) (out []string, err error) {
	for _, p := range paths {
		if _, err := os.Lstat(boundary.Absolute(dir, p)); err == nil || !strings.ContainsAny(p, "*?[{") {
			out = append(out, p)
			continue
		}
		base, pattern := doublestar.SplitPattern(filepath.ToSlash(p))
		matches, err := doublestar.Glob(os.DirFS(boundary.Absolute(dir, base)), pattern, doublestar.WithNoFollow())
		if err != nil || len(matches) == 0 {
			return nil, fmt.Errorf("nothing matches %q", p)
		}
		slices.Sort(matches)
		for _, m := range matches {
			out = append(out, filepath.Join(base, filepath.FromSlash(m)))
		}
	}
	return out, nil
}
