package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// entries are what the manual says beside the help of the commands: a name, and what it is for.
type entries [][2]string

var manualFiles = entries{
	{".lambda-vpc-lint.yaml, .lambda-vpc-lint.yml", "The configuration: the nearest one above a PATH, inside the " +
		"boundary. --config names another one."},
	{".git", "The nearest directory above a PATH that holds it is the boundary: nothing outside is read, and " +
		"paths in reports for other programs are relative to it. --root sets another one."},
	{".gitignore", "What it excludes is not looked at, unless a PATH names it."},
	{"*.tf, *.tofu, *.tf.json, *.tofu.json", "A directory that holds some is a Terraform module."},
	{"terraform.tfvars, *.auto.tfvars, and the same with .json",
		"Values of the variables of the root module beside them."},
	{".terraform/modules", "Modules that terraform init has downloaded are read from here; none is downloaded."},
}

var manualEnvironment = entries{
	{"TF_VAR_NAME", "The value of the Terraform variable NAME, where nothing more specific gives one."},
	{"NO_COLOR", "If it is not empty, output has no colours, unless --color says otherwise. See https://no-color.org."},
	{"FORCE_COLOR", "If it is not empty, output has colours wherever it goes, unless NO_COLOR or --color say " +
		"otherwise. See https://force-color.org."},
	{"TERM", "If it is dumb, output has no colours, and no progress is shown."},
}

func (t *tool) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "Print the manual page", Args: cobra.NoArgs,
		Long:    "Prints the manual page to standard output, in the format of man(7).",
		Example: "  lambda-vpc-lint man > /usr/local/share/man/man1/lambda-vpc-lint.1",
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(t.out, t.manual(c.Root()))
			return err
		},
	}
}

// manual is the page about all commands. It depends on nothing but the program: its date is that of the commit.
func (t *tool) manual(root *cobra.Command) string {
	m := &manual{}
	m.macro("TH", strings.ToUpper(name), "1", t.build.date, name+" "+t.build.version, "User Commands")
	m.macro("SH", "NAME")
	m.text(name + " - " + strings.ToLower(root.Short[:1]) + root.Short[1:])
	m.macro("SH", "SYNOPSIS")
	m.usage(root)
	for _, c := range commands(root) {
		m.usage(c)
	}
	m.macro("SH", "DESCRIPTION")
	about, _ := split(root.Long)
	m.text(about)
	m.macro("SH", "OPTIONS")
	root.Flags().VisitAll(m.flag)
	m.item("-h, --help", "Print what a command does and what it takes, and exit.")
	m.macro("SH", "COMMANDS")
	for _, c := range commands(root) {
		m.command(c)
	}
	m.macro("SH", "EXIT STATUS")
	for _, c := range append([]*cobra.Command{root}, commands(root)...) {
		if _, exits := split(c.Long); exits != "" {
			m.item(c.CommandPath(), exits)
		}
	}
	m.entries("FILES", manualFiles)
	m.entries("ENVIRONMENT", manualEnvironment)
	m.macro("SH", "EXAMPLES")
	m.example(root.Example)
	m.macro("SH", "SEE ALSO")
	m.text(home)
	return m.String()
}

// commands are those that users are told of. Of those that the library adds, that is completion and not help.
func commands(root *cobra.Command) (out []*cobra.Command) {
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			out = append(out, c)
		}
	}
	return out
}

// split takes the paragraph about exit codes, which begins with "Exits", from the description of a command.
func split(long string) (about, exits string) {
	at := strings.LastIndex(long, "\n\nExits ")
	if at < 0 {
		return long, ""
	}
	return long[:at], strings.TrimSpace(long[at:])
}

// manual is the page while it is written.
type manual struct{ page }

func (m *manual) entries(title string, list entries) {
	m.macro("SH", title)
	for _, e := range list {
		m.item(e[0], e[1])
	}
}

func (m *manual) usage(c *cobra.Command) {
	m.macro("B", strings.TrimSuffix(c.UseLine(), " [flags]"))
	m.macro("br")
}

// command writes what a command does, and the flags that lint does not have; those that it shares are named.
func (m *manual) command(c *cobra.Command) {
	m.macro("SS", c.CommandPath())
	about, _ := split(c.Long)
	if about == "" {
		about = c.Short + "."
	}
	m.text(about)
	var shared []string
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if c.Root().Flags().Lookup(f.Name) == nil {
			m.flag(f)
		} else if f.Name != "help" {
			shared = append(shared, "--"+f.Name)
		}
	})
	if len(shared) > 0 {
		m.macro("PP")
		m.text("It takes the options " + strings.Join(shared, ", ") + " as above.")
	}
	for _, sub := range commands(c) {
		m.item(strings.TrimSuffix(sub.UseLine(), " [flags]"), sub.Short+".")
		m.macro("RS")
		sub.LocalFlags().VisitAll(m.flag)
		m.macro("RE")
	}
}

// flag writes a flag. All commands have the same flag for help, which the library adds to the one that runs.
func (m *manual) flag(f *pflag.Flag) {
	if f.Name == "help" {
		return
	}
	value, usage := pflag.UnquoteUsage(f)
	term := "--" + f.Name
	if f.Shorthand != "" {
		term = "-" + f.Shorthand + ", " + term
	}
	if value != "" {
		term += " " + value
	}
	if f.Value.Type() == "string" && f.DefValue != "" {
		usage += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	m.item(term, strings.ToUpper(usage[:1])+usage[1:]+".")
}
