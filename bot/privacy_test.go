package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
)

// A diary is a journal that keeps people's words, and forgets them unless it is broken.
type diary struct {
	journal
	terms  Terms
	forgot []PersonID
	stuck  error
}

func (d *diary) Terms(RoomID) Terms { return d.terms }

func (d *diary) Forget(_ context.Context, p PersonID) (int, error) {
	d.forgot = append(d.forgot, p)
	return 3, d.stuck
}

// waiting is a Waitlist that offers nothing.
type waiting struct{}

func (waiting) Offer(Message, string) (knowledge.Key, bool) { return "", false }
func (waiting) Join(Message, knowledge.Key) bool            { return false }
func (waiting) Forget(PersonID)                             {}

// Privacy says what is kept in the room, no less and no more.
func TestPrivacy(t *testing.T) {
	keeps := func(p knowledge.Privacy) *diary {
		return &diary{terms: Terms{Privacy: p, Askers: 3, Retention: 90 * 24 * time.Hour}}
	}
	const nothing, forgetsHere = "I do not keep what you write.", "With /forget I forget what I remember of you here."
	for _, test := range []struct {
		name    string
		journal Journal
		room    knowledge.Privacy // desk.yaml says; empty for nothing
		wait    Waitlist
		says    []string
		not     []string
	}{
		{"no journal", nil, "", nil, []string{nothing, "in no log", forgetsHere, "15 minutes", "7 days"}, []string{"90", "Backups", "Tell me"}},
		{"no journal, whatever the room says", nil, knowledge.KeepFull, nil, []string{nothing, forgetsHere}, []string{"90 days"}},
		{"a journal of numbers", &journal{}, "", nil, []string{nothing, forgetsHere}, []string{"90 days"}},
		{"off", keeps(knowledge.KeepNothing), knowledge.KeepFull, nil, []string{nothing, forgetsHere}, []string{"90 days"}},
		{"counts", keeps(knowledge.KeepCounts), "", nil, []string{nothing, "for 90 days", "without the words", "delete all"}, []string{"3 different"}},
		{"clustered", keeps(knowledge.KeepClustered), "", nil, []string{"kept for 90 days", "3 different people", "Backups", "changes every day"}, []string{nothing}},
		{"for a day", &diary{terms: Terms{Privacy: knowledge.KeepFull, Retention: 24 * time.Hour}}, "", nil, []string{"kept for one day as"}, []string{"1 day"}},
		{"full", keeps(knowledge.KeepFull), "", nil, []string{"90 days as you write them", "danger nothing"}, []string{nothing, "3 different"}},
		{"a room of its own", keeps(knowledge.KeepClustered), knowledge.KeepFull, nil, []string{"as you write them"}, []string{nothing}},
		{"a room where nothing is kept", keeps(knowledge.KeepFull), knowledge.KeepNothing, nil, []string{nothing, "delete all"}, []string{"90 days"}},
		{"a waitlist", nil, "", waiting{}, []string{nothing, `"Tell me when you know"`, "30 days"}, nil},
	} {
		base := clinic()
		base.Settings.Rooms = map[string]knowledge.Room{"test": {Privacy: test.room}}
		d := open(t, base, Config{Journal: test.journal, Waitlist: test.wait})
		r := d.Privacy(Message{Room: "test:1", From: "test:ann", Lang: "en"})
		for _, text := range append(test.says, "Please write no names") {
			if !strings.Contains(r.Text, text) {
				t.Errorf("%s: Privacy = %q, want %q in it", test.name, r.Text, text)
			}
		}
		for _, text := range append(test.not, "{") {
			if strings.Contains(r.Text, text) {
				t.Errorf("%s: Privacy = %q, which says %q", test.name, r.Text, text)
			}
		}
	}
}

// Forget empties the journal of the person, and does not claim to have done what it could not.
func TestForgetInTheJournal(t *testing.T) {
	for _, test := range []struct {
		name string
		d    *diary
		text string
		asks int // of the journal
	}{
		{"kept", &diary{terms: Terms{Privacy: knowledge.KeepClustered}}, "is deleted", 1},
		{"out of reach", &diary{terms: Terms{Privacy: knowledge.KeepClustered}, stuck: errors.New("no route to host")}, "could not be deleted", 1},
		{"no journal", &diary{terms: Terms{Privacy: knowledge.KeepNothing}}, "I have forgotten what I remembered of you here.", 0},
	} {
		d := open(t, clinic(), Config{Journal: test.d})
		c := newChat(t, d)
		c.say("how much does it cost", Answered, "cost?")
		r := d.Forget(c.message(""))
		if r.Outcome != Smalltalk || !strings.Contains(r.Text, test.text) || len(test.d.forgot) != test.asks {
			t.Errorf("%s: Forget = %+v and asked the journal to forget %q", test.name, r, test.d.forgot)
		}
		if _, there := d.memory.at[place{c.room, "test:ann"}]; there {
			t.Errorf("%s: the memory keeps the person", test.name)
		}
		if e := test.d.exchanges; len(e) != 2 || e[0].From != "test:ann" || e[1].From != "" {
			t.Errorf("%s: the journal heard of %+v, want no name with the wish to be forgotten", test.name, e)
		}
	}
}

// The journal is told what staff say is kept of a room.
func TestJournalHearsOfPrivacy(t *testing.T) {
	base := clinic()
	base.Settings.Rooms = map[string]knowledge.Room{
		"public": {Privacy: knowledge.KeepCounts}, "test:back": {Privacy: knowledge.KeepFull}, "test:hall": {Answer: knowledge.ModeMention},
	}
	kept := &journal{}
	d := open(t, base, Config{Journal: kept})
	for _, m := range []Message{{Room: "test:hall"}, {Room: "test:back"}, {Room: "test:back:7", Parent: "test:back"}, {Room: "test:1", Private: true}} {
		m.Text = cost
		d.Answer(context.Background(), m)
	}
	for i, want := range [][2]string{{"counts", "public"}, {"full", "test:back"}, {"full", "test:back"}, {"", ""}} {
		if e := kept.exchanges[i]; string(e.Keep) != want[0] || e.KeepBy != want[1] {
			t.Errorf("Record(%+v), want kept %q by %q", e, want[0], want[1])
		}
	}
}

// On a page without commands they can be written, and nobody is forgotten for what was said to others.
func TestTypedCommands(t *testing.T) {
	for _, test := range []struct {
		text string
		how  Addressed
		want string // how the reply begins; empty for silence
	}{
		{"/privacy", Direct, "So that our staff"},
		{" /Forget\n", Direct, "I have forgotten"},
		{"/forget", Overheard, ""},
		{"/forget me not", Direct, "I have no answer"},
	} {
		kept := &diary{terms: Terms{Privacy: knowledge.KeepClustered, Askers: 3, Retention: time.Hour}}
		c := newChat(t, open(t, clinic(), Config{Journal: kept}))
		m := c.message(test.text)
		m.Addressed = test.how
		r := c.desk.Answer(context.Background(), m)
		if !strings.HasPrefix(r.Text, test.want) || r.Silent() != (test.want == "") || len(kept.forgot) > 0 != (test.want == "I have forgotten") {
			t.Errorf("Answer(%q, %q) = %q and the journal forgot %q, want %q", test.how, test.text, r.Text, kept.forgot, test.want)
		}
	}
}
