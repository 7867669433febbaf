package lsp

import "encoding/json"

// The messages of the Language Server Protocol 3.17, as far as the server speaks it.
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

func (p position) before(q position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Character < q.Character
}

type textRange struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

// holds says that the range has the position in it or at its end.
func (r textRange) holds(p position) bool { return !p.before(r.Start) && !r.End.before(p) }

// meets says that the ranges have a position in common.
func (r textRange) meets(s textRange) bool { return !r.End.before(s.Start) && !s.End.before(r.Start) }

type location struct {
	URI   string    `json:"uri"`
	Range textRange `json:"range"`
}

type initializeParams struct {
	RootURI               string            `json:"rootUri"`
	WorkspaceFolders      []workspaceFolder `json:"workspaceFolders"`
	InitializationOptions json.RawMessage   `json:"initializationOptions"`
	Capabilities          struct {
		General struct {
			PositionEncodings []string `json:"positionEncodings"`
		} `json:"general"`
		Workspace struct {
			Configuration         bool       `json:"configuration"`
			DidChangeWatchedFiles registered `json:"didChangeWatchedFiles"`
		} `json:"workspace"`
	} `json:"capabilities"`
}

// registered is a capability that the client may learn of later.
type registered struct {
	DynamicRegistration bool `json:"dynamicRegistration"`
}

type workspaceFolder struct {
	URI string `json:"uri"`
}

type initializeResult struct {
	Capabilities capabilities `json:"capabilities"`
	ServerInfo   serverInfo   `json:"serverInfo"`
}

type serverInfo struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

type capabilities struct {
	PositionEncoding   string           `json:"positionEncoding"`
	TextDocumentSync   syncOptions      `json:"textDocumentSync"`
	HoverProvider      bool             `json:"hoverProvider"`
	DefinitionProvider bool             `json:"definitionProvider"`
	CodeActionProvider actionOptions    `json:"codeActionProvider"`
	Workspace          workspaceOptions `json:"workspace"`
}

type syncOptions struct {
	OpenClose bool `json:"openClose"`
	Change    int  `json:"change"` // 2: changes are ranges
	Save      bool `json:"save"`
}

type actionOptions struct {
	Kinds []string `json:"codeActionKinds"`
}

type workspaceOptions struct {
	Folders folderOptions `json:"workspaceFolders"`
}

type folderOptions struct {
	Supported bool `json:"supported"`
	Changes   bool `json:"changeNotifications"`
}

type identifier struct {
	URI     string `json:"uri"`
	Version *int   `json:"version"`
}

type openParams struct {
	TextDocument struct {
		identifier
		Text string `json:"text"`
	} `json:"textDocument"`
}

type changeParams struct {
	TextDocument identifier `json:"textDocument"`
	Changes      []change   `json:"contentChanges"`
}

// change is a new text, for a part or, without a range, for the whole.
type change struct {
	Range *textRange `json:"range"`
	Text  string     `json:"text"`
}

// documentParams are those of all that is about one document.
type documentParams struct {
	TextDocument identifier `json:"textDocument"`
}

type placeParams struct {
	documentParams
	Position position `json:"position"`
}

type actionParams struct {
	documentParams
	Range   textRange `json:"range"`
	Context struct {
		Only []string `json:"only"`
	} `json:"context"`
}

type watchedParams struct {
	Changes []struct {
		URI string `json:"uri"`
	} `json:"changes"`
}

type foldersParams struct {
	Event struct {
		Added   []workspaceFolder `json:"added"`
		Removed []workspaceFolder `json:"removed"`
	} `json:"event"`
}

type settingsParams struct {
	Settings json.RawMessage `json:"settings"`
}

type publishParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	Range    textRange    `json:"range"`
	Severity int          `json:"severity"` // 1 to 4: error, warning, information, hint
	Code     string       `json:"code,omitempty"`
	Describe *description `json:"codeDescription,omitempty"`
	Source   string       `json:"source"`
	Message  string       `json:"message"`
	Related  []related    `json:"relatedInformation,omitempty"`
}

type description struct {
	Href string `json:"href"`
}

type related struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

type hover struct {
	Contents markup    `json:"contents"`
	Range    textRange `json:"range"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type codeAction struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	IsPreferred bool          `json:"isPreferred,omitzero"`
	Diagnostics []diagnostic  `json:"diagnostics"`
	Edit        workspaceEdit `json:"edit"`
}

type workspaceEdit struct {
	Changes map[string][]textEdit `json:"changes"`
}

type textEdit struct {
	Range   textRange `json:"range"`
	NewText string    `json:"newText"`
}

type configurationParams struct {
	Items []configurationItem `json:"items"`
}

type configurationItem struct {
	ScopeURI string `json:"scopeUri,omitempty"`
	Section  string `json:"section"`
}

type messageParams struct {
	Type    int    `json:"type"` // 1 to 4: error, warning, info, log
	Message string `json:"message"`
}

type registrationParams struct {
	Registrations []registration `json:"registrations"`
}

type registration struct {
	ID      string `json:"id"`
	Method  string `json:"method"`
	Options any    `json:"registerOptions"`
}

type watchOptions struct {
	Watchers []watcher `json:"watchers"`
}

type watcher struct {
	Glob string `json:"globPattern"`
}
