package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

// maxSlug bounds the heading's part of an id, in bytes. What is longer is cut and ends in a hash of the whole.
const maxSlug = 64

// slug makes a heading fit for an id: its letters and digits in lower case, of any script, joined by hyphens.
func slug(heading string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(heading) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’': // "what's" stays one word
		default:
			gap = true
		}
	}
	s := b.String()
	if len(s) <= maxSlug {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	cut := strings.ToValidUTF8(s[:maxSlug-9], "")
	if i := strings.LastIndexByte(cut, '-'); i > maxSlug/2 {
		cut = cut[:i]
	}
	return cut + "-" + hex.EncodeToString(sum[:4])
}

// assignIDs gives an id to every section that has none: the article's id, "#", the heading's slug, and -2, -3 and so
// on where a heading comes again. It depends on nothing outside the article.
func assignIDs(a *Article) {
	taken, last := map[SectionID]bool{}, map[string]int{} // ids, and the number that a name came to
	for _, s := range a.Sections {
		taken[s.ID] = true
	}
	for i := range a.Sections {
		s := &a.Sections[i]
		if s.ID != "" {
			continue
		}
		name := slug(s.Title)
		if s.Title == "" {
			name = string(s.Kind)
		}
		if name == "" {
			name = "section"
		}
		id := SectionID(fmt.Sprintf("%s#%s", a.ID, name))
		for n := max(2, last[name]+1); taken[id]; n++ {
			id = SectionID(fmt.Sprintf("%s#%s-%d", a.ID, name, n))
			last[name] = n
		}
		s.ID = id
		taken[id] = true
	}
}

// refuseDuplicates reports ids that came before and leaves out what came later, so that an id names one section.
func refuseDuplicates(articles []Article, p *problems) []Article {
	seenArticles, seen := map[ArticleID]Position{}, map[SectionID]Position{}
	var kept []Article
	for _, a := range articles {
		if first, twice := seenArticles[a.ID]; twice {
			p.add(a.Source, Error, fmt.Sprintf("article id %q is taken by %s", a.ID, first), "rename the file or give it another id")
			continue
		}
		seenArticles[a.ID] = a.Source
		var sections []Section
		for _, s := range a.Sections {
			if first, twice := seen[s.ID]; twice {
				p.add(s.Source, Error, fmt.Sprintf("id %q is taken by %s", s.ID, first), "give one of the two another id")
				continue
			}
			seen[s.ID] = s.Source
			sections = append(sections, s)
		}
		if a.Sections = sections; len(sections) > 0 {
			kept = append(kept, a)
		}
	}
	return kept
}
