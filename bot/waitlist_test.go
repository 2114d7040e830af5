package bot

import (
	"context"
	"slices"
	"testing"

	"frontdesk/knowledge"
)

// A queue is a Waitlist of one person's questions.
type queue struct {
	asked, joined string
	forgotten     PersonID
}

const queueKey knowledge.Key = "abcdefghijk"

func (q *queue) Offer(_ Message, question string) (knowledge.Key, bool) {
	q.asked = question
	return queueKey, true
}

func (q *queue) Join(m Message, k knowledge.Key) bool {
	if k == queueKey {
		q.joined = string(m.From)
	}
	return k == queueKey
}

func (q *queue) Forget(p PersonID) { q.forgotten = p }

func TestTellMeWhenYouKnow(t *testing.T) {
	const unknown = "Do you validate parking tickets for helicopters?"
	q := &queue{}
	d := open(t, clinic(), Config{Waitlist: q})
	ann := Message{Room: "test:1", From: "test:ann", Text: unknown}
	offered := func(r Reply) bool {
		return slices.ContainsFunc(r.Choices, func(c Choice) bool { return c.Press == Press{Tell, queueKey} && c.Label != "" })
	}
	if r := d.Answer(context.Background(), ann); r.Outcome != Unanswered || !offered(r) || q.asked != unknown {
		t.Errorf("Answer(%q) = %+v after the waitlist was offered %q, want a button", unknown, r, q.asked)
	}
	press, err := ParsePress(Press{Tell, queueKey}.String())
	if err != nil {
		t.Fatal(err)
	}
	if r := d.Press(context.Background(), ann, press); r.Outcome != Smalltalk || q.joined != "test:ann" {
		t.Errorf("Press(%v) = %+v and %q waits, want test:ann", press, r, q.joined)
	}
	if r := d.Press(context.Background(), ann, Press{Tell, "gone-offer1"}); r.Outcome != Unanswered {
		t.Errorf("an offer that is gone: %+v, want an old button", r)
	}
	if d.Forget(ann); q.forgotten != "test:ann" {
		t.Errorf("Forget left the waitlist as it was")
	}
	for name, m := range map[string]Message{
		"nobody": {Room: "test:1", Text: unknown}, "danger": {Room: "test:1", From: "test:ann", Text: danger},
		"answered": {Room: "test:1", From: "test:ann", Text: "how much does it cost"}, "small talk": {From: "test:ann", Text: "thanks"},
	} {
		if r := d.Answer(context.Background(), m); offered(r) {
			t.Errorf("%s: %+v offers to tell later", name, r)
		}
	}
}
