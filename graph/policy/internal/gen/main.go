// Command gen turns a JSON table of AWS managed policies into the compact text that package policy embeds.
//
//	go run ./internal/gen managed_policies.json managed.txt
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

const header = "# AWS managed policies as of 2026-04. Source: the policy documents in moto 5.2.1, " +
	`moto/iam/aws_managed_policies.py.
# path/name version allowed scoped denied services. C CreateNetworkInterface, R DescribeNetworkInterfaces,
# D DeleteNetworkInterface, S DescribeSubnets, A AssignPrivateIpAddresses, U UnassignPrivateIpAddresses,
# V DescribeVpcs, G DescribeSecurityGroups.
# allowed: on * without condition; scoped: only on narrower resources or under a condition; denied: without condition.
`

// asked are the services whose presence the table records, "*" being every service; about others it says nothing.
var asked = []string{
	"*", "ec2", "elasticfilesystem", "kafka", "mq", "secretsmanager", "lambda", "sqs", "dynamodb", "kinesis",
	"s3files",
}

var letters = map[string]string{
	"CreateNetworkInterface": "C", "DescribeNetworkInterfaces": "R", "DeleteNetworkInterface": "D",
	"DescribeSubnets": "S", "AssignPrivateIpAddresses": "A", "UnassignPrivateIpAddresses": "U",
	"DescribeVpcs": "V", "DescribeSecurityGroups": "G",
}

type policy struct {
	Path      string   `json:"path"`
	Version   string   `json:"version"`
	Services  []string `json:"services"`
	ENI       []string `json:"eni"`
	ENIScoped []string `json:"eni_scoped"`
	ENIDenied []string `json:"eni_denied"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen managed_policies.json managed.txt")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	text, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	var table struct{ Policies map[string]policy }
	if err := json.Unmarshal(text, &table); err != nil {
		return err
	}
	lines := make([]string, 0, len(table.Policies))
	for name, p := range table.Policies {
		line, err := p.line(name)
		if err != nil {
			return err
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	var b bytes.Buffer
	b.WriteString(header)
	fmt.Fprintf(&b, "services %s\n", strings.Join(asked, ","))
	for _, l := range lines {
		fmt.Fprintln(&b, l)
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

func (p policy) line(name string) (string, error) {
	columns := []string{p.Path[1:] + name, p.Version}
	for _, actions := range [][]string{p.ENI, p.ENIScoped, p.ENIDenied} {
		var column string
		for _, a := range actions {
			if letters[a] == "" {
				return "", fmt.Errorf("%s: unexpected action %q", name, a)
			}
			column += letters[a]
		}
		columns = append(columns, cmp.Or(column, "-"))
	}
	services := slices.DeleteFunc(slices.Clone(p.Services), func(s string) bool { return !slices.Contains(asked, s) })
	columns = append(columns, cmp.Or(strings.Join(services, ","), "-"))
	return strings.Join(columns, " "), nil
}
