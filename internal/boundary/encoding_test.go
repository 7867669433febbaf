package boundary_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

func TestTextsOfUTF16AreReadAsUTF8(t *testing.T) {
	const text = "{\"tag\": \"vår 😀\"}\n"
	wide := func(order binary.AppendByteOrder) (out []byte) {
		for _, unit := range append([]uint16{0xFEFF}, utf16.Encode([]rune(text))...) {
			out = order.AppendUint16(out, unit)
		}
		return out
	}
	for name, in := range map[string][]byte{
		"UTF-8": []byte(text), "little-endian": wide(binary.LittleEndian), "big-endian": wide(binary.BigEndian),
		"half a character at the end": append(wide(binary.LittleEndian), 'x'),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := boundary.ReadBuffer(bytes.NewReader(in)); err != nil || string(got) != text {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestReadBufferIsBounded(t *testing.T) {
	if _, err := boundary.ReadBuffer(forever{}); err == nil || err.Error() != "larger than 4 MiB" {
		t.Error(err)
	}
}

// forever is an input without an end.
type forever struct{}

func (forever) Read(p []byte) (int, error) { return len(p), nil }
