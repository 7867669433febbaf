package lsp_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/lsp"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

func codes(p told) (names []string) {
	for _, d := range p.Diagnostics {
		names = append(names, d.Code)
	}
	return names
}

// A panic of one run is a message, and the next run goes on.
func TestADefectIsAMessage(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	o := lsp.Options{Run: func(ctx context.Context, paths []string, o lint.Options) (*report.Report, error) {
		if runs++; runs == 1 {
			panic("ouch")
		}
		return lint.Run(ctx, paths, o)
	}}
	e := newEditor(t, dir, o, nil)
	e.open("app.yaml", sample(t))
	if p := e.heard("app.yaml", 0); len(p.Diagnostics) > 0 {
		t.Errorf("the run that failed found %v", codes(p))
	}
	e.change("app.yaml", 1, &span{at{0, 0}, at{0, 0}}, "# \n")
	if d := cmp.Diff([]string{"public_subnet_only", "single_zone"}, codes(e.heard("app.yaml", 1))); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	e.leave()
	if len(e.messages) != 1 || !strings.Contains(e.messages[0], "ouch") {
		t.Errorf("the user reads %q", e.messages)
	}
}

// A request is answered when the run is over, or at once if the client takes it back.
func TestRequestsCanBeCancelled(t *testing.T) {
	dir := t.TempDir()
	release := make(chan struct{})
	o := lsp.Options{Run: func(ctx context.Context, paths []string, o lint.Options) (*report.Report, error) {
		<-release
		return lint.Run(ctx, paths, o)
	}}
	e := newEditor(t, dir, o, nil)
	e.open("app.yaml", sample(t))
	place := map[string]any{"textDocument": map[string]any{"uri": e.uri("app.yaml")}, "position": at{54, 53}}
	id := jsonrpc2.ID{Num: 4711}
	call, err := e.conn.DispatchCall(context.Background(), "textDocument/hover", place, jsonrpc2.PickID(id))
	if err != nil {
		t.Fatal(err)
	}
	e.tell("$/cancelRequest", map[string]any{"id": 4711})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var refused *jsonrpc2.Error
	if err := call.Wait(ctx, nil); !errors.As(err, &refused) || refused.Code != -32800 {
		t.Errorf("the answer is %v", err)
	}
	close(release)
	var hover struct{ Contents struct{ Value string } }
	e.ask("textDocument/hover", place, &hover)
	if !strings.Contains(hover.Contents.Value, "public_subnet_only") {
		t.Errorf("the hover is %q", hover.Contents.Value)
	}
	e.leave()
}

// The configuration is read as it stands in the editor. What is wrong with it is shown in it.
func TestTheConfigurationIsADocument(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".git/HEAD", "x")
	write(t, dir, ".lambda-vpc-lint.yaml", "rules:\n  single_zone: off\n")
	e := newEditor(t, dir, lsp.Options{}, nil)
	e.open("app.yaml", sample(t))
	if d := cmp.Diff([]string{"public_subnet_only"}, codes(e.heard("app.yaml", 0))); d != "" {
		t.Errorf("from disk: (-want +got)\n%s", d)
	}
	e.open(".lambda-vpc-lint.yaml", "rules:\n  public_subnet_only: off\n")
	for e.heard("app.yaml", 0); ; e.heard("app.yaml", 0) {
		e.mu.Lock()
		got := codes(e.told[e.uri("app.yaml")])
		e.mu.Unlock()
		if reflect.DeepEqual(got, []string{"single_zone"}) {
			break
		}
	}
	e.change(".lambda-vpc-lint.yaml", 1, nil, "rules:\n  public_subnet: off\n")
	for {
		if p := e.heard(".lambda-vpc-lint.yaml", 1); len(p.Diagnostics) == 1 && strings.Contains(p.Diagnostics[0].Message, "public_subnet") {
			break
		}
	}
	e.leave()
}

// A document that is closed leaves no findings behind, those on disk count again, and the library of one open file is
// judged in what calls it.
func TestWhatIsClosedIsForgotten(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".git/HEAD", "x")
	write(t, dir, "app.yaml", sample(t))
	e := newEditor(t, dir, lsp.Options{}, nil)
	e.open("app.yaml", sample(t))
	e.heard("app.yaml", 0)
	e.tell("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": e.uri("app.yaml")}})
	for p := range e.news {
		if p.URI == e.uri("app.yaml") && len(p.Diagnostics) == 0 {
			break
		}
	}
	e.leave()
}

// A document larger than a file may be is not linted, and that is said.
func TestALargeDocumentIsWithinTheBudget(t *testing.T) {
	dir := t.TempDir()
	e := newEditor(t, dir, lsp.Options{}, nil)
	e.open("app.yaml", sample(t)+strings.Repeat("# and so on, and so on, and so on\n", 150_000))
	p := e.heard("app.yaml", 0)
	if len(p.Diagnostics) != 1 || !strings.Contains(p.Diagnostics[0].Message, "larger than 4 MiB") {
		t.Errorf("the server says %v", p.Diagnostics)
	}
	e.leave()
}

// A client that goes without a word ends the server.
func TestAClientMayVanish(t *testing.T) {
	e := newEditor(t, t.TempDir(), lsp.Options{}, nil)
	_ = e.conn.Close()
	if err := <-e.done; err == nil {
		t.Error("the server ends as if it had been told to")
	}
}

// The settings of the extension are those that the server reads.
func TestTheExtensionHasTheSettings(t *testing.T) {
	text, err := os.ReadFile("../../editors/vscode/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Contributes struct {
			Configuration struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	has := manifest.Contributes.Configuration.Properties
	for _, own := range []string{"path", "trace.server"} {
		delete(has, "lambda-vpc-lint."+own)
	}
	for _, name := range lsp.SettingNames() {
		if has["lambda-vpc-lint."+name] == nil {
			t.Errorf("the extension has no %s", name)
		}
		delete(has, "lambda-vpc-lint."+name)
	}
	for name := range has {
		t.Errorf("the server knows no %s", name)
	}
}
