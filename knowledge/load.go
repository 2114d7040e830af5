package knowledge

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"frontdesk/knowledge/page"
)

// Load reads a whole folder, with the folders in it, into a Base, and says all that is wrong with it.
//
// fallback is who to contact where neither a section, its article nor desk.yaml says; it may be zero. An article with
// an error is left out whole, but for a table's rows, which are left out one by one. Load never fails as such: an
// unreadable folder is a problem, and the base is empty. Whoever replaces a serving base must look for errors first.
func Load(fsys fs.FS, fallback Handoff) (Base, []Problem) {
	return load(fsys, fallback, defaultLimits, nil)
}

func load(fsys fs.FS, fallback Handoff, max limits, m *Memory) (Base, []Problem) {
	l := loader{fsys: fsys, limits: max, memory: m}
	found := l.walk()
	base := Base{Settings: l.settings(found, fallback)}
	for _, name := range found.articles {
		base.Articles = append(base.Articles, l.articles(name)...)
	}
	base.Articles = complete(base.Articles, base.Settings, &l.problems)
	l.addPhrasings(found.phrasings, base.Articles)
	warnWithoutContact(base, &l.problems)
	base.Settings.Contact = firstHandoff(base.Settings.Lang, base.Settings.Contact)
	warnUnusedTags(base.Settings, base.Articles, &l.problems)
	if len(base.Articles) == 0 {
		advice := "add a file that ends in " + strings.Join(extensions(), ", ")
		if len(found.articles) > 0 {
			advice = "mend the files that are named below"
		}
		l.problems.add(Position{}, Error, "there is no article here to answer from", advice)
	}
	base.Version = version(base)
	return base, l.problems.sorted()
}

// A loader reads one folder.
type loader struct {
	fsys     fs.FS
	limits   limits
	memory   *Memory // of files as they were read; nil for none
	read     int64   // bytes so far
	problems problems
}

// A reader turns a file into articles. What the file does not say stays zero; a section without an explicit id has none
// yet. Articles with an error among their problems are dropped, unless keepsRest.
type reader struct {
	read      func(name, text string, p *problems) Article          // of a file that is text
	unpack    func(name string, data []byte, p *problems) []Article // of any other; nil where read is set
	keepsRest bool                                                  // the format's errors concern single rows
}

// readers are the formats, by extension.
func readers() map[string]reader {
	markdown, html, text := reader{read: readMarkdown}, reader{read: readHTML}, reader{read: readText}
	table := reader{read: readTable, keepsRest: true}
	return map[string]reader{
		".md": markdown, ".markdown": markdown, ".html": html, ".htm": html, ".txt": text, ".text": text,
		".csv": table, ".tsv": table, ".xlsx": {unpack: readWorkbook, keepsRest: true}, ".docx": {unpack: readDocx},
	}
}

// articles reads one file; none when nothing of it may be used.
func (l *loader) articles(name string) []Article {
	r := readers()[strings.ToLower(path.Ext(name))]
	var found problems
	all, ok := l.readFile(r, name, &found)
	l.problems = append(l.problems, found...)
	if !ok || found.worst() == Error && !r.keepsRest {
		return nil
	}
	var kept []Article
	for _, a := range all {
		if len(a.Sections) == 0 {
			continue
		}
		a.Source = Position{File: name, Line: a.Source.Line}
		if a.ID == "" {
			a.ID = ArticleID(stemOf(name))
		}
		if a.Title == "" {
			a.Title = titleOf(name)
		}
		kept = append(kept, a)
	}
	if len(kept) == 0 && found.worst() != Error {
		l.problems.add(Position{File: name}, Error, "the article has no text to answer with", "write some text below its headings")
	}
	return kept
}

