package journal

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A row is an exchange on its way to the database. It names the person, and may quote them, only while it waits in
// memory.
type row struct {
	id         int64
	at         time.Time
	person     bot.PersonID
	private    bool
	platform   string
	room       string
	press      bot.Verb
	outcome    bot.Outcome
	section    knowledge.SectionID
	expired    knowledge.SectionID
	nearest    []knowledge.SectionID
	confidence float64
	chosen     bool
	lang       string
	took       time.Duration
	kept       Privacy
	keptBy     string // the key of desk.yaml that says so; empty for the journal's own setting
	asks       bool   // something of the knowledge
	text       string
}

// Bounds of what a row holds, in runes.
const (
	maxText = 500
	maxID   = 300
)

// Record takes note of an exchange and returns at once. Of one that speaks of danger it keeps nothing but its day, and
// where staff want nothing kept it does not keep that.
func (j *Journal) Record(e bot.Exchange) {
	if e.At.IsZero() {
		e.At = j.config.Now()
	}
	kept := j.config.privacy(e.Room)
	if e.Keep != "" {
		kept = e.Keep
	}
	if kept == knowledge.KeepNothing {
		return
	}
	if e.Outcome == bot.Crisis {
		j.buffer.put(row{id: rand.Int64(), at: e.At, outcome: bot.Crisis})
		return
	}
	r := newRow(e, kept)
	_, named := j.config.Rooms[e.Room]
	if e.Private && !named && e.KeepBy != string(e.Room) {
		r.room = r.platform + ":private" // a private chat's id names the person
	}
	j.buffer.put(r)
}

// newRow returns what may be kept of an exchange, but for the scrubbing.
func newRow(e bot.Exchange, kept Privacy) row {
	platform, _, _ := strings.Cut(string(e.Room), ":")
	r := row{
		id: rand.Int64(), at: e.At, person: e.From, private: e.Private,
		platform: clean(platform, maxID), room: clean(string(e.Room), maxID), press: e.Press.Verb, outcome: e.Outcome,
		section: cleanID(e.Section), expired: cleanID(e.Expired), confidence: e.Confidence, chosen: e.Chosen,
		lang: clean(e.Lang, maxID), took: max(0, e.Took), kept: kept, keptBy: clean(e.KeepBy, maxID), asks: e.Text != "",
	}
	if math.IsNaN(r.confidence) || math.IsInf(r.confidence, 0) {
		r.confidence = 0
	}
	for _, id := range e.Nearest {
		r.nearest = append(r.nearest, cleanID(id))
	}
	if kept != Counts {
		r.text = clean(e.Text, maxText)
	}
	return r
}

// clean cuts a text to n runes, and takes out what databases refuse: bytes that are not UTF-8, and NUL.
func clean(s string, n int) string {
	s = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", ""))
	runes := 0
	for i := range s {
		if runes == n {
			return s[:i]
		}
		runes++
	}
	return s
}

// cleanID cleans a section's id, which the column of the nearest ones ends with a new line.
func cleanID(id knowledge.SectionID) knowledge.SectionID {
	return knowledge.SectionID(clean(strings.ReplaceAll(string(id), "\n", " "), maxID))
}

// keeping writes a privacy setting as the column kept does: "full", or "full discord:82" where desk.yaml says so under
// that key.
func keeping(p Privacy, by string) string { return strings.TrimSpace(string(p) + " " + by) }

// kept reads what keeping wrote.
func kept(column string) (p Privacy, by string) {
	setting, by, _ := strings.Cut(column, " ")
	return Privacy(setting), by
}

// dayOf returns the UTC date of a time, which names its salt.
func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }
