package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"frontdesk/knowledge"
)

// A Keeper is a Journal that keeps something of people: it says what, and can forget them. A Journal that is none keeps
// nothing but numbers.
type Keeper interface {
	// Terms returns what is kept of a room for which desk.yaml says nothing.
	Terms(RoomID) Terms

	// Forget deletes all that is kept of a person, and returns how many rows that were.
	Forget(context.Context, PersonID) (int, error)
}

// Terms are what a journal tells the people whose questions it keeps.
type Terms struct {
	Privacy   knowledge.Privacy
	Askers    int // who must have asked something alike before staff see its words; only for knowledge.KeepClustered
	Retention time.Duration
}

// terms returns what is kept of the message's room. Where there is no journal, a room's setting makes none.
func (t *turn) terms() Terms {
	keeper, ok := t.config.Journal.(Keeper)
	if !ok {
		return Terms{Privacy: knowledge.KeepNothing}
	}
	terms := keeper.Terms(t.message.Room)
	if terms.Privacy != knowledge.KeepNothing && t.room.privacy != "" {
		terms.Privacy = t.room.privacy
	}
	return terms
}

// privacy says what is kept.
func (t *turn) privacy() Reply {
	say := t.tongue.say
	memory := fill(say.Privacy, "minutes", strconv.Itoa(int(memoryTime/time.Minute)))
	memory = fill(memory, "days", strconv.Itoa(int(absence/(24*time.Hour))))
	waits := ""
	if t.config.Waitlist != nil {
		waits = fill(say.PrivacyWaiting, "button", say.TellMe)
	}
	forgets := say.PrivacyForget
	if t.journals() {
		forgets = say.PrivacyForgetAll
	}
	text := paragraphs(t.kept(), memory, waits, forgets, say.PrivacyPlease)
	return Reply{Outcome: Smalltalk, Text: text, Handoff: t.office()}
}

// typed replies to a command that was written as a message, where the platform has no commands.
func (t *turn) typed(text string) (Reply, bool) {
	if t.message.Addressed == Overheard {
		return Reply{}, false
	}
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "/privacy":
		return t.privacy(), true
	case "/forget":
		return t.forget(), true
	}
	return Reply{}, false
}

// kept says what of questions is kept in the room.
func (t *turn) kept() string {
	say, terms := t.tongue.say, t.terms()
	var text string
	switch terms.Privacy {
	case knowledge.KeepCounts:
		text = say.PrivacyCounts
	case knowledge.KeepClustered:
		text = fill(say.PrivacyClustered, "people", strconv.Itoa(terms.Askers))
	case knowledge.KeepFull:
		text = say.PrivacyFull
	default:
		return say.PrivacyNothing
	}
	days := max(1, int((terms.Retention+24*time.Hour-1)/(24*time.Hour)))
	kept := say.OneDay
	if days > 1 {
		kept = fill(say.SomeDays, "n", strconv.Itoa(days))
	}
	return paragraphs(fill(text, "kept", kept), say.PrivacyPerson)
}

// journals reports whether a journal keeps something of people, if not in this room.
func (t *turn) journals() bool {
	keeper, ok := t.config.Journal.(Keeper)
	return ok && keeper.Terms("").Privacy != knowledge.KeepNothing
}

// forgetTime bounds how long somebody waits for the journal to forget them.
const forgetTime = 5 * time.Second

// forget makes the desk forget the person in this room, and everybody else that keeps something forget them everywhere.
func (t *turn) forget() Reply {
	t.erased = true
	if t.config.Waitlist != nil {
		t.config.Waitlist.Forget(t.message.From)
	}
	keeper, ok := t.config.Journal.(Keeper)
	if !ok || !t.journals() {
		return Reply{Outcome: Smalltalk, Text: t.tongue.say.Forgotten}
	}
	ctx, cancel := context.WithTimeout(context.Background(), forgetTime)
	defer cancel()
	if _, err := keeper.Forget(ctx, t.message.From); err != nil {
		t.log.Error("a person's rows in the journal could not be deleted; they have been told to ask again", zap.Error(err))
		return Reply{Outcome: Smalltalk, Text: t.tongue.say.ForgetLater, Handoff: t.office()}
	}
	return Reply{Outcome: Smalltalk, Text: t.tongue.say.ForgottenAll}
}
