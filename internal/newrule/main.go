// Command newrule starts a rule: it makes the rule's file, its prose and its fixture, and lists the rule in its pack. Run it
// from the top of the repository:
//
//	go run ./internal/newrule egress late_route
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/newrule PACK NAME")
		os.Exit(2)
	}
	made, err := create(".", os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("made, for you to fill in:")
	for _, name := range made {
		fmt.Println("  " + name)
	}
	fmt.Println("\nthen, until both pass:\n  go test ./rules/...\n  go generate ./docs\ndocs/adding-a-rule.md walks through a rule that is done.")
}
