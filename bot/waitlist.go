package bot

import (
	"strings"

	"frontdesk/knowledge"
)

// A Waitlist keeps who wants to hear once a question has an answer. It is asked in the middle of replying: its methods
// must return at once.
type Waitlist interface {
	// Offer returns a key for a button that lets the person wait for an answer to a question: 11 characters of
	// URL-safe base64. It returns false when none is to be offered, as where the person could not be reached.
	Offer(m Message, question string) (knowledge.Key, bool)

	// Join lets the person who pressed the button wait; false when the offer is not known any more, or was made to
	// somebody else.
	Join(m Message, k knowledge.Key) bool

	// Forget drops everything about a person.
	Forget(PersonID)
}

// offerToTell adds to a reply without an answer the button "tell me when you know".
func (t *turn) offerToTell(r Reply) Reply {
	if t.config.Waitlist == nil || t.message.From == "" || t.message.Addressed == Overheard || strings.TrimSpace(t.query) == "" {
		return r
	}
	if key, ok := t.config.Waitlist.Offer(t.message, t.query); ok {
		r.Choices = append(r.Choices, Choice{Label: t.tongue.say.TellMe, Press: Press{Tell, key}})
	}
	return r
}

// tellLater lets the person who pressed that button wait.
func (t *turn) tellLater(k knowledge.Key) Reply {
	if t.config.Waitlist == nil || !t.config.Waitlist.Join(t.message, k) {
		return t.oldButton()
	}
	return Reply{Outcome: Smalltalk, Text: t.tongue.say.WillTell}
}
