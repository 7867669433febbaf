package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		// The program with a toy language and toy rules: what these scripts test holds whatever the rules are.
		"lambda-vpc-lint": func() {
			t := &tool{
				frontends: toyFrontends(), packs: toyPacks(), out: os.Stdout, err: os.Stderr,
				build: build{version: "v1.2.3", commit: "0a1b2c3", modified: true, date: "2026-11-21", goVersion: "go9.9"},
				now:   time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC),
			}
			os.Exit(t.run(os.Args[1:], os.Stdin))
		},
		// The program as it is built, for what needs a true language.
		"real": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			module, err := filepath.Abs("../..")
			env.Setenv("MODULE", module)
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			// exits CODE PROGRAM ARGS… runs the program and wants exactly that exit code.
			"exits": exits,
		},
	})
}
