package teach

import (
	"strings"
	"sync"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// latelyTime is how long questions are remembered, in memory alone, and maxLately how many.
const (
	latelyTime = 15 * time.Minute
	maxLately  = 300
)

// A remembered is a question that somebody asked a moment ago, with what came of it.
type remembered struct {
	question
	room    bot.RoomID
	from    bot.PersonID
	private bool
	outcome bot.Outcome
	section knowledge.SectionID
	at      time.Time
}

// lately remembers what was just asked, so that staff can reply to an answer with /why: the answer does not say what it
// answers. It is safe for concurrent use.
type lately struct {
	now func() time.Time

	mu  sync.Mutex
	all []remembered // the oldest first
}

func newLately(now func() time.Time) *lately { return &lately{now: now} }

// Record implements bot.Journal: it remembers the question of an exchange for a quarter of an hour, where the words of
// questions may be kept.
func (t *Teacher) Record(e bot.Exchange) {
	kept := e.Keep
	if kept == "" && t.config.Journal != nil {
		kept = t.config.Journal.Terms(e.Room).Privacy
	}
	if t.config.Journal != nil && (kept == journal.Clustered || kept == journal.Full) {
		t.lately.record(e)
	}
}

func (l *lately) record(e bot.Exchange) {
	if e.Text == "" || e.Room == "" || e.Outcome == bot.Crisis {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep()
	l.all = append(l.all, remembered{question{e.Text, e.Lang}, e.Room, e.From, e.Private, e.Outcome, e.Section, l.now()})
	l.all = l.all[max(0, len(l.all)-maxLately):]
}

// sweep drops what is too old. It wants mu.
func (l *lately) sweep() {
	old := 0
	for old < len(l.all) && l.now().Sub(l.all[old].at) > latelyTime {
		old++
	}
	l.all = append([]remembered(nil), l.all[old:]...)
}

// about returns the question that a reply in a room was given to: the last one that fits. title gives a section's.
func (l *lately) about(m bot.Message, title func(knowledge.SectionID) string) (question, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep()
	quoted := fold(m.Quoted)
	for i := len(l.all) - 1; i >= 0; i-- {
		r := l.all[i]
		if r.room != m.Room || r.private && r.from != m.From {
			continue
		}
		shown := fold(title(r.section))
		if r.section == "" || shown != "" && strings.Contains(quoted, shown) {
			return r.question, true
		}
	}
	return question{}, false
}

// sweep drops what people asked too long ago, and that nobody pressed a button for.
func (t *Teacher) sweep() {
	t.lately.mu.Lock()
	t.lately.sweep()
	t.lately.mu.Unlock()
	now := t.config.Now()
	t.waiting.offers.drop(func(o offer) bool { return now.Sub(o.made) > offerTime })
}

// forget drops what a person asked.
func (l *lately) forget(who bot.PersonID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var rest []remembered
	for _, r := range l.all {
		if r.from != who {
			rest = append(rest, r)
		}
	}
	l.all = rest
}

// fold is a text's words in lower case, without marks between them.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("*_`[]()#>.,;:!?¿¡\"'“”«»", r)
	}), " ")
}
