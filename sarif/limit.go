package sarif

import (
	"compress/gzip"
	"fmt"
)

// limits bound one file: the results of its run, the places of a result, the steps of its way, and the bytes that are
// left after compression.
type limits struct{ results, places, steps, bytes int }

// GitHub rejects a file with more than it accepts, and keeps of what it accepts no more than it shows. It says to keep
// the worst results, which was seen not to be so; hence they are chosen here. Of its other limits, 20 runs in a file
// and 25,000 rules in a run are out of reach, and a rule has less than 10 tags.
// https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
// https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large
// https://github.com/github/docs/issues/38085
var (
	accepted = limits{results: 25_000, places: 1_000, steps: 10_000, bytes: 10_000_000}
	shown    = limits{results: 5_000, places: 100, steps: 1_000, bytes: 10_000_000}
)

// cut counts what a file leaves out: results of all that there are, and the results that have less places or steps than
// they could.
type cut struct{ results, of, shortened int }

// messages say it in sentences for readers.
func (c cut) messages(l limits) (out []string) {
	if c.results > 0 {
		out = append(out, fmt.Sprintf("SARIF: the last %d of %d results, by severity, are left out, "+
			"because code scanning takes %d in a run and %d MB of compressed text; the other formats have them all",
			c.results, c.of, l.results, l.bytes/1_000_000))
	}
	if c.shortened > 0 {
		out = append(out, fmt.Sprintf("SARIF: results that are shown with a part of their path: %d, "+
			"because code scanning takes %d places and %d steps for one; the other formats have all",
			c.shortened, l.places, l.steps))
	}
	return out
}

// compressed is the size of text after gzip, in which it is uploaded. Text that is small enough without is not tried.
func compressed(text []byte, enough int) int {
	if len(text) <= enough {
		return len(text)
	}
	var n counter
	z := gzip.NewWriter(&n)
	_, _ = z.Write(text)
	_ = z.Close()
	return int(n)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// fewer is how many of n results may fit into limit, if all of them make size: a tenth less than their share, and at
// least one less than n.
func fewer(n, size, limit int) int {
	return min(n-1, int(float64(n)*0.9*float64(limit)/float64(size)))
}
