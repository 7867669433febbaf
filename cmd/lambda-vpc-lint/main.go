// Command lambda-vpc-lint finds Lambda functions whose VPC configuration will not deploy, or will not let them reach
// what they need, in infrastructure as code.
package main

import (
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// gcPercent suits a short run in which parsing allocates much: fewer collections make it 1.6 to 2 times as fast.
const gcPercent = 400

func main() {
	debug.SetGCPercent(gcPercent)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: it returns the exit code.
func run(args []string, in io.Reader, out, err io.Writer) int {
	t := &tool{frontends: frontends(), packs: all.Packs(), build: readBuild(), now: time.Now(), out: out, err: err, columns: columns(err)}
	return t.run(args, in)
}
