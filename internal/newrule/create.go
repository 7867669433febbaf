package main

import (
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:embed skeleton/skeleton_rule.*
var skeletons embed.FS

// rule is what a skeleton becomes.
type rule struct {
	pack, name, variable string
}

// create makes the files of a rule below root and returns their names, the changed pack included. It overwrites
// nothing.
func create(root, pack, name string) ([]string, error) {
	if !regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`).MatchString(name) {
		return nil, fmt.Errorf("%q is no name of a rule: want lower-case words joined by _, naming what is bad, "+
			"such as nat_route_loop", name)
	}
	r := rule{pack: pack, name: name, variable: variable(name)}
	list := filepath.Join(root, "rules", pack, pack+".go")
	packText, err := os.ReadFile(list)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no pack %q: want one of %s", pack, strings.Join(packs(root), ", "))
	} else if err != nil {
		return nil, err
	}
	listed, err := r.enlist(packText)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", list, err)
	}
	made := map[string]string{
		filepath.Join(root, "rules", pack, name+".go"):                ".go",
		filepath.Join(root, "rules", pack, "doc", name+".md"):         ".md",
		filepath.Join(root, "testdata", "rules", pack, name+".txtar"): ".txtar",
	}
	var names []string
	for file := range made {
		if _, err := os.Stat(file); err == nil {
			return nil, fmt.Errorf("%s exists already", file)
		}
		names = append(names, file)
	}
	slices.Sort(names)
	for _, file := range names {
		text, err := r.fill(made[file])
		if err != nil {
			return nil, err
		}
		if err := write(file, text); err != nil {
			return nil, err
		}
	}
	return append(names, list), write(list, listed)
}

func write(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

// fill is the skeleton's file with that ending, for the rule.
func (r rule) fill(ending string) ([]byte, error) {
	text, err := skeletons.ReadFile("skeleton/skeleton_rule" + ending)
	if err != nil {
		return nil, err
	}
	names := strings.NewReplacer(
		"package skeleton", "package "+r.pack, "skeleton_rule", r.name, "SkeletonRule", r.variable)
	return []byte(names.Replace(string(text))), nil
}

var endOfList = regexp.MustCompile(`(?ms)^var Pack = .*?^(\))$`)

// enlist adds the rule as the last of the list Pack.
func (r rule) enlist(text []byte) ([]byte, error) {
	at := endOfList.FindSubmatchIndex(text)
	if at == nil {
		return nil, errors.New("no list of rules that ends in a line )")
	}
	return format.Source(slices.Concat(text[:at[2]], []byte("\t"+r.variable+",\n"), text[at[2]:]))
}

// packs lists the folders that hold a pack.
func packs(root string) []string {
	found, _ := filepath.Glob(filepath.Join(root, "rules", "*", "doc"))
	for i := range found {
		found[i] = filepath.Base(filepath.Dir(found[i]))
	}
	return found
}

var initialisms = map[string]string{
	"acl": "ACL", "api": "API", "cidr": "CIDR", "dns": "DNS", "efs": "EFS", "eni": "ENI", "https": "HTTPS", "id": "ID",
	"ipv4": "IPv4", "ipv6": "IPv6", "nat": "NAT", "vpc": "VPC",
}

// variable is the Go name of the rule: NATRouteLoop for nat_route_loop.
func variable(name string) string {
	var b strings.Builder
	for _, word := range strings.Split(name, "_") {
		if known, ok := initialisms[word]; ok {
			b.WriteString(known)
		} else {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
