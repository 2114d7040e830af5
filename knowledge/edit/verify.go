package edit

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// A view is the folder as it loads.
type view struct {
	base     knowledge.Base
	problems []knowledge.Problem
}

// look loads the folder with one file as it is given.
func (b *Book) look(file string, data []byte) view {
	return load(overlay{folder: b.FS(), file: file, data: data})
}

// lookAt is look for one article: no other is loaded. As long as no id comes or goes, a change in one article's file is
// nothing to the others.
func (b *Book) lookAt(article, file string, data []byte) view {
	return load(overlay{folder: b.FS(), file: file, data: data, only: article})
}

func load(fsys fs.FS) view {
	base, problems := knowledge.Load(fsys, knowledge.Handoff{})
	return view{base, problems}
}

// section returns a section by its id.
func (v view) section(id knowledge.SectionID) (knowledge.Section, bool) {
	for _, a := range v.base.Articles {
		for _, s := range a.Sections {
			if s.ID == id {
				return s, true
			}
		}
	}
	return knowledge.Section{}, false
}

// A wish is what a change is to come to.
type wish struct {
	section knowledge.SectionID // that changes; empty for none
	text    Text                // what it is to say
	added   bool                // the section is new: its id does not matter, and it is the only one
	in      knowledge.ArticleID // the article that a new section joins; empty for one of its own
}

// check returns an error unless exactly what was wished for has changed, and no error is new. It returns the id of the
// section that changed or came.
func (w wish) check(before, after view) (knowledge.SectionID, error) {
	if found := newErrors(before.problems, after.problems); len(found) > 0 {
		return "", &RefusedError{Text: "this would break the files", Problems: found}
	}
	if !reflect.DeepEqual(before.base.Settings, after.base.Settings) {
		return "", &RefusedError{Text: "this would change the settings of the desk"}
	}
	was, is := byID(before.base), byID(after.base)
	id := w.section
	if w.added {
		for _, s := range after.base.Sections() {
			if _, old := was[s.ID]; !old {
				if id != "" {
					return "", &RefusedError{Text: fmt.Sprintf("this would make two sections, %q and %q", id, s.ID)}
				}
				id = s.ID
			}
		}
	}
	if err := others(id, before.base, after.base); err != nil {
		return "", err
	}
	if id == "" && !w.added {
		return "", nil
	}
	s, ok := is[id]
	if !ok {
		return "", &RefusedError{Text: "the section would not be found any more; look for a code block or a comment without its end"}
	}
	return id, w.met(s)
}

// others returns an error when another section than id is different.
func others(id knowledge.SectionID, before, after knowledge.Base) error {
	was, is := byID(before), byID(after)
	var hit []string
	langs := false
	for _, old := range before.Sections() {
		now, ok := is[old.ID]
		if old.ID == id || ok && reflect.DeepEqual(comparable(old, was[id]), comparable(now, is[id])) {
			continue
		}
		hit = append(hit, fmt.Sprintf("%q", old.Title))
		langs = langs || ok && old.Lang != now.Lang
	}
	for _, now := range after.Sections() {
		if _, ok := was[now.ID]; !ok && now.ID != id {
			hit = append(hit, fmt.Sprintf("%q", now.Title))
		}
	}
	if len(hit) == 0 {
		return nil
	}
	names := strings.Join(hit[:min(3, len(hit))], ", ")
	text := "this would also change " + names
	if len(hit) > 3 {
		text += fmt.Sprintf(" and %d more", len(hit)-3)
	}
	text += "; look for a code block, a comment or a link definition that reaches beyond the text"
	if langs {
		text = "the article would be taken for another language, with " + names + "; write lang: in its front matter"
	}
	return &RefusedError{Text: text}
}

// comparable returns what must not change of a section: all but its line; and where the section that changes encloses
// it, that one's title.
func comparable(s, changed knowledge.Section) knowledge.Section {
	s.Source.Line = 0
	if s.ArticleID == changed.ArticleID {
		s.Above = slices.Clone(s.Above)
		for i, title := range s.Above {
			if title == changed.Title {
				s.Above[i] = ""
			}
		}
	}
	return s
}

// met returns an error unless a section says what was wished for.
func (w wish) met(s knowledge.Section) error {
	phrasings := func(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
	switch {
	case s.Title != w.text.Title:
		return &RefusedError{Text: fmt.Sprintf("the title would be read as %q", s.Title)}
	case s.Body != w.text.Body && !strings.HasPrefix(s.Body, w.text.Body+"\n\n["): // link definitions from elsewhere
		return &RefusedError{Text: "the text would be read as another one; look for comments with phrasings in it"}
	case !slices.Equal(phrasings(s.Phrasings), phrasings(w.text.Phrasings)):
		return &RefusedError{Text: fmt.Sprintf("the phrasings would be read as %q", s.Phrasings)}
	case w.added && w.in != "" && s.ArticleID != w.in:
		return &RefusedError{Text: fmt.Sprintf("the section would belong to %q", s.ArticleID)}
	}
	return nil
}

func byID(b knowledge.Base) map[knowledge.SectionID]knowledge.Section {
	all := map[knowledge.SectionID]knowledge.Section{}
	for _, s := range b.Sections() {
		all[s.ID] = s
	}
	return all
}

// newErrors returns the errors that were not there before, wherever they stand in their file.
func newErrors(before, after []knowledge.Problem) []knowledge.Problem {
	known := map[string]int{}
	key := func(p knowledge.Problem) string { return p.Source.File + "\x00" + p.Text }
	for _, p := range before {
		if p.Level == knowledge.Error {
			known[key(p)]++
		}
	}
	var found []knowledge.Problem
	for _, p := range after {
		if p.Level != knowledge.Error {
			continue
		}
		if known[key(p)]--; known[key(p)] < 0 {
			found = append(found, p)
		}
	}
	return found
}
