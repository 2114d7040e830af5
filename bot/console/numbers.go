package console

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// figures is what the page of numbers shows.
type figures struct {
	Days      int // the period, up to today
	Kept      bool
	Waiting   bool // the journal is being read
	Total     journal.Tally
	Chart     chart
	Platforms []row
	Sections  []row // those first that were shown most, maxSections at most
	More      int   // sections that are not listed
	Terms     journal.Terms
	Retention int // days
	Stats     journal.Stats
}

// A chart is what became of questions, day by day, as bars that are numbers too.
type chart struct {
	Bars     []bar
	Highest  int // questions on one day
	From, To time.Time
}

// A bar is one day of a chart.
type bar struct {
	Day time.Time
	journal.Tally
	Parts []part
}

// A part is a piece of a bar, by outcome. At and Long are in hundredths of the longest bar, from its beginning.
type part struct {
	Kind     string // answered, unsure or unanswered
	At, Long int
}

// A row is a tally of a platform or a section.
type row struct {
	journal.Tally
	Title string
	Parts []part
}

// usualDays is the period that is shown first, and longestDays the longest.
const usualDays, longestDays = 28, 366

// maxSections bounds the table of sections.
const maxSections = 100

// numbers shows what happened lately.
func (c *Console) numbers(w http.ResponseWriter, r *http.Request) {
	f := figures{Days: days(r), Kept: c.config.Journal != nil}
	if !f.Kept {
		c.show(w, r, http.StatusOK, "numbers.html", "Numbers", f)
		return
	}
	period := c.period(f.Days)
	counted, err := c.counted(r.Context(), period)
	if f.Waiting = errors.Is(err, errWaiting); f.Waiting {
		loadAgain(w)
		c.show(w, r, http.StatusOK, "numbers.html", "Numbers", f)
		return
	}
	if err != nil {
		c.fail(w, r, "read the journal", err)
		return
	}
	f.Total, f.Terms, f.Stats = counted.Total, c.config.Journal.Terms(""), c.config.Journal.Stats()
	f.Retention = int(f.Terms.Retention / (24 * time.Hour))
	f.Chart = newChart(counted.Days, period)
	f.Platforms = rows(counted.Platforms, func(key string) string { return upperFirst(key) })
	s, release := c.config.Live.Acquire()
	defer release()
	f.Sections = rows(counted.Sections, func(key string) string {
		if section, ok := s.Section(knowledge.SectionID(key).Key()); ok {
			return section.Title
		}
		return key // it has gone since
	})
	shown := func(r row) int { return r.Answered + r.Picked }
	slices.SortStableFunc(f.Sections, func(a, b row) int { return cmp.Compare(shown(b), shown(a)) })
	f.More = max(0, len(f.Sections)-maxSections)
	f.Sections = f.Sections[:len(f.Sections)-f.More]
	c.show(w, r, http.StatusOK, "numbers.html", "Numbers", f)
}

// newChart draws the days of a period, those without a question too.
func newChart(days []journal.Tally, p journal.Period) chart {
	by := map[string]journal.Tally{}
	c := chart{Highest: 1, From: p.From, To: p.To.AddDate(0, 0, -1)}
	for _, d := range days {
		by[d.Key] = d
		c.Highest = max(c.Highest, d.Questions)
	}
	for day := p.From; day.Before(p.To); day = day.AddDate(0, 0, 1) {
		t := by[day.Format(time.DateOnly)]
		c.Bars = append(c.Bars, bar{Day: day, Tally: t, Parts: parts(t, c.Highest)})
	}
	return c
}

// rows gives tallies their titles and bars.
func rows(tallies []journal.Tally, title func(key string) string) []row {
	highest := 1
	for _, t := range tallies {
		highest = max(highest, t.Questions)
	}
	var all []row
	for _, t := range tallies {
		all = append(all, row{t, title(t.Key), parts(t, highest)})
	}
	return all
}

// parts cuts a bar by outcome. What there is shows, however little it is.
func parts(t journal.Tally, highest int) []part {
	var all []part
	at := 0
	for _, piece := range []struct {
		kind string
		n    int
	}{{"answered", t.Answered}, {"unsure", t.Unsure}, {"unanswered", t.Unanswered}} {
		if piece.n == 0 {
			continue
		}
		long := max(1, 100*piece.n/highest)
		all = append(all, part{piece.kind, at, long})
		at += long
	}
	return all
}

// took returns a time as people read it: "0.8 ms", "120 ms", "1.4 s".
func took(d time.Duration) string {
	switch {
	case d == 0:
		return "–"
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", d.Seconds()*1000)
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1000)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
