package knowledge

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// A frontMatter is what stands above a Markdown article between two lines of dashes:
//
//	---
//	title: Ketamine therapy
//	id: ketamine
//	lang: en
//	url: https://clinic.example/ketamine
//	contact: care@clinic.example        (or label, url, phone, hours below it)
//	tags: [therapy, ketamine]
//	reviewed: 2026-03-01                (also: review_by, expires_at)
//	sections:
//	  What does it cost?: [price, how much is a session]
//	  Is it safe?:
//	    id: safety
//	    phrasings: [is it dangerous]    (also: contact, url, tags, reviewed, review_by, expires_at)
//	---
//
// imported is what package importer writes and reads; it says nothing here.
//
// sections may be a list as well, each item with a heading or an id to find it by.
type frontMatter struct {
	article  Article
	sections []sectionNote
}

// A sectionNote is what front matter says about one section.
type sectionNote struct {
	name  string   // the section's heading or id
	named Position // where name stands
	at    Position
	says  Section // ID, Phrasings, URL, Tags, Handoff and the dates
}

var keyLine = regexp.MustCompile(`^\s*["']?[\pL_][\pL\pN_ -]*["']?\s*:(\s|$)`)

// cutFrontMatter returns the YAML at the top of text and where in text the article begins. A file that begins with a
// line of dashes but no key has none.
func cutFrontMatter(name, text string, p *problems) (yaml string, body int) {
	first, rest, found := strings.Cut(text, "\n")
	if !found || strings.TrimRight(first, " \t") != "---" {
		warnNoFrontMatter(name, text, p)
		return "", 0
	}
	if next, _, _ := strings.Cut(strings.TrimLeft(rest, "\n"), "\n"); !keyLine.MatchString(next) && !strings.HasPrefix(next, "#") && strings.TrimSpace(next) != "---" {
		return "", 0
	}
	at := len(first) + 1
	for line := range strings.Lines(rest) {
		if mark := strings.TrimRight(line, " \t\n"); mark == "---" || mark == "..." {
			return text[len(first)+1 : at], at + len(line)
		}
		at += len(line)
	}
	p.add(Position{name, 1}, Error, "the front matter has no end", `close it with a line "---"`)
	return "", 0
}

var (
	lateFrontMatter = regexp.MustCompile(`^(?:[ \t]*\n)+---[ \t]*\n(?:title|id|lang|url|contact|tags|reviewed|review_by|expires_at|sections):`)
	tomlFrontMatter = regexp.MustCompile(`^\+\+\+[ \t]*\n`)
)

// warnNoFrontMatter says what looks like front matter at the top of text, is none, and would be shown to people.
func warnNoFrontMatter(name, text string, p *problems) {
	switch late := lateFrontMatter.FindString(text); {
	case late != "":
		p.add(Position{name, countLines(late)}, Error, "front matter is read only where the file begins with it", `remove the empty lines above "---"`)
	case tomlFrontMatter.MatchString(text):
		p.add(Position{name, 1}, Error, `front matter between lines of "+++" is not read`, `write it as YAML between lines of "---": "title: Visits", not "title = "`)
	}
}

// readFrontMatter reads what cutFrontMatter found.
func readFrontMatter(name, yaml string, p *problems) frontMatter {
	var f frontMatter
	y := yamlReader{file: name, above: 1, strict: Warning, problems: p}
	n := y.parse(yaml)
	if n == nil {
		return f
	}
	a := &f.article
	var id string
	y.mapping(n, "the front matter", map[string]func(ast.Node){
		"title": y.text("title", &a.Title), "id": y.text("id", &id), "lang": y.language(&a.Lang),
		"url": y.url(&a.URL), "contact": y.contact(&a.Handoff), "tags": y.list("tags", &a.Tags),
		"reviewed": y.date("reviewed", &a.Reviewed), "review_by": y.date("review_by", &a.ReviewBy), "expires_at": y.date("expires_at", &a.Expires),
		"sections": func(n ast.Node) { f.sections = y.sections(n) },
		"imported": func(ast.Node) {}, // package importer's own notes
	})
	a.ID = ArticleID(id)
	return f
}

