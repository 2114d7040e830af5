package console

import (
	"context"
	"html/template"
	"net/http"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/markup"
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
	Policy   bot.Policy
}

// A look is an answer as one platform shows it.
type look struct{ Platform, Text string }

// tried bounds the candidates that are explained.
const tried = 5

// ask shows the answer to a question, as people get it and why.
func (c *Console) ask(w http.ResponseWriter, r *http.Request) {
	t := trial{Question: r.FormValue("q"), Lang: r.FormValue("lang"), Policy: c.config.Policy}
	if t.Question != "" {
		s, release := c.config.Live.Acquire()
		defer release()
		c.try(r.Context(), s, &t)
	}
	c.show(w, r, http.StatusOK, "ask.html", "Ask", t)
}

// try asks a snapshot a trial's question. A desk of its own answers, so that nothing of it is remembered or counted.
func (c *Console) try(ctx context.Context, s *index.Snapshot, t *trial) {
	desk := bot.New(index.NewLive(s), bot.Config{Policy: c.config.Policy, Now: c.config.Now}, c.log)
	reply := desk.Answer(ctx, bot.Message{Text: t.Question, Lang: t.Lang, Private: true, Addressed: bot.Direct, Owed: true})
	t.Reply = &reply
	t.Text, t.Note = template.HTML(markup.Parse(reply.Text).HTML()), template.HTML(markup.Parse(reply.Note).HTML())
	for _, p := range c.config.Previews {
		t.Looks = append(t.Looks, look{p.Platform, p.Show(reply)})
	}
	why, err := s.Explain(ctx, index.Query{Text: t.Question, Lang: t.Lang}, tried)
	if err != nil { // the answer is there all the same
		c.log.Warn("explain an answer", zap.Error(err))
		return
	}
	t.Why = &why
}
