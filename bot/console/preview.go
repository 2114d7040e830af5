package console

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// A mirror is a desk that knows one section at a time, to show it as people will see it. Making a desk takes longer
// than showing a section, so that there is one for all drafts.
type mirror struct {
	mu   sync.Mutex
	live *index.Live
	desk *bot.Desk
}

// show replies with the only section of a snapshot, which it closes in the end.
func (m *mirror) show(s *index.Snapshot, c bot.Config, msg bot.Message, section knowledge.SectionID) bot.Reply {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.desk == nil {
		m.live = index.NewLive(s)
		m.desk = bot.New(m.live, c, zap.NewNop())
	} else {
		m.live.Swap(s)
	}
	return m.desk.Press(context.Background(), msg, bot.Press{Verb: bot.Show, Key: section.Key()})
}

// shown returns a section as people will see it once it answers.
func (c *Console) shown(ctx context.Context, s knowledge.Section) (*trial, error) {
	settings := c.settings()
	settings.Rooms = nil // it is to be seen whatever they say
	s.Expires = time.Time{}
	if s.ID == "" {
		s.ID, s.Kind, s.Lang, s.Handoff = "new", knowledge.Answer, settings.Lang, settings.Contact
	}
	article := knowledge.Article{ID: s.ArticleID, Title: s.Article, Lang: s.Lang, Handoff: s.Handoff, Sections: []knowledge.Section{s}}
	alone, err := index.Build(ctx, knowledge.Base{Settings: settings, Articles: []knowledge.Article{article}, Version: "preview"}, index.Options{})
	if err != nil {
		return nil, err
	}
	m := bot.Message{Lang: s.Lang, Private: true, Addressed: bot.Direct, Owed: true}
	t := &trial{}
	t.lay(c.mirror.show(alone, bot.Config{Policy: c.config.Policy, Now: c.config.Now}, m, s.ID), c.config.Previews)
	return t, nil
}

// preview sends a draft as people will see it, and nothing around it: the script puts it into the page.
func (c *Console) preview(w http.ResponseWriter, r *http.Request) {
	f := &fields{r: r}
	d := f.draft()
	s, _ := c.section(knowledge.Key(r.PostFormValue("key")))
	var shown *trial
	if strings.TrimSpace(d.Title) != "" && strings.TrimSpace(d.Body) != "" {
		var err error
		if shown, err = c.shown(r.Context(), d.on(s)); err != nil {
			c.log.Error("preview a draft", zap.Error(err))
			http.Error(w, "something went wrong here", http.StatusInternalServerError)
			return
		}
	}
	var out bytes.Buffer
	if err := layouts()["section.html"].ExecuteTemplate(&out, "preview", shown); err != nil {
		c.log.Error("lay out a preview", zap.Error(err))
		http.Error(w, "something went wrong here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w)
}

// section returns a section that serves now.
func (c *Console) section(k knowledge.Key) (knowledge.Section, bool) {
	s, release := c.config.Live.Acquire()
	defer release()
	return s.Section(k)
}
