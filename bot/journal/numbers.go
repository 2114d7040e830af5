package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// Numbers count what happened in a period.
type Numbers struct {
	Total     Tally
	Days      []Tally // by UTC date, the first one first
	Platforms []Tally // by name
	Sections  []Tally // by id: of what was shown
}

// A Tally counts what has one Key: a day such as "2026-03-01", a platform or a section.
type Tally struct {
	Key        string
	Questions  int // the sum of the next three
	Answered   int
	Unsure     int
	Unanswered int
	Picked     int // sections shown because somebody pressed a button or picked one in words
	HandedOff  int // replies that sent the person to a human, whether they asked for it or a section does so
	Smalltalk  int
	Helpful    int // thumbs up; pressed twice by one person in a day, for one section, they count once
	Useless    int // thumbs down, likewise
	Crises     int // messages that spoke of danger; of these the day alone is known

	Median, P95, P99 time.Duration // how long replies took; 0 without any

	took   []time.Duration
	thumbs map[string]bool
}

// Numbers counts the rows of a period.
func (j *Journal) Numbers(ctx context.Context, p Period) (Numbers, error) {
	t, err := j.tally(ctx, p)
	if err != nil {
		return Numbers{}, fmt.Errorf("count journal: %w", err)
	}
	t.total.sum()
	return Numbers{Total: *t.total, Days: t.days.sorted(), Platforms: t.platforms.sorted(), Sections: t.sections.sorted()}, nil
}

// tallies count by key.
type tallies map[string]*Tally

func (t tallies) of(key string) *Tally {
	if t[key] == nil {
		t[key] = &Tally{Key: key}
	}
	return t[key]
}

func (t tallies) sorted() []Tally {
	var all []Tally
	for _, key := range slices.Sorted(maps.Keys(t)) {
		t[key].sum()
		all = append(all, *t[key])
	}
	return all
}

type tallying struct {
	total                     *Tally
	days, platforms, sections tallies
}

// A counted is what Numbers reads of a row.
type counted struct {
	day, person, platform string
	verb                  bot.Verb
	outcome               bot.Outcome
	section               knowledge.SectionID
	took                  time.Duration
	asks                  bool
}

func (j *Journal) tally(ctx context.Context, p Period) (tallying, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	t := tallying{&Tally{}, tallies{}, tallies{}, tallies{}}
	if err := j.store.migrate(ctx); err != nil {
		return t, err
	}
	now := j.config.Now()
	from, to := now.Add(-j.config.Retention).UnixMilli(), now.Add(24*time.Hour).UnixMilli()
	if !p.From.IsZero() {
		from = max(from, p.From.UnixMilli())
	}
	if !p.To.IsZero() {
		to = p.To.UnixMilli()
	}
	rows, err := j.store.read.QueryContext(ctx, `SELECT day, person, platform, verb, outcome, section, took, asks
		FROM journal_exchanges WHERE at >= $1 AND at < $2`, from, to)
	if err != nil {
		return t, err
	}
	if err := t.read(rows); err != nil {
		return t, err
	}
	return t, t.readCrises(ctx, j.store.read, dayOf(time.UnixMilli(from)), dayOf(time.UnixMilli(to-1)))
}

func (t tallying) read(rows *sql.Rows) error {
	for rows.Next() {
		var c counted
		var micros int64
		var asks int
		if err := rows.Scan(&c.day, &c.person, &c.platform, &c.verb, &c.outcome, &c.section, &micros, &asks); err != nil {
			return errors.Join(err, rows.Close())
		}
		c.asks = asks != 0
		c.took = time.Duration(micros) * time.Microsecond
		t.total.add(c)
		t.days.of(c.day).add(c)
		t.platforms.of(c.platform).add(c)
		if c.section != "" {
			t.sections.of(string(c.section)).add(c)
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// readCrises counts the messages that spoke of danger on the days of the period.
func (t tallying) readCrises(ctx context.Context, db *sql.DB, from, to string) error {
	rows, err := db.QueryContext(ctx, "SELECT day, COUNT(*) FROM journal_crises WHERE day BETWEEN $1 AND $2 GROUP BY day", from, to)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var day string
		var n int
		if err := rows.Scan(&day, &n); err != nil {
			return err
		}
		t.days.of(day).Crises += n
		t.total.Crises += n
	}
	return rows.Err()
}

func (t *Tally) add(c counted) {
	t.took = append(t.took, c.took)
	switch {
	case c.verb == bot.Helpful || c.verb == bot.Useless:
		t.thumb(c)
	case c.outcome == bot.HandedOff:
		t.HandedOff++
	case c.outcome == bot.Smalltalk:
		t.Smalltalk++
	case c.asks:
		t.Questions++
		t.outcome(c.outcome)
	case c.outcome == bot.Answered:
		t.Picked++
	}
}

func (t *Tally) outcome(o bot.Outcome) {
	switch o {
	case bot.Answered:
		t.Answered++
	case bot.Unsure:
		t.Unsure++
	case bot.Unanswered:
		t.Unanswered++
	}
}

// thumb counts a thumb once for a person, day and section.
func (t *Tally) thumb(c counted) {
	key := c.day + "\n" + c.person + "\n" + string(c.verb) + "\n" + string(c.section)
	if c.person != "" && t.thumbs[key] {
		return
	}
	if t.thumbs == nil {
		t.thumbs = map[string]bool{}
	}
	t.thumbs[key] = true
	if c.verb == bot.Helpful {
		t.Helpful++
	} else {
		t.Useless++
	}
}

// sum works out the percentiles.
func (t *Tally) sum() {
	slices.Sort(t.took)
	t.Median, t.P95, t.P99 = percentile(t.took, 50), percentile(t.took, 95), percentile(t.took, 99)
	t.took, t.thumbs = nil, nil
}

// percentile returns the smallest time that p of a hundred replies did not exceed (the nearest rank). 0 for none.
func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*p+99)/100-1]
}
