package functions

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// textFunc is a function of texts.
func textFunc(n int, ty cty.Type, f func([]string) (cty.Value, error)) function.Function {
	params := make([]function.Parameter, n)
	for i := range params {
		params[i] = function.Parameter{Name: string(rune('a' + i)), Type: cty.String}
	}
	return function.New(&function.Spec{
		Params: params, Type: function.StaticReturnType(ty),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			texts := make([]string, len(args))
			for i, a := range args {
				texts[i] = a.AsString()
			}
			return f(texts)
		},
	})
}

func predicate(name string) function.Function {
	test := map[string]func(a, b string) bool{
		"startswith": strings.HasPrefix, "endswith": strings.HasSuffix, "strcontains": strings.Contains,
	}[name]
	return textFunc(2, cty.Bool, func(a []string) (cty.Value, error) { return cty.BoolVal(test(a[0], a[1])), nil })
}

func pathFunc(name string) function.Function {
	part := map[string]func(string) string{"basename": path.Base, "dirname": path.Dir}[name]
	return textFunc(1, cty.String, func(a []string) (cty.Value, error) { return cty.StringVal(part(a[0])), nil })
}

func hashFunc(name string) function.Function {
	return textFunc(1, cty.String, func(a []string) (cty.Value, error) {
		if name == "base64sha512" {
			sum := sha512.Sum512([]byte(a[0]))
			return cty.StringVal(base64.StdEncoding.EncodeToString(sum[:])), nil
		}
		sum := sha256.Sum256([]byte(a[0]))
		return cty.StringVal(base64.StdEncoding.EncodeToString(sum[:])), nil
	})
}

var timecmpFunc = textFunc(2, cty.Number, func(a []string) (cty.Value, error) {
	x, err := time.Parse(time.RFC3339, a[0])
	if err != nil {
		return cty.NilVal, err
	}
	y, err := time.Parse(time.RFC3339, a[1])
	return cty.NumberIntVal(int64(x.Compare(y))), err
})

// base64DecodeFunc is not that of the library, which writes what it cannot decode to the log.
var base64DecodeFunc = textFunc(1, cty.String, func(a []string) (cty.Value, error) {
	text, err := base64.StdEncoding.DecodeString(a[0])
	if err == nil && !utf8.Valid(text) {
		err = errors.New("the result is not UTF-8")
	}
	return cty.StringVal(symbol.Escape(string(text))), err
})

// mapOf is map(key, value, …) of Terraform 0.11.
func (c call) mapOf(args []cty.Value) (cty.Value, error) {
	if len(args)%2 != 0 {
		return cty.NilVal, ErrArguments
	}
	attrs := map[string]cty.Value{}
	for i := 0; i < len(args); i += 2 {
		key, err := c.To(args[i], cty.String)
		if err != nil || !calc.IsText(key) {
			return key, errors.New("map: a key must be a text")
		}
		attrs[key.AsString()] = args[i+1]
	}
	return cty.ObjectVal(attrs), nil
}
