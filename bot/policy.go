package bot

import (
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// What holds in a room where staff say nothing.
const (
	autoConfidence = 0.8
	autoCooldown   = 10 * time.Minute
)

// roomRules are what holds in one room, once everything that staff said of it and of wider rooms is put together.
type roomRules struct {
	answer     knowledge.Mode
	confidence float64
	tags       []string // of the sections that may be used; empty for all
	replies    knowledge.Audience
	cooldown   time.Duration
	quiet      time.Duration
	staff      []string
	privacy    knowledge.Privacy // what is kept of questions; empty where staff do not say
	privacyBy  string            // the key of desk.yaml that says so
}

// rulesFor returns the rules of the room that a message is in.
func rulesFor(rooms map[string]knowledge.Room, m Message) roomRules {
	r := roomRules{answer: knowledge.ModeMention, confidence: autoConfidence, cooldown: autoCooldown}
	for _, key := range widening(m) {
		if room, ok := rooms[key]; ok {
			r.narrow(key, room)
		}
	}
	return r
}

// widening returns the keys of desk.yaml's rooms that a message's room goes by, the widest first.
func widening(m Message) []string {
	kind := "public"
	if m.Private && m.Server == "" { // an answer for one pair of eyes is not yet a private room
		kind = "private"
	}
	platform, _, _ := strings.Cut(string(m.Room), ":")
	return []string{kind, platform, platform + ":" + kind, string(m.Server), string(m.Parent), string(m.Room)}
}

// narrow puts what a room says, under a key, in the place of what wider ones say.
func (r *roomRules) narrow(key string, room knowledge.Room) {
	if room.Answer != "" {
		r.answer = room.Answer
	}
	if room.Confidence > 0 {
		r.confidence = room.Confidence
	}
	if room.Tags != nil {
		r.tags = room.Tags
	}
	if room.Replies != "" {
		r.replies = room.Replies
	}
	if room.Cooldown != nil {
		r.cooldown = *room.Cooldown
	}
	if room.Quiet != nil {
		r.quiet = *room.Quiet
	}
	if room.Privacy != "" {
		r.privacy, r.privacyBy = room.Privacy, key
	}
	r.staff = append(r.staff, room.Staff...)
}

// allows reports whether a section may be used in the room.
func (r roomRules) allows(s knowledge.Section) bool {
	return len(r.tags) == 0 || slices.ContainsFunc(r.tags, func(tag string) bool { return slices.Contains(s.Tags, tag) })
}

// An occasion is a message and the reply that it would get.
type occasion struct {
	addressed  Addressed
	fromStaff  bool
	hushed     bool
	afterStaff time.Duration // since staff spoke in the room; negative for never
	outcome    Outcome
	confidence float64
	afterShown time.Duration // since the same section was shown in the room; negative for never
}

// speaks decides whether the desk says anything. Who turned to the desk in danger always gets a reply.
func (r roomRules) speaks(o occasion) bool {
	overheard := o.addressed == Overheard
	switch {
	case o.outcome == Crisis && !overheard:
		return true
	case o.outcome == Crisis:
		return r.answer == knowledge.ModeAuto
	case r.answer == knowledge.ModeOff:
		return false
	case o.addressed == Unspecified, o.addressed == Direct, o.addressed == Command:
		return true
	case r.answer == knowledge.ModeAsk, o.afterStaff >= 0 && o.afterStaff < r.quiet:
		return false
	case !overheard:
		return true
	}
	return r.answer == knowledge.ModeAuto && !o.fromStaff && !o.hushed &&
		o.outcome == Answered && o.confidence >= r.confidence &&
		!(o.afterShown >= 0 && o.afterShown < r.cooldown)
}

// hopeless reports whether nothing that could be found for a message would be said.
func (r roomRules) hopeless(o occasion) bool {
	o.outcome, o.confidence, o.afterShown = Answered, 1, -1
	return !r.speaks(o)
}
