package lint

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// shortForm is what may be a short form: capitals, with a plural's s.
var shortForm = regexp.MustCompile(`[\p{L}\p{N}&'’-]+`)

// An acronym is a short form in the texts of one language.
type acronym struct {
	sections []int    // that have it, in order
	texts    []string // what those say
}

// acronyms finds short forms that no section spells out.
func (l *linter) acronyms() {
	for _, code := range l.codes() {
		found, explained := l.shortForms(code), l.explained(code)
		maps.DeleteFunc(found, func(short string, a *acronym) bool { return explained[short] || l.spells(code, short, a) })
		if len(found) > mostAcronyms {
			l.manyUnexplained(found)
			continue
		}
		for _, short := range slices.Sorted(maps.Keys(found)) {
			l.unexplained(short, found[short])
		}
	}
}

// shortForms returns the short forms in the sections of a language.
func (l *linter) shortForms(code string) map[string]*acronym {
	found := map[string]*acronym{}
	for i, s := range l.sections {
		if s.Lang != code {
			continue
		}
		text := s.Title + "\n" + knowledge.PlainText(s.Body)
		forms := wordsOf(code).shortForms(text)
		slices.Sort(forms)
		for _, short := range slices.Compact(forms) {
			if found[short] == nil {
				found[short] = &acronym{}
			}
			found[short].sections = append(found[short].sections, i)
			found[short].texts = append(found[short].texts, text)
		}
	}
	return found
}

// mostAcronyms is how many are told one by one.
const mostAcronyms = 8

// manyUnexplained says once what readers of a technical text have to know, the commonest first.
func (l *linter) manyUnexplained(found map[string]*acronym) {
	all := slices.SortedFunc(maps.Keys(found), func(a, b string) int {
		return cmp.Or(len(found[b].sections)-len(found[a].sections), strings.Compare(a, b))
	})
	s := l.sections[found[all[0]].sections[0]]
	l.add(UnexplainedAcronym, knowledge.Notice, s, l.lineOf(s, all[0]),
		fmt.Sprintf("%s and %d more short forms are never spelt out", strings.Join(all[:mostAcronyms], ", "), len(all)-mostAcronyms),
		fmt.Sprintf("%s, where people may not know them", spellOut(all[0])))
}

func spellOut(short string) string {
	return fmt.Sprintf(`write once what %s means, with %[1]s in brackets behind it, as in "Frequently Asked Questions (FAQ)"`, short)
}

func (l *linter) unexplained(short string, a *acronym) {
	s, more := l.sections[a.sections[0]], ""
	if n := len(a.sections); n > 1 {
		more = fmt.Sprintf(", here and in %s", plural(n-1, "other section"))
	}
	l.add(UnexplainedAcronym, knowledge.Notice, s, l.lineOf(s, short), fmt.Sprintf("%s is never spelt out%s", short, more),
		spellOut(short)+": then it is found by either")
}

// lineOf is where a section's text has a short form; its phrasings, which people do not see, may have it above.
func (l *linter) lineOf(s knowledge.Section, short string) int {
	for line := range strings.Lines(s.Body) {
		if slices.Contains(shortForm.FindAllString(line, -1), short) {
			return l.places.find(s, line)
		}
	}
	return 0
}

// codes returns the languages of the sections.
func (l *linter) codes() []string {
	codes := map[string]bool{}
	for _, s := range l.sections {
		codes[s.Lang] = true
	}
	return slices.Sorted(maps.Keys(codes))
}

// shortForms returns the words of a text that are short forms, each time that they come. Capitals among capitals are
// loud, not short.
func (w *words) shortForms(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		tokens := shortForm.FindAllString(line, -1)
		for i, token := range tokens {
			short := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(token, "'s"), "’s"), "s")
			alone := (i == 0 || !isLoud(tokens[i-1])) && (i+1 == len(tokens) || !isLoud(tokens[i+1]))
			if alone && w.isShort(short) {
				all = append(all, short)
			}
		}
	}
	return all
}

// isShort reports whether a word is two to five capital letters that are no word, no number and not known to everybody.
func (w *words) isShort(word string) bool {
	n, lower := utf8.RuneCountInString(word), strings.ToLower(word)
	return n >= 2 && n <= 5 && isCapitals(word) && !isRoman(word) && !w.acronyms[word] && !w.loud[lower] && !slices.Contains(w.unwritten, lower)
}

// isCapitals reports whether a word is made of capital letters alone.
func isCapitals(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsUpper(r) })
}

// isLoud reports whether a neighbour of a word in capitals is so too, or a number in capitals such as a postcode's.
func isLoud(word string) bool {
	letters := strings.IndexFunc(word, unicode.IsLetter) >= 0
	return letters && len([]rune(word)) > 1 && strings.ToUpper(word) == word
}

// isRoman reports whether a word is a number up to 39.
func isRoman(word string) bool { return strings.Trim(word, "IVX") == "" }

// explained returns the short forms that a section introduces as the index reads it, and those among staff's synonyms.
func (l *linter) explained(code string) map[string]bool {
	all := map[string]bool{}
	for _, s := range l.base.Sections() {
		if s.Lang == code {
			for _, group := range index.ShortForms(s) {
				all[strings.TrimSuffix(group[0], "s")] = true
			}
		}
	}
	for _, group := range l.base.Settings.Synonyms {
		for _, member := range group {
			all[strings.TrimSuffix(member, "s")] = true
		}
	}
	return all
}

// spells reports whether one of the texts that have it says in another way what a short form means: by words in brackets
// behind it, or before it if it stands in brackets itself; by words that its letters begin; by "KAP stands for …"; or below
// a heading that asks what it is.
func (l *linter) spells(code, short string, a *acronym) bool {
	const item = `(?:\p{Lu}{2,6}s?|\p{Ll}{1,3})` // another short form, or a word such as "or"
	long := strings.Join(strings.Split(strings.ToLower(short), ""), `\pL*[\s-]+(?:\pL{1,3}\s+)*`) + `\pL*`
	begins, ends := `(?:^|\PL)`+short+`s?`, short+`s?(?:\PL|$)`
	patterns := []string{
		`\pL\W{1,3}\((?:` + item + `[,;/& ]+)*` + short + `s?(?:[,;/& ]+` + item + `)*\)`, // post-traumatic stress (PTSD)
		begins + `\s*\([^)]*\pL{3}[^)]*[\s-][^)]*\pL{3}[^)]*\)`,                           // MAO (monoamine oxidase)
		`(?i:` + long + `)\W{1,3}` + ends,                                                 // World Health Organization, WHO
		begins + `\W{1,3}(?:\pL{1,3}\s+)?(?i:` + long + `)`,                               // WHO, the World Health Organization
	}
	for _, phrase := range wordsOf(code).explains {
		patterns = append(patterns, begins+`\s+`+phrase+`(?:\PL|$)`)
	}
	explains := regexp.MustCompile(strings.Join(patterns, "|"))
	asked := strings.ToLower(short)
	for i, text := range a.texts {
		gist := wordsOf(code).gist(l.sections[a.sections[i]].Title)
		if gist == asked || gist == asked+" what" || gist == "what "+asked || explains.MatchString(text) {
			return true
		}
	}
	return false
}
