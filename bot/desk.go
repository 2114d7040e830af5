package bot

import (
	"context"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// A Policy says how sure the desk must be. Confidences run from 0 to 1.
type Policy struct {
	Sure   float64 // answer outright from here on
	Maybe  float64 // offer choices from here on; below, hand off
	Margin float64 // lead over the second section needed to answer outright
}

// A Desk answers messages from the live knowledge. It is safe for concurrent use.
type Desk struct {
	live   *index.Live
	policy Policy
	log    *zap.Logger
}

// NewDesk returns a desk over live.
func NewDesk(live *index.Live, policy Policy, log *zap.Logger) *Desk {
	return &Desk{live: live, policy: policy, log: log}
}

// Answer replies to what a person wrote. A person always gets a reply, so there is no error: what fails inside
// becomes a reply that hands off.
func (d *Desk) Answer(ctx context.Context, m Message) Reply { return Reply{} }

// Press replies to a button. m carries the room, person and language; its text is ignored.
func (d *Desk) Press(ctx context.Context, m Message, p Press) Reply { return Reply{} }

// Welcome greets and says what the desk is: for /start, /help and the first sight of a room.
func (d *Desk) Welcome(m Message) Reply { return Reply{} }

// Topics lists what the desk knows, with choices for the articles' sections.
func (d *Desk) Topics(m Message) Reply { return Reply{} }

// Contact hands off.
func (d *Desk) Contact(m Message) Reply { return Reply{} }

// Suggest returns questions that continue what was typed so far, for autocompletion: at most n. It remembers and
// logs nothing.
func (d *Desk) Suggest(ctx context.Context, m Message, n int) []knowledge.Section { return nil }
