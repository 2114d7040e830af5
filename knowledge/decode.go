package knowledge

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var (
	errBinary   = errors.New("this is not text")
	errEncoding = errors.New("the characters cannot be read: neither UTF-8 nor Windows-1252")
	errUTF16    = errors.New("the UTF-16 text is broken")
)

// TextOf returns a file's text with plain newlines, whichever encoding it is in of those that staff's programs write, with
// what they should know of that; false when it is no text.
func TextOf(name string, data []byte) (text string, found []Problem, ok bool) {
	at := Position{File: name}
	text, warning, err := decode(data)
	if broken, is := errors.AsType[brokenUTF8](err); is {
		at.Line = int(broken)
	}
	switch {
	case err != nil:
		return "", []Problem{{Source: at, Level: Error, Text: err.Error(), Advice: "save it as text in UTF-8"}}, false
	case warning != "":
		found = []Problem{{Source: at, Level: Warning, Text: warning, Advice: "save it as UTF-8"}}
	}
	return text, found, true
}

// decode turns a file into text with plain newlines. It knows UTF-8 and UTF-16 by their marks, UTF-8 without, and
// Windows-1252, which it guesses: then a warning comes back.
func decode(data []byte) (text, warning string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		text, err = decodeUTF16(data[2:], binary.BigEndian)
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		text, err = decodeUTF16(data[2:], binary.LittleEndian)
	case utf8.Valid(data):
		text = strings.TrimPrefix(string(data), "\ufeff")
	case mostlyUTF8(data):
		err = firstBroken(data)
	default:
		text, err = decodeWindows(data)
		warning = "the file is not UTF-8; it was read as Windows-1252"
	}
	if err != nil {
		return "", "", err
	}
	if looksBinary(text) {
		return "", "", errBinary
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), warning, nil
}

// A brokenUTF8 is the line, from 1, of a character that is broken in a text that is UTF-8 everywhere else.
type brokenUTF8 int

func (brokenUTF8) Error() string {
	return "a character here is broken, in a text that is UTF-8 otherwise"
}

// mostlyUTF8 reports whether more characters beyond ASCII are UTF-8 than are not. To read such text as Windows-1252 would
// break them all.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > bad
}

// firstBroken returns where data, which is not UTF-8, ceases to be.
func firstBroken(data []byte) brokenUTF8 {
	line := brokenUTF8(1)
	for {
		r, size := utf8.DecodeRune(data)
		if size <= 1 && r == utf8.RuneError {
			return line
		}
		if r == '\n' {
			line++
		}
		data = data[size:]
	}
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", errUTF16
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	if strings.ContainsRune(text, utf8.RuneError) {
		return "", errUTF16
	}
	return text, nil
}

// decodeWindows reads Windows-1252, unless the bytes look like another encoding or no text at all.
func decodeWindows(data []byte) (string, error) {
	high := 0
	for _, b := range data {
		switch {
		case b == 0x81 || b == 0x8D || b == 0x8F || b == 0x90 || b == 0x9D: // not in Windows-1252
			return "", errEncoding
		case b >= 0x80:
			high++
		case b == 0:
			return "", errBinary
		}
	}
	if high*4 > len(data) {
		return "", errEncoding
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", errEncoding
	}
	return string(text), nil
}

// looksBinary reports whether text holds NUL, or control characters that no editor writes.
func looksBinary(text string) bool {
	controls := 0
	for _, r := range text {
		switch {
		case r == 0:
			return true
		case r < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a", r):
			controls++
		}
	}
	return controls > 2 && controls*200 > len(text)
}
