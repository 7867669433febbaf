package rules

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// SplitAddress parts an address into the module instance or nested stacks that it is in, and the rest. A typed one
// names the type, as aws_vpc.main does.
func SplitAddress(address string, isTyped bool) (home, own string) {
	at := strings.LastIndex(address, ".")
	if isTyped {
		own = address
		for strings.HasPrefix(own, "module.") {
			end := len("module.") + endOfName(own[len("module."):])
			if end == len(own) {
				break
			}
			own = own[end+1:]
		}
		return strings.TrimSuffix(address, own), own
	}
	return address[:at+1], address[at+1:]
}

// endOfName is where the name of a module with its index, such as a["x.y"], ends in text: at a dot outside of brackets.
func endOfName(text string) int {
	inQuotes := false
	for i := range len(text) {
		switch text[i] {
		case '"':
			inQuotes = !inQuotes
		case '.':
			if !inQuotes {
				return i
			}
		}
	}
	return len(text)
}

// NameOf is the resource's own name, without its type, its index and what holds it.
func (p *Pass) NameOf(h *graph.Header) string {
	_, own := SplitAddress(h.Address, p.Language.TypedAddresses)
	own, _, _ = strings.Cut(own, "[")
	return own[strings.Index(own, ".")+1:]
}
