package journal

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/bot"
)

func TestNumbers(t *testing.T) {
	for _, privacy := range []Privacy{Counts, Clustered} { // the same under both
		onBoth(t, Config{Privacy: privacy}, func(d *desk) {
			d.say("how much does it cost", answered("costs#fee", .9), "ann", "bob")
			d.say("", pressed(bot.Helpful, "costs#fee"), "ann", "ann", "bob")
			d.say("", pressed(bot.Useless, "costs#fee"), "cem")
			d.say("where do I park", unsure("visits#park"), "ann")
			d.say("", pressed(bot.Show, "visits#park"), "ann")
			d.say("", func(e *bot.Exchange) { answered("visits#park", 1)(e); e.Chosen = true }, "bob") // "the second one"
			d.say("", func(e *bot.Exchange) { e.Outcome = bot.Unanswered }, "bob")                     // "none of these"
			d.say("", func(e *bot.Exchange) { e.Outcome = bot.Smalltalk }, "ann")
			d.clock.now = noon.Add(day)
			d.say("do you sell bicycles", func(e *bot.Exchange) { e.Room, e.Took = "discord:1", time.Second }, "ann")
			d.say("", func(e *bot.Exchange) { e.Room, e.Outcome = "discord:1", bot.HandedOff }, "ann")
			d.say("", func(e *bot.Exchange) { e.Outcome = bot.Crisis }, "ann")
			d.flush()

			n, err := d.Numbers(d.Context(), Period{})
			if err != nil {
				d.Fatal(err)
			}
			first := Tally{Questions: 3, Answered: 2, Unsure: 1, Picked: 2, Smalltalk: 1, Helpful: 2, Useless: 1}
			second := Tally{Questions: 1, Unanswered: 1, HandedOff: 1}
			total := Tally{Questions: 4, Answered: 2, Unsure: 1, Unanswered: 1, Picked: 2, HandedOff: 1, Smalltalk: 1, Helpful: 2, Useless: 1, Crises: 1}
			withCrisis := second
			withCrisis.Crises = 1
			d.tallies("total", []Tally{n.Total}, map[string]Tally{"": total})
			d.tallies("days", n.Days, map[string]Tally{"2026-03-02": first, "2026-03-03": withCrisis})
			d.tallies("platforms", n.Platforms, map[string]Tally{"telegram": first, "discord": second})
			d.tallies("sections", n.Sections, map[string]Tally{
				"costs#fee":   {Questions: 2, Answered: 2, Helpful: 2, Useless: 1},
				"visits#park": {Picked: 2},
			})
			if n.Total.Median != 3*time.Millisecond || n.Total.P99 != time.Second {
				d.Errorf("latency = %v, %v, want 3ms at the median and 1s at the 99th percentile", n.Total.Median, n.Total.P99)
			}
			later, err := d.Numbers(d.Context(), Period{From: noon.Add(12 * time.Hour)})
			if err != nil || later.Total.Questions != 1 || len(later.Days) != 1 || later.Total.Crises != 1 {
				d.Errorf("Numbers of the second day = %+v, %v", later, err)
			}
		})
	}
}

// tallies compares counts; how long replies took is compared elsewhere.
func (d *desk) tallies(what string, got []Tally, want map[string]Tally) {
	d.Helper()
	if len(got) != len(want) {
		d.Errorf("%s = %+v, want %d", what, got, len(want))
	}
	for _, g := range got {
		w := want[g.Key]
		w.Key, w.Median, w.P95, w.P99 = g.Key, g.Median, g.P95, g.P99
		if fmt.Sprint(g) != fmt.Sprint(w) {
			d.Errorf("%s %q = %+v, want %+v", what, g.Key, g, w)
		}
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, test := range []struct {
		sorted []time.Duration
		p      int
		want   time.Duration
	}{{nil, 50, 0}, {hundred[:1], 50, 1}, {hundred[:1], 99, 1}, {hundred[:2], 50, 1}, {hundred, 50, 50}, {hundred, 95, 95}, {hundred, 99, 99}} {
		if got := percentile(test.sorted, test.p); got != test.want {
			t.Errorf("percentile(%d times, %d) = %v, want %v", len(test.sorted), test.p, got, test.want)
		}
	}
}

// BenchmarkConsole is what pages of the console ask for, with 20,000 questions of 2,000 different texts kept.
func BenchmarkConsole(b *testing.B) {
	j, err := Open(b.Context(), filepath.Join(b.TempDir(), "j.db"), Config{Buffer: 20_000}, nopLog)
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	texts := manyTexts(2000)
	began := time.Now()
	for i := range 20_000 {
		e := bot.Exchange{At: began.Add(-time.Duration(i) * 5 * time.Minute), Room: "x:1", Private: true, Text: texts[i%len(texts)].text, Outcome: bot.Unanswered}
		e.From = bot.PersonID(fmt.Sprint("x:", i%701))
		j.Record(e)
	}
	if err := j.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("20,000 rows written in %v", time.Since(began).Round(time.Millisecond))
	b.Run("misses", func(b *testing.B) {
		for b.Loop() {
			if m, _, err := j.Misses(b.Context(), Period{}); err != nil || len(m) == 0 {
				b.Fatal(len(m), err)
			}
		}
	})
	b.Run("numbers", func(b *testing.B) {
		for b.Loop() {
			if n, err := j.Numbers(b.Context(), Period{}); err != nil || n.Total.Questions != 20_000 {
				b.Fatal(n.Total, err)
			}
		}
	})
}

// BenchmarkRecord is what the journal costs an answer.
func BenchmarkRecord(b *testing.B) {
	j, err := Open(b.Context(), filepath.Join(b.TempDir(), "j.db"), Config{}, nopLog)
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	e := bot.Exchange{At: noon, Room: "x:1", From: "x:2", Text: "how much does it cost", Outcome: bot.Answered, Section: "costs#fee"}
	for n := 1; b.Loop(); n++ {
		j.Record(e)
		if n%500 == 0 {
			j.buffer.take(500, true)
		}
	}
	j.buffer.take(j.Stats().Waiting, true)
}