// readFile reads a file in its format; false when it cannot be read at all.
func (l *loader) readFile(r reader, name string, p *problems) ([]Article, bool) {
	if r.unpack != nil {
		data, ok := l.bytes(name)
		if !ok {
			return nil, false
		}
		return l.recall(name, data, p, func(p *problems) []Article { return r.unpack(name, data, p) }), true
	}
	text, ok := l.text(name)
	if !ok {
		return nil, false
	}
	return l.recall(name, []byte(text), p, func(p *problems) []Article { return []Article{r.read(name, text, p)} }), true
}

// readSafely calls read; a reader, or a library under it, that panics over outside text has found an error in it.
func readSafely(name string, p *problems, read func() []Article) (all []Article) {
	defer func() {
		if cause := recover(); cause != nil {
			all = nil
			p.add(Position{File: name}, Error, fmt.Sprintf("cannot be read: %v", cause), "save it anew, or as plain text")
		}
	}()
	return read()
}

// complete makes every article and section stand on its own: language, ids, link to a human, tags and titles.
func complete(articles []Article, s Settings, p *problems) []Article {
	for i := range articles {
		a := &articles[i]
		a.Lang = cmp.Or(a.Lang, s.Lang)
		assignIDs(a)
		own := a.Handoff
		a.Handoff = firstHandoff(a.Lang, own, s.Contact)
		for j := range a.Sections {
			sec := &a.Sections[j]
			sec.ArticleID, sec.Article = a.ID, a.Title
			if sec.Lang == "" {
				sec.Lang = a.Lang
			}
			if sec.URL == "" {
				sec.URL = a.URL
			}
			sec.Tags = merge(a.Tags, sec.Tags)
			sec.Handoff = firstHandoff(sec.Lang, sec.Handoff, own, s.Contact)
			inheritDates(sec, *a)
			sec.Source.File = a.Source.File
			if sec.Title == "" {
				sec.Title = untitled(*sec)
			}
		}
	}
	articles = refuseDuplicates(articles, p)
	return articles
}

// untitled names a section that has no heading.
func untitled(s Section) string {
	switch s.Kind {
	case Conclusion:
		return page.ConclusionTitle(s.Lang)
	case Contact:
		return page.ContactLabel(s.Lang)
	default:
		return s.Article
	}
}

// warnWithoutContact says once that people will be left without a human. It is no error: a fresh folder can be tried without
// a contact, and whoever serves it may name one in the environment.
func warnWithoutContact(base Base, p *problems) {
	without, all := 0, base.Sections()
	for _, s := range all {
		if s.Handoff.IsZero() {
			without++
		}
	}
	if without == 0 {
		return
	}
	sections := "sections have"
	if without == 1 {
		sections = "section has"
	}
	text := fmt.Sprintf("%d %s no contact, so who reads it cannot reach a human", without, sections)
	if without == len(all) && base.Settings.Contact.IsZero() {
		text += `; with no contact at all, "frontdesk serve" does not start, and holds back such a change`
	}
	p.add(Position{}, Warning, text, "write contact: in desk.yaml, or set FRONTDESK_CONTACT_URL")
}

// version hashes everything in the base.
func version(b Base) string {
	data, err := json.Marshal(b)
	if err != nil {
		panic(err) // plain structs of strings
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// stemOf returns a file's path without its extension.
func stemOf(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// titleOf makes a title of a file's name: "opening-hours.md" becomes "Opening hours".
func titleOf(name string) string {
	stem := stemOf(path.Base(name))
	words := strings.Fields(strings.NewReplacer("-", " ", "_", " ").Replace(stem))
	title := strings.Join(words, " ")
	if title == "" {
		return stem
	}
	first := []rune(title)
	return strings.ToUpper(string(first[0])) + string(first[1:])
}

// merge returns a's and b's strings without repeats.
func merge(a, b []string) []string {
	var all []string
	seen := map[string]bool{}
	for _, s := range append(append([]string{}, a...), b...) {
		if !seen[s] {
			seen[s] = true
			all = append(all, s)
		}
	}
	return all
}
