package lsp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

// desk is what lies open: the documents, and what was found in them. Messages change it, and one worker lints.
type desk struct {
	*server
	in encoding
	// unitOf names the unit that a file is part of.
	unitOf func(path string) string
	// wake is told that there is work.
	wake chan struct{}

	mu       sync.Mutex
	docs     map[string]*document // by path
	units    map[string]*unit     // by name
	folders  []string
	settings map[string]*settings // by folder
	// stale are the paths whose diagnostics may have changed, shown those that the client has last heard.
	stale map[string]bool
	shown map[string][]diagnostic
	// changed is when a document has last changed.
	changed time.Time
	// running is what the worker is at, and cancel ends that.
	running *unit
	cancel  context.CancelFunc

	saying sync.Mutex
	// complained is what the user has heard already, complaints what is to be said next.
	complained map[string]bool
	complaints []string
}

// document is one that the client has opened.
type document struct {
	uri     string
	version *int
	*text
}

// unit is what is linted together: the open documents of one directory of Terraform, or one other document.
type unit struct {
	name  string
	paths []string // sorted
	due   due
	// settled says that found is what there is to say about the documents as they are, and ready is closed then.
	settled bool
	ready   chan struct{}
	found   *found // or nil
}

// due says when a unit is to be linted.
type due int

const (
	never due = iota
	// later is when nobody types.
	later
	now
)

func newDesk(s *server) *desk {
	languages := parsers.Languages()
	return &desk{
		server: s, in: inUTF16, wake: make(chan struct{}, 1),
		unitOf: func(path string) string {
			if front := languages.OfDirectory(filepath.ToSlash(path)); front != nil {
				return filepath.Dir(path)
			}
			return path
		},
		docs: map[string]*document{}, units: map[string]*unit{}, settings: map[string]*settings{"": {}},
		stale: map[string]bool{}, shown: map[string][]diagnostic{}, complained: map[string]bool{},
	}
}

func (d *desk) open(p *openParams) {
	path := pathOf(p.TextDocument.URI)
	if path == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.docs[path] = &document{p.TextDocument.URI, p.TextDocument.Version, newText([]byte(p.TextDocument.Text), d.in)}
	name := d.unitOf(path)
	u := d.units[name]
	if u == nil {
		u = &unit{name: name, ready: make(chan struct{})}
		d.units[name] = u
	}
	if at, there := slices.BinarySearch(u.paths, path); !there {
		u.paths = slices.Insert(u.paths, at, path)
	}
	d.touched(path)
}

// mostTyped is the largest text that is kept, in bytes. Larger ones are too large for a run many times over.
const mostTyped = 64 << 20

func (d *desk) change(p *changeParams) {
	d.mu.Lock()
	defer d.mu.Unlock()
	path := pathOf(p.TextDocument.URI)
	doc := d.docs[path]
	if doc == nil {
		return
	}
	doc.version = p.TextDocument.Version
	for _, c := range p.Changes {
		if doc.text = doc.with(c); len(doc.bytes) > mostTyped {
			doc.text = newText(doc.bytes[:mostTyped:mostTyped], d.in)
		}
	}
	d.touched(path)
}

func (d *desk) close(p *documentParams) {
	d.mu.Lock()
	defer d.mu.Unlock()
	path := pathOf(p.TextDocument.URI)
	if d.docs[path] == nil {
		return
	}
	delete(d.docs, path)
	u := d.units[d.unitOf(path)]
	u.paths = slices.DeleteFunc(u.paths, func(p string) bool { return p == path })
	d.stale[path] = true
	if len(u.paths) == 0 {
		delete(d.units, u.name)
		u.found.mark(d.stale)
		u.end()
		if d.running == u {
			d.cancel()
		}
	}
	d.touched(path)
}

// end lets those go who wait for the unit.
func (u *unit) end() {
	if !u.settled {
		u.settled = true
		close(u.ready)
	}
}

// touched says that the text of the path has changed. Its own unit is linted at once, and all others when nobody types:
// they may take something from it.
func (d *desk) touched(path string) {
	d.changed = time.Now()
	for _, u := range d.units {
		if slices.Contains(u.paths, path) {
			d.ask(u, now)
		} else {
			d.ask(u, later)
		}
	}
	d.rouse()
}

// ask makes the unit due.
func (d *desk) ask(u *unit, when due) {
	if u.settled {
		u.settled, u.ready = false, make(chan struct{})
	}
	if u.due = max(u.due, when); when == now && d.running != nil {
		d.cancel() // what is at work is out of date, or can wait
	}
}

// askAll makes all units due.
func (d *desk) askAll(when due) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, u := range d.units {
		d.ask(u, when)
	}
	d.rouse()
}

func (d *desk) rouse() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// saved says that a file on disk has changed, and perhaps others of which a client that watches none says nothing.
func (d *desk) saved(p *documentParams) {
	watches := d.offers.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
	if path := pathOf(p.TextDocument.URI); path != "" && watches {
		d.session.Forget(path)
	} else {
		d.session.Forget()
	}
	d.askAll(later)
}

func (d *desk) watched(p *watchedParams) {
	var paths []string
	for _, c := range p.Changes {
		if path := pathOf(c.URI); path != "" {
			paths = append(paths, path)
		}
	}
	if len(paths) > 0 {
		d.session.Forget(paths...)
		d.askAll(later)
	}
}

func (d *desk) foldersChanged(p *foldersParams) {
	d.mu.Lock()
	for _, f := range p.Event.Removed {
		path := pathOf(f.URI)
		d.folders = slices.DeleteFunc(d.folders, func(other string) bool { return other == path })
		delete(d.settings, path)
	}
	d.mu.Unlock()
	d.addFolders(p.Event.Added)
	go d.configure(context.Background(), nil)
}

func (d *desk) addFolders(folders []workspaceFolder) {
	d.mu.Lock()
	for _, f := range folders {
		if path := pathOf(f.URI); path != "" && !slices.Contains(d.folders, path) {
			d.folders = append(d.folders, path)
		}
	}
	d.mu.Unlock()
	d.askAll(later)
}

func (d *desk) folderURIs() (uris []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.folders {
		uris = append(uris, uriOf(f))
	}
	return uris
}

// set takes the settings of a folder, "" for those of all that have none.
func (d *desk) set(uri string, raw json.RawMessage) {
	s := &settings{}
	if len(bytes.TrimSpace(raw)) > 0 {
		if err := json.Unmarshal(raw, s); err != nil {
			d.say(2, "the settings "+section+" cannot be used: "+err.Error())
			return
		}
	}
	d.mu.Lock()
	d.settings[pathOf(uri)] = s
	d.mu.Unlock()
	d.askAll(now)
}

// optionsFor are those of a run over the unit.
func (d *desk) optionsFor(u *unit) (lint.Options, *settings) {
	folder := ""
	for _, f := range d.folders {
		if rel, err := filepath.Rel(f, u.paths[0]); err == nil && filepath.IsLocal(rel) && len(f) > len(folder) {
			folder = f
		}
	}
	s := d.settings[folder]
	if s == nil {
		s = d.settings[""]
	}
	o := s.over(d.Base)
	o.Dir, o.SkipUnrecognized = cmp.Or(folder, filepath.Dir(u.paths[0])), true
	o.Unsaved = map[string][]byte{}
	for path, doc := range d.docs {
		o.Unsaved[path] = doc.bytes
	}
	return o, s
}
