package bot

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/safety"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// day returns a day of March 2026, in which a chat begins on the first.
func day(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }

// ageing is the clinic with one section changed.
func ageing(title string, change func(*knowledge.Section)) knowledge.Base {
	base := clinic()
	for i := range base.Articles {
		for j := range base.Articles[i].Sections {
			if s := &base.Articles[i].Sections[j]; s.Title == title {
				change(s)
			}
		}
	}
	return base
}

func TestSettle(t *testing.T) {
	p, now := Policy{Sure: .5, Maybe: .2, Margin: .1}, day(10)
	type hit struct {
		id         knowledge.SectionID
		confidence float64
		expires    time.Time
	}
	old, young := day(9), day(11)
	for _, test := range []struct {
		name    string
		hits    []hit
		want    Outcome
		served  string // ids, best first
		expired knowledge.SectionID
	}{
		{"nothing expired", []hit{{"a", .9, time.Time{}}, {"b", .2, young}}, Answered, "a b", ""},
		{"expires later", []hit{{"a", .9, young}}, Answered, "a", ""},
		{"expires today", []hit{{"a", .9, day(10)}}, Unanswered, "", "a"},
		{"the best has expired", []hit{{"a", .7, old}, {"b", .2, time.Time{}}}, Unanswered, "b", "a"},
		{"the best has expired and is not sure", []hit{{"a", .3, old}, {"b", .1, time.Time{}}}, Unanswered, "b", "a"},
		{"nothing else was found", []hit{{"a", .9, old}}, Unanswered, "", "a"},
		{"this year's stands beside last year's", []hit{{"a", .6, old}, {"b", .35, young}}, Answered, "b", ""},
		{"this year's two stand beside last year's", []hit{{"a", .4, old}, {"b", .3, young}, {"c", .25, young}}, Unsure, "b c", ""},
		{"last year's beside something less likely", []hit{{"a", .4, old}, {"b", .21, time.Time{}}}, Unsure, "b", ""},
		{"the second has expired", []hit{{"a", .5, young}, {"b", .45, old}}, Answered, "a", ""},
		{"what has expired is far off", []hit{{"a", .1, old}, {"b", .04, time.Time{}}}, Unanswered, "b", ""},
		{"many have expired", []hit{{"a", .1, old}, {"b", .1, old}, {"c", .1, old}, {"d", .04, time.Time{}}}, Unanswered, "d", "a"},
		{"two languages", []hit{{"a", .9, old}, {"b", .7, time.Time{}}, {"c", .3, old}}, Answered, "b", ""},
		{"no number", []hit{{"a", math.NaN(), old}, {"b", .9, time.Time{}}}, Answered, "b", ""},
	} {
		var found []index.Hit
		for _, h := range test.hits {
			found = append(found, index.Hit{Section: knowledge.Section{ID: h.id, Kind: knowledge.Answer, Expires: h.expires}, Confidence: h.confidence})
		}
		f := settle(p, found, now)
		var served []string
		for _, h := range f.hits {
			served = append(served, string(h.Section.ID))
		}
		if f.outcome != test.want || f.expired != test.expired || strings.Join(served, " ") != test.served {
			t.Errorf("%s: settle = %q of %q, expired %q, want %q of %q, %q", test.name, f.outcome, served, f.expired, test.want, test.served, test.expired)
		}
	}
}

// A question whose answer has expired is handed off, in plain words, and the journal learns why.
func TestExpired(t *testing.T) {
	title := "How much does it cost?"
	kept := &journal{}
	base := ageing(title, func(s *knowledge.Section) { s.Expires = day(2) })
	id := base.Articles[1].Sections[0].ID
	c := newChat(t, open(t, base, Config{Journal: kept}))
	before := c.say("how much does it cost", Answered, title)
	c.now = day(2)
	r := c.say("how much does it cost", Unanswered, "")
	if r.Handoff != office || !strings.Contains(r.Text, "out of date") || strings.Contains(r.Text, "450") {
		t.Errorf("Answer(an expired question) = %q with %v, want words that say so and the handoff", r.Text, r.Handoff)
	}
	if r := c.press(Press{Show, id.Key()}); r.Outcome != Unanswered || !strings.Contains(r.Text, "out of date") || r.Handoff != office {
		t.Errorf("Press(a button from before) = %+v, want that it is out of date", r)
	}
	var expired []knowledge.SectionID
	for _, e := range kept.exchanges {
		expired = append(expired, e.Expired)
	}
	if want := []knowledge.SectionID{"", id, id}; !slices.Equal(expired, want) {
		t.Errorf("the journal heard of %q as expired, want %q", expired, want)
	}
	if e := kept.exchanges[1]; e.Text == "" || e.Outcome != Unanswered || before.Section != id {
		t.Errorf("Record(%+v), want the question", e)
	}
}

