package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// remoteState is an attribute of a terraform_remote_state whose state another root module of the run keeps: outputs or,
// as Terraform 0.11 has it, an output. ok is false where it is not known which one that is.
func (o *object) remoteState(name string) (v cty.Value, ok bool) {
	if len(o.in.Roots) == 0 || name == "id" || meta[name] {
		return cty.NilVal, false
	}
	v, err := o.onceHere("outputs", o.set.block.Range, func() (cty.Value, error) {
		if q, ok := o.asks(); ok && o.program.Reads != nil {
			o.note(q)
		} else if ok {
			if v, ok := o.choose(o, q); ok {
				return v, nil
			}
		}
		return cty.NilVal, nil
	})
	if err != nil || v == cty.NilVal {
		return cty.NilVal, false
	}
	if name == "outputs" {
		return v, true
	}
	v, err = o.Index(v, lit(name))
	return v, err == nil
}

// unread are the outputs of a state that is not known. why is what would tell which state it is, or nothing.
func (o *object) unread(why fact.Missing) *calc.Handle {
	key := o.address + ".outputs"
	return &calc.Handle{Key: key, Names: func() []string { return nil }, Attr: func(name string) (cty.Value, error) {
		s := o.symbol(o.address, "outputs."+name)
		if why.Name != "" {
			s.Missing = why
		}
		return o.Provided(s, name), nil
	}}
}

// note tells whose state the data source may read.
func (o *object) note(q asked) {
	for _, k := range o.keepers(q) {
		o.program.Reads[o.address] = append(o.program.Reads[o.address], StateOf{k.root.Name, k.call})
	}
}

// stored is the value of a parameter of Systems Manager that another deployment of the run certainly writes. ok is
// false for any other.
func (o *object) stored(name string) (v cty.Value, ok bool) {
	if name != "value" && name != "insecure_value" || o.in.Parameter == nil {
		return cty.NilVal, false
	}
	v, err := o.onceHere(" value", o.set.block.Range, func() (cty.Value, error) {
		called := o.argument("name")
		if called == cty.NilVal || !calc.IsText(called) || strings.HasPrefix(called.AsString(), "/aws/") {
			return cty.NilVal, nil
		}
		asked := o.Table.Text(called.AsString())
		root, address, none := o.in.Parameter(o.in.Name, asked)
		if root != nil {
			return o.written(root, address), nil
		}
		if none && o.in.Stored != nil {
			if text, ok := o.in.Stored(asked); ok {
				return cty.StringVal(text), nil
			}
		}
		return cty.NilVal, nil
	})
	return v, err == nil && v != cty.NilVal
}

// written is what the resource at the address in another root module writes, NilVal where it is not there.
func (r *run) written(root *Root, address string) cty.Value {
	made := r.together(root)
	if made == nil {
		return cty.NilVal
	}
	for _, in := range made.program.Instances {
		if in.Address != made.scope+":"+address {
			continue
		}
		for _, name := range []string{"value", "insecure_value"} {
			if v := member(in.Config, name); v != cty.NilVal && !calc.IsNull(v) && !in.IsIgnored(name) {
				return v
			}
		}
	}
	return cty.NilVal
}
