package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// means is what a person can do to supply a missing fact.
type means string

// The means there are. A test follows each of them, and holds that it decides a question.
const (
	nothing       means = ""
	byParameter   means = "parameter"
	byVariable    means = "variable"
	byInput       means = "input" // of a module, which Terragrunt makes of the environment
	byRegion      means = "region"
	byAccount     means = "snapshot"       // exports, parameters of Systems Manager, ids
	byDataSource  means = "data sources"   // a snapshot with the tags that data sources may ask for
	byWholeAccess means = "whole snapshot" // a snapshot that no call is missing from
	byState       means = "state"          // of another root module, and a snapshot
	byDownload    means = "download"       // of modules
	byComplete    means = "complete"       // the configuration says that nobody adds anything
	byProcessed   means = "processed"      // the template after its macros
	bySynth       means = "synthesized"    // the templates that CDK makes of a program
)

// found are the data sources that a snapshot answers.
var found = []string{
	"aws_cloudformation_export", "aws_cloudformation_stack", "aws_ec2_managed_prefix_list", "aws_iam_role",
	"aws_internet_gateway", "aws_nat_gateway", "aws_nat_gateways", "aws_route_table", "aws_route_tables",
	"aws_security_group", "aws_security_groups", "aws_ssm_parameter", "aws_subnet", "aws_subnet_ids", "aws_subnets",
	"aws_vpc", "aws_vpc_endpoint", "aws_vpcs",
}

var (
	dataSource = regexp.MustCompile(`^(?:[^ ]+:)?(?:module\.[^ ]+\.)?data\.(\w+)\.[^ ]+$`)
	module     = regexp.MustCompile(`^(?:the version of )?(?:module\.[^. ]+\.)*module\.[^. ]+$`)
	getEnv     = regexp.MustCompile(`^get_env\("[^"]*"\)$`)
	// account are the ids of what a snapshot lists, and the ARNs of roles.
	account = regexp.MustCompile(
		`^(?:(?:subnet|vpc|sg|rtb|igw|eigw|nat|vpce|pl|acl|eni|pcx)-[0-9a-f]+|arn:aws[a-z-]*:iam::\d{12}:role/[^ ]+)$`)
	// unknownPart is a part of a name that is not known.
	unknownPart = regexp.MustCompile(`\$\{([^}]*)\}`)
	logicalID   = regexp.MustCompile(`^[A-Za-z0-9]+$`)
)

// meansOf says what supplies the fact.
func meansOf(m fact.Missing) means {
	switch m.Kind {
	case fact.Parameter:
		if logicalID.MatchString(m.Name) { // no flag gives a value to a parameter of a nested stack
			return byParameter
		}
	case fact.Variable:
		return byVariable
	case fact.Pseudo:
		if m.Name == "AWS::Region" {
			return byRegion
		}
	case fact.Import:
		return ifNameable(m.Name)
	case fact.Dynamic:
		name, isStored := strings.CutPrefix(m.Name, "ssm:")
		isOfVersion := strings.Contains(name, ":") // which may be another than the newest
		if isStored && !isOfVersion || logicalID.MatchString(name) {
			return ifNameable(name)
		}
	case fact.Export:
		return byComplete
	case fact.Macro:
		return byProcessed
	case fact.Expression:
		return bySynth
	case fact.Snapshot:
		if !strings.HasPrefix(m.Name, "the value of ") { // a snapshot leaves most values of the environment out
			return byWholeAccess
		}
	case fact.Resource:
		return afterLookup(meansOfResource(m.Name), m.Lookup)
	}
	return nothing
}

// afterLookup is the means for what is looked up with words that wait for facts themselves: what tells of these, or
// nothing where one of them cannot be given.
func afterLookup(by means, l *fact.Lookup) means {
	if l == nil || by == nothing {
		return by
	}
	for _, m := range l.Missing {
		switch of := meansOf(m); {
		case of == byState && by != byDownload, of == byDownload && by != byState:
			by = of
		case slices.Contains(given, of), of == byAccount, of == byDataSource:
		default:
			return nothing
		}
	}
	return by
}

// given are the means that are flags of this command.
var given = []means{byVariable, byRegion, byInput}

func meansOfResource(name string) means {
	if data := dataSource.FindStringSubmatch(name); data != nil {
		switch {
		case data[1] == "terraform_remote_state":
			return byState
		case slices.Contains(found, data[1]):
			return byDataSource
		}
		return nothing
	}
	switch {
	case module.MatchString(name):
		return byDownload
	case getEnv.MatchString(name):
		return byInput
	case account.MatchString(name):
		return byAccount
	}
	return nothing
}

// ifNameable is the account, if what the name lacks are parameters and the Region only: these can be given.
func ifNameable(name string) means {
	for _, of := range unknownPart.FindAllStringSubmatch(name, -1) {
		if of[1] != "AWS::Region" && !logicalID.MatchString(of[1]) {
			return nothing
		}
	}
	return byAccount
}

// before are the flags without which the fact cannot be looked up: they complete its name, or what it is asked for by.
func before(m fact.Missing) (out []string) {
	switch {
	case m.Lookup != nil:
		for _, of := range m.Lookup.Missing {
			if by := meansOf(of); slices.Contains(given, by) {
				out = append(out, by.flag(of.Name))
			}
		}
		return out
	case m.Kind == fact.Dynamic && logicalID.MatchString(m.Name): // a parameter that is the name
		return []string{"--parameter " + m.Name + "=…"}
	case m.Kind != fact.Import && m.Kind != fact.Dynamic:
		return nil
	}
	for _, of := range unknownPart.FindAllStringSubmatch(m.Name, -1) {
		if of[1] == "AWS::Region" {
			out = append(out, "--region …")
		} else {
			out = append(out, "--parameter "+of[1]+"=…")
		}
	}
	return out
}

// flag is the flag that gives the fact of that name.
func (by means) flag(name string) string {
	switch by {
	case byVariable:
		return "--var " + name + "=…"
	case byInput:
		return "--var INPUT=… for the input of the module that is made of it"
	}
	return "--region …"
}

// snapshot are the commands that look into the account, and for outputs into a state. A data source may ask for any
// tag, and by itself a snapshot keeps few of them. The Region is "" where it is not known: then it is that of the AWS
// configuration.
func (by means) snapshot(region string) []string {
	take := "lambda-vpc-snapshot"
	if region != "" {
		take += " --region " + region
	}
	switch by {
	case byDataSource:
		take += " --tags '*'"
	case byState: // a data source may ask for what a state tells
		take += " --tags '*'"
		pull := "terraform state pull > KEY, in the root module that writes the state, with KEY as the data source says"
		return []string{pull, take + " > context.json", "--context KEY --context context.json"}
	}
	return []string{take + " > context.json", "--context context.json"}
}
