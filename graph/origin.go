package graph

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Origin is the address of the resource of this deployment that the symbol is an attribute of, or is computed from an
// attribute of, or "".
func (n *Network) Origin(p fact.Part) string {
	if p.Address != "" || p.Missing.Kind != fact.Attribute {
		return p.Address
	}
	for address := p.Missing.Name; address != ""; address = address[:max(strings.LastIndexByte(address, '.'), 0)] {
		if n.Head(address) != nil {
			return address
		}
	}
	return ""
}
