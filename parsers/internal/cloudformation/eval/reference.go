package eval

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// ref gives what Ref gives: a pseudo parameter, a parameter, the identity of a resource, or the symbol of something
// that is defined elsewhere, since teams merge fragments of templates at build time.
func (e *Evaluator) ref(name string, span source.Span) Value {
	var v Value
	switch p, r := e.parameters[name], e.resources[name]; {
	case strings.HasPrefix(name, "AWS::"):
		v = e.pseudo(name, span)
	case p != nil:
		v = e.parameter(p)
	case r != nil:
		v = Value{Kind: Text, Text: e.identityOf(r)}
	default:
		v = e.elsewhere(name, span)
	}
	v.Span = span
	return v
}

// refTo is ref for a name that functions put together, as AWS::LanguageExtensions allows.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
func (e *Evaluator) refTo(args []Value, n *tree.Node) Value {
	if args[0].Kind == Text {
		if name, ok := e.table.Text(args[0].Text).Literal(); ok {
			return e.ref(name, n.Span)
		}
	}
	return unknown(n.Span, fact.Missing{Kind: fact.Intrinsic, Name: "Ref", Span: n.Span})
}

// identityOf is the token of what Ref of a resource gives.
func (e *Evaluator) identityOf(r *Resource) string {
	token, ok := e.identities[r]
	if !ok {
		address := e.Address(r.ID)
		token = e.table.Intern(symbol.Symbol{
			Key: address, Address: address, Single: true,
			Missing: fact.Missing{Kind: fact.Attribute, Name: address, Span: r.Span},
		})
		e.identities[r] = token
	}
	return token
}

func (e *Evaluator) elsewhere(name string, span source.Span) Value {
	key := e.Address(name)
	return e.symbolic(symbol.Symbol{Key: key, Missing: fact.Missing{Kind: fact.Resource, Name: key, Span: span}}, span)
}

// getAtt evaluates Fn::GetAtt in its text form "Id.Attribute" and its list form.
func (e *Evaluator) getAtt(arg, n *tree.Node) Value {
	var path string
	switch {
	case arg.Kind == tree.Scalar:
		path = arg.Text
	case arg.Kind == tree.Sequence && len(arg.Items) >= 2:
		var parts []string
		for _, it := range arg.Items {
			v := e.Eval(it)
			if v.Kind != Text {
				return unknown(n.Span, fact.Missing{Kind: fact.Intrinsic, Name: "Fn::GetAtt", Span: n.Span})
			}
			parts = append(parts, v.Text)
		}
		path = strings.Join(parts, ".")
	}
	id, attribute, ok := strings.Cut(path, ".")
	if !ok || id == "" || attribute == "" {
		return e.malformed("Fn::GetAtt", n)
	}
	return e.attribute(id, attribute, n.Span)
}

// repeated lists the attributes that give back a property as it was written. See the return values on the pages of
// AWS::EC2::VPC and AWS::EC2::Subnet in the CloudFormation Template Reference.
var repeated = map[string]string{
	"AWS::EC2::VPC.CidrBlock":           "CidrBlock",
	"AWS::EC2::Subnet.CidrBlock":        "CidrBlock",
	"AWS::EC2::Subnet.AvailabilityZone": "AvailabilityZone",
	"AWS::EC2::Subnet.VpcId":            "VpcId",
}

func (e *Evaluator) attribute(id, attribute string, span source.Span) Value {
	r := e.resources[id]
	if symbol.Has(attribute) {
		attribute = e.table.Text(attribute).String()
	}
	if r == nil {
		return e.elsewhere(e.table.Text(id).String()+"."+attribute, span)
	}
	address := e.Address(id)
	key := address + "." + attribute
	if output, ok := strings.CutPrefix(attribute, "Outputs."); ok {
		if e.b.Outputs != nil {
			if v, ok := e.b.Outputs(address, output); ok {
				v.Span = span
				return v
			}
		}
		missing := fact.Missing{Kind: fact.Resource, Name: key, Span: r.Span}
		return e.symbolic(symbol.Symbol{Key: key, Missing: missing}, span)
	}
	if v, ok := e.repeat(r, attribute, key); ok {
		v.Span = span
		return v
	}
	return e.symbolic(symbol.Symbol{
		Key: key, Address: address, Attribute: attribute,
		Missing: fact.Missing{Kind: fact.Attribute, Name: key, Span: r.Span},
	}, span)
}

// repeat gives the value of the property that an attribute repeats, when it is written.
func (e *Evaluator) repeat(r *Resource, attribute, key string) (Value, bool) {
	n := r.Properties.Get(repeated[r.Type+"."+attribute])
	if n == nil {
		return Value{}, false
	}
	if e.active[key] {
		return Value{}, false
	}
	v, ok := e.attributes[key]
	if !ok {
		e.active[key] = true
		v = e.Eval(n)
		delete(e.active, key)
		e.attributes[key] = v
	}
	return v, v.Kind == Text
}

// pseudo evaluates a pseudo parameter.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
func (e *Evaluator) pseudo(name string, span source.Span) Value {
	known, key := "", name
	switch name {
	case "AWS::NoValue":
		return Value{Span: span}
	case "AWS::NotificationARNs":
		key = e.Address(name)
		missing := []fact.Missing{{Kind: fact.Pseudo, Name: key, Span: span}}
		return Value{Kind: List, Span: span, Key: key, Open: []fact.Gap{{Missing: missing}}}
	case "AWS::Region":
		known = e.b.Region
	case "AWS::AccountId":
		known = e.b.AccountID
	case "AWS::Partition":
		known = e.partition()
	case "AWS::URLSuffix":
		known = aws.URLSuffix(e.partition())
	case "AWS::StackName":
		known, key = e.b.StackName, e.Address(name)
	default: // AWS::StackId
		key = e.Address(name)
	}
	if known != "" {
		return Value{Kind: Text, Span: span, Text: known}
	}
	return e.symbolic(symbol.Pseudo(key), span)
}

func (e *Evaluator) partition() string {
	if e.b.Partition != "" || e.b.Region == "" {
		return e.b.Partition
	}
	return aws.Partition(e.b.Region)
}
