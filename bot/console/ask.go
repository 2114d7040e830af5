package console

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/markup"
	"frontdesk/bot/publish"
	"frontdesk/index"
)

// A trial is a question that staff try, with all there is to see of its answer.
type trial struct {
	Question string
	Lang     string
	Reply    *bot.Reply // nil before anything was asked
	Text     template.HTML
	Note     template.HTML
	Looks    []look // as each platform shows it
	Why      *index.Explanation
	Danger   bool     // the safety check finds danger
	Safety   []string // why it finds what it does
	Policy   bot.Policy
}

// A look is an answer as one platform shows it.
type look struct{ Platform, Text string }

// tried bounds the candidates that are explained.
const tried = 5

// asking is the page on which staff try a question.
type asking struct {
	Question string
	Lang     string
	Langs    []string
	Draft    bool // the files are asked, not what serves
	Waiting  bool // the files are not what serves
	Fault    string
	Trial    *trial
	Editable bool
}

// ask shows the answer to a question, as people get it and why.
func (c *Console) ask(w http.ResponseWriter, r *http.Request) {
	a := asking{Question: strings.TrimSpace(clip(r.FormValue("q"), maxQuestion)), Lang: clip(r.FormValue("lang"), 10), Editable: c.editable()}
	a.Langs = c.languages()
	a.Waiting = c.config.Publisher.Status().Fallback != "" && c.editable()
	a.Draft = a.Waiting && r.FormValue("of") == "files"
	if a.Question != "" {
		a.Trial = &trial{Question: a.Question, Lang: a.Lang}
		if a.Draft {
			a.Fault = c.tryFiles(r.Context(), a.Trial)
		} else {
			s, release := c.config.Live.Acquire()
			defer release()
			c.try(r.Context(), c.desk, s, a.Trial)
		}
	}
	c.show(w, r, http.StatusOK, "ask.html", "Ask", a)
}

// tryFiles asks the files as they are, which do not serve. It returns why it cannot.
func (c *Console) tryFiles(ctx context.Context, t *trial) (fault string) {
	report, err := c.tryOut(ctx, c.config.Book.FS(), func(s *index.Snapshot) { c.try(ctx, c.deskOf(s), s, t) })
	if err != nil {
		return c.reason(err)
	}
	if faults := publish.Errors(report.Problems); len(faults) > 0 {
		return "The files have errors, so they cannot be asked: " + faults[0].String()
	}
	return ""
}

// languages are those of the sections that serve.
func (c *Console) languages() []string {
	return c.catalogue().langs
}

// deskOf is a desk that answers from a draft. Closing the snapshot is for whoever opened it.
func (c *Console) deskOf(s *index.Snapshot) *bot.Desk {
	return bot.New(index.NewLive(s), bot.Config{Policy: c.config.Policy, Now: c.config.Now}, c.log)
}

// try asks a desk over a snapshot a trial's question. The message is in no room, so that nothing of it is remembered,
// and the desk has no journal, so that nothing is counted.
func (c *Console) try(ctx context.Context, desk *bot.Desk, s *index.Snapshot, t *trial) {
	t.Policy = c.config.Policy
	t.lay(desk.Answer(ctx, bot.Message{Text: t.Question, Lang: t.Lang, Private: true, Addressed: bot.Direct, Owed: true}), c.config.Previews)
	t.Danger, t.Safety = desk.Danger(t.Question), desk.WhyDanger(t.Question)
	why, err := s.Explain(ctx, index.Query{Text: t.Question, Lang: t.Lang}, tried)
	if err != nil { // the answer is there all the same
		c.log.Warn("explain an answer", zap.Error(err))
		return
	}
	t.Why = &why
}

// lay shows a reply in all ways. What staff wrote becomes HTML through markup, which escapes it.
func (t *trial) lay(r bot.Reply, previews []Preview) {
	t.Reply = &r
	t.Text, t.Note = template.HTML(markup.Parse(r.Text).HTML()), template.HTML(markup.Parse(r.Note).HTML())
	for _, p := range previews {
		t.Looks = append(t.Looks, look{p.Platform, p.Show(r)})
	}
}
