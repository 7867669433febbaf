package report

import (
	"encoding/xml"
	"io"
	"maps"
	"slices"

	"golang.org/x/text/transform"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

type checkstyleReport struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

// checkstyleError has no line or column where none is known: both are positive.
type checkstyleError struct {
	Line     int    `xml:"line,attr,omitempty"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// Checkstyle writes the XML of Checkstyle, which many tools of code review read. The source of an error is called
// like a class in a package, which readers take for its type and category.
// https://checkstyle.org/result_reports.html
// https://github.com/checkstyle/checkstyle/blob/master/config/checkstyle-report-1.0.0.xsd
func Checkstyle(w io.Writer, r *Report, opts Options) error {
	files := map[string][]checkstyleError{}
	for _, i := range r.issues(opts) {
		files[i.at.file] = append(files[i.at.file], checkstyleError{
			Line: i.at.StartLine, Column: i.at.StartColumn, Severity: checkstyleSeverity(i.severity),
			Message: i.sentence(), Source: r.Tool.Name + "." + i.pack + "." + i.rule,
		})
	}
	doc := checkstyleReport{Version: "4.3"}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		doc.Files = append(doc.Files, checkstyleFile{name, files[name]})
	}
	return writeXML(w, doc)
}

// checkstyleSeverity is one of ignore, info, warning and error.
func checkstyleSeverity(s rules.Severity) string {
	switch s {
	case rules.Error, rules.Warning:
		return s.String()
	}
	return "info"
}

// writeXML writes doc as a document. Characters that XML 1.0 forbids become U+FFFD: encoding/xml sees to it. Those that
// a terminal or an editor obeys become references, which readers undo.
// https://www.w3.org/TR/xml/#charsets
func writeXML(w io.Writer, doc any) error {
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return err
	}
	out := transform.NewWriter(w, escaper{notation: inXML})
	if _, err := out.Write(append(append([]byte(xml.Header), text...), '\n')); err != nil {
		return err
	}
	return out.Close()
}
