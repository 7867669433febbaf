package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the outputs in docs/cdk-go.md")

// TestMain lets the test binary be the program: the go command runs it as a vet tool, and asks for the flags and the
// version of that.
func TestMain(m *testing.M) {
	if os.Getenv("LAMBDA_VPC_VET") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// application is a copy of the application in testdata, with the modules that it stands on.
func application(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"testdata/cdk", "parsers/cdkgo/testdata/src/github.com"} {
		if err := os.CopyFS(filepath.Join(dir, filepath.FromSlash(part)), os.DirFS("../../"+part)); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "testdata", "cdk")
}

// run runs the command in dir and gives what it prints, on either stream, and how it ends. In it, lambda-vpc-vet
// stands for the program.
func run(t *testing.T, dir, command string) (out string, code int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := strings.Fields(strings.ReplaceAll(command, "lambda-vpc-vet", self))
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LAMBDA_VPC_VET=yes", "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	var both bytes.Buffer
	cmd.Stdout, cmd.Stderr = &both, &both
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(both.String(), dir+string(filepath.Separator), "")
	return text, cmd.ProcessState.ExitCode()
}

const finding = `orders.go:25:3: function "Send" cannot reach the internet`

func TestFindingsFailTheRun(t *testing.T) {
	dir := application(t)
	for command, want := range map[string]int{
		"go vet -vettool=lambda-vpc-vet ./...":                                    1,
		"lambda-vpc-vet ./...":                                                    3,
		"lambda-vpc-vet -public_subnet_only ./...":                                3,
		"go vet -vettool=lambda-vpc-vet -public_subnet_only ./...":                1,
		"go vet -vettool=lambda-vpc-vet -public_subnet_only=false -notes=false .": 0,
		"lambda-vpc-vet -nat_route_loop ./...":                                    0,
	} {
		t.Run(command, func(t *testing.T) {
			out, code := run(t, dir, command)
			if code != want {
				t.Errorf("exit %d, want %d\n%s", code, want, out)
			}
			if strings.Contains(out, finding) != (want != 0) {
				t.Errorf("printed\n%s", out)
			}
		})
	}
}

func TestTheWayOfThePacketIsPrintedBelowTheFinding(t *testing.T) {
	out, _ := run(t, application(t), "go vet -vettool=lambda-vpc-vet ./...")
	_, out, _ = strings.Cut(out, finding)
	for _, hop := range []string{
		"orders.go:24:3: \tfunction \"Send\" sends from its subnets\n",
		"orders.go:16:9: \troute 0.0.0.0/0 of \"Vpc/PublicSubnet1/RouteTable\" leads to internet gateway \"Vpc/IGW\"\n",
	} {
		before, after, found := strings.Cut(out, hop)
		if !found {
			t.Fatalf("no %q in\n%s", hop, before)
		}
		out = after
	}
}

func TestNotesAreForThoseWhoAsk(t *testing.T) {
	dir := application(t)
	for flags, want := range map[string]bool{"": false, "-notes ": true} {
		out, _ := run(t, dir, "go vet -vettool=lambda-vpc-vet "+flags+"./...")
		if got := strings.Contains(out, "SubnetType_PRIVATE_WITH_NAT is deprecated"); got != want {
			t.Errorf("with flags %q, a note: %v\n%s", flags, got, out)
		}
	}
}

func TestDiagnosticsNameTheirRule(t *testing.T) {
	out, _ := run(t, application(t), "lambda-vpc-vet ./...")
	if !regexp.MustCompile(`(?m)^orders.go:25:3: function "Send" cannot reach the internet.* \[public_subnet_only\]$`).MatchString(out) {
		t.Errorf("got\n%s", out)
	}
}

