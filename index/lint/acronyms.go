package lint

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// shortForm is what may be a short form: capitals, with a plural's s.
var shortForm = regexp.MustCompile(`[\p{L}\p{N}&'’-]+`)

// An acronym is a short form in the texts of one language.
type acronym struct {
	first    int // the section that has it first
	sections int
	latest   int
}

// acronyms finds short forms that no section spells out.
func (l *linter) acronyms() {
	for _, code := range l.codes() {
		found, explained := map[string]*acronym{}, l.explained(code)
		for i, s := range l.sections {
			if s.Lang != code {
				continue
			}
			for _, short := range wordsOf(code).shortForms(s.Title + "\n" + knowledge.PlainText(s.Body)) {
				if found[short] == nil {
					found[short] = &acronym{first: i, latest: -1}
				}
				if a := found[short]; a.latest != i {
					a.latest = i
					a.sections++
				}
			}
		}
		maps.DeleteFunc(found, func(short string, _ *acronym) bool { return explained[short] || l.spells(code, short) })
		if len(found) > mostAcronyms {
			l.manyUnexplained(found)
			continue
		}
		for _, short := range slices.Sorted(maps.Keys(found)) {
			l.unexplained(short, found[short])
		}
	}
}

// mostAcronyms is how many are told one by one.
const mostAcronyms = 8

// manyUnexplained says once what readers of a technical text have to know, the commonest first.
func (l *linter) manyUnexplained(found map[string]*acronym) {
	all := slices.SortedFunc(maps.Keys(found), func(a, b string) int {
		return cmp.Or(found[b].sections-found[a].sections, strings.Compare(a, b))
	})
	s := l.sections[found[all[0]].first]
	l.add(UnexplainedAcronym, knowledge.Notice, s, l.lineOf(s, all[0]),
		fmt.Sprintf("%s and %d more short forms are never spelt out", strings.Join(all[:mostAcronyms], ", "), len(all)-mostAcronyms),
		fmt.Sprintf("%s, where people may not know them", spellOut(all[0])))
}

func spellOut(short string) string {
	return fmt.Sprintf(`write once what %s means, with %[1]s in brackets behind it, as in "Frequently Asked Questions (FAQ)"`, short)
}

func (l *linter) unexplained(short string, a *acronym) {
	s, more := l.sections[a.first], ""
	if a.sections > 1 {
		more = fmt.Sprintf(", here and in %s", plural(a.sections-1, "other section"))
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

// shortForms returns the words of a text that are short forms of two to five letters, each time that they come.
// Capitals among capitals are loud, not short.
func (w *words) shortForms(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		tokens := shortForm.FindAllString(line, -1)
		for i, token := range tokens {
			token = strings.TrimSuffix(strings.TrimSuffix(token, "'s"), "’s")
			short := strings.TrimSuffix(token, "s")
			if n := len([]rune(short)); n < 2 || n > 5 || !isCapitals(short) || w.acronyms[short] || w.acronyms[token] || w.loud[strings.ToLower(short)] || slices.Contains(w.unwritten, strings.ToLower(short)) || isRoman(short) {
				continue
			}
			if i > 0 && isLoud(tokens[i-1]) || i+1 < len(tokens) && isLoud(tokens[i+1]) {
				continue
			}
			all = append(all, short)
		}
	}
	return all
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

// spells reports whether a text says in another way what a short form means: in brackets, before or behind them; in
// words that its letters begin; by "KAP stands for …"; or below a heading that asks what it is.
func (l *linter) spells(code, short string) bool {
	letters := strings.Split(strings.ToLower(short), "")
	for i := range letters {
		letters[i] = regexp.QuoteMeta(letters[i])
	}
	long := strings.Join(letters, `\pL*(?:[\s-]+(?:\pL{1,3}\s+)*)?`) + `\pL*`
	quoted := regexp.QuoteMeta(short)
	patterns := []string{
		`\pL\W{1,3}\((?:\p{Lu}{2,6}s?|\p{Ll}{1,3}|[,;/& ])*\b` + quoted + `s?\b(?:\p{Lu}{2,6}s?|\p{Ll}{1,3}|[,;/& ])*\)`, // post-traumatic stress (PTSD)
		`\b` + quoted + `s?\W{0,3}\s\([^)]*\pL{3}[^)]*[\s-][^)]*\pL{3}[^)]*\)`,                                           // MAO (monoamine oxidase)
		`(?i:` + long + `)\W{1,3}` + quoted + `\b`,
		`\b` + quoted + `s?\W{1,3}(?:\w{1,3}\s+)?(?i:` + long + `)`,
	}
	for _, phrase := range wordsOf(code).explains {
		patterns = append(patterns, `\b`+quoted+`s?\s+`+regexp.QuoteMeta(phrase)+`\b`)
	}
	explains := regexp.MustCompile(strings.Join(patterns, "|"))
	for _, s := range l.base.Sections() {
		if s.Lang != code {
			continue
		}
		if gist := wordsOf(code).gist(s.Title); gist == strings.ToLower(short) || gist == strings.ToLower(short)+" what" || gist == "what "+strings.ToLower(short) {
			return true
		}
		if explains.MatchString(knowledge.PlainText(s.Body)) {
			return true
		}
	}
	return false
}
