package discord

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
	"frontdesk/knowledge"
)

const staffRole = "900"

var (
	openForm = bot.Press{Verb: bot.Staff, Key: "w.1"}
	saveForm = bot.Press{Verb: bot.Staff, Key: "s.1"}
)

// A backOffice is a StaffDesk that shows what reached it.
type backOffice struct {
	hold chan struct{} // a form is given out once it is closed; nil for at once

	mu  sync.Mutex
	got []bot.Message
}

func (o *backOffice) Message(_ context.Context, m bot.Message) (bot.Reply, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.got = append(o.got, m)
	if m.Text == "write" {
		return o.form(), true
	}
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Staff: " + m.Text}, strings.HasPrefix(m.Text, "/")
}

func (o *backOffice) form() bot.Reply {
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Write it.", Form: &bot.Form{
		Press: saveForm, Title: "A new answer", Label: "The answer, in Markdown, with all that people must know", Value: "So far",
	}}
}

func (o *backOffice) Press(_ context.Context, m bot.Message, p bot.Press) (bot.Reply, bool) {
	if p == openForm {
		if o.hold != nil {
			<-o.hold
		}
		return o.form(), true
	}
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Typed: " + m.Text}, true
}

func (o *backOffice) last() bot.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.got[len(o.got)-1]
}

// backStage runs a client for which alice is staff by a role, with a room of the staff's own and one where the desk is
// quiet after staff.
func backStage(t *testing.T, office *backOffice, o options) (w *world, room, public string) {
	t.Helper()
	o.desks = func(s *discordtest.Server) Desk {
		guild := s.Guild()
		room, public = s.Channel(guild), s.Channel(guild)
		s.Roles, s.Granted = map[string][]string{alice: {"1", staffRole}}, 1<<15
		quiet := time.Hour
		return newRealDesk(t, knowledge.Settings{
			Staff: knowledge.Staff{People: []string{"discord:role:" + staffRole}, Rooms: []string{"discord:" + room}},
			Rooms: map[string]knowledge.Room{"discord:" + public: {Quiet: &quiet}},
		}, office)
	}
	return run(t, o), room, public
}

func TestStaffCommands(t *testing.T) {
	office := &backOffice{}
	w, room, public := backStage(t, office, options{})
	for _, test := range []struct {
		channel, person, command, option, text, want string
		ephemeral                                    bool
	}{
		{room, alice, "misses", "", "", "Staff: /misses", false},
		{public, alice, "misses", "", "", "Staff: /misses", true},
		{room, alice, "console", "", "", "Staff: /console", true},
		{public, alice, "why", "question", costs, "Staff: /why " + costs, true},
		{room, alice, "why", "", "", "Staff: /why", false},
		{public, bob, "misses", "", "", "", true},
	} {
		m := w.answer(w.Slash(discordtest.Use{Channel: test.channel, Person: test.person}, test.command, test.option, test.text))
		if !strings.HasPrefix(m.Text(), test.want) || m.Ephemeral() != test.ephemeral || test.want == "" && strings.Contains(m.Text(), "Staff:") {
			t.Errorf("/%s by %s is answered %q, ephemeral %t, want %q, %t", test.command, test.person, m.Text(), m.Ephemeral(), test.want, test.ephemeral)
		}
	}
	shown := w.reply(room, w.Say(room, bob, w.Mention()+" "+costs))
	w.answer(w.OnMessage(discordtest.Use{Channel: room, Person: alice}, "Why this answer?", shown.ID))
	if m := office.last(); m.Text != "/why" || !m.QuotedOwn || !strings.Contains(m.Quoted, "first talk is free") || !m.Staff {
		t.Errorf("the staff's desk was asked %+v, want the answer that is asked about", m)
	}
	w.reply(room, w.ReplyTo(room, alice, shown.ID, w.Mention()+" /why"))
	if m := office.last(); m.Text != "/why" || !m.QuotedOwn || m.Addressed != bot.Mention {
		t.Errorf("the staff's desk was asked %+v, want the message that is replied to", m)
	}
}

// TestQuietAfterStaff has somebody with the staff's role write in a channel: for a while only commands are answered.
func TestQuietAfterStaff(t *testing.T) {
	w, _, public := backStage(t, &backOffice{}, options{})
	w.reply(public, w.Say(public, bob, w.Mention()+" "+costs))
	w.Say(public, alice, "I can help you")
	w.Say(public, bob, w.Mention()+" "+costs)
	if m := w.answer(w.Slash(discordtest.Use{Channel: public, Person: bob}, "ask", "question", costs)); !strings.Contains(m.Text(), "first talk") {
		t.Errorf("a command after staff is answered %q", m.Text())
	}
	w.reply(public, w.Say(public, bob, w.Mention()+" "+danger))
	if n := len(w.Sent(public)); n != 2 {
		t.Errorf("%d messages, want those before staff wrote and to somebody in danger", n)
	}
}

