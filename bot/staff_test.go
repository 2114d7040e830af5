package bot

import (
	"context"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// A backroom is a StaffDesk that knows the command /misses and one button, and breaks on "boom".
type backroom struct{ typed string }

func (b *backroom) Message(_ context.Context, m Message) (Reply, bool) {
	if m.Text == "boom" {
		panic("boom")
	}
	return Reply{Outcome: Smalltalk, Text: "Two questions went unanswered."}, m.Text == "/misses"
}

func (b *backroom) Press(_ context.Context, m Message, p Press) (Reply, bool) {
	b.typed = m.Text
	return Reply{Outcome: Smalltalk, Text: "Write it.", Form: &Form{Press: p, Title: "A new answer"}}, p.Key == "new:1"
}

func openBackroom(t *testing.T, who knowledge.Staff) (*Desk, *backroom, *journal) {
	base := clinic()
	base.Settings.Staff = who
	base.Settings.Rooms = map[string]knowledge.Room{"test:closed": {Answer: knowledge.ModeOff}}
	b, kept := &backroom{}, &journal{}
	return open(t, base, Config{Staff: b, Journal: kept}), b, kept
}

func TestStaffDesk(t *testing.T) {
	people := knowledge.Staff{People: []string{"test:zoe", "test:role:9"}, Rooms: []string{"test:closed"}}
	for _, test := range []struct {
		name string
		who  knowledge.Staff
		m    Message
		want string // how the reply begins
	}{
		{"one of the people", people, Message{From: "test:zoe", Text: "/misses"}, "Two questions"},
		{"a role", people, Message{From: "test:ann", Roles: []string{"test:role:8", "test:role:9"}, Text: "/misses"}, "Two questions"},
		{"where nothing is answered", people, Message{From: "test:zoe", Room: "test:closed", Addressed: Overheard, Text: "/misses"}, "Two questions"},
		{"somebody else", people, Message{From: "test:ann", Text: "/misses"}, "I have no answer"},
		{"somebody else in the staff's room", people, Message{From: "test:ann", Room: "test:closed", Text: "/misses"}, ""},
		{"who runs some chat", people, Message{From: "test:ann", Staff: true, Text: "/misses"}, "I have no answer"},
		{"in the staff's room", knowledge.Staff{Rooms: []string{"test:back"}}, Message{Room: "test:back", From: "test:ann", Text: "/misses"}, "Two questions"},
		{"in a topic of it", knowledge.Staff{Rooms: []string{"test:back"}}, Message{Room: "test:back:7", Parent: "test:back", Text: "/misses"}, "Two questions"},
		{"elsewhere", knowledge.Staff{Rooms: []string{"test:back"}}, Message{Room: "test:hall", Text: "/misses"}, "I have no answer"},
		{"nobody is named", knowledge.Staff{}, Message{Text: "/misses"}, "I have no answer"},
		{"what the staff's desk leaves", people, Message{From: "test:zoe", Text: "how much does it cost"}, "A session costs 450"},
		{"danger", knowledge.Staff{People: []string{"test:zoe"}}, Message{From: "test:zoe", Text: danger}, "I am sorry"},
		{"what breaks", people, Message{From: "test:zoe", Text: "boom"}, "Something went wrong"},
	} {
		d, _, _ := openBackroom(t, test.who)
		r := d.Answer(context.Background(), test.m)
		if !strings.HasPrefix(r.Text, test.want) || r.Silent() != (test.want == "") || !r.Silent() && r.Lang == "" {
			t.Errorf("%s: Answer(%q) = %q in %q, want %q", test.name, test.m.Text, r.Text, r.Lang, test.want)
		}
	}
}

func TestStaffPress(t *testing.T) {
	d, b, kept := openBackroom(t, knowledge.Staff{People: []string{"test:zoe"}})
	p, err := ParsePress(Press{Staff, "new:1"}.String())
	if err != nil {
		t.Fatal(err)
	}
	zoe := Message{Room: "test:closed", From: "test:zoe", Text: "If you want to kill yourself, call 988."}
	if r := d.Press(context.Background(), zoe, p); r.Form == nil || r.Form.Press != p || r.Lang != "en" || b.typed != zoe.Text {
		t.Errorf("Press(%v) = %+v after %q was typed, want the form", p, r, b.typed)
	}
	if len(kept.exchanges) != 0 || len(d.memory.at) != 0 {
		t.Errorf("the staff's desk left %v in the journal and %d places in the memory", kept.exchanges, len(d.memory.at))
	}
	for name, m := range map[string]Message{"old": {From: "test:zoe"}, "outsider": {From: "test:ann"}} {
		press := map[string]Press{"old": {Staff, "gone"}, "outsider": p}[name]
		if r := d.Press(context.Background(), m, press); r.Outcome != Unanswered || r.Form != nil || !strings.HasPrefix(r.Text, "This button") {
			t.Errorf("%s: Press(%v) = %+v, want that the button is old", name, press, r)
		}
	}
	if d.IsStaff(Message{From: "test:ann"}) || !d.IsStaff(zoe) {
		t.Error("IsStaff tells nobody apart")
	}
}
