package console

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
)

// A place is a key of desk.yaml's rooms with what staff want there.
type place struct {
	Key string
	knowledge.Room
}

// rooms shows where the desk answers, as desk.yaml says.
func (c *Console) rooms(w http.ResponseWriter, r *http.Request) {
	s := c.settings()
	var all []place
	for _, key := range slices.SortedFunc(maps.Keys(s.Rooms), func(a, b string) int { return cmp.Compare(a, b) }) {
		all = append(all, place{key, s.Rooms[key]})
	}
	c.show(w, r, http.StatusOK, "rooms.html", "Rooms", struct {
		Places []place
		Limits knowledge.Limits
		Staff  knowledge.Staff
	}{all, s.Limits, s.Staff})
}

// A condition is how the program is, in the page of that name.
type condition struct {
	Checks   []Check
	Status   publish.Status
	Sections int
	Journal  *journal.Stats // nil where none is kept
}

// checkTime bounds how long the parts of the program are asked how they are.
const checkTime = 5 * time.Second

// health shows how the parts of the program are.
func (c *Console) health(w http.ResponseWriter, r *http.Request) {
	c.show(w, r, http.StatusOK, "health.html", "Health", c.condition(r.Context()))
}

func (c *Console) condition(ctx context.Context) condition {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	state := condition{Sections: len(c.catalogue().sections)}
	if c.config.Journal != nil {
		stats := c.config.Journal.Stats()
		state.Journal = &stats
	}
	if c.config.Health != nil {
		state.Checks = c.config.Health(ctx)
	}
	if c.config.Publisher != nil {
		state.Status = c.config.Publisher.Status()
	}
	return state
}

// fail tells staff that something broke, and the log what.
func (c *Console) fail(w http.ResponseWriter, r *http.Request, doing string, err error) {
	c.log.Error("the console failed", zap.String("doing", doing), zap.Error(err))
	c.show(w, r, http.StatusInternalServerError, "fault.html", "This did not work", "Could not "+doing+": "+err.Error())
}
