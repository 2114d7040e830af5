package journal

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands for what was taken out.
const (
	namePlaceholder   = "[name]"
	numberPlaceholder = "[number]"
	mailPlaceholder   = "[e-mail]"
	linkPlaceholder   = "[link]"
	handlePlaceholder = "[handle]"
)

// The parts of a text, the first that fits at a place.
var (
	partPattern = regexp.MustCompile(`(?i)` +
		`(?P<link>https?://\S+|www\.\S+|\b(?:[\pL\pN-]+\.)+(?:com|org|net|io|me|gg|co|info|us|uk|es|mx|edu|gov)\b(?:/\S*)?)` +
		`|(?P<mail>[^\s@<>()\[\],;:"]+@[^\s@<>()\[\],;:"]+\.[\pL\pN.-]+` +
		`|[\pL\pN._+-]+\s*[\[(]?\b(?:at|arroba)\b[\])]?\s*[\pL\pN-]+\s*[\[(]?\b(?:dot|punto)\b[\])]?\s*\pL+)` +
		`|(?P<handle><[@#][!&]?\d+>|<@?:?\w+:\d+>|@[\pL\pN_.-]+|[\pL\pN_.]+#\d{4}\b)` +
		`|(?P<number>[+(]?\pN[\pN\s.,:;/()\x{2013}-]*\pN|\pN)` +
		`|(?P<word>` + wordRegexp + `)`)
	wordPattern  = regexp.MustCompile(wordRegexp)
	placeholders = map[string]string{"link": linkPlaceholder, "mail": mailPlaceholder, "handle": handlePlaceholder, "number": numberPlaceholder}
)

// wordRegexp is a word with its apostrophes and hyphens, such as O'Hara-Smith.
const wordRegexp = `[\pL\pM]+(?:['’-][\pL\pM]+)*`

// A scrubber takes out of a text what tells who wrote it: e-mail addresses, links, handles and numbers by their form;
// names by the words before them, by lists of given names, and by capitals in words that staff do not use themselves.
// It is a floor and no proof: a rare name in small letters stays, as does a story that only one person can tell. That is
// why scrubbed text is shown only once several people asked alike.
type scrubber struct {
	known func(folded string) bool // the words of staff
}

// A part is a piece of a text.
type part struct {
	text   string
	kind   string // a group of partPattern; empty for what stands between
	folded string // of words, without a possessive ending
	opens  bool   // of words: the first of a sentence
	name   bool   // of words: to be taken out
}

// clean returns a text with what it found replaced by placeholders such as "[name]".
func (s scrubber) clean(text string) string {
	parts := split(text)
	var words []*part
	for i := range parts {
		if parts[i].kind == "word" {
			words = append(words, &parts[i])
		}
	}
	s.find(words, strings.IndexFunc(text, unicode.IsLower) < 0)
	var b strings.Builder
	for i, p := range parts {
		mark, private := placeholders[p.kind]
		switch {
		case p.name && i >= 2 && parts[i-2].name && isBlank(parts[i-1].text):
			// first and last name are one
		case p.name:
			b.WriteString(namePlaceholder)
		case private:
			b.WriteString(mark)
		case isBlank(p.text) && i > 0 && i+1 < len(parts) && parts[i-1].name && parts[i+1].name:
		default:
			b.WriteString(p.text)
		}
	}
	return strings.TrimSpace(b.String())
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// split cuts a text into parts. Together they are the text.
func split(text string) []part {
	var parts []part
	names := partPattern.SubexpNames()
	end, opens := 0, true
	for _, at := range partPattern.FindAllStringSubmatchIndex(text, -1) {
		between := text[end:at[0]]
		parts = append(parts, part{text: between})
		opens = opens || strings.ContainsAny(between, ".!?¡¿\n:")
		p := part{text: text[at[0]:at[1]], opens: opens}
		end, opens = at[1], false
		group := slices.IndexFunc(names[1:], func(name string) bool { i := slices.Index(names, name); return at[2*i] >= 0 }) + 1
		p.kind = names[group]
		if p.kind == "word" {
			p.folded = strings.TrimSuffix(fold(p.text), "'s")
		}
		parts = append(parts, p)
	}
	return append(parts, part{text: text[end:]})
}

// find marks the names among the words of a text. In one without small letters, capitals tell nothing.
func (s scrubber) find(text []*part, shouting bool) {
	for i, w := range text {
		switch {
		case s.given(w):
			w.name = true
			s.surname(text[i+1:])
		case words().title[w.folded]:
			s.addressed(text[i+1:], shouting)
		case !w.opens && !shouting && s.capital(w):
			w.name = true
			if i > 0 && text[i-1].opens && s.capital(text[i-1]) && !words().title[text[i-1].folded] {
				text[i-1].name = true // both words of a name that opens the sentence
			}
		}
		for _, before := range words().named {
			if follows(text[:i+1], before) {
				s.introduced(text[i+1:])
			}
		}
	}
}

// given reports whether a word, or a part of it between hyphens, is a given name.
func (s scrubber) given(w *part) bool {
	for piece := range strings.SplitSeq(w.folded, "-") {
		if words().given[piece] {
			return true
		}
	}
	return false
}

// plain reports whether a word is one that anybody uses.
func (s scrubber) plain(w *part) bool {
	return words().function[w.folded] || words().topic[w.folded] || s.known(w.folded)
}

// capital reports whether a word looks like a name for its capital. Short words of nothing but capitals are
// abbreviations, such as PTSD.
func (s scrubber) capital(w *part) bool {
	const abbreviation = 4
	first, size := utf8.DecodeRuneInString(w.text)
	if !unicode.IsUpper(first) || len(w.text) == size || s.plain(w) {
		return false
	}
	return len(w.text) > abbreviation || strings.ToUpper(w.text) != w.text
}

// surname marks the word after a given name, unless it is a plain one.
func (s scrubber) surname(rest []*part) {
	if len(rest) > 0 && !rest[0].opens && !s.plain(rest[0]) {
		rest[0].name = true
	}
}

// addressed marks the word after a form of address, such as "dr", unless it is a plain one.
func (s scrubber) addressed(rest []*part, shouting bool) {
	if len(rest) == 0 || words().function[rest[0].folded] {
		return
	}
	first, _ := utf8.DecodeRuneInString(rest[0].text)
	if !s.known(rest[0].folded) || unicode.IsUpper(first) && !shouting {
		rest[0].name = true
		s.surname(rest[1:])
	}
}

// introduced marks what follows "my name is": two words at most, up to one that carries grammar.
func (s scrubber) introduced(rest []*part) {
	for _, w := range rest[:min(2, len(rest))] {
		if w.opens || words().function[w.folded] {
			return
		}
		w.name = true
	}
}

// follows reports whether a text ends with the given words.
func follows(text []*part, before []string) bool {
	if len(text) < len(before) {
		return false
	}
	for i, w := range text[len(text)-len(before):] {
		if fold(w.text) != before[i] {
			return false
		}
	}
	return true
}
