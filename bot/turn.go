package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// candidates is how many sections a reply reports.
const candidates = 10

// A turn is one message on its way to its reply.
type turn struct {
	*Desk
	snapshot  *index.Snapshot
	base      knowledge.Base
	facts     *facts
	room      roomRules
	message   Message
	now       time.Time
	today     time.Time           // the day that it is at the desk, for what expires
	past      past                // what was remembered, empty where it is about another version of the knowledge
	next      past                // what will be
	tongue    tongue              // that the reply is in
	asked     string              // the language of the question; empty when it could not be told
	erased    bool                // the person wants to be forgotten
	query     string              // what the message asks of the knowledge; empty when it asks nothing of it, or speaks of danger
	backstage bool                // a StaffDesk replies
	chosen    bool                // the person picked a section when asked which one was meant
	expired   knowledge.SectionID // what would have answered, had it not expired; empty for none
}

func (d *Desk) begin(s *index.Snapshot, m Message) *turn {
	t := &turn{Desk: d, snapshot: s, base: s.Base(), facts: d.learn(s), message: m, now: m.At}
	if t.now.IsZero() {
		t.now = d.config.Now()
	}
	t.today = t.base.Settings.Zone.Day(t.now)
	t.room = rulesFor(t.base.Settings.Rooms, m)
	if m.Room != "" {
		t.past = d.memory.recall(t.place(), t.now)
	}
	if t.past.version != t.base.Version {
		t.past = past{at: t.past.at, lang: t.past.lang}
	}
	t.next = t.past
	t.tongue = t.preferred()[0]
	return t
}

func (t *turn) place() place { return place{t.message.Room, t.message.From} }

// preferred returns the desk's tongues, those first that the person is likely to read.
func (t *turn) preferred() []tongue {
	wanted := []string{t.asked, t.past.lang, lang.Base(t.message.Lang), lang.Base(t.base.Settings.Lang), "en"}
	rank := func(a tongue) int {
		if i := slices.Index(wanted, a.lang); i >= 0 {
			return i
		}
		return len(wanted)
	}
	sorted := slices.Clone(t.tongues)
	slices.SortStableFunc(sorted, func(a, b tongue) int { return rank(a) - rank(b) })
	return sorted
}

// speak makes a language that of the reply, if the desk speaks it.
func (t *turn) speak(code string) {
	if i := slices.IndexFunc(t.tongues, func(a tongue) bool { return a.lang == code }); i >= 0 {
		t.tongue = t.tongues[i]
	}
}

// detect finds out the language of the message among those of the knowledge and of the desk.
func (t *turn) detect(text string) {
	among := slices.Clone(t.facts.langs)
	for _, tongue := range t.tongues {
		among = append(among, tongue.lang)
	}
	slices.Sort(among)
	if code, ok := lang.DetectAfter(t.past.lang, text, slices.Compact(among)); ok {
		t.asked = code
		t.speak(code)
	}
}

// answer replies to a message that nobody's safety hangs on.
func (t *turn) answer(ctx context.Context) Reply {
	text := clip(t.message.Text)
	if reply, ok := t.typed(text); ok {
		return reply
	}
	words := split(text)
	if len(words) == 0 {
		if strings.TrimSpace(text) == "" {
			return t.welcome()
		}
		return t.talk(helpMe)
	}
	t.detect(text)
	r := t.read(text, words)
	if r.lang != "" && (r.intent != "" || t.asked == "") {
		t.speak(r.lang)
	}
	if reply, ok := t.resume(r); ok {
		return reply
	}
	switch {
	case r.intent == number && r.leans && t.past.topic != "": // "what about 15?"
		return t.question(ctx, text, r)
	case r.picks():
		return t.unoffered(ctx, text, helpMe)
	case r.bare:
		return t.unoffered(ctx, text, r.intent)
	case r.intent != "":
		return t.converse(ctx, text, r.intent)
	}
	return t.question(ctx, text, r)
}

// read reads the message in the language in which it is small talk, else in the most likely one.
func (t *turn) read(text string, words []word) reading {
	const short = 8 // words; a longer message in a known language is no small talk of another
	var question reading
	for i, tongue := range t.preferred() {
		if i > 0 && t.asked != "" && len(words) > short {
			break
		}
		r := tongue.grammar.read(text, words)
		if r.intent != "" {
			return r
		}
		if i == 0 || r.stripped && !question.stripped {
			question = r
		}
	}
	return question
}

// search returns what the knowledge has for a text. An error has been logged.
func (t *turn) search(ctx context.Context, text string) (finding, error) {
	hits, err := t.snapshot.Search(ctx, t.queryOf(text), candidates+min(maxExpired, t.facts.expiredBy(t.today)))
	if err != nil {
		t.log.Error("search", zap.Error(err))
	}
	return settle(t.config.Policy, hits, t.today), err
}

// queryOf is a text as the index is asked with it.
func (t *turn) queryOf(text string) index.Query {
	q := index.Query{Text: text, Lang: t.asked, Tags: t.room.tags}
	for _, code := range []string{t.past.lang, lang.Base(t.message.Lang)} {
		if q.Lang == "" && slices.Contains(t.facts.langs, code) {
			q.Lang = code
		}
	}
	return q
}

// section returns the section with a key, if it may be served.
func (t *turn) section(k knowledge.Key) (knowledge.Section, bool) {
	s, ok := t.snapshot.Section(k)
	return s, ok && t.serves(s)
}

// serves reports whether a section may be shown: the room may use it, and it has not expired.
func (t *turn) serves(s knowledge.Section) bool { return t.room.allows(s) && !s.Expired(t.today) }

// finish adds to a reply what all replies have, and remembers it.
func (t *turn) finish(r Reply) Reply {
	r.Lang = t.tongue.lang
	if r.Outcome == Crisis || t.erased {
		t.memory.forget(t.place())
		return r
	}
	if r.Handoff.IsZero() && r.Outcome != Smalltalk {
		r.Handoff = t.office()
	}
	if t.message.Room == "" {
		return r
	}
	if stranger := t.past.at.IsZero(); stranger && !strings.Contains(r.Note, t.disclaimer()) {
		r.Note = paragraphs(r.Note, t.disclaimer())
	}
	t.next.at, t.next.lang, t.next.version = t.now, r.Lang, t.base.Version
	t.memory.remember(t.place(), t.next)
	return r
}

// paragraphs joins Markdown texts, leaving out the empty ones.
func paragraphs(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(texts, "\n\n")
}
