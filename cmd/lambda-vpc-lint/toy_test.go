package main

import (
	"bytes"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// toyUnit is a file of lines such as these, under a line "toy":
//
//	param Subnets
//	function Api
//	function Worker in Subnets
//	function Cron if Deploy
type toyUnit struct {
	file  *source.File
	lines []string
}

func toyFrontends() frontend.Set {
	return frontend.Set{{
		Kind:       "toy template",
		Flag:       "parameter",
		Recognises: func(_ string, text []byte) bool { return bytes.HasPrefix(text, []byte("toy")) },
		Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
			f := s.Files[0]
			if at := bytes.IndexByte(f.Text, '\t'); at >= 0 {
				return nil, []source.Diagnostic{{Span: f.Span(at, at+1), Message: "found a tab"}}
			}
			return toyUnit{f, strings.Split(string(f.Text), "\n")}, nil
		},
	}}
}

func (u toyUnit) Parameters() []string {
	var out []string
	for _, l := range u.lines {
		if name, ok := strings.CutPrefix(l, "param "); ok {
			out = append(out, name)
		}
	}
	return out
}

func (u toyUnit) Calls() []string { return nil }

func (u toyUnit) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	b := graph.NewBuilder(d.Root, "toy")
	offset := 0
	for _, l := range u.lines {
		at := u.file.Span(offset, offset+len(l))
		offset += len(l) + 1
		words := strings.Fields(l)
		if len(words) < 2 || words[0] != "function" {
			continue
		}
		f := &graph.Function{Header: graph.Header{Address: words[1], Span: at}}
		if len(words) == 4 {
			missing := fact.Missing{Kind: fact.Parameter, Name: words[3], Span: at}
			switch _, given := d.Parameters[words[3]]; {
			case words[2] == "if":
				f.When = fact.If(&fact.Atom{Subject: words[3], Literal: "yes", Why: []fact.Missing{missing}})
			case given:
				f.Subnets.Append(fact.Known(graph.ID[graph.Subnet]("subnet-1"), at), at)
			default:
				f.Subnets.Miss(fact.Always(), missing)
			}
		}
		graph.Add(b, &b.Network().Functions, f)
	}
	return b.Network(), nil
}

// toyPacks judge functions by their names.
func toyPacks() []rules.Pack {
	named := func(name, prefix string, severity rules.Severity) *rules.Rule {
		return &rules.Rule{
			Name: name, Severity: severity, URL: "https://docs.aws.amazon.com/" + prefix,
			Doc: "Flags functions that are called " + prefix + ".\n\n## Why it hurts\n\nIt is only a toy.\n",
			Run: func(p *rules.Pass) {
				rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
					p.Report(fact.Of(strings.HasPrefix(f.Address, prefix)), rules.Finding{
						Resource: f.Address, Span: f.Span, Affects: []string{f.Address}, Message: "function \"" + f.Address + "\" is called " + prefix,
						Remedy: "rename it", Trace: []trace.Hop{{Span: f.Span, Message: "function \"" + f.Address + "\""}},
					})
				})
			},
		}
	}
	detached := &rules.Rule{
		Name: "detached", Severity: rules.Note, Doc: "Flags functions named Loner outside of a VPC.",
		Run: func(p *rules.Pass) {
			rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
				v := fact.And(fact.Of(strings.HasPrefix(f.Address, "Loner")), p.InVPC(f).Not())
				p.Report(v, rules.Finding{Resource: f.Address, Span: f.Span, Affects: []string{f.Address}, Message: "function \"" + f.Address + "\" is in no VPC"})
			})
		},
	}
	crash := &rules.Rule{
		Name: "crash", Severity: rules.Note, Doc: "Panics at functions named Crash.",
		Run: func(p *rules.Pass) {
			for f := range p.Functions.All() {
				if f.Address == "Crash" {
					panic("boom")
				}
			}
		},
	}
	rare := named("rare_name", "Rare", rules.Warning)
	rare.OptIn = true
	return []rules.Pack{
		{Name: "naming", Rules: []*rules.Rule{
			named("bad_name", "Bad", rules.Error), named("odd_name", "Odd", rules.Warning),
			named("dull_name", "Dull", rules.Note), rare,
		}},
		{Name: "placing", Rules: []*rules.Rule{detached, crash}},
	}
}
