// Command newrule starts a rule: it copies the rule that is in the folder skeleton, its prose and its fixture, and
// lists the copy in its pack. Run it from the top of the repository:
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
	fmt.Printf("\nIt works already, and asks a question that you replace by yours. Until this passes:\n"+
		"  go test ./rules/%s -run /%s\n", os.Args[1], os.Args[2])
	fmt.Println("Then, once:\n  go generate ./docs\ndocs/adding-a-rule.md says how.")
}
