package functions

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// partial are functions that fail for some values of the right type. Those of other names fail for null only.
var partial = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq(`
	base64decode bcrypt chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets csvdecode file filebase64
	filebase64sha256 filebase64sha512 filemd5 fileset filesha1 filesha256 filesha512 format formatdate formatlist
	index jsondecode log matchkeys parseint pow range regex regexall rsadecrypt setproduct signum slice substr sum
	templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp tobool tonumber uuidv5 yamldecode
	zipmap alltrue anytrue`) {
		partial[name] = true
	}
}

// converting are partial where it is not known what is converted.
var converting = map[string]bool{"tolist": true, "tomap": true, "toset": true}

// takesNull are functions for which null is a value like others.
var takesNull = map[string]bool{
	"coalesce": true, "coalescelist": true, "compact": true, "contains": true, "jsonencode": true, "lookup": true,
	"merge": true, "one": true, "sensitive": true, "nonsensitive": true, "ephemeralasnull": true, "tostring": true,
	"tonumber": true, "tobool": true, "type": true, "yamlencode": true, "list": true, "map": true, "issensitive": true,
}

// called puts in doubt what a call gives for arguments that are not known.
func (c call) called(v cty.Value, args []cty.Value) cty.Value {
	if !c.Tries || !slices.ContainsFunc(args, c.IsOpen) {
		return v
	}
	if c.settledBySamples(v) {
		return v
	}
	plain, _ := args[0].Unmark()
	vague := calc.HasToken(args[0]) || plain.Type() == cty.DynamicPseudoType
	if partial[c.name] || strings.Contains(c.name, "::") || converting[c.name] && vague {
		return c.Doubt(v, c.key(args...), args...)
	}
	if takesNull[c.name] {
		return v
	}
	return c.Unless(c.AnyNull(args), v)
}

// settledBySamples reports that a function of texts gave more than a symbol for its result.
func (c call) settledBySamples(v cty.Value) bool {
	if _, reads := textual[c.name]; !reads || v.ContainsMarked() || !v.IsWhollyKnown() {
		return false
	}
	sym, ok := calc.OnlySymbol(v, c.Table)
	return !ok || !strings.HasPrefix(sym.Key, c.name+"(")
}
