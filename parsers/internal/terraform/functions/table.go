package functions

import (
	"github.com/hashicorp/go-cty-funcs/cidr"
	"github.com/hashicorp/go-cty-funcs/crypto"
	"github.com/hashicorp/go-cty-funcs/encoding"
	"github.com/hashicorp/go-cty-funcs/uuid"
	yaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// structural are functions of the libraries that move values about without looking into texts.
var structural = map[string]function.Function{
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc,
	"max": stdlib.MaxFunc, "min": stdlib.MinFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,
	"range":     stdlib.RangeFunc,
	"chunklist": stdlib.ChunklistFunc,
	"concat":    stdlib.ConcatFunc,
	"merge":     stdlib.MergeFunc, "reverse": stdlib.ReverseListFunc, "setproduct": stdlib.SetProductFunc,
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

// own is a function that is carried out here. takes is how many arguments it has, or 0 where it sees to that itself.
type own struct {
	takes int
	run   func(call, []cty.Value) (cty.Value, error)
}

// owned are the functions that are carried out here.
var owned = map[string]own{
	"length": {1, call.length}, "one": {1, call.one}, "sum": {1, call.sum}, "transpose": {1, call.transpose},
	"element": {2, call.element}, "lookup": {0, call.lookup}, "contains": {2, call.contains},
	"index": {2, call.indexOf}, "matchkeys": {3, call.matchkeys},
	"coalesce": {0, call.coalesce}, "coalescelist": {0, call.coalesceList}, "compact": {0, call.compact},
	"flatten":  {1, call.flatten},
	"distinct": {0, call.distinct}, "sort": {0, call.sort}, "keys": {0, call.keysOf}, "values": {0, call.valuesOf},
	"setintersection": {0, call.common}, "setsubtract": {0, call.common},
	"alltrue": {1, call.quantified}, "anytrue": {1, call.quantified},
	"list": {0, call.listOf}, "map": {0, call.mapOf},
	"tostring": {1, call.converted}, "tonumber": {1, call.converted}, "tobool": {1, call.converted},
	"toset": {1, call.converted}, "tomap": {1, call.converted}, "tolist": {1, call.toList},
	"split": {2, call.split}, "replace": {0, call.replaced},
	"format": {0, call.formatted}, "formatlist": {0, call.formatted},
	"jsonencode": {1, call.jsonEncode}, "jsondecode": {1, call.jsonDecode},
	"type": {0, call.anyText}, "issensitive": {0, call.isSensitive},
	"sensitive": {1, call.same}, "nonsensitive": {1, call.same}, "ephemeralasnull": {1, call.same},
}

// behind are the functions of the libraries that some of these come down to.
var behind = map[string]function.Function{
	"setintersection": stdlib.SetIntersectionFunc, "setsubtract": stdlib.SetSubtractFunc,
	"format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc,
}

var conversions = map[string]cty.Type{
	"tostring": cty.String, "tonumber": cty.Number, "tobool": cty.Bool, "tolist": cty.List(cty.DynamicPseudoType),
	"toset": cty.Set(cty.DynamicPseudoType), "tomap": cty.Map(cty.DynamicPseudoType),
}

func (c call) converted(args []cty.Value) (cty.Value, error) {
	return c.To(args[0], conversions[c.name])
}

func (c call) same(args []cty.Value) (cty.Value, error) { return args[0], nil }

func (c call) listOf(args []cty.Value) (cty.Value, error) { return cty.TupleVal(args), nil }

// anyText is a text of which nothing is known.
func (c call) anyText(args []cty.Value) (cty.Value, error) { return c.open(cty.String, args...), nil }

func (c call) isSensitive(args []cty.Value) (cty.Value, error) { return c.open(cty.Bool, args...), nil }