func TestForm(t *testing.T) {
	for _, byHTTP := range []bool{false, true} {
		w, room, _ := backStage(t, &backOffice{}, options{})
		if byHTTP {
			w.byHTTP()
		}
		use := discordtest.Use{Channel: room, Person: alice}
		button := discordtest.Component{CustomID: openForm.String()}
		under := w.answer(w.Slash(use, "misses", "", ""))
		form, err := w.Press(use, under, button).Modal(w.ctx)
		if err != nil {
			t.Fatalf("no form: %v; %v", err, w.Violations())
		}
		if f := form.Rows[0].Fields[0]; form.Title != "A new answer" || f.Value != "So far" || f.Most != 4000 {
			t.Errorf("the form is %+v", form)
		}
		if m := w.answer(w.Submit(use, form, "It costs *10*.")); m.Content != "Typed: It costs *10*." || m.Ephemeral() {
			t.Errorf("the form is answered %q, ephemeral %t", m.Content, m.Ephemeral())
		}
		if m := w.answer(w.Submit(discordtest.Use{Channel: room, Person: bob}, form, "mine")); strings.Contains(m.Content, "Typed") {
			t.Errorf("somebody else's form is answered %q", m.Content)
		}
	}
}

// TestLateForm gives a form out after Discord was told to wait: no form can be opened then, so the button comes again.
func TestLateForm(t *testing.T) {
	office := &backOffice{hold: make(chan struct{})}
	w, room, _ := backStage(t, office, options{timing: func(t *timing) { t.deferAfter = time.Millisecond }})
	use := discordtest.Use{Channel: room, Person: alice}
	pressed := w.Press(use, discordtest.Message{}, discordtest.Component{CustomID: openForm.String()})
	w.until("the press is acknowledged", func() bool { return pressed.First() == 5 })
	close(office.hold)
	m := w.answer(pressed)
	if b, ok := m.Button("A new answer"); !ok || b.CustomID != openForm.String() {
		t.Errorf("%q has the buttons %v, want the one for the form", m.Text(), m.Buttons())
	}
}

// TestFormInReply asks for a form by a message, where Discord opens none: the text is what is written in reply.
func TestFormInReply(t *testing.T) {
	w, room, _ := backStage(t, &backOffice{}, options{})
	asked := w.reply(room, w.Say(room, alice, w.Mention()+" write"))
	if !strings.Contains(asked.Content, "Write it.") || !strings.Contains(asked.Content, "So far") {
		t.Errorf("the form is %q", asked.Content)
	}
	if m := w.reply(room, w.ReplyTo(room, bob, asked.ID, costs)); strings.Contains(m.Content, "Typed") {
		t.Errorf("somebody else's reply is answered %q", m.Content)
	}
	if m := w.reply(room, w.ReplyTo(room, alice, asked.ID, "It costs 10.")); m.Content != "Typed: It costs 10." {
		t.Errorf("the reply is answered %q", m.Content)
	}
}

func TestPost(t *testing.T) {
	w, room, _ := backStage(t, &backOffice{}, options{})
	news := bot.Reply{Outcome: bot.Smalltalk, Text: "News of @everyone", Choices: []bot.Choice{{Label: "Do it", Press: saveForm}}}
	for range 2 { // the same words twice are two messages
		if err := w.client.Post(w.ctx, bot.RoomID("discord:"+room), news); err != nil {
			t.Fatalf("Post() = %v", err)
		}
	}
	if err := w.client.PostTo(w.ctx, bot.PersonID("discord:"+bob), news); err != nil {
		t.Fatalf("PostTo() = %v", err)
	}
	if n, m := len(w.Sent(room)), w.Sent(w.DM(bob)); n != 2 || len(m) != 1 || m[0].Buttons()[0].CustomID != saveForm.String() {
		t.Errorf("%d messages in the room and %v to the person", n, m)
	}
	for _, to := range []string{"telegram:7", "discord:", "discord:x", "discord:server:1", ""} {
		if err := w.client.Post(w.ctx, bot.RoomID(to), news); err == nil {
			t.Errorf("Post(%q) = nil", to)
		}
		if err := w.client.PostTo(w.ctx, bot.PersonID(to), news); err == nil {
			t.Errorf("PostTo(%q) = nil", to)
		}
	}
	if err := w.client.Post(w.ctx, "discord:1", news); err == nil || !strings.Contains(err.Error(), "Unknown Channel") {
		t.Errorf("Post() to no channel = %v, want Discord's words", err)
	}
	if err := w.client.Post(w.ctx, bot.RoomID("discord:"+room), bot.Reply{}); err == nil {
		t.Error("an empty reply was posted")
	}
	ended, end := context.WithCancel(w.ctx)
	end()
	w.Fail(discordtest.Fault{Method: "POST", Path: "/messages", Hang: true})
	if err := w.client.Post(ended, bot.RoomID("discord:"+room), news); !errors.Is(err, context.Canceled) {
		t.Errorf("Post() = %v after its context ended", err)
	}
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	if err := w.client.Post(w.ctx, bot.RoomID("discord:"+room), news); !errors.Is(err, errNotRunning) {
		t.Errorf("Post() after Run = %v, want errNotRunning", err)
	}
	if err := w.client.PostTo(w.ctx, bot.PersonID("discord:"+bob), news); !errors.Is(err, errNotRunning) {
		t.Errorf("PostTo() after Run = %v, want errNotRunning", err)
	}
}
