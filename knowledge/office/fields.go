package office

import (
	"regexp"
	"strings"
	"unicode"
)

// A field is text that Word makes, such as a link or the table of contents: an instruction, then what came of it.
type field struct {
	instruction string
	result      bool // what comes now is the result
}

// maxFields bounds fields within fields.
const maxFields = 50

func (w *writer) inContents() bool {
	for _, f := range w.fields {
		if f.result && strings.HasPrefix(strings.TrimSpace(f.instruction), "TOC") {
			return true
		}
	}
	return false
}

func (w *writer) fieldMark(kind string) {
	k := len(w.fields)
	switch {
	case kind == "begin" && k < maxFields:
		w.fields = append(w.fields, field{})
	case kind == "separate" && k > 0:
		w.fields[k-1].result = true
	case kind == "end" && k > 0:
		w.fields = w.fields[:k-1]
	}
}

// hidden reports whether a field's instruction is being read.
func (w *writer) hidden() bool {
	for _, f := range w.fields {
		if !f.result {
			return true
		}
	}
	return false
}

func (w *writer) fieldLink() string {
	for _, f := range w.fields {
		if link := fieldLink(f.instruction); link != "" {
			return link
		}
	}
	return ""
}

var hyperlinkField = regexp.MustCompile(`^\s*HYPERLINK\s+"([^"]+)"`)

func fieldLink(instruction string) string {
	if m := hyperlinkField.FindStringSubmatch(instruction); m != nil {
		return address(m[1])
	}
	return ""
}

var safeScheme = regexp.MustCompile(`(?i)^(https?://[^/]|mailto:\S+@|tel:)`)

// address returns where a link leads, if that is somewhere people can go from a chat.
func address(target string) string {
	target = strings.TrimSpace(target)
	if !safeScheme.MatchString(target) || strings.ContainsFunc(target, unicode.IsControl) {
		return ""
	}
	return strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29", `\`, "%5C", `"`, "%22", "*", "%2A", "`", "%60").Replace(target)
}
