//go:build linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"gopkg.in/yaml.v3"
)

// BenchmarkScale prints how CPU time and memory grow with the functions, as one unit and as many of 20 functions. Each
// measure is that of the whole program, and the smallest of b.N. What the parsers alone take for the same files is the
// floor. docs/performance.md shows the table.
//
//	go test ./cmd/lambda-vpc-lint -bench Scale -run '^$' -benchtime 5x
func BenchmarkScale(b *testing.B) {
	program := filepath.Join(b.TempDir(), "lambda-vpc-lint")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, language := range []struct {
		name, ext   string
		shared, one string
	}{
		{"CloudFormation", ".yaml", cloudFormationShared, cloudFormationFunction},
		{"SAM", ".yaml", "Transform: AWS::Serverless-2016-10-31\n" + cloudFormationShared, samFunction},
		{"Terraform", ".tf", terraformShared, terraformFunction},
	} {
		units := func(n, perUnit int) string {
			dir := b.TempDir()
			for first := 0; first < n; first += perUnit {
				unit := filepath.Join(dir, fmt.Sprint(first))
				writeUnit(b, unit, language.ext, language.shared, language.one, perUnit)
			}
			return dir
		}
		b.Run(language.name+"/many", func(b *testing.B) {
			scale(b, program, []int{100, 1_000, 10_000}, func(n int) string { return units(n, 20) })
		})
		b.Run(language.name+"/one", func(b *testing.B) {
			scale(b, program, []int{100, 1_000, 4_000}, func(n int) string { return units(n, n) })
		})
	}
}

// writeUnit writes a unit of n functions. Terraform's are in files of 500.
func writeUnit(b *testing.B, dir, ext, shared, one string, n int) {
	b.Helper()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name+ext), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	functions := func(first, end int) string {
		var all strings.Builder
		for i := first; i < end; i++ {
			all.WriteString(strings.ReplaceAll(one, "NUMBER", fmt.Sprint(i)))
		}
		return all.String()
	}
	if ext != ".tf" {
		write("template", shared+functions(0, n))
		return
	}
	write("main", shared)
	for first := 0; first < n; first += 500 {
		write(fmt.Sprintf("functions%d", first), functions(first, min(n, first+500)))
	}
}

// scale measures the sizes, and from the second on the exponent by which time grows since the one before.
func scale(b *testing.B, program string, sizes []int, inputs func(n int) string) {
	var before float64
	for i, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := inputs(n)
			lint, floor := process{cpu: math.Inf(1)}, math.Inf(1)
			for b.Loop() {
				lint = lint.least(measure(b, program, dir))
				floor = min(floor, parse(b, dir))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(lint.cpu, "cpu-s")
			b.ReportMetric(lint.memory, "MB")
			b.ReportMetric(floor, "floor-cpu-s")
			b.ReportMetric(lint.cpu/floor, "times-floor")
			if i > 0 {
				b.ReportMetric(math.Log(lint.cpu/before)/math.Log(float64(n)/float64(sizes[i-1])), "exponent")
			}
			before = lint.cpu
		})
	}
}

// process is what a process took: CPU seconds, and MB of memory at its peak.
type process struct{ cpu, memory float64 }

func (p process) least(other process) process {
	if other.cpu < p.cpu {
		return other
	}
	return p
}

// measure runs the program on a directory. Linux counts the peak of the parent as one of the child, until it is reset:
// memory below what the tests take themselves, some 60 MB, is not seen.
// https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
func measure(b *testing.B, program, dir string) process {
	b.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Fatal(err)
	}
	command := exec.Command(program, "--fail-on", "none", dir)
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%.2000s", err, out)
	}
	usage, _ := command.ProcessState.SysUsage().(*syscall.Rusage)
	return process{cpu: seconds(usage), memory: float64(usage.Maxrss) / 1024}
}

func seconds(usage *syscall.Rusage) float64 {
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

// parse is the CPU seconds that the parsers alone take for a directory, without the start of a process.
func parse(b *testing.B, dir string) float64 {
	b.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	runtime.GC()
	var before, after syscall.Rusage
	first := syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	err := filepath.WalkDir(dir, parseAlone)
	if err := errors.Join(first, err, syscall.Getrusage(syscall.RUSAGE_SELF, &after)); err != nil {
		b.Fatal(err)
	}
	return seconds(&after) - seconds(&before)
}

// parseAlone reads a file with nothing but the parser of its language.
func parseAlone(name string, entry fs.DirEntry, err error) error {
	if err != nil || entry.IsDir() {
		return err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if filepath.Ext(name) != ".tf" {
		return yaml.Unmarshal(text, new(yaml.Node))
	}
	if _, problems := hclsyntax.ParseConfig(text, name, hcl.InitialPos); problems.HasErrors() {
		return problems
	}
	return nil
}
