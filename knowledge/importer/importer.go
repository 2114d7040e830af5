// Package importer turns web pages, documents and tables into Markdown files that staff then own, and brings a file up
// to date when its source has changed, without touching what staff have edited by hand.
//
//	address or file ─► Source ─► Draft, one an article ─► merged with the file that is there ─► Result
//
// What an import wrote is remembered in the file itself, in its front matter: see Record.
package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"frontdesk/knowledge"
)

// A Source is what is imported.
type Source struct {
	From string // the address, or the file's name without its folder
	Name string // a name for the article, fit for a file; without an ending
	Type string // the ending that says the format, such as ".docx"
	URL  string // where people can read it; empty for files and for addresses of private networks
	Data []byte
}

// A Draft is an article to be written to a file.
type Draft struct {
	Name    string // of the file, without its ending
	From    string
	Notes   []string // what staff should know about how it was made
	article knowledge.Article
}

// maxSections bounds a draft: a longer list is better kept as a table.
const maxSections = 2000

// Read turns a source into drafts, one for each article and language in it. lang is the language of all that does not
// name its own row by row; empty to tell it from the text. The problems are those of reading the source. The error says why there is no
// draft.
func Read(s Source, lang string) ([]Draft, []knowledge.Problem, error) {
	articles, problems := knowledge.ReadFile(s.Name+s.Type, s.Data, lang)
	if len(articles) == 0 {
		for _, p := range problems {
			if p.Level == knowledge.Error {
				return nil, problems, fmt.Errorf("import %q: %s; %s", s.From, p.Text, p.Advice)
			}
		}
		return nil, problems, fmt.Errorf("import %q: there is no text in it", s.From)
	}
	var drafts []Draft
	for _, a := range articles {
		for _, one := range byLanguage(a) {
			if len(one.Sections) > maxSections {
				return nil, problems, fmt.Errorf("import %q: %d sections are too many for one Markdown file; keep the source in the folder instead", s.From, len(one.Sections))
			}
			if one.URL == "" {
				one.URL = s.URL
			}
			d := Draft{Name: fileName(string(one.ID)), From: s.From, article: one}
			d.article.ID = knowledge.ArticleID(d.Name)
			d.fitIDs()
			drafts = append(drafts, d)
		}
	}
	return drafts, problems, nil
}

// byLanguage splits an article whose sections are in several languages, since a Markdown file has one.
func byLanguage(a knowledge.Article) []knowledge.Article {
	var all []knowledge.Article
	for _, s := range a.Sections {
		i := slices.IndexFunc(all, func(b knowledge.Article) bool { return b.Lang == s.Lang })
		if i < 0 {
			one := a
			if one.Lang, one.Sections = s.Lang, nil; len(all) > 0 {
				one.ID = knowledge.ArticleID(fmt.Sprintf("%s-%s", a.ID, s.Lang))
			}
			all, i = append(all, one), len(all)
		}
		all[i].Sections = append(all[i].Sections, s)
	}
	return all
}

// fitIDs makes ids fit for a heading, where they stand between braces, and lets them begin with the article's.
func (d *Draft) fitIDs() {
	taken := map[knowledge.SectionID]bool{}
	for i := range d.article.Sections {
		s := &d.article.Sections[i]
		id := knowledge.SectionID(strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '{' || r == '}' {
				return '-'
			}
			return r
		}, string(s.ID)))
		for stem, n := id, 2; taken[id]; n++ {
			id = knowledge.SectionID(fmt.Sprintf("%s-%d", stem, n))
		}
		if taken[id] = true; id != s.ID {
			d.Notes = append(d.Notes, fmt.Sprintf("the id %q became %q: ids in Markdown have no spaces or braces", s.ID, id))
			s.ID = id
		}
	}
}

// fileName makes a name fit for a file and an article's id: letters and digits in lower case, joined by hyphens.
func fileName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	joined := []rune(strings.Join(words, "-"))
	if len(joined) > 60 {
		joined = joined[:60]
	}
	if stem := strings.Trim(string(joined), "-"); stem != "" {
		return stem
	}
	return "article"
}

// Errors that Merge returns for a file that it does not touch.
var (
	ErrForeign = errors.New("this file was not made by an import")
	ErrOther   = errors.New("this file was imported from somewhere else")
)
