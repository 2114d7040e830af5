package index

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge"
)

// bracketed finds what may be a short form in brackets, with the text before it.
var bracketed = regexp.MustCompile(`([^()\n]{4,120})\(\s*([\p{Lu}][\p{L}\p{N}&-]{1,8})\s*\)`)

// ShortForms returns the short forms that a section introduces, each followed by its long form: KAP and
// Ketamine-Assisted Psychotherapy for "Ketamine-Assisted Psychotherapy (KAP)".
func ShortForms(section knowledge.Section) [][]string { return shortForms(&section) }

// shortForms does it for a section that need not be copied. Each pair is a group of synonyms.
func shortForms(section *knowledge.Section) [][]string {
	var groups [][]string
	for _, text := range []string{section.Title, section.Body} {
		if !bracketsCapital(text) {
			continue
		}
		for _, m := range bracketed.FindAllStringSubmatch(text, -1) {
			if long, ok := longForm(m[1], m[2]); ok {
				groups = append(groups, []string{m[2], long})
			}
		}
	}
	return groups
}

// bracketsCapital reports whether a capital stands after an opening bracket, as with every short form. Few texts have
// that; to look through all by regular expression took a fifth of the time of reading them.
func bracketsCapital(text string) bool {
	for {
		_, after, ok := strings.Cut(text, "(")
		if !ok {
			return false
		}
		if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, "\t\n\f\r ")); unicode.IsUpper(first) {
			return true
		}
		text = after
	}
}

// acronyms returns the short forms of all sections, each but once. known has what was read of some before.
func acronyms(sections []*knowledge.Section, known []*reading) [][]string {
	var groups [][]string
	seen := map[string]bool{}
	for i, section := range sections {
		var found [][]string
		if known[i] != nil {
			found = known[i].shorts
		} else {
			found = shortForms(section)
		}
		for _, group := range found {
			if key := group[0] + " " + strings.ToLower(group[1]); !seen[key] {
				seen[key] = true
				groups = append(groups, group)
			}
		}
	}
	return groups
}

// longForm returns the words at the end of before whose first letters spell short; small words between may be passed
// over. A plural s at the end of short stands for itself.
func longForm(before, short string) (string, bool) {
	letters := []rune(strings.ToLower(strings.TrimSuffix(short, "s")))
	letters = slices.DeleteFunc(letters, func(r rune) bool { return !unicode.IsLetter(r) })
	words := strings.FieldsFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '\'' })
	if len(letters) < 2 || strings.ToUpper(short) == strings.ToLower(short) || !isShort(short) {
		return "", false
	}
	at := len(letters) - 1
	for i := len(words) - 1; i >= 0 && len(words)-i <= 2*len(letters)+1; i-- {
		first, _ := utf8.DecodeRuneInString(strings.ToLower(words[i]))
		switch {
		case first == letters[at]:
			at--
		case len(words[i]) > 3 || i == len(words)-1:
			return "", false
		}
		if at < 0 {
			return strings.Join(words[i:], " "), true
		}
	}
	return "", false
}

// isShort reports whether most letters are capitals: a short form and no remark in brackets.
func isShort(s string) bool {
	upper := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return 2*upper > utf8.RuneCountInString(s)
}