// edit rewrites the application's code.
func edit(t *testing.T, dir, from, to string) {
	t.Helper()
	name := filepath.Join(dir, "orders.go")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("orders.go has no %q", from)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestCommentsAcceptDiagnostics(t *testing.T) {
	above := "\n// lambda-vpc-lint:ignore public_subnet_only it sends nothing\n\tsend :="
	dir := application(t)
	edit(t, dir, "\n\tsend :=", above)
	if out, _ := run(t, dir, "lambda-vpc-vet ./..."); strings.Contains(out, "[public_subnet_only]") {
		t.Errorf("a comment above the statement does not accept it\n%s", out)
	}
	for comment, accepted := range map[string]bool{
		"\n//lambda-vpc-lint:ignore public_subnet_only it sends nothing":   true,
		"\n// lambda-vpc-lint:ignore egress it sends nothing":              true,
		"\n// lambda-vpc-lint:ignore nat_route_loop it sends nothing":      false,
		"\n// lambda-vpc-lint:ignore public_subnet_only for Other nothing": false,
		" // lambda-vpc-lint:ignore public_subnet_only it is another line": false,
	} {
		dir := application(t)
		lines := strings.Split(readFile(t, filepath.Join(dir, "orders.go")), "\n")
		at := 25 // the line of the diagnostic
		edit(t, dir, lines[at-2]+"\n"+lines[at-1], lines[at-2]+comment+"\n"+lines[at-1])
		out, _ := run(t, dir, "lambda-vpc-vet ./...")
		if got := !strings.Contains(out, "[public_subnet_only]"); got != accepted {
			t.Errorf("%q accepts it: %v\n%s", comment, got, out)
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheConfigurationCounts(t *testing.T) {
	for text, c := range map[string]struct {
		code int
		want string
	}{
		"rules: {public_subnet_only: off}\n":   {0, ""},
		"rules: {egress: note}\n":              {0, ""},
		"rules: {public_subnet_only: error}\n": {3, "[public_subnet_only]"},
		"rules: {public_subnet: off}\n":        {1, `no rule or pack is called "public_subnet"`},
	} {
		dir := application(t)
		if err := os.WriteFile(filepath.Join(dir, ".lambda-vpc-lint.yml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, code := run(t, dir, "lambda-vpc-vet -public_subnet_only ./..."); code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("%q: exit %d, want %d and %q\n%s", text, code, c.code, c.want, out)
		}
	}
}

func TestJSONHasSeverityAndRelatedPlaces(t *testing.T) {
	out, code := run(t, application(t), "go vet -vettool=lambda-vpc-vet -json ./...")
	if code != 0 {
		t.Errorf("exit %d, want 0: the go command leaves it to the reader", code)
	}
	var packages map[string]map[string][]struct {
		Category, Posn string
		Related        []struct{ Message string }
		Fixes          []struct{ Message string } `json:"suggested_fixes"`
	}
	_, text, _ := strings.Cut("\n"+out, "\n{")
	if err := json.Unmarshal([]byte("{"+text), &packages); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := packages["example.org/orders"]["public_subnet_only"]
	if len(found) != 1 || found[0].Category != "error" || found[0].Posn != "orders.go:25:3" || len(found[0].Related) < 4 || len(found[0].Fixes) != 1 {
		t.Errorf("got %+v", packages)
	}
}

func TestFixesSelectPrivateSubnets(t *testing.T) {
	dir := application(t)
	if out, code := run(t, dir, "lambda-vpc-vet -notes -fix ./..."); code != 0 {
		t.Fatalf("exit %d\n%s", code, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "orders.go"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "awsec2.SubnetType_PRIVATE_WITH_EGRESS"); n != 2 {
		t.Errorf("%d selections of private subnets, want 2\n%s", n, text)
	}
	if out, code := run(t, dir, "lambda-vpc-vet -notes ./..."); code != 0 {
		t.Errorf("after the fixes, exit %d\n%s", code, out)
	}
}

// block is a command and what it prints.
var block = regexp.MustCompile("(?s)```console\n\\$ ([^\n]+)\n(.*?)```")

// TestThePageShowsRealOutput: docs/cdk-go.md, of the application in testdata.
func TestThePageShowsRealOutput(t *testing.T) {
	const page = "../../docs/cdk-go.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	dir := application(t)
	blocks := 0
	got := block.ReplaceAllStringFunc(string(text), func(s string) string {
		blocks++
		command := block.FindStringSubmatch(s)[1]
		out, _ := run(t, dir, strings.ReplaceAll(command, "$(which lambda-vpc-vet)", "lambda-vpc-vet"))
		return "```console\n$ " + command + "\n" + out + "```"
	})
	switch {
	case blocks == 0:
		t.Error("it shows no command")
	case got != string(text) && *update:
		if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	case got != string(text):
		t.Error("it does not show what the program prints: go test ./cmd/lambda-vpc-vet -update")
	}
}
