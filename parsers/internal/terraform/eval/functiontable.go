package eval

import (
	"github.com/hashicorp/go-cty-funcs/cidr"
	"github.com/hashicorp/go-cty-funcs/crypto"
	"github.com/hashicorp/go-cty-funcs/encoding"
	"github.com/hashicorp/go-cty-funcs/uuid"
	yaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// structural are functions of the libraries that move values about without looking into texts.
var structural = map[string]function.Function{
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc,
	"max": stdlib.MaxFunc, "min": stdlib.MinFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,
	"range":     stdlib.RangeFunc,
	"chunklist": stdlib.ChunklistFunc,
	"concat":    stdlib.ConcatFunc,
	"merge": stdlib.MergeFunc, "reverse": stdlib.ReverseListFunc, "setproduct": stdlib.SetProductFunc,
	"setunion": stdlib.SetUnionFunc, "slice": stdlib.SliceFunc, "zipmap": stdlib.ZipmapFunc, "join": stdlib.JoinFunc,
	"yamlencode": yaml.YAMLEncodeFunc,
}

// textual are functions of the libraries that look at their texts, which tells nothing of a text with a token in it.
var textual = map[string]function.Function{
	"base64decode": base64DecodeFunc, "base64encode": encoding.Base64EncodeFunc, "urlencode": encoding.URLEncodeFunc,
	"chomp": stdlib.ChompFunc, "indent": stdlib.IndentFunc, "lower": stdlib.LowerFunc, "upper": stdlib.UpperFunc,
	"title": stdlib.TitleFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "regex": stdlib.RegexFunc,
	"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc,
	"trimspace": stdlib.TrimSpaceFunc, "regexall": stdlib.RegexAllFunc, "parseint": stdlib.ParseIntFunc,
	"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
	"cidrhost": cidr.HostFunc, "cidrnetmask": cidr.NetmaskFunc,
	"cidrsubnet": cidr.SubnetFunc, "cidrsubnets": cidr.SubnetsFunc,
	"md5": crypto.Md5Func, "sha1": crypto.Sha1Func, "sha256": crypto.Sha256Func, "sha512": crypto.Sha512Func,
	"uuidv5":    uuid.V5Func,
	"csvdecode": stdlib.CSVDecodeFunc, "yamldecode": yaml.YAMLDecodeFunc,
	"startswith": predicate("startswith"), "endswith": predicate("endswith"), "strcontains": predicate("strcontains"),
	"timecmp": timecmpFunc, "basename": pathFunc("basename"), "dirname": pathFunc("dirname"),
	"base64sha256": hashFunc("base64sha256"), "base64sha512": hashFunc("base64sha512"),
}

// opaqueFunctions have results that differ at each run, depend on the machine, or matter to no network.
var opaqueFunctions = map[string]bool{
	"timestamp": true, "plantimestamp": true, "uuid": true, "bcrypt": true, "abspath": true, "pathexpand": true,
	"rsadecrypt": true, "base64gzip": true, "textencodebase64": true, "textdecodebase64": true,
	"filebase64": true, "filebase64sha256": true, "filebase64sha512": true,
	"filemd5": true, "filesha1": true, "filesha256": true, "filesha512": true,
}

// function is one that is carried out here.
type ownFunction = func(*scope, []cty.Value) (cty.Value, error)

// owned are the functions that are carried out here, nil for others.
func owned(name string) ownFunction {
	switch name {
	case "length":
		return (*scope).length
	case "coalesce":
		return (*scope).coalesce
	case "coalescelist":
		return (*scope).coalesceList
	case "element":
		return (*scope).element
	case "lookup":
		return (*scope).lookup
	case "contains":
		return (*scope).contains
	case "index":
		return (*scope).indexOf
	case "matchkeys":
		return (*scope).matchkeys
	case "one":
		return (*scope).one
	case "sum":
		return (*scope).sum
	case "transpose":
		return (*scope).transpose
	case "split":
		return (*scope).split
	case "replace":
		return (*scope).replaced
	case "alltrue":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.quantified(name, args, fact.Cond.And, fact.Always())
		}
	case "anytrue":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.quantified(name, args, fact.Cond.Or, fact.Never())
		}
	case "flatten":
		return (*scope).flatten
	case "compact":
		return (*scope).compact
	case "distinct":
		return (*scope).distinct
	case "sort":
		return (*scope).sort
	case "keys":
		return (*scope).keysOf
	case "values":
		return (*scope).valuesOf
	case "tolist":
		return (*scope).toList
	case "setintersection":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.common(name, stdlib.SetIntersectionFunc, args)
		}
	case "setsubtract":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.common(name, stdlib.SetSubtractFunc, args)
		}
	case "format":
		return func(s *scope, args []cty.Value) (cty.Value, error) { return s.formatted(name, stdlib.FormatFunc, args) }
	case "formatlist":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.formatted(name, stdlib.FormatListFunc, args)
		}
	case "jsonencode":
		return (*scope).jsonEncode
	case "jsondecode":
		return (*scope).jsonDecode
	case "file":
		return (*scope).file
	case "fileexists":
		return (*scope).fileExists
	case "fileset":
		return (*scope).fileSet
	case "templatefile":
		return (*scope).templateFile
	case "templatestring":
		return (*scope).templateString
	case "list":
		return func(_ *scope, args []cty.Value) (cty.Value, error) { return cty.TupleVal(args), nil }
	case "map":
		return (*scope).mapOf
	case "type":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.derived(cty.String, "type("+s.canonical(args...)+")", args...), nil
		}
	case "sensitive", "nonsensitive", "ephemeralasnull":
		return first
	case "issensitive":
		return func(s *scope, args []cty.Value) (cty.Value, error) {
			return s.derived(cty.Bool, "issensitive("+s.canonical(args...)+")", args...), nil
		}
	}
	if ty, ok := conversions[name]; ok {
		return func(s *scope, args []cty.Value) (cty.Value, error) { return s.converted(args, ty) }
	}
	return nil
}

var conversions = map[string]cty.Type{
	"tostring": cty.String, "tonumber": cty.Number, "tobool": cty.Bool,
	"toset": cty.Set(cty.DynamicPseudoType), "tomap": cty.Map(cty.DynamicPseudoType),
}

func first(_ *scope, args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	return args[0], nil
}
