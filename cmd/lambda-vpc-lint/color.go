package main

import (
	"errors"
	"io"
	"os"
	"slices"

	"golang.org/x/term"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// The values of --color, the default first.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

var colorChoices = []string{colorAuto, colorAlways, colorNever}

// choice is a flag with few values as pflag wants it. Until it is set, its value is empty.
type choice struct {
	of    []string
	value string
}

func (c *choice) Set(arg string) error {
	if !slices.Contains(c.of, arg) {
		return errors.New("want " + words.Or(c.of) + suggest.For(arg, c.of))
	}
	c.value = arg
	return nil
}

func (c *choice) String() string { return c.value }

func (*choice) Type() string { return "string" }

// colored says whether what goes to w has colours: as the flag says, else as the environment does, else on terminals.
// https://no-color.org https://force-color.org
func (t *tool) colored(w io.Writer) bool {
	switch {
	case t.color.value == colorAlways:
		return true
	case t.color.value == colorNever, os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "":
		return true
	}
	return isTerminal(w)
}

// linked says whether what goes to w has hyperlinks: on coloured terminals only, since a file keeps them as noise.
func (t *tool) linked(w io.Writer) bool { return isTerminal(w) && t.colored(w) }

// isTerminal reports that w is a terminal that can more than print.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
