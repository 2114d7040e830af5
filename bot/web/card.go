package web

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"frontdesk/bot"
	"frontdesk/bot/markup"
	"frontdesk/knowledge"
)

// A card is a reply as the page shows it.
type card struct {
	Words    words
	Outcome  bot.Outcome
	Lang     string // of the desk's words
	TextLang string // of the text, which may be staff's in another language
	Title    string
	Text     template.HTML
	Source   *link
	Note     template.HTML
	Choices  []choice
	Related  []choice
	Feedback []choice // named by what they do, since their labels are thumbs
	Calls    []link   // numbers to tap, in danger
	Handoff  *person
}

// A link is an address that is safe to follow, and what it is called.
type link struct {
	Label string
	URL   template.URL
	Web   bool // opens in a browser
}

// A person is the way to a human.
type person struct {
	link
	Phone *link
	Hours string
}

// newCard lays a reply out. What staff and the desk wrote becomes HTML through markup, which escapes it.
func newCard(r bot.Reply, s knowledge.Settings) card {
	c := card{
		Words: wordsFor(r.Lang), Outcome: r.Outcome, Lang: r.Lang, TextLang: r.Lang, Title: r.Title,
		Text: template.HTML(markup.Parse(r.Text).HTML()), Note: template.HTML(markup.Parse(r.Note).HTML()),
		Choices: newChoices(r.Choices), Related: newChoices(r.Related), Handoff: newPerson(r.Handoff),
	}
	for _, f := range r.Feedback {
		named := choice{c.Words.Useless, f.Press.String()}
		if f.Press.Verb == bot.Helpful {
			named.Label = c.Words.Helpful
		}
		c.Feedback = append(c.Feedback, named)
	}
	if r.Source.Article != "" {
		source := newLink(r.Source.Article, r.Source.URL)
		c.Source = &source
	}
	for _, h := range r.Candidates {
		if h.Section.ID == r.Section && r.Outcome == bot.Answered && h.Section.Lang != "" {
			c.TextLang = h.Section.Lang
		}
	}
	if r.Outcome == bot.Crisis {
		c.Calls = calls(r, s)
	}
	return c
}

// Preview returns a reply as the page shows it, as HTML, for staff to look at. The numbers to tap of a crisis reply,
// which come from the settings, are missing.
func Preview(r bot.Reply) string {
	var out strings.Builder
	if err := pages.ExecuteTemplate(&out, "card", newCard(r, knowledge.Settings{})); err != nil {
		return err.Error()
	}
	return out.String()
}

// calls returns the numbers that a crisis reply names, for a thumb to tap.
func calls(r bot.Reply, s knowledge.Settings) []link {
	text, say := markup.Parse(r.Text).Plain(), wordsFor(r.Lang)
	var all []link
	for _, h := range s.Helplines {
		if h.Call != "" && strings.Contains(text, h.Name) && strings.Contains(text, h.Call) {
			all = append(all, link{Label: say.Call + " " + h.Call, URL: dial(h.Call)})
		}
	}
	return all
}

func newPerson(h knowledge.Handoff) *person {
	if h.IsZero() && h.Phone == "" {
		return nil
	}
	p := &person{link: newLink(h.Label, h.URL), Hours: h.Hours}
	if h.Phone != "" {
		p.Phone = &link{Label: h.Phone, URL: dial(h.Phone)}
	}
	return p
}

// newLink returns a link without an address where that is none to follow.
func newLink(label, address string) link {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"https", "http", "mailto", "tel"}, u.Scheme) {
		return link{Label: label}
	}
	return link{Label: label, URL: template.URL(address), Web: strings.HasPrefix(u.Scheme, "http")}
}

// dial returns the address that rings a number as staff wrote it, such as "(555) 555-0140".
func dial(number string) template.URL {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' || r == '*' || r == '#' {
			return r
		}
		return -1
	}, number)
	return template.URL("tel:" + url.PathEscape(digits))
}
