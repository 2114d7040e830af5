package console

import (
	"errors"
	"net/http"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

// today is what the first page shows.
type today struct {
	condition
	Kept    bool
	Waiting bool          // the journal is being read
	Fault   string        // why the journal cannot be read now; empty when it can
	Week    journal.Tally // of the last seven days
	Misses  []journal.Miss

	Expired []knowledge.Section // homeDue at most
	Late    []late              // to be looked over, homeDue at most
	More    int                 // of both that are not shown
}

// homeMisses and homeDue bound what is listed on the first page.
const homeMisses, homeDue = 5, 10

// home shows what needs a look now.
func (c *Console) home(w http.ResponseWriter, r *http.Request) {
	t := today{condition: c.condition(r.Context()), Kept: c.config.Journal != nil}
	day := c.today()
	t.Expired, t.Late = c.catalogue().expired(day), c.catalogue().late(day)
	t.More = max(0, len(t.Expired)-homeDue) + max(0, len(t.Late)-homeDue)
	t.Expired, t.Late = t.Expired[:min(len(t.Expired), homeDue)], t.Late[:min(len(t.Late), homeDue)]
	if t.Kept {
		week := c.period(7)
		numbers, err := c.counted(r.Context(), week)
		var seen glance
		if err == nil {
			seen, err = c.glance(r.Context(), week)
		}
		if t.Waiting = errors.Is(err, errWaiting); t.Waiting {
			loadAgain(w)
		} else if err != nil { // all else on the page is of use without it
			c.log.Error("read the journal for the console", zap.Error(err))
			t.Fault = err.Error()
		}
		t.Week, t.Misses = numbers.Total, seen.misses[:min(len(seen.misses), homeMisses)]
	}
	c.advice(func(lint.Finding) bool { return false }) // so that it is there when somebody goes on to the articles
	c.show(w, r, http.StatusOK, "home.html", "Today", t)
}
