package functions

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// A function that looks at a text with tokens is carried out on samples: texts that the tokens could stand for. If it
// takes the same from all samples, that is its result: basename of an ARN gives the name at its end. This is done only
// for tokens whose letters are known, such as ids and names of resources. The samples include the words of the other
// arguments.

const (
	maxSampled = 4_096 // bytes of the arguments
	maxWords   = 12
)

// characters of names of resources, besides letters and digits. No ARN, path or list has a name with its separators.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
var names = []string{"a0", "Z-9", "7", "x_y.z@q,v=w+u"}

// pseudoSamples are what the tokens of the pseudo parameters may stand for.
var pseudoSamples = map[string][]string{
	"AWS::AccountId": {"123456789012", "999900001111"},
	"AWS::Partition": {"aws", "aws-cn", "aws-us-gov"},
	"AWS::Region":    {"us-east-1", "eu-central-1", "us-gov-west-1"},
	"AWS::URLSuffix": {"amazonaws.com", "amazonaws.com.cn"},
}

// likeness has formats of texts that look like values of a pseudo parameter, and are the values of nothing else.
var likeness = map[string]string{
	"AWS::AccountId": "6060606060%02d", "AWS::Partition": "aws-zq%02d", "AWS::Region": "zq-zqz-%02d",
}

// sampled is what f makes of args, if it is the same for all samples of their tokens.
func (c call) sampled(args []cty.Value, f func([]cty.Value) (cty.Value, error)) (cty.Value, bool) {
	tokens, ok := c.plainTokens(args)
	if !ok || len(tokens) == 0 || len(tokens) > 99 {
		return cty.NilVal, false
	}
	whole := map[string]string{}
	for i, sym := range tokens {
		whole[c.Table.Intern(sym)] = fmt.Sprintf(cmp.Or(likeness[sym.Key], "zq%02dz"), i)
	}
	first, err := f(replaceAll(args, whole))
	if err != nil || !first.IsWhollyKnown() {
		return cty.NilVal, false
	}
	back := map[string]string{}
	for token, text := range whole {
		back[text] = token
	}
	out := replaceAll([]cty.Value{first}, back)[0]
	words := wordsOf(args)
	for n := range len(names) + maxWords {
		filling := map[string]string{}
		for i, sym := range tokens {
			samples := c.samples(sym, words)
			filling[c.Table.Intern(sym)] = samples[(n+i*(n/len(samples)))%len(samples)]
		}
		v, err := f(replaceAll(args, filling))
		if err != nil || !v.IsWhollyKnown() || !v.RawEquals(replaceAll([]cty.Value{out}, filling)[0]) {
			return cty.NilVal, false
		}
	}
	return out, true
}

// plainTokens are the tokens of args, if the letters of all of them are known.
func (c call) plainTokens(args []cty.Value) (out []symbol.Symbol, ok bool) {
	ok, size := true, 0
	c.Visit(args, func(sym symbol.Symbol) {
		ok = ok && c.isPlain(sym)
		if !slices.ContainsFunc(out, func(o symbol.Symbol) bool { return o.Key == sym.Key }) {
			out = append(out, sym)
		}
	}, func(calc.Source) { ok = false })
	for _, a := range args {
		if calc.IsText(a) {
			size += len(a.AsString())
		}
	}
	return out, ok && size < maxSampled
}

// isPlain reports an id or a name of a resource, or a pseudo parameter.
func (c call) isPlain(sym symbol.Symbol) bool {
	if sym.Single && pseudoSamples[sym.Key] != nil {
		return true
	}
	m := resourceType.FindStringSubmatch(sym.Address)
	if m == nil || sym.Missing.Kind != fact.Attribute {
		return false
	}
	by, ok := c.Host.NamedBy(m[1])
	isID := sym.Attribute == "id" && strings.HasPrefix(m[1], "aws_") && m[1] != "aws_sqs_queue" // its id is a URL
	return ok && sym.Attribute == by || isID
}

var resourceType = regexp.MustCompile(`^(?:module\.[^.\[]+(?:\[[^\]]*\])?\.)*([a-z0-9_]+)\.`)

func (c call) samples(sym symbol.Symbol, words []string) []string {
	if out := pseudoSamples[sym.Key]; out != nil {
		return out
	}
	if sym.Attribute == "id" {
		return append(slices.Clone(names[:3]), words...)
	}
	return append(slices.Clone(names), words...)
}

// wordsOf are the words of the literals in args, which a token may stand for as well.
func wordsOf(args []cty.Value) (out []string) {
	for _, a := range args {
		if calc.IsText(a) {
			out = append(out, word.FindAllString(a.AsString(), maxWords)...)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	out = slices.Compact(out)
	return out[:min(len(out), maxWords)]
}

var word = regexp.MustCompile(`[A-Za-z][A-Za-z0-9-]*`)

// replaceAll replaces texts inside of values.
func replaceAll(vs []cty.Value, by map[string]string) []cty.Value {
	var pairs []string
	for from, to := range by {
		pairs = append(pairs, from, to)
	}
	replacer := strings.NewReplacer(pairs...)
	out := make([]cty.Value, len(vs))
	for i, v := range vs {
		out[i], _ = cty.Transform(v, func(_ cty.Path, x cty.Value) (cty.Value, error) {
			if calc.IsText(x) {
				return cty.StringVal(replacer.Replace(x.AsString())), nil
			}
			return x, nil
		})
	}
	return out
}
