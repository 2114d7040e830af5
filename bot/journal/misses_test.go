package journal

import (
	"maps"
	"slices"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// say records an exchange of each person, changed by edit, a second after the last one.
func (d *desk) say(text string, edit func(*bot.Exchange), who ...string) {
	for _, w := range who {
		d.clock.now = d.clock.now.Add(time.Second)
		e := d.asked(w, text)
		edit(&e)
		d.Record(e)
	}
}

func unsure(near ...knowledge.SectionID) func(*bot.Exchange) {
	return func(e *bot.Exchange) { e.Outcome, e.Nearest = bot.Unsure, near }
}

func answered(section knowledge.SectionID, confidence float64) func(*bot.Exchange) {
	return func(e *bot.Exchange) { e.Outcome, e.Section, e.Confidence = bot.Answered, section, confidence }
}

func pressed(v bot.Verb, section knowledge.SectionID) func(*bot.Exchange) {
	return func(e *bot.Exchange) {
		e.Press, e.Section, e.Outcome = bot.Press{Verb: v, Key: section.Key()}, section, bot.Smalltalk
		if v == bot.Show {
			e.Outcome = bot.Answered
		}
	}
}

func TestMisses(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		none := func(e *bot.Exchange) { e.Nearest = []knowledge.SectionID{"visits#music", "visits#food"} }
		d.say("can I bring my dog", none, "ann", "bob", "cem", "dot")
		d.say("may I bring a dog?", unsure("visits#food", "visits#music"), "eva", "eva")
		// unsure, and somebody chose: no miss; nobody did: one
		d.say("where is the parking", unsure("visits#park", "costs#park"), "ann")
		d.say("", pressed(bot.Show, "visits#park"), "ann")
		d.say("where is parking", unsure("visits#park"), "bob", "cem", "dot")
		// answered, with thumbs
		d.say("how long does it take", answered("visits#time", .9), "ann", "bob", "cem")
		d.say("", pressed(bot.Useless, "visits#time"), "bob")
		d.say("", pressed(bot.Helpful, "visits#time"), "cem")
		// expired
		d.say("is there a christmas offer", func(e *bot.Exchange) { e.Expired = "costs#christmas" }, "ann", "bob", "cem")
		// asked by one person only, and answered well
		d.say("something nobody else asks", none, "fay")
		d.say("how much does it cost", answered("costs#fee", .9), "ann", "bob", "cem", "dot")

		misses, hidden := d.misses()
		want := []struct {
			text          string
			people, times int
			reasons       map[Reason]int
			nearest       knowledge.SectionID
		}{
			{"can I bring my dog", 5, 6, map[Reason]int{NoMatch: 4, NobodyChose: 2}, "visits#music"},
			{"is there a christmas offer", 3, 3, map[Reason]int{Expired: 3}, "costs#christmas"},
			{"where is parking", 3, 3, map[Reason]int{NobodyChose: 3}, "visits#park"},
			{"how long does it take", 1, 1, map[Reason]int{ThumbsDown: 1}, ""},
		}
		if len(misses) != len(want) {
			d.Fatalf("Misses = %+v, want %d", misses, len(want))
		}
		for i, w := range want {
			m := misses[i]
			if m.Text != w.text || m.People != w.people || m.Times != w.times || !maps.Equal(m.Reasons, w.reasons) || m.Lang != "en" || m.Last.Before(m.First) {
				d.Errorf("miss %d = %+v, want %+v", i, m, w)
			}
			if w.nearest != "" && (len(m.Nearest) == 0 || m.Nearest[0] != w.nearest) {
				d.Errorf("nearest to %q = %v, want %q first", m.Text, m.Nearest, w.nearest)
			}
		}
		if !slices.Equal(misses[0].Others, []string{"may I bring a dog?"}) {
			d.Errorf("other wordings = %q, want the second one", misses[0].Others)
		}
		if hidden.Times != 1 {
			d.Errorf("hidden = %+v, want the question of one person", hidden)
		}

		none2, rest, err := d.Misses(d.Context(), Period{To: noon})
		if len(none2) != 0 || rest.Times != 0 || err != nil {
			d.Errorf("Misses before the first = %+v, %+v, %v, want none", none2, rest, err)
		}
	})
}

func TestSettledMisses(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		d.ask("can I bring my dog", "ann", "bob", "cem")
		for _, test := range []struct {
			verdict     Verdict
			then, later int // misses at once, and when somebody asks again
		}{{Ignored, 0, 0}, {OutOfScope, 0, 0}, {Taught, 0, 1}} {
			misses := []Miss{{Text: "Can I bring my dog?"}} // settled by its words, whatever their case
			if err := d.Settle(d.Context(), misses[0], test.verdict, "Dr. Staff"); err != nil {
				d.Fatal(err)
			}
			if misses, _ := d.misses(); len(misses) != test.then {
				d.Errorf("%s: Misses = %+v, want %d", test.verdict, misses, test.then)
			}
			d.clock.now = d.clock.now.Add(time.Hour)
			d.ask("may I bring a dog", "dot")
			if misses, _ := d.misses(); len(misses) != test.later {
				d.Errorf("%s, and asked again: Misses = %+v, want %d", test.verdict, misses, test.later)
			}
		}
		if err := d.Settle(d.Context(), Miss{Text: "x"}, Accepted, ""); err == nil {
			d.Error("Settle with the verdict of a suggestion = nil error, want one")
		}
	})
}

