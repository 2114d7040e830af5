package console

import (
	"net/http"
	"time"

	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// figures is what the page of numbers shows.
type figures struct {
	Days     int // the period, up to today
	Kept     bool
	Numbers  journal.Numbers
	Charts   []chart
	Sections []row
	Terms    journal.Terms
	Stats    journal.Stats
}

// A chart is one measure by day, as bars that are numbers too.
type chart struct {
	Title string
	Bars  []bar
}

// A bar is one day of a chart. Height is in percent of the highest.
type bar struct {
	Key    string
	Value  int
	Height int
}

// A row is a tally with the title of its section.
type row struct {
	journal.Tally
	Title string
}

// usualDays is the period that is shown first, and longestDays the longest.
const usualDays, longestDays = 28, 366

// numbers shows what happened lately.
func (c *Console) numbers(w http.ResponseWriter, r *http.Request) {
	f := figures{Days: days(r), Kept: c.config.Journal != nil}
	if !f.Kept {
		c.show(w, r, http.StatusOK, "numbers.html", "Numbers", f)
		return
	}
	period := c.period(f.Days)
	var err error
	if f.Numbers, err = c.config.Journal.Numbers(r.Context(), period); err != nil {
		c.fail(w, r, "read the journal", err)
		return
	}
	f.Terms, f.Stats = c.config.Journal.Terms(""), c.config.Journal.Stats()
	f.Charts = charts(f.Numbers.Days, period)
	s, release := c.config.Live.Acquire()
	defer release()
	for _, t := range f.Numbers.Sections {
		title := t.Key
		if section, ok := s.Section(knowledge.SectionID(t.Key).Key()); ok {
			title = section.Title
		}
		f.Sections = append(f.Sections, row{t, title})
	}
	c.show(w, r, http.StatusOK, "numbers.html", "Numbers", f)
}

// charts draws the days of a period, those without a row too.
func charts(days []journal.Tally, p journal.Period) []chart {
	by := map[string]journal.Tally{}
	for _, d := range days {
		by[d.Key] = d
	}
	measures := []struct {
		title string
		of    func(journal.Tally) int
	}{
		{"Questions", func(t journal.Tally) int { return t.Questions }},
		{"Answered outright", func(t journal.Tally) int { return t.Answered }},
		{"Without an answer", func(t journal.Tally) int { return t.Unanswered }},
		{"Handed to a person", func(t journal.Tally) int { return t.HandedOff }},
	}
	var all []chart
	for _, m := range measures {
		ch, highest := chart{Title: m.title}, 1
		for day := p.From; day.Before(p.To); day = day.AddDate(0, 0, 1) {
			key := day.Format(time.DateOnly)
			ch.Bars = append(ch.Bars, bar{Key: key, Value: m.of(by[key])})
			highest = max(highest, m.of(by[key]))
		}
		for i := range ch.Bars {
			ch.Bars[i].Height = (100*ch.Bars[i].Value + highest - 1) / highest
		}
		all = append(all, ch)
	}
	return all
}
