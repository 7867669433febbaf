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

// A short run that allocates much while it parses is up to twice as fast with few garbage collections. From
// memoryLimit on, in bytes, they are as frequent as they must be to stay below it; a lower limit in GOMEMLIMIT holds.
const (
	gcPercent   = 800
	memoryLimit = 265 << 20
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(min(memoryLimit, debug.SetMemoryLimit(-1)))
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: it returns the exit code.
func run(args []string, in io.Reader, out, err io.Writer) int {
	t := &tool{packs: all.Packs(), build: readBuild(), now: time.Now(), out: out, err: err, columns: columns(err)}
	return t.run(args, in)
}