func TestSuggestions(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		// chosen after "unsure": by a press, after a restart of the desk, and in words
		d.say("where do I leave my car", unsure("visits#food", "visits#park"), "ann", "bob")
		d.say("", pressed(bot.Show, "visits#park"), "ann", "bob")
		d.say("where do I leave the car?", unsure("visits#park"), "cem")
		d.say("", func(e *bot.Exchange) { e.Outcome, e.Section, e.Chosen = bot.Answered, "visits#park", true }, "cem")
		// reworded: not answered, asked again, thumbs up
		for _, who := range []string{"dot", "eva", "fay"} {
			d.say("does my plan pay", func(e *bot.Exchange) { e.Nearest = []knowledge.SectionID{"costs#insurance"} }, who)
			d.say("is it covered by my insurer", answered("costs#insurance", .7), who)
			d.say("", pressed(bot.Helpful, "costs#insurance"), who)
		}
		// no suggestions: pressed by others, too late, not offered, sure anyway, thumbs down, asked by too few
		d.say("can I eat before", unsure("visits#food"), "ann", "bob", "cem")
		d.say("", pressed(bot.Show, "visits#food"), "gus")
		d.say("", pressed(bot.Show, "costs#fee"), "ann")
		d.clock.now = d.clock.now.Add(time.Hour)
		d.say("", pressed(bot.Show, "visits#food"), "bob")
		d.say("how much does it cost", answered("costs#fee", .97), "ann", "bob", "cem")
		d.say("", pressed(bot.Helpful, "costs#fee"), "ann", "bob", "cem")
		d.say("is lunch included", answered("visits#food", .6), "ann", "bob", "cem")
		d.say("", pressed(bot.Useless, "visits#food"), "ann", "bob", "cem")
		d.say("a question of one person", unsure("visits#park"), "hal")
		d.say("", pressed(bot.Show, "visits#park"), "hal")

		got := d.suggestions()
		want := []Suggestion{
			{Section: "costs#insurance", Text: "does my plan pay", People: 3, Times: 3, Ways: map[Way]int{Reworded: 3}},
			{Section: "costs#insurance", Text: "is it covered by my insurer", People: 3, Times: 3, Ways: map[Way]int{Confirmed: 3}},
			{Section: "visits#park", Text: "where do I leave my car", Others: []string{"where do I leave the car?"}, People: 3, Times: 3, Ways: map[Way]int{Chosen: 3}},
		}
		if len(got) != len(want) {
			d.Fatalf("Suggestions = %+v, want %+v", got, want)
		}
		for i, w := range want {
			g := got[i]
			if g.Section != w.Section || g.Text != w.Text || !slices.Equal(g.Others, w.Others) || g.People != w.People || g.Times != w.Times || !maps.Equal(g.Ways, w.Ways) {
				d.Errorf("suggestion %d = %+v, want %+v", i, g, w)
			}
		}

		if err := d.Decide(d.Context(), got[0], Accepted, "staff"); err != nil {
			d.Fatal(err)
		}
		if err := d.Decide(d.Context(), got[2], Rejected, "staff"); err != nil {
			d.Fatal(err)
		}
		if left := d.suggestions(); len(left) != 1 || left[0].Text != want[1].Text {
			d.Errorf("Suggestions after two decisions = %+v, want %q", left, want[1].Text)
		}
		if err := d.Decide(d.Context(), got[0], Ignored, "staff"); err == nil {
			d.Error("Decide with the verdict of a miss = nil error, want one")
		}
	})
}

func (d *desk) suggestions() []Suggestion {
	d.Helper()
	d.flush()
	s, err := d.Suggestions(d.Context(), Period{})
	if err != nil {
		d.Fatalf("Suggestions: %v", err)
	}
	return s
}

// A choice just after midnight belongs to the question just before, though the person has another name by then.
func TestChoiceAfterMidnight(t *testing.T) {
	onBoth(t, Config{Privacy: Full}, func(d *desk) {
		d.clock.now = time.Date(2026, 3, 2, 23, 59, 30, 0, time.UTC)
		d.say("where do I leave my car", unsure("visits#park"), "ann")
		d.clock.now = d.clock.now.Add(time.Minute)
		d.say("", pressed(bot.Show, "visits#park"), "ann")
		if got := d.suggestions(); len(got) != 1 || got[0].Section != "visits#park" {
			d.Errorf("Suggestions = %+v, want the choice", got)
		}
	})
}

// In a group, a thumb of somebody else counts for the last answer of that section there; in private rooms it cannot.
func TestThumbsOfOthers(t *testing.T) {
	for _, private := range []bool{false, true} {
		onBoth(t, Config{Privacy: Full}, func(d *desk) {
			room := func(e *bot.Exchange) { e.Room, e.Private = "telegram:-1", private }
			d.say("how long does it take", func(e *bot.Exchange) { answered("visits#time", .9)(e); room(e) }, "ann")
			d.say("", func(e *bot.Exchange) { pressed(bot.Useless, "visits#time")(e); room(e) }, "bob")
			if misses, _ := d.misses(); (len(misses) == 1) == private {
				d.Errorf("private %v: Misses = %+v", private, misses)
			}
		})
	}
}
