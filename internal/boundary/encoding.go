package boundary

import (
	"bytes"

	"golang.org/x/text/encoding/unicode"
)

// inUTF8 turns a text that begins with the byte order mark of UTF-16 into UTF-8, and leaves any other as it is. Windows
// PowerShell redirects output, such as that of terraform show -json, into files of UTF-16.
// https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_character_encoding
func inUTF8(text []byte) []byte {
	if !bytes.HasPrefix(text, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(text, []byte{0xFE, 0xFF}) {
		return text
	}
	whole := text[:len(text)&^1] // half a character at the end is none
	decoded, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(whole)
	if err != nil {
		return text // which no parser takes
	}
	return decoded
}
