package bot

import (
	"time"

	"frontdesk/knowledge"
)

// An Exchange is a message and its reply, as a journal hears of them. It names the person and quotes the question: what
// of that may be kept is for the journal to settle, before anything is written.
type Exchange struct {
	At         time.Time
	Room       RoomID
	From       PersonID
	Keep       knowledge.Privacy // what staff's rules for the room say is kept; empty where they say nothing
	KeepBy     string            // the key of desk.yaml's rooms that says so
	Private    bool              // nobody but the person reads the room
	Press      Press             // the button, when one was pressed; its verb is empty when somebody wrote
	Text       string            // what was asked of the knowledge, as written; empty for buttons, small talk, choices and danger
	Outcome    Outcome
	Section    knowledge.SectionID   // the section shown; empty for none
	Confidence float64               // of the best candidate, 0 to 1
	Nearest    []knowledge.SectionID // the sections that came closest to the question, best first, at most three
	Chosen     bool                  // the person picked Section when asked which of several was meant
	Expired    knowledge.SectionID   // the section that would have answered, had it not expired; empty for none
	Lang       string                // of the reply
	Took       time.Duration
}

// A Journal hears of every exchange, in the middle of replying: Record must return at once, and what cannot be kept is
// its own business. It is called from many goroutines.
type Journal interface{ Record(Exchange) }

// nearest is how many sections a journal is told of.
const nearest = 3

// exchange is what the journal hears of a turn that ended with r.
func (t *turn) exchange(p Press, r Reply, took time.Duration) Exchange {
	e := Exchange{
		At: t.now, Room: t.message.Room, From: t.message.From, Keep: t.room.privacy, KeepBy: t.room.privacyBy, Private: t.message.Private,
		Press: p, Text: t.query, Outcome: r.Outcome, Section: r.Section, Confidence: r.Confidence,
		Chosen: t.chosen, Expired: t.expired, Lang: r.Lang, Took: took,
	}
	for _, hit := range r.Candidates[:min(nearest, len(r.Candidates))] {
		e.Nearest = append(e.Nearest, hit.Section.ID)
	}
	if t.erased {
		e.From = "" // who wants to be forgotten leaves no name in saying so
	}
	return e
}
