package decode_test

import (
	"strconv"
	"testing"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"
	"github.com/awslabs/goformation/v7/cloudformation/lambda"
	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func text(s string) value.Value { return value.Value{Kind: value.Text, Text: s} }

func list(items ...value.Value) value.Value { return value.Value{Kind: value.List, Items: items} }

func choice(when fact.Cond, then, otherwise value.Value) value.Value {
	return value.Either(when, then, otherwise, source.Span{})
}

// texts gives the known texts of a list.
func texts(in fact.List[fact.Value[fact.Text]]) []string {
	var out []string
	for _, it := range in.Items {
		text, _ := it.Value.Get(nil)
		out = append(out, text.String())
	}
	return out
}

// properties takes names and values in turn.
func properties(pairs ...any) value.Value {
	v := value.Value{Kind: value.Map}
	for i := 0; i < len(pairs); i += 2 {
		v.Fields = append(v.Fields, value.Field{Name: pairs[i].(string), Value: pairs[i+1].(value.Value)})
	}
	return v
}

var (
	missing = fact.Missing{Kind: fact.Parameter, Name: "P"}
	atom    = &fact.Atom{Subject: "P", Literal: "x", Why: []fact.Missing{missing}}
	yes     = (*fact.World)(nil).With(atom, true)
	no      = (*fact.World)(nil).With(atom, false)
)

func TestDecodeConvertsAsCloudFormationDoes(t *testing.T) {
	d := decode.Decode[lambda.Function](symbol.NewTable(), properties(
		"MemorySize", text("512"),
		"Timeout", text("30.0"),
		"Role", text("arn:aws:iam::123456789012:role/r"),
		"Layers", text("one"),
		"VpcConfig", properties(
			"SubnetIds", list(text("subnet-1"), text("subnet-2")),
			"Ipv6AllowedForDualStack", text("True"),
		),
	))
	for name, got := range map[string]fact.Value[int]{"512": d.Int(&d.P.MemorySize), "30": d.Int(&d.P.Timeout)} {
		if n, ok := got.Get(nil); !ok.IsTrue() || strconv.Itoa(n) != name {
			t.Errorf("got %d %v, want %s", n, ok, name)
		}
	}
	if on, ok := d.Bool(&d.P.VpcConfig.Ipv6AllowedForDualStack).Get(nil); !on || !ok.IsTrue() {
		t.Error("the string True must be the boolean true")
	}
	if diff := cmp.Diff([]string{"one"}, texts(d.Texts(&d.P.Layers))); diff != "" {
		t.Errorf("a scalar must be a list of one (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"subnet-1", "subnet-2"}, texts(d.Texts(&d.P.VpcConfig.SubnetIds))); diff != "" {
		t.Errorf("SubnetIds (-want +got)\n%s", diff)
	}
	if len(d.Errors()) > 0 {
		t.Errorf("unexpected errors %v", d.Errors())
	}
}

func TestAValueOfTheWrongTypeIsAnErrorAndNotKnown(t *testing.T) {
	d := decode.Decode[ec2.Subnet](symbol.NewTable(), properties("MapPublicIpOnLaunch", text("perhaps")))
	if errs := d.Errors(); len(errs) != 1 || errs[0].Message != "MapPublicIpOnLaunch must be a boolean" {
		t.Errorf("errors are %v", errs)
	}
	if _, ok := d.Bool(&d.P.MapPublicIpOnLaunch).Get(nil); !ok.IsUnknown() {
		t.Errorf("the value is %v, want unknown", ok)
	}
}

func TestWhatIsNotWrittenIsUnsetAndWhatIsUnknownIsNot(t *testing.T) {
	symbols := symbol.NewTable()
	parameter := symbols.Intern(symbol.Symbol{Key: "P", Missing: missing})
	d := decode.Decode[ec2.Subnet](symbols, properties(
		"MapPublicIpOnLaunch", text(parameter),
		"VpcId", text("vpc-"+parameter),
		"AvailabilityZone", value.Value{Kind: value.Unknown, Missing: []fact.Missing{missing}},
	))
	if !d.Text(&d.P.CidrBlock).IsUnset() {
		t.Error("CidrBlock is not written")
	}
	if len(d.Errors()) > 0 {
		t.Errorf("a symbol is no value of the wrong type: %v", d.Errors())
	}
	public := d.Bool(&d.P.MapPublicIpOnLaunch)
	if _, ok := public.Get(nil); !ok.IsUnknown() || len(ok.Missing) != 1 || ok.Missing[0].Name != "P" {
		t.Errorf("the boolean waits for %v, want the parameter P", ok)
	}
	if !public.IsSet(nil).IsTrue() {
		t.Error("a parameter is certainly set")
	}
	if got := d.Text(&d.P.AvailabilityZone).IsSet(nil); !got.IsUnknown() {
		t.Errorf("an unknown value is set: %v", got)
	}
	if got, _ := d.Text(&d.P.VpcId).Get(nil); got.String() != "vpc-${P}" {
		t.Errorf("VpcId is %q", got)
	}
}

func TestAConditionAroundAMapHoldsForItsProperties(t *testing.T) {
	d := decode.Decode[lambda.Function](symbol.NewTable(), properties(
		"VpcConfig", choice(fact.If(atom),
			properties("SubnetIds", list(text("subnet-1")), "Ipv6AllowedForDualStack", text("true")),
			value.Value{}),
	))
	ids := d.Texts(&d.P.VpcConfig.SubnetIds)
	if n := len(ids.In(yes).Items); n != 1 {
		t.Errorf("%d subnets where the condition holds, want 1", n)
	}
	if n := len(ids.In(no).Items); n != 0 {
		t.Errorf("%d subnets where it does not, want 0", n)
	}
	if got := ids.In(nil).Empty(); !got.IsUnknown() {
		t.Errorf("undecided, the list is empty: %v", got)
	}
	ipv6 := d.Bool(&d.P.VpcConfig.Ipv6AllowedForDualStack)
	if on, ok := ipv6.Get(yes); !on || !ok.IsTrue() {
		t.Errorf("IPv6 is %v %v where the condition holds", on, ok)
	}
	if _, ok := ipv6.Get(no); !ok.IsFalse() {
		t.Errorf("IPv6 is %v where it does not hold, want unset", ok)
	}
}

func TestASymbolForOneOfTwoTextsIsAChoice(t *testing.T) {
	symbols := symbol.NewTable()
	token := symbols.Intern(symbol.Symbol{Key: "If", Choice: &symbol.Choice{When: fact.If(atom), Then: "a", Else: "b"}})
	got := read.Text(symbols, text("x-"+token+"-"+token))
	for world, want := range map[*fact.World]string{yes: "x-a-a", no: "x-b-b"} {
		if s, _ := got.Get(world); s.String() != want {
			t.Errorf("text is %q, want %q", s, want)
		}
	}
}

func TestStructsInListsAreDecodedUnderTheirConditions(t *testing.T) {
	d := decode.Decode[ec2.SecurityGroup](symbol.NewTable(), properties(
		"SecurityGroupEgress", list(
			properties("IpProtocol", text("tcp"), "FromPort", text("443")),
			choice(fact.If(atom), properties("IpProtocol", text("udp")), value.Value{}),
		),
	))
	rules := decode.Items(d, &d.P.SecurityGroupEgress)
	if n := len(rules.In(no).Items); n != 1 {
		t.Fatalf("%d rules, want 1", n)
	}
	all := rules.In(yes).Items
	if len(all) != 2 {
		t.Fatalf("%d rules, want 2", len(all))
	}
	if protocol := all[1].Value.Text(&all[1].Value.P.IpProtocol); !protocol.Is(nil, func(t fact.Text) bool { return t.String() == "udp" }).IsTrue() {
		t.Errorf("the protocol of the second is %v", protocol)
	}
	if port, ok := all[0].Value.Int(&all[0].Value.P.FromPort).Get(nil); port != 443 || !ok.IsTrue() {
		t.Errorf("the port of the first is %d %v", port, ok)
	}
}

func TestPropertiesNewerThanTheStructs(t *testing.T) {
	type newer struct {
		ec2.NatGateway
		AvailabilityMode *string
	}
	d := decode.Decode[newer](symbol.NewTable(), properties("AvailabilityMode", text("regional"), "SubnetId", text("subnet-1")))
	if got := d.At(&d.P.AvailabilityMode).Text; got != "regional" {
		t.Errorf("AvailabilityMode is %q", got)
	}
	if got := d.At(&d.P.SubnetId).Text; got != "subnet-1" {
		t.Errorf("SubnetId of the embedded struct is %q", got)
	}
}

func TestFlattenKnowsWhatAListMayStillHold(t *testing.T) {
	symbols := symbol.NewTable()
	attribute := symbols.Intern(symbol.Symbol{Key: "R.List", Address: "R", Attribute: "List", Missing: fact.Missing{Kind: fact.Attribute, Name: "R.List"}})
	unknown := value.Value{Kind: value.Unknown, Set: true, Missing: []fact.Missing{missing}}
	for name, tc := range map[string]struct {
		value value.Value
		items int
		open  bool
		set   bool
	}{
		"a list that is not written":                  {value.Value{}, 0, false, false},
		"an empty list":                               {list(), 0, false, true},
		"an unknown list":                             {unknown, 0, true, true},
		"an attribute in place of a list":             {text(attribute), 0, true, true},
		"an attribute as an element":                  {list(text(attribute)), 1, false, true},
		"a set but unknown element":                   {list(unknown), 1, false, true},
		"an element that may be absent":               {list(value.Value{Kind: value.Unknown}), 0, true, true},
		"a list with a gap":                           {value.Value{Kind: value.List, Open: []fact.Gap{{Missing: []fact.Missing{missing}}}}, 0, true, true},
		"a list inside a list, which is one":          {list(list(text("a"), text("b")), text("c")), 3, false, true},
		"an undecided condition that leaves it empty": {choice(fact.If(atom), list(), value.Value{}), 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			got := read.Flatten(symbols, tc.value)
			if len(got.Items) != tc.items || len(got.Open) > 0 != tc.open || got.IsSet != tc.set {
				t.Errorf("%d items, open %v, set %v", len(got.Items), got.Open, got.IsSet)
			}
		})
	}
}

func TestOrElseTakesTheSecondOnlyWhereTheFirstIsAbsent(t *testing.T) {
	v := read.OrElse(choice(fact.If(atom), text("a"), value.Value{}), text("b"))
	got := read.Text(symbol.NewTable(), v)
	for world, want := range map[*fact.World]string{yes: "a", no: "b"} {
		if s, _ := got.Get(world); s.String() != want {
			t.Errorf("got %q, want %q", s, want)
		}
	}
}

func TestPlacesOfWrittenProperties(t *testing.T) {
	at := func(start, end int) source.Span {
		return source.NewFileSet().Add("t", make([]byte, 100)).Span(start, end)
	}
	v := value.Value{Kind: value.Map, Fields: []value.Field{
		{Name: "VpcConfig", NameSpan: at(0, 9), Value: value.Value{Kind: value.Map, Span: at(12, 40), Fields: []value.Field{
			{Name: "SubnetIds", NameSpan: at(12, 21), Value: value.Value{Kind: value.List, Span: at(24, 40), Items: []value.Value{
				{Kind: value.Text, Text: "a", Span: at(26, 27)},
			}}},
		}}},
		{Name: "Role", NameSpan: at(41, 45), Value: value.Value{Kind: value.Text, Text: "r", Span: at(47, 48)}},
	}}
	want := map[string]source.Span{
		"VpcConfig":              at(0, 9),
		"VpcConfig.SubnetIds":    at(12, 21),
		"VpcConfig.SubnetIds[0]": at(26, 27),
		"Role":                   at(41, 48),
	}
	places := read.Places(v)
	for path, span := range want {
		if got, ok := places.Place(path); !ok || got != span {
			t.Errorf("%s is at %v %v, want %v", path, got, ok, span)
		}
	}
	for _, path := range []string{"", "Vpc", "VpcConfig.", "VpcConfig.Subnet", "VpcConfig.SubnetIds[1]", "VpcConfig.SubnetIds[0", "VpcConfigSubnetIds", ".Role", "Role.", "Role[0]"} {
		if got, ok := places.Place(path); ok {
			t.Errorf("%q is at %v, and nothing of that name is written", path, got)
		}
	}
}
