package rules

import (
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// Analyzer is the rule as one for Go code. Its findings about the *graph.Network that network makes of a package become
// diagnostics, whose category is the severity and whose related places are the hops that the evidence shows. What the
// code leaves open is not reported. A package without a network is passed over. A network that takes more work than
// budget.NetworkWork is an error.
func (r *Rule) Analyzer(network *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: r.Name, Doc: r.Doc, URL: r.Page(),
		Requires: []*analysis.Analyzer{network},
		Run: func(pass *analysis.Pass) (_ any, err error) {
			defer budget.Catch(&err)
			n, _ := pass.ResultOf[network].(*graph.Network)
			if n == nil {
				return nil, nil
			}
			for _, f := range Run([]*graph.Network{n}, []Pack{{Rules: []*Rule{r}}}, Intent{}).Findings {
				if d, ok := diagnostic(pass.Fset, f); ok {
					pass.Report(d)
				}
			}
			return nil, nil
		},
	}
}

// diagnostic places f in the package's own code: at its span or, where nothing states the resource, at the first place
// of the evidence. ok is false where there is neither.
func diagnostic(files *token.FileSet, f Finding) (d analysis.Diagnostic, ok bool) {
	known := func(s source.Span) bool { return s.IsValid() && files.File(s.Pos) != nil }
	at := f.Span
	for _, h := range f.Trace {
		if !known(at) {
			at = h.Span
		}
	}
	d = analysis.Diagnostic{Pos: at.Pos, End: at.End, Category: f.Severity.String(), Message: f.Message}
	if f.Remedy != "" {
		d.Message += "; to fix it, " + f.Remedy
	}
	for _, h := range f.Trace {
		if known(h.Span) {
			step := analysis.RelatedInformation{Pos: h.Span.Pos, End: h.Span.End, Message: h.Message}
			d.Related = append(d.Related, step)
		}
	}
	return d, known(at)
}
