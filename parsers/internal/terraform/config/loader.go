package config

import (
	"encoding/json"
	"path"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Loader reads module directories, each once. It may be used from several goroutines.
type Loader struct {
	Files
	mu      sync.Mutex
	modules map[string]*loaded
}

type loaded struct {
	once        sync.Once
	module      *Module
	diagnostics []source.Diagnostic
	err         error
}

// NewLoader returns a loader of what files gives.
func NewLoader(files Files) *Loader { return &Loader{Files: files, modules: map[string]*loaded{}} }

// Module returns the module in dir. An error says that there is no such directory or nothing of Terraform in it.
func (l *Loader) Module(dir string) (*Module, []source.Diagnostic, error) {
	dir = path.Clean(dir)
	l.mu.Lock()
	entry := l.modules[dir]
	if entry == nil {
		entry = &loaded{}
		l.modules[dir] = entry
	}
	l.mu.Unlock()
	entry.once.Do(func() {
		files, err := l.Dir(dir)
		if entry.err = err; err == nil {
			entry.module, entry.diagnostics = Read(files)
		}
	})
	return entry.module, entry.diagnostics, entry.err
}

// Keep makes the loader give a module that was read before for dir. It reports whether there was none yet.
func (l *Loader) Keep(dir string, m *Module, diagnostics []source.Diagnostic) bool {
	dir = path.Clean(dir)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.modules[dir] != nil {
		return false
	}
	entry := &loaded{module: m, diagnostics: diagnostics}
	entry.once.Do(func() {})
	l.modules[dir] = entry
	return true
}

// Local is the path that a module call has for a source.
// See https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
func Local(call *Block) (from string, ok bool) {
	from = ConstantText(call.Attr("source"))
	return from, from == "." || from == ".." || strings.HasPrefix(from, "./") || strings.HasPrefix(from, "../")
}

// DataDir is where terraform init puts what it downloads for the root module in the same directory.
const DataDir = ".terraform"

// Installed lists the directories of the modules that `terraform init` put under root, by the path of their call:
// "net.subnets" is the call subnets inside the module net.
func (l *Loader) Installed(root string) map[string]string {
	out := map[string]string{}
	text, err := l.ReadFile(path.Join(root, DataDir, "modules/modules.json"))
	if err != nil {
		return out
	}
	var manifest struct{ Modules []struct{ Key, Dir string } }
	if json.Unmarshal(text, &manifest) != nil {
		return out
	}
	for _, m := range manifest.Modules {
		if m.Key != "" {
			out[m.Key] = path.Join(root, strings.ReplaceAll(m.Dir, `\`, "/"))
		}
	}
	return out
}