// url stores a web address.
func (y *yamlReader) url(into *string) func(ast.Node) {
	return func(n ast.Node) {
		var written string
		y.text("url", &written)(n)
		url, err := link(written)
		if err != nil || url != "" && !strings.HasPrefix(url, "http") {
			y.add(n, Error, fmt.Sprintf("url %q is no web address", written), "write it with https://")
			return
		}
		*into = url
	}
}

// sections reads the notes on sections: a mapping by heading, or a list.
func (y *yamlReader) sections(n ast.Node) []sectionNote {
	var notes []sectionNote
	if list, ok := n.(*ast.SequenceNode); ok {
		for _, item := range list.Values {
			note := sectionNote{at: y.at(item), named: y.at(item)}
			y.section(item, &note)
			if note.name == "" {
				note.name = string(note.says.ID)
			}
			if note.name == "" {
				y.add(item, Warning, "this item says of no section that it is about it", "write heading: with the section's heading")
				continue
			}
			notes = append(notes, note)
		}
		return notes
	}
	values, ok := pairs(n)
	if !ok {
		y.add(n, Error, "sections must name headings", "see docs/articles.md for an example")
		return nil
	}
	for _, pair := range values {
		note := sectionNote{name: scalar(pair.Key), at: y.at(pair.Key), named: y.at(pair.Key)}
		y.section(pair.Value, &note)
		notes = append(notes, note)
	}
	return notes
}

// section reads one note: phrasings alone, or a mapping.
func (y *yamlReader) section(n ast.Node, note *sectionNote) {
	if _, mapping := pairs(n); !mapping {
		y.list("phrasings", &note.says.Phrasings)(n)
		return
	}
	var id string
	s := &note.says
	y.mapping(n, "the section", map[string]func(ast.Node){
		"heading": func(n ast.Node) { y.text("heading", &note.name)(n); note.named = y.at(n) }, "id": y.text("id", &id), "phrasings": y.list("phrasings", &s.Phrasings),
		"contact": y.contact(&s.Handoff), "url": y.url(&s.URL), "tags": y.list("tags", &s.Tags),
		"reviewed": y.date("reviewed", &s.Reviewed), "review_by": y.date("review_by", &s.ReviewBy), "expires_at": y.date("expires_at", &s.Expires),
	})
	s.ID = SectionID(id)
}

// apply adds the notes to the sections that they name.
func (f frontMatter) apply(sections []Section, p *problems) {
	if len(f.sections) == 0 {
		return
	}
	names := make([]string, len(sections))
	for i, s := range sections {
		names[i] = matchable(s.Title)
	}
	find, missed := sectionFinder(sections), 0
	for _, note := range f.sections {
		i := find(note.name)
		if i < 0 {
			advice := "write the heading as it stands in the text"
			if missed++; missed > maxGuesses {
				// to guess takes long, and is of no use where nothing fits
			} else if near := closest(matchable(note.name), names); near != "" {
				advice = fmt.Sprintf("did you mean %q?", near)
			}
			p.add(note.at, Warning, fmt.Sprintf("no section is called %q", note.name), advice)
			continue
		}
		s := &sections[i]
		if note.says.ID != "" {
			s.ID = note.says.ID
		}
		if note.says.URL != "" {
			s.URL = note.says.URL
		}
		if !note.says.Handoff.IsZero() {
			s.Handoff = note.says.Handoff
		}
		s.Reviewed, s.ReviewBy, s.Expires = cmp.Or(note.says.Reviewed, s.Reviewed), cmp.Or(note.says.ReviewBy, s.ReviewBy), cmp.Or(note.says.Expires, s.Expires)
		s.Phrasings = merge(s.Phrasings, note.says.Phrasings)
		s.Tags = merge(s.Tags, note.says.Tags)
	}
}

// maxGuesses is for how many names that fit no section of a file one is looked for that was meant.
const maxGuesses = 20
