package console

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// A catalogue is the knowledge that serves, arranged for looking things up. It is made once for a version.
type catalogue struct {
	base     knowledge.Base
	articles []shelf // by title
	byKey    map[knowledge.Key]int
	langs    []string // of the sections
	sections []knowledge.Section
	texts    []string // of the sections, in lower case: the title, a line break, and the rest
}

// A shelf is an article as the list shows it.
type shelf struct {
	knowledge.Article
	Key knowledge.Key // made of the article's id, for addresses
}

func newCatalogue(base knowledge.Base) *catalogue {
	c := &catalogue{base: base, sections: base.Sections(), byKey: map[knowledge.Key]int{}}
	for _, a := range base.Articles {
		c.articles = append(c.articles, shelf{a, knowledge.SectionID(a.ID).Key()})
	}
	slices.SortStableFunc(c.articles, func(a, b shelf) int {
		return cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	})
	for i, a := range c.articles {
		c.byKey[a.Key] = i
	}
	for _, s := range c.sections {
		if s.Lang != "" && !slices.Contains(c.langs, s.Lang) {
			c.langs = append(c.langs, s.Lang)
		}
		c.texts = append(c.texts, strings.ToLower(s.Title+"\n"+strings.Join(s.Phrasings, "\n")+"\n"+s.Body))
	}
	return c
}

// catalogue returns that of what serves now.
func (c *Console) catalogue() *catalogue {
	s, release := c.config.Live.Acquire()
	defer release()
	base := s.Base()
	if known := c.known.Load(); known != nil && known.base.Version == base.Version {
		return known
	}
	made := newCatalogue(base)
	c.known.Store(made)
	return made
}

// article returns an article by the key of its id.
func (c *catalogue) article(k knowledge.Key) (shelf, bool) {
	i, ok := c.byKey[k]
	if !ok {
		return shelf{}, false
	}
	return c.articles[i], true
}

// expired returns the sections that are not served any more on a day.
func (c *catalogue) expired(today time.Time) []knowledge.Section {
	var all []knowledge.Section
	for i := range c.sections {
		if c.sections[i].Expired(today) {
			all = append(all, c.sections[i])
		}
	}
	return all
}

// A late is a section, or an article with all in it, that staff meant to look over before today.
type late struct {
	Path, Title string
	By          time.Time
	Sections    int // of an article; 0 for a single section
}

// late returns what is to be looked over on a day. An article that is late as a whole stands for its sections.
func (c *catalogue) late(today time.Time) []late {
	var all []late
	for i := range c.articles {
		a, whole := &c.articles[i], 0
		for j := range a.Sections {
			s := &a.Sections[j]
			switch {
			case !s.Overdue(today) || s.Expired(today):
			case isDatedWhole(a.Source.File) && s.ReviewBy.Equal(a.ReviewBy) && len(a.Sections) > 1:
				whole++
			default:
				all = append(all, late{"/section/" + string(s.ID.Key()), s.Title, s.ReviewBy, 0})
			}
		}
		if whole > 0 {
			all = append(all, late{"/article/" + string(a.Key), a.Title, a.ReviewBy, whole})
		}
	}
	slices.SortStableFunc(all, func(a, b late) int { return a.By.Compare(b.By) })
	return all
}

// search returns the sections that hold all words of a text, those with all of them in the title first.
func (c *catalogue) search(text string) []knowledge.Section {
	words := strings.Fields(strings.ToLower(text))
	var titled, others []knowledge.Section
	for i, text := range c.texts {
		if !holds(text, words) {
			continue
		}
		if title, _, _ := strings.Cut(text, "\n"); holds(title, words) {
			titled = append(titled, c.sections[i])
		} else {
			others = append(others, c.sections[i])
		}
	}
	return append(titled, others...)
}

func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// A leaf is one page of a long list.
type leaf struct {
	Page, Pages int    // from 1
	Total       int    // of the list
	To          string // the address of a page, to be followed by its number
}

// perPage is how much of a list one page shows.
const perPage = 50

// cut returns the page of a list that a request asks for, and where it is in the list.
func cut[T any](list []T, page int, to string) ([]T, leaf) {
	l := leaf{Pages: max(1, (len(list)+perPage-1)/perPage), Total: len(list), To: to}
	l.Page = min(max(1, page), l.Pages)
	from := (l.Page - 1) * perPage
	return list[from:min(from+perPage, len(list))], l
}
