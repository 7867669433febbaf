package parsers

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// inUTF8 turns a text that begins with the byte order mark of UTF-16 into UTF-8, and leaves any other as it is. Windows
// PowerShell redirects output, such as that of terraform show -json, into files of UTF-16.
// https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_character_encoding
func inUTF8(text []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	default:
		return text
	}
	units := make([]uint16, 0, len(text)/2)
	for at := 2; at+1 < len(text); at += 2 {
		units = append(units, order.Uint16(text[at:]))
	}
	return []byte(string(utf16.Decode(units)))
}
