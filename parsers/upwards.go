package parsers

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Upwards looks for a file in the directory that path is or lies in, and in those above it, no further than the
// boundary. It gives the name of the nearest one, or "" where there is none, and the boundary. An error is about path.
func Upwards(path, file string, opts Options) (name string, within *Boundary, err error) {
	abs := absolute(opts.Dir, path)
	info, err := os.Stat(abs)
	if err != nil {
		return "", nil, err
	}
	boundary, err := boundaryOf(abs, info.IsDir(), opts)
	if err != nil {
		return "", nil, err
	}
	within = &Boundary{path: boundary, dir: opts.Dir}
	found := &Found{dir: opts.Dir}
	if !info.IsDir() {
		abs = filepath.Dir(abs)
	}
	for dir := abs; ; dir = filepath.Dir(dir) {
		if rel, err := filepath.Rel(boundary, dir); err != nil || !filepath.IsLocal(rel) {
			return "", within, nil
		}
		name := found.name(filepath.Join(dir, file))
		if within.Has(name) {
			return name, within, nil
		}
	}
}

// Has reports that something of that name is there, were it a link that leads outside.
func (b *Boundary) Has(name string) (yes bool) {
	err := b.at(name, func(fsys fs.FS, rel string) error {
		_, err := fs.Lstat(fsys, rel)
		return err
	})
	return err == nil
}
