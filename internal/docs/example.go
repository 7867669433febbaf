package docs

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// language is one in which fixtures are written.
type language struct {
	name  string
	fence string
	// marks says whether a file of an archive is, or begins, an example in the language.
	marks func(f txtar.File) bool
	// whole is set where an example is the directory of the file.
	whole bool
}

var languages = []language{
	{name: "CloudFormation", fence: "yaml", marks: func(f txtar.File) bool { return isTemplate(f) && !isSAM(f) }},
	{name: "SAM", fence: "yaml", marks: func(f txtar.File) bool { return isTemplate(f) && isSAM(f) }},
	{name: "Terraform", fence: "terraform", marks: func(f txtar.File) bool { return path.Base(f.Name) == "main.tf" }, whole: true},
}

func isTemplate(f txtar.File) bool {
	return slices.Contains([]string{".yaml", ".yml"}, path.Ext(f.Name)) && bytes.Contains(f.Data, []byte("\nResources:\n"))
}

func isSAM(f txtar.File) bool { return bytes.Contains(f.Data, []byte("AWS::Serverless-2016-10-31")) }

// first is the first example in the language below the folder, with names relative to its own directory and without
// expectations; nil when there is none.
func (l language) first(archive *txtar.Archive, folder string) []txtar.File {
	at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, folder+"/") && l.marks(f) })
	if at < 0 {
		return nil
	}
	dir := path.Dir(archive.Files[at].Name)
	var out []txtar.File
	for i, f := range archive.Files {
		if name, inside := strings.CutPrefix(f.Name, dir+"/"); i == at || l.whole && inside && path.Ext(name) == path.Ext(archive.Files[at].Name) {
			out = append(out, txtar.File{Name: name, Data: clean(f.Data)})
		}
	}
	return out
}

// configurationOf is the configuration of the whole archive, none or one.
func configurationOf(archive *txtar.Archive) []txtar.File {
	at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == config.FileName })
	if at < 0 {
		return nil
	}
	return archive.Files[at : at+1]
}

// argument is what the program is given to read.
func (l language) argument(files []txtar.File) string {
	if l.whole {
		return "."
	}
	return files[0].Name
}

var expectation = regexp.MustCompile(`(?m)[ \t]*(#|//) (want|undecided) .*$`)

// clean removes the expectations of a fixture.
func clean(text []byte) []byte { return expectation.ReplaceAll(text, nil) }

// write adds the section of the language: what the program prints, the change from bad to good, and both in full.
func (l language) write(b *bytes.Buffer, r *rules.Rule, bad, good []txtar.File, output string) {
	fmt.Fprintf(b, "### %s\n\n", l.name)
	fence(b, "console", fmt.Sprintf("$ lambda-vpc-lint --rules %s %s\n%s", r.Name, l.argument(bad), output))
	if len(bad) == 1 && len(good) == 1 {
		b.WriteString("The change that puts it right:\n\n")
		fence(b, "diff", difference(string(bad[0].Data), string(good[0].Data)))
	}
	l.full(b, "The bad example in full", bad)
	l.full(b, "The good example in full", good)
}

// full shows the files of an example, folded away.
func (l language) full(b *bytes.Buffer, title string, files []txtar.File) {
	fmt.Fprintf(b, "<details><summary>%s</summary>\n\n", title)
	for _, f := range files {
		if len(files) > 1 {
			fmt.Fprintf(b, "`%s`\n\n", f.Name)
		}
		fence(b, l.fence, string(f.Data))
	}
	b.WriteString("</details>\n\n")
}

// fence writes text between fences, which are longer than any in the text.
func fence(b *bytes.Buffer, kind, text string) {
	marks := "```"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	fmt.Fprintf(b, "%s%s\n%s\n%s\n\n", marks, kind, strings.TrimRight(text, "\n"), marks)
}
