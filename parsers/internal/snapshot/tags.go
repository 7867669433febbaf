package snapshot

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// tagged says whether the thing has the tag. A snapshot keeps some keys only, and those of all things.
func (t *thing) tagged(key string, wanted []string) (is, tells bool) {
	if strings.HasPrefix(t.key, "state ") {
		tag := cmp.Or(t.node.Get("tags_all"), t.node.Get("tags")).Get(key)
		return tag != nil && matchesAny(tag.Literal(), wanted), true
	}
	for _, tag := range follow(t.node, "Tags") {
		if tag.Get("Key").Literal() == key {
			return matchesAny(tag.Get("Value").Literal(), wanted), true
		}
	}
	kept := key == "Name" || strings.HasPrefix(key, "aws:cloudformation:") || strings.Contains(key, "kubernetes.io/")
	return false, kept || !slices.Contains(t.from.redacted, "tags") || t.from.keeps(key)
}

// keeps says that some thing of the snapshot has the tag, so that it was not left out of any.
func (s *Snapshot) keeps(key string) bool {
	return slices.ContainsFunc(s.calls, func(c call) bool {
		return c.output != nil && slices.ContainsFunc(c.output.Fields, func(f tree.Field) bool {
			return slices.ContainsFunc(follow(f.Value, "Tags"), func(tag *tree.Node) bool {
				return tag.Get("Key").Literal() == key
			})
		})
	})
}

// matchesAny compares as filters do, in which * and ? stand for any text and any letter.
func matchesAny(text string, wanted []string) bool {
	return slices.ContainsFunc(wanted, func(w string) bool {
		if text == w || strings.EqualFold(text, w) && (w == "true" || w == "false") {
			return true
		}
		if !strings.ContainsAny(w, "*?") {
			return false
		}
		pattern := strings.NewReplacer("[", "\\[", "/", "\x00").Replace(w)
		is, err := path.Match(pattern, strings.ReplaceAll(text, "/", "\x00"))
		return is && err == nil
	})
}
