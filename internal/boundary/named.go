package boundary

import (
	"io/fs"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// ReadNamed returns the text of a regular file that the user names, in UTF-8. Such a file may lie anywhere, but what
// the name leads to by links may not: who sends a pull request can put a link in the place of a file that the command
// line names. dir is the working directory, and root as for Around.
//
// A file in the root, or else in what bounds the working directory, keeps to that. Any other keeps to the repository or
// the directory that it lies in.
func ReadNamed(dir, name, root string, most budget.Budget) (text []byte, err error) {
	b, err := Around(dir, dir, root, nil)
	if err != nil {
		return nil, err
	}
	if _, err := b.Relative(name); err != nil {
		if b, err = Around(dir, name, "", nil); err != nil {
			return nil, err
		}
	}
	err = b.at(name, func(fsys fs.FS, rel string) error {
		text, _, err = readRegular(fsys, rel, most)
		return err
	})
	if err != nil {
		return nil, err
	}
	return text, nil
}
