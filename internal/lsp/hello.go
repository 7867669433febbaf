package lsp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

// initialize tells the client what the server can do.
func (s *server) initialize(_ context.Context, p *initializeParams) (any, error) {
	s.offers = *p
	s.desk.in = inUTF16
	if slices.Contains(p.Capabilities.General.PositionEncodings, string(inUTF8)) {
		s.desk.in = inUTF8
	}
	folders := p.WorkspaceFolders
	if folders == nil && p.RootURI != "" {
		folders = []workspaceFolder{{p.RootURI}}
	}
	s.desk.addFolders(folders)
	s.desk.set("", p.InitializationOptions)
	return initializeResult{
		ServerInfo: serverInfo{lint.Name, s.Base.Version},
		Capabilities: capabilities{
			PositionEncoding: string(s.desk.in), TextDocumentSync: syncOptions{OpenClose: true, Change: 2, Save: true},
			HoverProvider: true, DefinitionProvider: true, CodeActionProvider: actionOptions{[]string{quickFix}},
			Workspace: workspaceOptions{folderOptions{Supported: true, Changes: true}},
		},
	}, nil
}

// introduce asks the client for what the server has to know of its workspace from now on.
func (s *server) introduce(ctx context.Context) {
	if s.offers.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		watch := watchOptions{[]watcher{{"**/*.{yaml,yml,json,template,txt,tf,tofu,tfvars,hcl}"}, {"**/.gitignore"}}}
		p := registrationParams{[]registration{{"watch", "workspace/didChangeWatchedFiles", watch}}}
		_ = s.client.Call(ctx, "client/registerCapability", p, nil) // without it, saved documents are all that changes
	}
	s.configure(ctx, nil)
}

// section is what the settings of the server are called in those of the client.
const section = lint.Name

// configure asks the client for its settings, of each folder, or takes those that it has sent.
func (s *server) configure(ctx context.Context, sent json.RawMessage) {
	if !s.offers.Capabilities.Workspace.Configuration {
		var sections map[string]json.RawMessage
		if json.Unmarshal(sent, &sections) == nil && sections[section] != nil {
			s.desk.set("", sections[section])
		}
		return
	}
	folders := append(s.desk.folderURIs(), "")
	p := configurationParams{}
	for _, uri := range folders {
		p.Items = append(p.Items, configurationItem{uri, section})
	}
	var all []json.RawMessage
	if err := s.client.Call(ctx, "workspace/configuration", p, &all); err != nil {
		return // then it has no settings for this server
	}
	for i := range min(len(all), len(folders)) {
		if !bytes.Equal(bytes.TrimSpace(all[i]), []byte("null")) {
			s.desk.set(folders[i], all[i])
		}
	}
}

// settings are those of the client. Names of files are relative to the folder. The zero settings are those of a command
// line without flags.
type settings struct {
	Config     string            `json:"config"`
	Region     string            `json:"region"`
	Baseline   string            `json:"baseline"`
	Context    []string          `json:"context"`
	Rules      []string          `json:"rules"`
	Disable    []string          `json:"disable"`
	Parameters map[string]string `json:"parameters"`
	Variables  map[string]string `json:"variables"`
	VarFiles   []string          `json:"varFiles"`
	// Undecided shows what would decide open questions.
	Undecided bool `json:"undecided"`
}

// over are the options with the settings.
func (s *settings) over(o lint.Options) lint.Options {
	o.Config, o.Region = cmp.Or(s.Config, o.Config), cmp.Or(s.Region, o.Region)
	o.Baseline = cmp.Or(s.Baseline, o.Baseline)
	o.Context = append(slices.Clip(o.Context), s.Context...)
	o.Rules, o.Disable = append(slices.Clip(o.Rules), s.Rules...), append(slices.Clip(o.Disable), s.Disable...)
	o.Parameters, o.Variables = slices.Clip(o.Parameters), slices.Clip(o.Variables)
	for name, value := range s.Parameters {
		o.Parameters = append(o.Parameters, lint.Parameter{Name: name, Value: value})
	}
	for _, name := range s.VarFiles {
		o.Variables = append(o.Variables, lint.Variable{File: name})
	}
	for name, value := range s.Variables {
		o.Variables = append(o.Variables, lint.Variable{Name: name, Value: value})
	}
	return o
}
