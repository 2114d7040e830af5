package page

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/goccy/go-yaml"

	"frontdesk/knowledge/lang"
)

// A Vocabulary is the words of all languages' articles.yaml together: a page may mix languages, and their phrases do
// not get in each other's way.
type Vocabulary struct {
	own    map[string]own // by language
	labels *regexp.Regexp // "Q:", "Answer 3."

	question, contents, introductions, conclusions, fillers phrases
	contactHeadings, contactVerbs                           phrases
	furniture, weekdays, months, captionStarts              phrases
	furnitureWords, furnitureLabels, conditions             phrases
	captionLinks, people, questionWords, contactTopics      phrases
	closings, contactCalls, openings, closers               []string
	sentences, related, authors, captions                   []string
	verbEndings                                             []string
}

// phrases is a set of normal phrases.
type phrases map[string]bool

// Words returns the vocabulary of all languages.
var Words = sync.OnceValue(func() Vocabulary {
	all, own := map[string][]string{}, map[string]own{}
	for _, code := range lang.Languages() {
		data, err := lang.File(code, "articles.yaml")
		if err != nil {
			continue // a language without the file is read with the words of the others
		}
		var lists map[string][]string // the English file explains each
		if err := yaml.Unmarshal(data, &lists); err != nil {
			panic("knowledge/lang/" + code + "/articles.yaml: " + err.Error()) // embedded, and read by every test
		}
		for name, list := range lists {
			all[name] = append(all[name], list...)
		}
		own[code] = ownWords(lists)
	}
	labels := strings.Join(append(all["question labels"], all["answer labels"]...), "|")
	return Vocabulary{
		own:      own,
		labels:   regexp.MustCompile(`(?i)^(` + labels + `)\s*\d{0,3}\s*[:.)]\s+`),
		question: set(all["question labels"]), contents: set(all["contents"]),
		introductions: set(all["introduction headings"]), conclusions: set(all["conclusion headings"]),
		contactHeadings: set(all["contact headings"]), fillers: set(all["contact heading fillers"]),
		contactVerbs: set(all["contact verbs"]), contactCalls: normalAll(all["contact calls"]),
		closings: normalAll(all["closing openings"]), furniture: set(all["furniture lines"]), furnitureWords: set(all["furniture words"]),
		furnitureLabels: set(all["furniture labels"]), conditions: set(all["contact conditions"]),
		openings: normalAll(all["furniture openings"]), closers: normalAll(all["furniture closers"]),
		sentences: normalAll(all["furniture sentences"]), related: normalAll(all["related openings"]),
		authors: normalAll(all["author openings"]), captions: normalAll(all["caption openings"]),
		captionStarts: set(all["caption starts"]), captionLinks: set(all["caption links"]), people: set(all["caption people"]), questionWords: set(all["question words"]), contactTopics: set(all["contact topics"]), verbEndings: all["caption verbs"],
		months: set(all["months"]), weekdays: set(all["weekdays"]),
	}
})

// own are the words that frontdesk itself writes in a language.
type own struct{ contactUs, conclusion string }

func ownWords(lists map[string][]string) own {
	return own{strings.Join(lists["contact us"], " "), strings.Join(lists["conclusion"], " ")}
}

// ownIn returns the words of a language, or the English ones where it has none.
func ownIn(code string) own {
	if o, ok := Words().own[code]; ok {
		return o
	}
	return Words().own["en"]
}

// ContactLabel returns what a contact is called in a language.
func ContactLabel(code string) string { return ownIn(code).contactUs }

// ConclusionTitle returns what closing words without a heading are called in a language.
func ConclusionTitle(code string) string { return ownIn(code).conclusion }

// RoleOf tells by a heading alone what the text below it is for.
func RoleOf(heading string) Role {
	v, s := Words(), normal(heading)
	switch {
	case v.introductions[s]:
		return Introduction
	case v.conclusions[s]:
		return Conclusion
	case v.callsToContact(heading):
		return Contact
	}
	return Answer
}

// callsToContact reports whether a heading is made of a contact phrase and of words that add nothing to it: "Reach
// out to our team today" is, "How do I contact my therapist?" is not.
func (v Vocabulary) callsToContact(heading string) bool {
	words := strings.Fields(normal(heading))
	for i := range words {
		for j := min(len(words), i+5); j > i; j-- {
			if !v.contactHeadings[strings.Join(words[i:j], " ")] {
				continue
			}
			rest := append(slices.Clone(words[:i]), words[j:]...)
			if !slices.ContainsFunc(rest, func(w string) bool { return !v.fillers[w] }) {
				return true
			}
		}
	}
	return false
}

// normal returns s in small letters and without punctuation, words apart by one space; "/", ">" and "»", by which
// pages show a path, stay.
func normal(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	words := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !strings.ContainsRune("'-/>»©|", r)
	})
	for i, w := range words {
		words[i] = strings.Trim(w, "'-")
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func normalAll(list []string) []string {
	var all []string
	for _, s := range list {
		all = append(all, normal(s))
	}
	return all
}

func set(list []string) phrases {
	p := phrases{}
	for _, s := range list {
		p[normal(s)] = true
	}
	return p
}

// begins reports whether s is one of the openings or goes on after it with another word.
func begins(s string, openings []string) bool {
	return slices.ContainsFunc(openings, func(o string) bool { return s == o || strings.HasPrefix(s, o+" ") })
}

// holds reports whether one of the parts stands in s, as whole words.
func holds(s string, parts []string) bool {
	s = " " + s + " "
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, " "+p+" ") })
}
