//go:build ignore

// Generate writes the tables in data/ from a checkout of aws/serverless-application-model:
//
//	go run generate.go SAM-CHECKOUT
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run generate.go SAM-CHECKOUT")
	}
	sam := filepath.Join(os.Args[1], "samtranslator")
	write("data/templates.txt", templates(filepath.Join(sam, "policy_templates_data/policy_templates.json")))
	write("data/connectors.txt", connectors(filepath.Join(sam, "model/connector_profiles/profiles.json")))
}

type statement struct {
	Effect    string
	Action    any
	Resource  any
	Condition map[string]map[string]any
}

// line is one statement in the form that statement.go reads.
func (s statement) line() string {
	words := append([]string{s.Effect}, texts(s.Action)...)
	words = append(append(words, "on"), texts(s.Resource)...)
	for operator, keys := range s.Condition {
		for key, value := range keys {
			words = append(append(words, "if", operator, key), texts(value)...)
		}
	}
	return strings.Join(words, " ")
}

var percent = regexp.MustCompile(`%\{(\w+)\.(\w+)\}`)

// texts flattens a value to strings. Every placeholder in them becomes ${Name} after the parameter that fills it.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{percent.ReplaceAllString(v, "$${$1$2}")}
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, texts(item)...)
		}
		return out
	case map[string]any:
		list, ok := v["Fn::Sub"].([]any)
		if !ok {
			return texts(v["Fn::Sub"])
		}
		text := list[0].(string)
		for name, value := range list[1].(map[string]any) {
			text = strings.ReplaceAll(text, "${"+name+"}", "${"+value.(map[string]any)["Ref"].(string)+"}")
		}
		return []string{text}
	}
	log.Fatalf("%v is not text", v)
	return nil
}

// templates is the table of policy templates.
func templates(file string) string {
	var in struct {
		Templates map[string]struct {
			Definition struct{ Statement []statement }
			Parameters map[string]any
		}
	}
	read(file, &in)
	out := "# SAM policy templates. Source: aws/serverless-application-model, samtranslator/policy_templates_data.\n"
	for _, name := range slices.Sorted(maps.Keys(in.Templates)) {
		t := in.Templates[name]
		out += strings.Join(append([]string{name}, slices.Sorted(maps.Keys(t.Parameters))...), " ") + "\n"
		for _, s := range t.Definition.Statement {
			out += "\t" + s.line() + "\n"
		}
	}
	return out
}

// connectors is the table of the connectors that are a policy on a role. The others are resource policies.
func connectors(file string) string {
	var in struct {
		Permissions map[string]map[string]struct {
			Type       string
			Properties struct {
				SourcePolicy     bool
				AccessCategories map[string]json.RawMessage
			}
		}
	}
	read(file, &in)
	out := "# What a connector allows. " +
		"Source: aws/serverless-application-model, samtranslator/model/connector_profiles.\n" +
		"# A head line holds the types of source and destination and the side whose role gets the policy.\n"
	for _, source := range slices.Sorted(maps.Keys(in.Permissions)) {
		for _, destination := range slices.Sorted(maps.Keys(in.Permissions[source])) {
			profile := in.Permissions[source][destination]
			if profile.Type != "AWS_IAM_ROLE_MANAGED_POLICY" {
				continue
			}
			side := "Destination"
			if profile.Properties.SourcePolicy {
				side = "Source"
			}
			out += fmt.Sprintln(source, destination, side)
			for _, access := range slices.Sorted(maps.Keys(profile.Properties.AccessCategories)) {
				var category struct{ Statement []statement }
				if err := json.Unmarshal(profile.Properties.AccessCategories[access], &category); err != nil {
					log.Fatal(err)
				}
				for _, s := range category.Statement {
					out += "\t" + access + " " + s.line() + "\n"
				}
			}
		}
	}
	return out
}

func read(file string, into any) {
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func write(file, text string) {
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}
