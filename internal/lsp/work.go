package lsp

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// quiet is how long nobody types before units are looked at that were not changed themselves.
const quiet = 300 * time.Millisecond

// work lints what is due, one unit after the other, until ctx is done.
func (d *desk) work(ctx context.Context) {
	for ctx.Err() == nil {
		d.publish()
		u, wait := d.next()
		if u != nil {
			d.lint(ctx, u)
			continue
		}
		select {
		case <-ctx.Done():
		case <-d.wake:
		case <-time.After(wait):
		}
	}
}

// next is the unit to lint, or how long to wait for one.
func (d *desk) next() (u *unit, wait time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := slices.Sorted(maps.Keys(d.units))
	wait = time.Hour
	for _, when := range []due{now, later} {
		for _, name := range names {
			if u := d.units[name]; u.due == when {
				if left := quiet - time.Since(d.changed); when == later && left > 0 {
					return nil, left
				}
				return u, 0
			}
		}
	}
	return nil, wait
}

// lint lints a unit. If its texts change meanwhile, nothing comes of it.
func (d *desk) lint(ctx context.Context, u *unit) {
	d.mu.Lock()
	if len(u.paths) == 0 { // closed since
		d.mu.Unlock()
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	was := u.due
	u.due, d.running, d.cancel = never, u, cancel
	o, s := d.optionsFor(u)
	paths := slices.Clone(u.paths)
	texts := map[string]*text{}
	for path, doc := range d.docs {
		texts[path] = doc.text
	}
	d.mu.Unlock()

	var r *report.Report
	err := d.guard("the analysis", func() (err error) {
		r, err = d.Run(frontend.InSession(ctx, d.session), paths, o)
		return err
	})
	var f *found
	if err == nil && ctx.Err() == nil {
		f = newFound(r, o.Dir, texts, d.in, s.Undecided)
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.running = nil
	switch {
	case d.units[u.name] != u:
		return
	case ctx.Err() != nil:
		u.due = max(u.due, was)
		return
	}
	var wrong *lint.ConfigError
	switch {
	case errors.As(err, &wrong):
		f = newFound(&report.Report{Files: wrong.Files, Errors: wrong.Problems}, o.Dir, texts, d.in, false)
	case err != nil:
		d.complain(err.Error())
		f = newFound(&report.Report{Files: nil}, o.Dir, texts, d.in, false)
	}
	u.found.mark(d.stale)
	f.mark(d.stale)
	for _, path := range u.paths {
		d.stale[path] = true
		delete(d.shown, path) // the client hears of this version, too, if nothing has changed
	}
	if u.found = f; u.due == never {
		u.end()
	}
}

// mostComplaints bounds what a user has to read.
const mostComplaints = 100

// complain shows an error to the user, once.
func (d *desk) complain(message string) {
	d.saying.Lock()
	defer d.saying.Unlock()
	if !d.complained[message] && len(d.complained) < mostComplaints {
		d.complained[message] = true
		d.complaints = append(d.complaints, fmt.Sprintf("%s: %s", lint.Name, message))
		d.rouse()
	}
}

// publish tells the client what has changed.
func (d *desk) publish() {
	d.saying.Lock()
	complaints := d.complaints
	d.complaints = nil
	d.saying.Unlock()
	for _, message := range complaints {
		d.say(1, message)
	}
	for _, p := range d.news() {
		d.notify("textDocument/publishDiagnostics", p)
	}
}

func (d *desk) news() (out []publishParams) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, path := range slices.Sorted(maps.Keys(d.stale)) {
		all := d.diagnostics(path)
		shown, told := d.shown[path]
		if told && reflect.DeepEqual(shown, all) {
			continue
		}
		p := publishParams{URI: uriOf(path), Diagnostics: all}
		if doc := d.docs[path]; doc != nil {
			p.URI, p.Version = doc.uri, doc.version
		}
		if d.shown[path] = all; len(all) == 0 && d.docs[path] == nil {
			delete(d.shown, path)
			if !told {
				continue
			}
		}
		out = append(out, p)
	}
	clear(d.stale)
	return out
}

// diagnostics are those of all units for a path, each once.
func (d *desk) diagnostics(path string) []diagnostic {
	all := []diagnostic{}
	for _, name := range slices.Sorted(maps.Keys(d.units)) {
		if f := d.units[name].found; f != nil {
			for _, i := range f.at[path] {
				isSame := func(other diagnostic) bool { return reflect.DeepEqual(i.diagnostic, other) }
				if !slices.ContainsFunc(all, isSame) {
					all = append(all, i.diagnostic)
				}
			}
		}
	}
	return all
}

// wait is what was found in the document, as soon as that is known of its text as it is.
func (d *desk) wait(ctx context.Context, uri string) (*found, string, error) {
	path := pathOf(uri)
	for {
		d.mu.Lock()
		u := d.units[d.unitOf(path)]
		if u == nil || d.docs[path] == nil {
			d.mu.Unlock()
			return nil, path, fmt.Errorf("the document %s is not open", uri)
		}
		if u.settled && u.found != nil {
			defer d.mu.Unlock()
			return u.found, path, nil
		}
		if u.due == later {
			u.due = now // somebody waits
			d.rouse()
		}
		ready := u.ready
		d.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil, path, ctx.Err()
		case <-ready:
		}
	}
}
