package bot

import (
	"time"

	"frontdesk/knowledge"
)

// An Exchange is what is kept of a message and its reply: no text, and nobody's name.
type Exchange struct {
	At         time.Time
	Room       RoomID
	Press      Press // the button, when one was pressed; its verb is empty when somebody wrote
	Outcome    Outcome
	Section    knowledge.SectionID // the section shown; empty for none
	Confidence float64             // of the best candidate, 0 to 1
	Lang       string              // of the reply
	Took       time.Duration
}

// A Journal hears of every exchange, in the middle of replying: Record must return at once, and what cannot be kept is
// its own business. It is called from many goroutines.
type Journal interface{ Record(Exchange) }