// A day begins when it does at the desk, wherever the machine is.
func TestDayBeginsAtTheDesk(t *testing.T) {
	const title = "How much does it cost?"
	for _, test := range []struct {
		zone, at string
		served   bool
	}{
		{"America/Chicago", "2026-03-01 23:00", true},
		{"America/Chicago", "2026-03-02 00:30", false},
		{"Asia/Tokyo", "2026-03-01 23:00", true},
		{"Asia/Tokyo", "2026-03-02 00:30", false},
	} {
		location, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", test.at, location)
		if err != nil {
			t.Fatal(err)
		}
		base := ageing(title, func(s *knowledge.Section) { s.Expires = day(2) })
		base.Settings.Zone = zone(test.zone)
		d := open(t, base, Config{})
		c := newChat(t, d)
		c.now = at.UTC()
		if test.served {
			c.say(title, Answered, title)
		} else if r := c.say(title, Unanswered, ""); !strings.Contains(r.Text, "out of date") {
			t.Errorf("%s, %s: Answer = %q, want that it is out of date", test.zone, test.at, r.Text)
		}
		listed := slices.ContainsFunc(d.Suggest(context.Background(), c.message("how much does it"), 4), func(s knowledge.Section) bool { return s.Title == title })
		if listed != test.served {
			t.Errorf("%s, %s: Suggest lists it: %v, want %v", test.zone, test.at, listed, test.served)
		}

		base = ageing(title, func(s *knowledge.Section) { s.ReviewBy = day(1) })
		base.Settings.Zone = zone(test.zone)
		c = newChat(t, open(t, base, Config{}))
		c.now = at.UTC()
		if r := c.say(title, Answered, title); strings.Contains(r.Note, "due for a check") == test.served {
			t.Errorf("%s, %s: Note = %q, want one from the day after the review's on", test.zone, test.at, r.Note)
		}
	}
}

// Staff's call to get in touch, and the desk's clock where a message has none.
func TestExpiredContact(t *testing.T) {
	base := clinic()
	call := article("call", "en", "Call us", office, section{title: "Get in touch", body: "Ring the red bell beside the door.", kind: knowledge.Contact})
	call.Sections[0].Expires = day(5)
	base.Articles = append(base.Articles, call)
	for _, now := range []time.Time{day(4), day(6)} {
		r := open(t, base, Config{Now: func() time.Time { return now }}).Contact(Message{Lang: "en"})
		if shown := strings.Contains(r.Text, "red bell"); r.Outcome != HandedOff || r.Handoff != office || shown != (now == day(4)) {
			t.Errorf("Contact on %s = %+v", now.Format(time.DateOnly), r)
		}
	}
}

// Many that have expired do not hide the one that has not.
func TestManyExpired(t *testing.T) {
	var fairs []section
	for year := range 20 {
		fairs = append(fairs, section{title: "When is the winter fair?", body: "The winter fair " + strconv.Itoa(2007+year) + " is in the yard."})
	}
	base := clinic()
	base.Articles = append(base.Articles, article("fairs", "en", "Fairs", office, fairs...))
	sections := base.Articles[len(base.Articles)-1].Sections
	for i := range sections {
		sections[i].ID += knowledge.SectionID(strconv.Itoa(i))
		if i != len(sections)-1 {
			sections[i].Expires = day(1)
		}
	}
	d := open(t, base, Config{})
	c := newChat(t, d)
	r := d.Answer(context.Background(), c.message("when is the winter fair"))
	choices := slices.ContainsFunc(r.Choices, func(x Choice) bool { return x.Press.Key == sections[19].ID.Key() })
	if r.Section != sections[19].ID && !choices {
		t.Errorf("Answer = %q with %v, want this year's fair", r.Outcome, r.Choices)
	}
	if got := d.Suggest(context.Background(), c.message("when is the win"), 3); len(got) != 1 || got[0].ID != sections[19].ID {
		t.Errorf("Suggest = %v, want this year's fair alone", got)
	}
}

