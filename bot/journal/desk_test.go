package journal

import (
	"context"
	"testing"
	"testing/fstest"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
)

const visits = `---
sections:
  When is the open day?: {id: open-day, expires_at: 2026-02-01}
---
# Visits
## When is the open day?
On the last Saturday of January.
## Where can I park?
There is a car park behind the house, and street parking in front of it.
## What should I bring?
Bring comfortable clothes and a list of your medicines.
## How much does a session cost?
A session costs 450 dollars.
`

// TestDesk lets people talk to a real desk, and looks at what the journal makes of it.
func TestDesk(t *testing.T) {
	base, problems := knowledge.Load(fstest.MapFS{"visits.md": {Data: []byte(visits)}}, knowledge.Handoff{Label: "Write to us", URL: "https://clinic.example"})
	snapshot, err := index.Build(t.Context(), base, index.Options{})
	if err != nil {
		t.Fatalf("Build: %v; %v", err, problems)
	}
	defer snapshot.Close()
	onBoth(t, Config{}, func(d *desk) {
		d.Learn(base)
		talk := bot.New(index.NewLive(snapshot), bot.Config{Policy: bot.DefaultPolicy, Journal: d.Journal, Now: d.clock.read}, zap.NewNop())
		for _, who := range []string{"ann", "bob", "cem"} {
			m := bot.Message{Room: bot.RoomID("telegram:" + who), From: bot.PersonID("telegram:" + who), Private: true, At: noon}
			for _, text := range []string{"hi", "do you sell bicycles", "how much does a session cost", "when is the open day", "I want to kill myself"} {
				m.Text = text
				r := talk.Answer(context.Background(), m)
				if r.Outcome == bot.Answered {
					talk.Press(context.Background(), m, bot.Press{Verb: bot.Useless, Key: r.Section.Key()})
				}
			}
		}
		misses, hidden := d.misses()
		reasons := map[string]Reason{}
		for _, m := range misses {
			for why := range m.Reasons {
				reasons[m.Text] = why
			}
			if m.Reasons[Expired] > 0 && (len(m.Nearest) == 0 || m.Nearest[0] != "open-day") {
				d.Errorf("nearest to %q are %q, want the section that has expired first", m.Text, m.Nearest)
			}
		}
		want := map[string]Reason{"when is the open day": Expired, "do you sell bicycles": NoMatch, "how much does a session cost": ThumbsDown}
		if len(misses) != 3 || hidden.Times != 0 {
			d.Errorf("Misses = %+v, %+v, want %v", misses, hidden, want)
		}
		for text, why := range want {
			if reasons[text] != why {
				d.Errorf("reason of %q = %q, want %q", text, reasons[text], why)
			}
		}
		n, err := d.Numbers(d.Context(), Period{})
		if err != nil || n.Total.Questions != 9 || n.Total.Crises != 3 || n.Total.Useless != 3 || n.Total.Smalltalk != 3 {
			d.Errorf("Numbers = %+v, %v, want 9 questions, 3 crises, 3 thumbs down, 3 greetings", n.Total, err)
		}
	})
}
