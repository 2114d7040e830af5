package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
)

func TestParsePress(t *testing.T) {
	key := knowledge.SectionID("a/b").Key()
	for _, p := range []Press{{Show, key}, {More, key}, {Helpful, key}, {Useless, key}, {Share, key}, {Verb: Topics}, {Verb: Contact}, {Staff, "t:1.2-_A"}, {Pick, key + key + key}} {
		if got, err := ParsePress(p.String()); got != p || err != nil {
			t.Errorf("ParsePress(%q) = %v, %v, want %v", p.String(), got, err, p)
		}
		if n := len(p.String()); n > 14 && p.Verb != Pick || n > 36 {
			t.Errorf("%q has %d bytes, want at most 14, or 36 for three sections", p.String(), n)
		}
	}
	for _, s := range []string{"", "1", "2s:" + string(key), "1s", "1s:short", "1t:" + string(key), "1z", "s:" + string(key), "hello", "1a", "1q:short", "1a:", "1a:é", "1a:" + strings.Repeat("x", 49)} {
		if got, err := ParsePress(s); !errors.Is(err, ErrOldButton) {
			t.Errorf("ParsePress(%q) = %v, %v, want ErrOldButton", s, got, err)
		}
	}
}

func FuzzParsePress(f *testing.F) {
	f.Add("1t")
	f.Add("1s:" + string(knowledge.SectionID("a").Key()))
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePress(s)
		if err == nil && p.String() != s {
			t.Errorf("ParsePress(%q).String() = %q", s, p.String())
		}
	})
}

func TestPress(t *testing.T) {
	base := clinic()
	cost, session := base.Articles[1].Sections[0], base.Articles[0].Sections[1]
	d := open(t, base, Config{})
	for _, test := range []struct {
		name    string
		press   Press
		outcome Outcome
		section knowledge.SectionID
		text    string // how the text begins
		choices int
		handoff knowledge.Handoff
	}{
		{"show", Press{Show, cost.ID.Key()}, Answered, cost.ID, cost.Body, 0, billing},
		{"show a long one", Press{Show, session.ID.Key()}, Answered, session.ID, session.Body[:strings.Index(session.Body, "\n\n")], 0, office},
		{"more", Press{More, session.ID.Key()}, Answered, session.ID, session.Body, 0, office},
		{"share", Press{Share, cost.ID.Key()}, Answered, cost.ID, cost.Body, 0, billing},
		{"helpful", Press{Helpful, cost.ID.Key()}, Smalltalk, cost.ID, "Thank you", 0, knowledge.Handoff{}},
		{"useless", Press{Useless, cost.ID.Key()}, Smalltalk, cost.ID, "Thank you for telling me", 0, office},
		{"topics", Press{Verb: Topics}, Smalltalk, "", "I can answer", 11, office},
		{"contact", Press{Verb: Contact}, HandedOff, "", "A person can help", 0, office},
		{"a section that is gone", Press{Show, knowledge.SectionID("gone").Key()}, Unanswered, "", "This button is from an older version", 1, office},
		{"a verb from another version", Press{"z", cost.ID.Key()}, Unanswered, "", "This button is from an older version", 1, office},
	} {
		r := newChat(t, d).press(test.press)
		if r.Outcome != test.outcome || r.Section != test.section || !strings.HasPrefix(r.Text, test.text) || len(r.Choices) != test.choices || r.Handoff != test.handoff {
			t.Errorf("%s: Press(%v) = %+v, want %q of section %q with %q, %d choices and %v",
				test.name, test.press, r, test.outcome, test.section, test.text, test.choices, test.handoff)
		}
	}
}

// Read more gives the rest to whoever saw the passage, and the whole to everybody else: another person in the room,
// somebody who comes back later, and everybody once the knowledge has changed.
func TestPressMore(t *testing.T) {
	base := clinic()
	session := base.Articles[0].Sections[1]
	end := strings.Index(session.Body, "\n\n")
	rest := session.Body[end+2:]
	live := index.NewLive(build(t, base))
	d := NewDesk(live, DefaultPolicy, zap.NewNop())
	show := func(c *chat) Press {
		r := d.serve(c.message(""), Press{}, func(t *turn) Reply { return t.show(session, index.Span{Start: 0, End: end}) })
		if len(r.Choices) != 1 || r.Choices[0].Press.Verb != More {
			t.Fatalf("a passage has the choices %v, want one to read more", r.Choices)
		}
		return r.Choices[0].Press
	}
	c := newChat(t, d)
	more := show(c)
	m := c.message("")
	m.From = "test:bob"
	if r := d.Press(context.Background(), m, more); r.Text != session.Body {
		t.Errorf("Press(more) by another person = %q, want the whole section", r.Text)
	}
	if r := c.press(more); r.Text != rest || r.Confidence != 1 || r.Title != session.Title || r.Section != session.ID {
		t.Errorf("Press(more) = %+v, want what the passage left out", r)
	}
	if r := c.press(more); r.Text != session.Body {
		t.Errorf("Press(more) once more = %q, want the whole section", r.Text)
	}

	more = show(c)
	changed := clinic()
	changed.Version = "2"
	changed.Articles[0].Sections[1].Body = "Shorter now."
	live.Swap(build(t, changed))
	if r := c.press(more); r.Text != "Shorter now." {
		t.Errorf("Press(more) after a change = %q, want the whole section as it is now", r.Text)
	}
}