func TestReviewNote(t *testing.T) {
	english, spanish := "How much does it cost?", "¿Qué es la ketamina?"
	for _, test := range []struct {
		name               string
		title              string
		reviewed, reviewBy time.Time
		note               string // empty for none
	}{
		{"not due", english, day(1), day(20), ""},
		{"due on the day", english, day(1), day(10), ""},
		{"overdue", english, time.Date(2025, 3, 31, 0, 0, 0, 0, time.UTC), day(9), "last reviewed March 2025"},
		{"overdue, in Spanish", spanish, time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), day(9), "diciembre de 2025"},
		{"nobody knows since when", english, time.Time{}, day(9), "due for a check"},
		{"nobody knows since when, in Spanish", spanish, time.Time{}, day(9), "le toca revisar"},
		{"no day is set", english, day(1), time.Time{}, ""},
	} {
		base := ageing(test.title, func(s *knowledge.Section) { s.Reviewed, s.ReviewBy = test.reviewed, test.reviewBy })
		c := newChat(t, open(t, base, Config{}))
		c.now = day(10)
		r := c.say(test.title, Answered, test.title)
		if !strings.Contains(r.Note, test.note) || strings.Contains(r.Note, "{") {
			t.Errorf("%s: Note = %q, want %q in it", test.name, r.Note, test.note)
		}
		if again := c.say(test.title, Answered, test.title); (again.Note != "") != (test.note != "") {
			t.Errorf("%s: Note without the disclaimer = %q, want %q", test.name, again.Note, test.note)
		}
	}
}

// No reply ever shows what has expired: not as an answer, a choice, something related, a topic or a candidate.
func TestNoReplyShowsTheExpired(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 15 {
		base := clinic()
		expires := map[knowledge.SectionID]time.Time{}
		for i := range base.Articles {
			for j := range base.Articles[i].Sections {
				s := &base.Articles[i].Sections[j]
				if random.IntN(2) == 0 {
					s.Expires = day(1 + random.IntN(4))
				}
				expires[s.ID] = s.Expires
			}
		}
		checkExpired(t, base, expires, random, round)
	}
}

func checkExpired(t *testing.T, base knowledge.Base, expires map[knowledge.SectionID]time.Time, random *rand.Rand, round int) {
	titles := map[string]int{} // the clinic has a heading twice
	for _, s := range base.Sections() {
		titles[s.Title]++
	}
	d := open(t, base, Config{})
	c := newChat(t, d)
	var buttons []Press
	for range 80 {
		c.now = c.now.Add(45 * time.Minute / time.Duration(1+random.IntN(9)))
		text := sayings[random.IntN(len(sayings))]
		if random.IntN(3) == 0 {
			text = base.Sections()[random.IntN(len(expires))].Title
		}
		if random.IntN(10) == 0 {
			text += ", " + danger
		}
		m := c.message(text)
		var r Reply
		switch random.IntN(8) {
		case 0:
			r = d.Topics(m)
		case 1:
			r = d.Welcome(m)
		case 2, 3:
			if len(buttons) > 0 {
				r = d.Press(context.Background(), m, buttons[random.IntN(len(buttons))])
			}
		default:
			r = d.Answer(context.Background(), m)
		}
		shown := map[knowledge.Key]bool{r.Section.Key(): true}
		for _, choice := range slices.Concat(r.Choices, r.Related, r.Feedback) {
			shown[choice.Press.Key] = true
			buttons = append(buttons, choice.Press)
		}
		for _, hit := range r.Candidates {
			shown[hit.Section.ID.Key()] = true
		}
		for _, s := range d.Suggest(context.Background(), m, 4) {
			shown[s.ID.Key()] = true
		}
		for _, s := range base.Sections() {
			if at := expires[s.ID]; at.IsZero() || m.At.Before(at) {
				continue
			}
			quoted := strings.Contains(r.Text, s.Body[:min(40, len(s.Body))]) || titles[s.Title] == 1 && strings.Contains(r.Text+r.Title, s.Title)
			if shown[s.ID.Key()] || quoted {
				t.Fatalf("round %d: Answer(%q) at %v shows %q, which expired %v: %+v", round, text, m.At, s.ID, expires[s.ID], r)
			}
		}
	}
}

// What has expired does not stand below the helplines either, and these come all the same.
func TestExpiredInACrisis(t *testing.T) {
	title := "Does ketamine help with suicidal thoughts?"
	for _, expires := range []time.Time{{}, day(1)} {
		base := ageing(title, func(s *knowledge.Section) { s.Expires = expires })
		c := newChat(t, open(t, base, Config{Rules: safety.Default()}))
		r := c.desk.Answer(context.Background(), c.message("does ketamine help with suicidal thoughts"))
		if r.Outcome != Crisis || !strings.Contains(r.Text, "988") || strings.Contains(r.Text, "Studies show") != expires.IsZero() {
			t.Errorf("Answer with %v as the end = %q, %q", expires, r.Outcome, r.Text)
		}
	}
}
