package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// A StaffDesk is what the people who look after the knowledge talk to: it is asked before the desk itself, once a
// message has been found not to speak of danger. Only those whom desk.yaml names reach it; see Desk.IsStaff.
//
// Its replies are sent as they are: no rule of a room keeps them back or veils them, nothing of them is remembered or
// told to the journal.
type StaffDesk interface {
	// Message replies to what a member of staff wrote. It returns false for what is none of its business, and the desk
	// goes on as for anybody.
	Message(context.Context, Message) (Reply, bool)

	// Press replies to a button of the verb Staff, and to a Form that was filled in: the message's text is what was
	// typed, and empty for a plain button. It returns false for a button that means nothing any more.
	Press(context.Context, Message, Press) (Reply, bool)
}

// A Form asks for a text. Discord shows it as a modal in answer to a button; Telegram, and Discord where no button was
// pressed, send the reply's text and take for the value what the person writes in reply to it.
//
// What was typed comes back by Desk.Press with the form's Press, and the typed text as the message's. It is text for
// the knowledge, so that nothing in it is taken for a cry for help.
type Form struct {
	Press Press  // of the verb Staff
	Title string // plain text, such as "A new answer"
	Label string // plain text, what to type: "The answer, in Markdown"
	Value string // what stands in the field at first; may be empty
}

// maxStaffKey bounds what a StaffDesk may put into a button, in bytes.
const maxStaffKey = 48

// isStaffKey reports whether a button can carry a StaffDesk's key: 1 to 48 of A-Z a-z 0-9 _ - . :
func isStaffKey(key string) bool {
	return key != "" && len(key) <= maxStaffKey && strings.IndexFunc(key, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-.:", r))
	}) < 0
}

// IsStaff reports whether a message is from somebody who looks after the knowledge: one of the people under "staff:" in
// desk.yaml, by their own id or by one of their roles. Where desk.yaml names rooms and no people, it is everybody who
// writes in these rooms. That somebody runs the chat (Message.Staff) does not count: anybody can run a chat.
func (d *Desk) IsStaff(m Message) bool {
	snapshot, release := d.live.Acquire()
	defer release()
	return looksAfter(snapshot.Base().Settings.Staff, m)
}

// Staff returns who looks after the knowledge, and where, as desk.yaml has it now.
func (d *Desk) Staff() knowledge.Staff {
	snapshot, release := d.live.Acquire()
	defer release()
	return snapshot.Base().Settings.Staff
}

func looksAfter(s knowledge.Staff, m Message) bool {
	if len(s.People) == 0 {
		return slices.ContainsFunc(s.Rooms, func(room string) bool {
			return room != "" && (room == string(m.Room) || room == string(m.Parent))
		})
	}
	return slices.ContainsFunc(s.People, func(who string) bool {
		return who != "" && (who == string(m.From) || slices.Contains(m.Roles, who))
	})
}

// staffMessage lets the staff's desk reply to a message; false where it does not.
func (t *turn) staffMessage(ctx context.Context) (Reply, bool) {
	if t.config.Staff == nil || !looksAfter(t.base.Settings.Staff, t.message) {
		return Reply{}, false
	}
	r, ok := t.config.Staff.Message(ctx, t.message)
	t.backstage = ok
	return r, ok
}

// staffPress lets the staff's desk reply to a button of its own. To anybody else it is an old button.
func (t *turn) staffPress(ctx context.Context, p Press) Reply {
	if t.config.Staff != nil && looksAfter(t.base.Settings.Staff, t.message) {
		if r, ok := t.config.Staff.Press(ctx, t.message, p); ok {
			t.backstage = true
			return r
		}
	}
	return t.fairly(aButton, t.oldButton)
}

// asIs completes a StaffDesk's reply with what adapters rely on.
func (t *turn) asIs(r Reply) Reply {
	if !r.Silent() && r.Lang == "" {
		r.Lang = t.tongue.lang
	}
	return r
}
