package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/picture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// pictures are the formats of graph.
var pictures = []struct {
	name   string
	about  string
	render func(io.Writer, *picture.Document) error
}{
	{"html", "a page to search, zoom and click in; it loads nothing", picture.HTML},
	{"svg", "the same picture, still", picture.SVG},
	{"mermaid", "comments and pages on GitHub", picture.Mermaid},
	{"dot", "Graphviz", picture.DOT},
	{"json", "programs; all that the picture shows", picture.JSON},
}

// graphOptions are the flags of graph.
type graphOptions struct {
	inputOptions
	format, function, vpc string
}

func (t *tool) graphCommand(code *int) *cobra.Command {
	var o graphOptions
	c := &cobra.Command{
		Use:   "graph [flags] [PATH ...]",
		Short: "Draw the network, what lies where in it, and what is wrong",
		Long: "Draws each VPC with its zones as columns and its public, private and isolated subnets as rows, " +
			`with route tables, gateways,
endpoints, data stores and functions, and with the findings. It writes to standard output.

Exits with 0 if the picture is written, whatever is wrong in it, and 2 if an input cannot be read.`,
		Example: `  lambda-vpc-lint graph >network.html
  lambda-vpc-lint graph -f svg --function Api template.yaml >api.svg
  lambda-vpc-lint graph -f mermaid --function Api template.yaml`,
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) (err error) {
			*code, err = t.graph(&o, args, c.InOrStdin())
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVarP(&o.format, "format", "f", "html", "write `FORMAT`: "+words.Or(pictureNames()))
	c.Flags().StringVar(&o.function, "function", "",
		"light the ways of `FUNCTION`; mermaid and dot draw nothing else then")
	c.Flags().StringVar(&o.vpc, "vpc", "", "draw this `VPC` only, by its address or label")
	o.declare(c.Flags())
	completeInputs(c)
	register(c, "format", completePicture)
	register(c, "function", cobra.NoFileCompletions)
	register(c, "vpc", cobra.NoFileCompletions)
	c.ValidArgsFunction = anyFile
	return c
}

func pictureNames() (names []string) {
	for _, p := range pictures {
		names = append(names, p.name)
	}
	return names
}

func completePicture(*cobra.Command, []string, string) (out []string, _ cobra.ShellCompDirective) {
	for _, p := range pictures {
		out = append(out, cobra.CompletionWithDesc(p.name, "for "+p.about))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func (t *tool) graph(o *graphOptions, paths []string, in io.Reader) (code int, err error) {
	defer budget.Catch(&err)
	i := slices.Index(pictureNames(), o.format)
	if i < 0 {
		return 0, fmt.Errorf("--format %q: want %s%s", o.format, words.Or(pictureNames()),
			suggest.For(o.format, pictureNames()))
	}
	p := t.progress()
	defer p.stop()
	opts, err := t.options(&o.inputOptions, in, p)
	if err != nil {
		return 0, err
	}
	var networks []*graph.Network
	opts.Keep = func(all []*graph.Network) { networks = all }
	r, err := lint.Run(t.context(), paths, opts)
	p.stop()
	if err != nil {
		return 0, t.explained(err)
	}
	t.diagnose(r.Files, r.Notices, r.Errors)
	d, err := draw(r, networks, o)
	if err != nil {
		return 0, err
	}
	if len(d.Networks) == 0 {
		t.notice("there is no VPC to draw, and no function in one")
	}
	if err := pictures[i].render(t.out, d); err != nil {
		return 0, err
	}
	if len(r.Errors) > 0 {
		return exitFailure, nil
	}
	return exitClean, nil
}

// draw makes the document, and says what the user may have meant by a name that nothing has.
func draw(r *report.Report, networks []*graph.Network, o *graphOptions) (*picture.Document, error) {
	opts := picture.Options{VPC: o.vpc}
	if o.function != "" {
		n, s, err := find(networks, o.function)
		if err != nil {
			return nil, err
		}
		opts.In, opts.Function = n, s.Address
	}
	d := picture.New(r, networks, opts)
	if o.vpc == "" || len(d.Networks) > 0 {
		return d, nil
	}
	opts.VPC = ""
	var names []string
	for _, n := range picture.New(r, networks, opts).Networks {
		for _, v := range n.VPCs {
			names = append(names, v.ID)
		}
	}
	return nil, fmt.Errorf("no VPC is called %q%s", o.vpc, suggest.For(o.vpc, names))
}
