package lint

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/git"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

// earlier is the baseline of the findings that the revision NewFrom has, or nil where none is given. The revision is
// written into a temporary directory and linted there with the options and the configuration of this run.
func (r *run) earlier(ctx context.Context) (*filter.Baseline, error) {
	if r.NewFrom == "" {
		return nil, nil
	}
	found, err := r.lintRevision(ctx)
	if err != nil {
		return nil, fmt.Errorf("--new-from %s: %w", report.Line(r.NewFrom), err)
	}
	b := &filter.Baseline{Name: r.NewFrom}
	if found == nil {
		return b, nil
	}
	if n := len(found.Errors); n > 0 {
		r.say("%s has inputs that cannot be read: their findings may count as new", report.Line(r.NewFrom))
	}
	for _, f := range rules.Instances(found.AllFindings()) {
		if f.Suppressed == nil {
			b.Entries = append(b.Entries, filter.Entry{Rule: f.Rule.Name, Fingerprint: found.Fingerprint(f)})
		}
	}
	return b, nil
}

// lintRevision is the report of the revision, or nil if it has none of the paths.
func (r *run) lintRevision(ctx context.Context) (*report.Report, error) {
	root := git.Root(boundary.Absolute(r.Dir, orHere(r.paths)[0]))
	if root == "" {
		return nil, errors.New("the paths are in no git repository")
	}
	tree, err := git.At(root, r.NewFrom)
	if err != nil {
		return nil, err
	}
	dir, remove, err := disk.Temporary()
	if err != nil {
		return nil, err
	}
	defer remove()
	if err := tree.Export(dir, int64(budget.File.Max)); err != nil {
		return nil, err
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o700); err != nil { // the boundary is the same
		return nil, err
	}
	old := &revision{run: r, root: root, dir: dir}
	o, paths, err := old.options()
	if err != nil || len(paths) == 0 {
		return nil, err
	}
	return Run(ctx, paths, o)
}

// revision is a repository at root as it was, written into dir.
type revision struct {
	*run
	root, dir string
}

// at is where something of the working tree is in the revision. What lies outside of it is where it is.
func (v *revision) at(name string) (abs string, isInside bool) {
	abs = boundary.Absolute(v.Dir, name)
	rel, err := filepath.Rel(v.root, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return abs, false
	}
	return filepath.Join(v.dir, rel), true
}

// options are those of the run, and those of its paths that the revision has. Files that the command line names are
// those of the working tree.
func (v *revision) options() (o Options, paths []string, err error) {
	o = v.Options
	o.NewFrom, o.Baseline, o.WriteBaseline, o.Stdin, o.StdinName, o.Shard, o.Shards = "", "", "", nil, "", 0, 0
	o.Say = nil
	if at, ok := v.at("."); ok {
		o.Dir = at
	} else {
		o.Dir = v.dir
	}
	if _, err := os.Stat(o.Dir); err != nil {
		o.Dir = v.dir
	}
	if o.Root != "" {
		o.Root, _ = v.at(o.Root)
	}
	o.Context, o.ParameterFiles = v.absolute(o.Context), v.absolute(o.ParameterFiles)
	o.Variables = append([]Variable(nil), o.Variables...)
	for i, x := range o.Variables {
		if x.File != "" && x.Text == nil {
			o.Variables[i].File = boundary.Absolute(v.Dir, x.File)
		}
	}
	for _, p := range orHere(v.paths) {
		if at, ok := v.at(p); ok {
			if _, err := os.Stat(at); err == nil {
				paths = append(paths, at)
			}
		}
	}
	o.Config, err = v.config()
	return o, paths, err
}

func (v *revision) absolute(names []string) (out []string) {
	for _, name := range names {
		out = append(out, boundary.Absolute(v.Dir, name))
	}
	return out
}

// config puts the configuration of the run into the place that it has in the working tree.
func (v *revision) config() (string, error) {
	if v.settings.file == "" {
		return NoConfig, nil
	}
	text, err := v.settings.within.Read(v.settings.file)
	if err != nil {
		return "", err
	}
	at, isInside := v.at(v.settings.file)
	if !isInside {
		return at, nil
	}
	root, err := os.OpenRoot(v.dir)
	if err != nil {
		return "", err
	}
	defer func() { _ = root.Close() }()
	rel, err := filepath.Rel(v.dir, at)
	if err != nil {
		return "", err
	}
	if err := root.Remove(rel); err != nil && !errors.Is(err, fs.ErrNotExist) { // it may be a link
		return "", err
	}
	if err := root.MkdirAll(filepath.Dir(rel), 0o700); err != nil {
		return "", err
	}
	return at, root.WriteFile(rel, text, 0o600)
}
