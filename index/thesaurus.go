package index

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge/lang"
)

// A thesaurus says which words and phrases mean the same when people ask: concepts with their members. The files
// thesaurus/*.txt of a language have one concept a line:
//
//	name: member, member, multi word member > broader or related concept, another
//
// Members are near-synonyms; what follows > is weaker. A word may stand in several concepts; # starts a comment.
// Staff's synonyms are concepts too. Words are kept as stems, phrases as stems with a space between.
type thesaurus struct {
	concepts []concept
	byName   map[string]int32
	byMember map[string][]int32
	words    map[string]string // all words of all members, as written → stem
	opens    map[string]int    // first stem of a phrase → words in the longest phrase that starts so
}

// A concept is one sense with the words and phrases for it.
type concept struct {
	name    string
	members []string
	related []int32 // what it is a kind or an aspect of, and what is a kind or an aspect of it
}

// newThesaurus returns an empty one with room for so many members.
func newThesaurus(members int) *thesaurus {
	return &thesaurus{
		byName: map[string]int32{}, byMember: make(map[string][]int32, members),
		words: make(map[string]string, members/2), opens: map[string]int{},
	}
}

// thesaurusFiles returns the text of all thesaurus files of a language, in the order of their names.
func thesaurusFiles(code string) (string, error) {
	var all strings.Builder
	names, err := lang.Glob(code, "thesaurus/*.txt")
	if err != nil {
		return "", fmt.Errorf("list thesaurus: %w", err)
	}
	for _, name := range names {
		data, err := lang.File(code, name)
		if err != nil {
			return "", err
		}
		all.Write(data)
		all.WriteByte('\n')
	}
	return all.String(), nil
}

// add reads one line.
func (t *thesaurus) add(l *language, line string) {
	line, _, _ = strings.Cut(line, "#")
	name, rest, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	members, related, _ := strings.Cut(rest, ">")
	id := t.concept(strings.TrimSpace(name))
	for m := range strings.SplitSeq(members, ",") {
		t.join(l, id, m)
	}
	for r := range strings.SplitSeq(related, ",") {
		if r = strings.TrimSpace(r); r == "" {
			continue
		}
		other := t.concept(r)
		t.concepts[id].related = append(t.concepts[id].related, other)
		t.concepts[other].related = append(t.concepts[other].related, id)
	}
}

// addGroup makes a concept of words and phrases that mean the same here: as staff or the text itself say.
func (t *thesaurus) addGroup(l *language, n int, group []string) {
	id := t.concept(fmt.Sprintf("group %d", n+1))
	for _, m := range group {
		t.join(l, id, m)
	}
}

// concept returns the id of the concept with this name, a new one when there is none. One that is only ever pointed at
// has no members, so nothing stands for it.
func (t *thesaurus) concept(name string) int32 {
	if id, ok := t.byName[name]; ok {
		return id
	}
	id := int32(len(t.concepts))
	t.byName[name] = id
	t.concepts = append(t.concepts, concept{name: name})
	return id
}

// join makes text a member of a concept.
func (t *thesaurus) join(l *language, id int32, text string) {
	text = strings.TrimSpace(text)
	var stems []string
	if strings.HasPrefix(text, "<") {
		stems = []string{text}
	} else {
		for _, w := range l.words(text) {
			stem, ok := t.words[w]
			if !ok {
				stem = l.findStem(w)
				t.words[w] = stem
			}
			stems = append(stems, stem)
		}
	}
	if len(stems) == 0 {
		return
	}
	key := strings.Join(stems, " ")
	if slices.Contains(t.byMember[key], id) {
		return
	}
	t.byMember[key] = append(t.byMember[key], id)
	t.concepts[id].members = append(t.concepts[id].members, key)
	if len(stems) > 1 {
		t.opens[stems[0]] = max(t.opens[stems[0]], len(stems))
	}
}

// phraseAt returns the longest phrase of the thesaurus that starts at stems[i], and how many words it has; 0 when
// none does.
func (t *thesaurus) phraseAt(stems []string, i int) (key string, n int) {
	for n := min(t.opens[stems[i]], len(stems)-i); n > 1; n-- {
		key := strings.Join(stems[i:i+n], " ")
		if _, ok := t.byMember[key]; ok {
			return key, n
		}
	}
	return "", 0
}
