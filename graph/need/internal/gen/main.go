// Command gen turns a JSON table of VPC endpoint services into the compact text that package need embeds.
//
//	go run ./internal/gen endpoints.json services.txt
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

const header = "# AWS services with a VPC endpoint. Source: names of endpoint services from aws-cdk " +
	`packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts
# (commit 000a9eb6), hosts, IAM prefixes and operations from botocore 1.43.11 and cfn-lint 1.51 Policies.json.
# host PREFIX ID: the service's host is PREFIX.REGION.amazonaws.com.
# prefix PREFIX ID: IAM actions of the prefix call this service.
# action PREFIX ID OPERATION,...: except these.
`

type service struct {
	ID          string   `json:"id"`
	IAMPrefixes []string `json:"iam_prefixes"`
	Hosts       []string `json:"default_host_prefixes"`
}

type table struct {
	Gateway   []service                  `json:"gateway"`
	Interface []service                  `json:"interface"`
	Hints     map[string]json.RawMessage `json:"action_hints"`
}

type hint struct {
	ByOperation map[string][]string `json:"by_operation"`
	Otherwise   string              `json:"otherwise"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen endpoints.json services.txt")
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
	var t table
	if err := json.Unmarshal(text, &t); err != nil {
		return err
	}
	hosts, prefixes := map[string][]string{}, map[string][]string{}
	for _, s := range append(t.Gateway, t.Interface...) {
		for _, h := range append(s.Hosts, s.ID) {
			add(hosts, h, s.ID)
		}
		for _, p := range s.IAMPrefixes {
			add(prefixes, p, s.ID)
		}
	}
	var b bytes.Buffer
	b.WriteString(header)
	for _, h := range slices.Sorted(maps.Keys(hosts)) {
		if id := sole(hosts[h], h); id != "" {
			fmt.Fprintln(&b, "host", h, id)
		}
	}
	hints := map[string]hint{}
	for prefix, raw := range t.Hints {
		var h hint
		if json.Unmarshal(raw, &h) == nil {
			hints[prefix] = h
		}
	}
	for _, p := range slices.Sorted(maps.Keys(prefixes)) {
		id := sole(prefixes[p], p)
		if h, ok := hints[p]; ok {
			id = ""
			first, _, _ := strings.Cut(h.Otherwise, " ")
			if slices.Contains(prefixes[p], first) && !strings.Contains(h.Otherwise, " or "+p) {
				id = first
			}
		}
		if id != "" {
			fmt.Fprintln(&b, "prefix", p, id)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(hints)) {
		for _, id := range slices.Sorted(maps.Keys(hints[p].ByOperation)) {
			fmt.Fprintln(&b, "action", p, id, strings.Join(hints[p].ByOperation[id], ","))
		}
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

func add(m map[string][]string, key, id string) {
	if !slices.Contains(m[key], id) {
		m[key] = append(m[key], id)
	}
}

// sole is the one candidate, or the one of several that bears the name itself.
func sole(ids []string, name string) string {
	switch {
	case len(ids) == 1:
		return ids[0]
	case slices.Contains(ids, name):
		return name
	}
	return ""
}
