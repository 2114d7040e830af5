package console

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A tested is what golden questions came to in one version, on one day.
type tested struct {
	of  string
	got map[publish.Question]publish.Answer
}

// goldenPage is what the page of golden questions shows.
type goldenPage struct {
	Locked    string // why they cannot be changed; empty when they can
	Questions []goldenRow
	Leaf      leaf
}

// A goldenRow is a golden question as the page shows it.
type goldenRow struct {
	publish.GoldenAnswer
	Titles []string // of what should answer it, in words
	Aim    string   // key of the section that answers it in the place of that one; empty for none
}

// goldenQuestions lists the golden questions with what comes of them now.
func (c *Console) goldenQuestions(w http.ResponseWriter, r *http.Request) {
	p := goldenPage{Locked: c.locked()}
	all := c.config.Publisher.Golden()
	got, ok := c.tested(r.Context(), all)
	if !ok {
		loadAgain(w)
	}
	page, _ := strconv.Atoi(r.FormValue("page"))
	all, p.Leaf = cut(all, page, "/golden?page=")
	for _, row := range all {
		if answer, ok := got[publish.Question{Text: row.Question, Lang: row.Lang}]; ok {
			row.Got, row.Asked = answer, true
		}
		p.Questions = append(p.Questions, c.described(row))
	}
	c.show(w, r, http.StatusOK, "golden.html", "Golden questions", p)
}

// tested returns what comes of the golden questions that the gate has not asked since the program started. Run asks them;
// false while it does.
func (c *Console) tested(ctx context.Context, all []publish.GoldenAnswer) (map[publish.Question]publish.Answer, bool) {
	of := c.occasion()
	if known := c.golden.Load(); known != nil && known.of == of {
		return known.got, true
	}
	all = slices.DeleteFunc(slices.Clone(all), func(p publish.GoldenAnswer) bool { return p.Asked })
	if len(all) == 0 {
		return nil, true
	}
	done := make(chan *tested, 1)
	c.later(func(ctx context.Context) error {
		t := c.golden.Load()
		if t == nil || t.of != of { // else they were asked for another page, while this one waited
			t = &tested{of, c.answers(ctx, all)}
		}
		if ctx.Err() == nil {
			c.golden.Store(t)
			done <- t
		}
		return nil
	})
	select {
	case t := <-done:
		return t.got, true
	case <-time.After(c.patience):
	case <-ctx.Done():
	}
	return nil, false
}

// answers asks golden questions as the gate does, until ctx ends.
func (c *Console) answers(ctx context.Context, all []publish.GoldenAnswer) map[publish.Question]publish.Answer {
	got := map[publish.Question]publish.Answer{}
	for _, row := range all {
		if ctx.Err() != nil {
			break
		}
		m := bot.Message{Text: row.Question, Lang: row.Lang, Private: true, At: c.config.Now()}
		got[publish.Question{Text: row.Question, Lang: row.Lang}] = publish.AnswerOf(c.desk.Answer(ctx, m))
	}
	return got
}

func (c *Console) described(row publish.GoldenAnswer) goldenRow {
	p := goldenRow{GoldenAnswer: row}
	for _, want := range row.Want {
		title := want
		switch want {
		case publish.None:
			title = "no section"
		case publish.Handoff:
			title = "a person"
		case publish.Crisis:
			title = "helplines"
		default:
			if s, ok := c.section(knowledge.SectionID(want).Key()); ok && s.Title != "" {
				title = "“" + s.Title + "”"
			}
		}
		p.Titles = append(p.Titles, title)
	}
	if row.Asked && !row.Met() && row.Got.Section != "" && row.Got.Outcome == bot.Answered {
		p.Aim = string(row.Got.Section.Key())
	}
	return p
}

// drop makes a question one that staff do not count on any more.
func (c *Console) drop(w http.ResponseWriter, r *http.Request) {
	question, lang, ok := c.goldenOf(w, r)
	if !ok {
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.DropQuestion(question, lang) },
		back:   "/golden",
		done: func(l landing) string {
			return "“" + question + "” is no golden question any more. " + l.Said + " Under Versions, the one before brings it back."
		},
	})
}

// aim lets another section answer a golden question.
func (c *Console) aim(w http.ResponseWriter, r *http.Request) {
	question, lang, ok := c.goldenOf(w, r)
	if !ok {
		return
	}
	s, there := c.section(knowledge.Key(r.PostFormValue("section")))
	if !there {
		c.missing(w, r, "There is no such section among what is served now. Somebody may have renamed or removed it.")
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.AimQuestion(question, lang, s.ID) },
		back:   "/golden",
		done: func(l landing) string {
			return strings.TrimSpace("“" + question + "” counts on “" + s.Title + "” now. " + l.Said)
		},
	})
}

// goldenOf reads which golden question a form is about; false when it says what is wrong with that.
func (c *Console) goldenOf(w http.ResponseWriter, r *http.Request) (question, lang string, ok bool) {
	f := &fields{r: r}
	question, lang = strings.TrimSpace(f.text("question", "The question", maxQuestion)), f.text("lang", "The language", 10)
	if f.fault != "" || question == "" {
		c.refuse(w, r, cmp.Or(f.fault, "There is no question."))
		return "", "", false
	}
	return question, lang, true
}

// Try is the address at which a golden question is tried.
func (p goldenRow) Try() string {
	return "/ask?q=" + url.QueryEscape(p.Question) + "&lang=" + url.QueryEscape(p.Lang)
}
