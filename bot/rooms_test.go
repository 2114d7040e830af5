package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
)

// A hall is a room of many, with rules.
type hall struct {
	*chat
	desk *Desk
}

func openHall(t *testing.T, room knowledge.Room, limits knowledge.Limits) hall {
	base := clinic()
	base.Settings.Rooms = map[string]knowledge.Room{"test:hall": room}
	base.Settings.Limits = limits
	for i := range base.Articles {
		for j := range base.Articles[i].Sections {
			base.Articles[i].Sections[j].Tags = []string{string(base.Articles[i].ID)}
		}
	}
	d := open(t, base, Config{})
	c := newChat(t, d)
	c.room = "test:hall"
	return hall{c, d}
}

// hear returns the reply to what somebody wrote; a second passes before it.
func (h hall) hear(from PersonID, how Addressed, text string) Reply {
	h.now = h.now.Add(time.Second)
	return h.desk.Answer(context.Background(), Message{Room: h.room, From: from, Text: text, Addressed: how, At: h.now})
}

const (
	effects = "what are the side effects"
	cost    = "how much does it cost"
	danger  = "I want to kill myself"
)

func minutes(n int) *time.Duration {
	d := time.Duration(n) * time.Minute
	return &d
}

func TestRoomModes(t *testing.T) {
	for _, test := range []struct {
		mode knowledge.Mode
		how  Addressed
		text string
		want Outcome
	}{
		{knowledge.ModeOff, Mention, effects, ""},
		{knowledge.ModeOff, Unspecified, effects, ""},
		{knowledge.ModeOff, Mention, danger, Crisis},
		{knowledge.ModeOff, Overheard, danger, ""},
		{knowledge.ModeAsk, Command, effects, Answered},
		{knowledge.ModeAsk, Mention, effects, ""},
		{knowledge.ModeAsk, Mention, danger, Crisis},
		{"", Mention, effects, Answered},
		{"", Overheard, effects, ""},
		{"", Overheard, danger, ""},
		{knowledge.ModeAuto, Overheard, effects, Answered},
		{knowledge.ModeAuto, Overheard, danger, Crisis},
		{knowledge.ModeAuto, Overheard, "what shall we have for dinner?", ""},
		{knowledge.ModeAuto, Overheard, "hello everybody", ""},
		{knowledge.ModeAuto, Overheard, "can I talk to someone?", ""},
		{knowledge.ModeAuto, Mention, "xyzzy", Unanswered},
	} {
		h := openHall(t, knowledge.Room{Answer: test.mode}, knowledge.Limits{})
		if r := h.hear("test:ann", test.how, test.text); r.Outcome != test.want || r.Silent() != (test.want == "") {
			t.Errorf("Answer(%q, %q) where the answer is %q = %q (%.2f), want %q", test.how, test.text, test.mode, r.Outcome, r.Confidence, test.want)
		}
	}
}

// What nobody hears is not remembered, and does not reach the journal.
func TestSilenceLeavesNoTrace(t *testing.T) {
	kept := &journal{}
	d := open(t, clinic(), Config{Journal: kept})
	c := newChat(t, d)
	m := c.message(effects)
	m.Addressed = Overheard
	if r := d.Answer(context.Background(), m); !r.Silent() {
		t.Fatalf("Answer(overheard) = %+v, want silence", r)
	}
	if len(kept.exchanges) != 0 || len(d.memory.at) != 0 {
		t.Errorf("silence left %v in the journal and %d places in the memory", kept.exchanges, len(d.memory.at))
	}
}

func TestOffInPrivate(t *testing.T) {
	h := openHall(t, knowledge.Room{Answer: knowledge.ModeOff}, knowledge.Limits{})
	for _, m := range []Message{{Private: true, Addressed: Direct}, {Owed: true, Addressed: Command}} {
		m.Room, m.From, m.Text, m.At = h.room, "test:ann", effects, h.now
		if r := h.desk.Answer(context.Background(), m); r.Outcome != Limited || r.Handoff.IsZero() || r.Section != "" {
			t.Errorf("Answer(%+v) = %+v, want the way to a person and nothing else", m, r)
		}
	}
	if got := h.desk.Suggest(context.Background(), Message{Room: h.room, Text: "what"}, 5); len(got) != 0 {
		t.Errorf("Suggest in a room that is off = %v, want nothing", got)
	}
	if r := h.desk.Contact(Message{Room: h.room, From: "test:ann"}); !r.Silent() {
		t.Errorf("Contact in a room that is off = %+v, want silence", r)
	}
}

func TestQuietAfterStaff(t *testing.T) {
	h := openHall(t, knowledge.Room{Answer: knowledge.ModeAuto, Quiet: minutes(10), Staff: []string{"test:zoe"}}, knowledge.Limits{})
	check := func(how Addressed, text string, want Outcome) {
		t.Helper()
		if r := h.hear("test:ann", how, text); r.Outcome != want {
			t.Errorf("Answer(%q, %q) = %q, want %q", how, text, r.Outcome, want)
		}
	}
	check(Overheard, effects, Answered)
	if r := h.hear("test:zoe", Overheard, cost); !r.Silent() {
		t.Errorf("Answer to staff = %+v, want silence", r)
	}
	check(Overheard, cost, "")
	check(Mention, cost, "")
	check(Command, cost, Answered)
	check(Overheard, danger, Crisis)
	h.now = h.now.Add(10 * time.Minute)
	check(Mention, effects, Answered)

	m := Message{Room: h.room, From: "test:new", Text: "I can help", Addressed: Overheard, Staff: true, At: h.now}
	h.desk.Answer(context.Background(), m) // the platform says so
	check(Mention, effects, "")
}

func TestCooldown(t *testing.T) {
	h := openHall(t, knowledge.Room{Answer: knowledge.ModeAuto, Cooldown: minutes(5)}, knowledge.Limits{})
	if r := h.hear("test:ann", Overheard, effects); r.Outcome != Answered {
		t.Fatalf("Answer(%q) = %+v, want the answer", effects, r)
	}
	if r := h.hear("test:bob", Overheard, effects); !r.Silent() {
		t.Errorf("Answer(%q) again = %+v, want silence", effects, r)
	}
	if r := h.hear("test:bob", Overheard, cost); r.Outcome != Answered {
		t.Errorf("Answer(%q) = %q, want another section answered", cost, r.Outcome)
	}
	if r := h.hear("test:bob", Mention, effects); r.Outcome != Answered {
		t.Errorf("Answer(%q) to who asks = %q, want answered", effects, r.Outcome)
	}
	h.now = h.now.Add(5 * time.Minute)
	if r := h.hear("test:bob", Overheard, effects); r.Outcome != Answered {
		t.Errorf("Answer(%q) after the cooldown = %q, want answered", effects, r.Outcome)
	}
}

// A room that may use some articles knows nothing of the others, whatever way is tried.
func TestRoomTags(t *testing.T) {
	h := openHall(t, knowledge.Room{Tags: []string{"money", "terapia"}}, knowledge.Limits{})
	barred := clinic().Articles[0].Sections[2] // the side effects
	if r := h.hear("test:ann", Mention, effects); r.Section == barred.ID || len(r.Candidates) > 0 && r.Candidates[0].Section.ID == barred.ID {
		t.Errorf("Answer(%q) = %+v, want nothing of %q", effects, r, barred.ID)
	}
	if r := h.hear("test:ann", Mention, cost); r.Outcome != Answered {
		t.Errorf("Answer(%q) = %q, want answered", cost, r.Outcome)
	}
	for _, verb := range []Verb{Show, More, Share} {
		if r := h.press(Press{verb, barred.ID.Key()}); r.Section != "" || r.Outcome != Unanswered {
			t.Errorf("Press(%q) of a barred section = %+v, want that it means nothing", verb, r)
		}
	}
	if r := h.desk.Topics(h.message("")); strings.Contains(r.Text, "Ketamine therapy") || !strings.Contains(r.Text, "Prices and insurance") {
		t.Errorf("Topics = %q, want the article that may be used alone", r.Text)
	}
	for _, s := range h.desk.Suggest(context.Background(), Message{Room: h.room, Text: "what"}, 25) {
		if s.ArticleID == "therapy" {
			t.Errorf("Suggest offers %q, which the room may not use", s.ID)
		}
	}
}

func TestVeil(t *testing.T) {
	h := openHall(t, knowledge.Room{Replies: knowledge.ToAsker}, knowledge.Limits{})
	r := h.hear("test:ann", Mention, effects)
	key := clinic().Articles[0].Sections[2].ID.Key()
	if !r.Veiled || r.Section != "" || r.Title != "" || len(r.Choices) != 1 || r.Choices[0].Press != (Press{Show, key}) || r.Handoff.IsZero() {
		t.Errorf("Answer(%q) in a room for private answers = %+v, want a button that shows the answer", effects, r)
	}
	if strings.Contains(r.Text, "nausea") || strings.Contains(r.Choices[0].Label, "effects") {
		t.Errorf("Answer(%q) tells the room %q with %v", effects, r.Text, r.Choices)
	}
	m := h.message("")
	m.Private = true
	if shown := h.desk.Press(context.Background(), m, r.Choices[0].Press); shown.Veiled || !strings.Contains(shown.Text, "nausea") {
		t.Errorf("Press(its button) in private = %+v, want the answer", shown)
	}
	if again := h.press(Press{Show, key}); !again.Veiled {
		t.Errorf("Press(its button) in the room = %+v, want it veiled", again)
	}
	if shared := h.press(Press{Share, key}); shared.Veiled || !strings.Contains(shared.Text, "nausea") {
		t.Errorf("Press(share) = %+v, want the answer: the person wants it read", shared)
	}
	if r := h.hear("test:ann", Mention, danger); r.Outcome != Crisis || r.Veiled || !strings.Contains(r.Text, "988") {
		t.Errorf("Answer(%q) = %+v, want the helplines at once", danger, r)
	}
	if got := h.desk.Audience(m); got != knowledge.ToAsker {
		t.Errorf("Audience = %q, want %q", got, knowledge.ToAsker)
	}
}

// Nor does such a room read what the desk asks back, or what answers somebody in danger.
// Staff mark what people may not want others to read; the rest is answered where it was asked.
func TestPrivateTag(t *testing.T) {
	for _, test := range []struct {
		replies knowledge.Audience
		alone   bool
		veiled  bool
	}{
		{"", false, true},
		{knowledge.ToAsker, false, true},
		{knowledge.ToAll, false, false},
		{"", true, false},
	} {
		base := clinic()
		base.Settings.Rooms = map[string]knowledge.Room{"test:hall": {Replies: test.replies}}
		for i := range base.Articles {
			for j := range base.Articles[i].Sections {
				if s := &base.Articles[i].Sections[j]; strings.Contains(strings.ToLower(s.Title), "side effects") {
					s.Tags = []string{privateTag}
				}
			}
		}
		h := hall{newChat(t, open(t, base, Config{})), nil}
		m := Message{Room: "test:hall", From: "test:ann", Text: effects, Addressed: Mention, Private: test.alone, At: h.now}
		r := h.chat.desk.Answer(context.Background(), m)
		if r.Veiled != test.veiled || r.Outcome != Answered {
			t.Errorf("replies %q, alone %t: veiled is %t with outcome %q, want %t", test.replies, test.alone, r.Veiled, r.Outcome, test.veiled)
		}
		if r.Veiled && (r.Title != "" || strings.Contains(r.Text, "side effects")) {
			t.Errorf("replies %q: the room reads %q", test.replies, r.Title+r.Text)
		}
		m.Text = cost
		if r := h.chat.desk.Answer(context.Background(), m); test.replies == "" && r.Veiled {
			t.Errorf("a section without the tag is veiled: %q", r.Text)
		}
	}
}

func TestVeilHidesHeadings(t *testing.T) {
	h := openHall(t, knowledge.Room{Replies: knowledge.ToAsker}, knowledge.Limits{})
	h.desk.config.Policy = never
	asked := h.hear("test:ann", Mention, "opening hours")
	if !asked.Veiled || asked.Outcome != Unsure || len(asked.Choices) != 1 || asked.Choices[0].Press.Verb != Pick || asked.Handoff.IsZero() {
		t.Fatalf("Answer(opening hours) = %+v, want one button that asks back", asked)
	}
	m := h.message("")
	m.Private = true
	press, err := ParsePress(asked.Choices[0].Press.String())
	if err != nil {
		t.Fatal(err)
	}
	shown := h.desk.Press(context.Background(), m, press)
	if shown.Veiled || shown.Outcome != Unsure || len(shown.Choices) < 2 || !strings.HasSuffix(shown.Choices[0].Label, "branch: Opening hours") {
		t.Errorf("Press(its button) in private = %+v, want the choices", shown)
	}
	m.Room = "test:another" // as on Telegram, where it opens the private chat
	if there := h.desk.Press(context.Background(), m, press); !slices.Equal(there.Choices, shown.Choices) {
		t.Errorf("Press(its button) elsewhere = %+v, want the same choices", there)
	}
	if again := h.press(press); !again.Veiled || again.Choices[0].Press != press {
		t.Errorf("Press(its button) in the room = %+v, want it veiled", again)
	}
	if old := h.press(Press{Pick, "aaaaaaaaaaabbbbbbbbbbb"}); old.Outcome != Unanswered {
		t.Errorf("Press(a button of sections that are gone) = %+v, want that it is old", old)
	}
	h.desk.config.Policy = DefaultPolicy
	for text, outcome := range map[string]Outcome{
		"does ketamine help with suicidal thoughts": Crisis, "hi": Smalltalk, "how do I contact you about the side effects": "", "phone number": HandedOff,
	} {
		r := h.hear("test:ann", Mention, text)
		for _, s := range clinic().Sections() {
			if strings.Contains(r.Title+r.Text, s.Title) || slices.ContainsFunc(r.Choices, func(c Choice) bool { return strings.Contains(c.Label, s.Title) }) {
				t.Errorf("Answer(%q) names %q to the room: %+v", text, s.Title, r)
			}
		}
		if outcome != "" && r.Outcome != outcome {
			t.Errorf("Answer(%q) = %q, want %q", text, r.Outcome, outcome)
		}
	}
}

// A room of many is told nothing of what somebody asked, beyond what they wrote themselves.
func TestNoEchoInPublic(t *testing.T) {
	for _, policy := range []Policy{DefaultPolicy, never} {
		d := open(t, clinic(), Config{Policy: policy})
		for _, text := range []string{
			"does my rash qxz7 come from the syphilis medicine", "opening hours qxz7", "my brother Tom qxz7 drinks too much", "¿hay aparcamiento qxz7?",
			"can I talk to someone about my qxz7", "qxz7", "I want to kill myself qxz7",
		} {
			r := d.Answer(context.Background(), Message{Room: "test:public", From: "test:ann", Text: text, Addressed: Mention})
			said := []string{r.Title, r.Text, r.Note, r.Source.Article}
			for _, c := range slices.Concat(r.Choices, r.Related, r.Feedback) {
				said = append(said, c.Label)
			}
			if strings.Contains(strings.Join(said, "\n"), "qxz7") {
				t.Errorf("Answer(%q) repeats it: %q", text, said)
			}
		}
	}
}

func TestRelatedAndFeedback(t *testing.T) {
	c := newChat(t, open(t, clinic(), Config{}))
	r := c.say(effects, Answered, "What are the side effects?")
	var labels []string
	for _, choice := range append(r.Related, r.Feedback...) {
		labels = append(labels, string(choice.Press.Verb)+" "+choice.Label)
	}
	want := []string{"s What are the benefits?", "s What happens during a session?", "y 👍", "n 👎"}
	if !slices.Equal(labels, want) {
		t.Errorf("Answer(%q) has %q, want %q", effects, labels, want)
	}
	if got := c.press(r.Feedback[1].Press); got.Section != r.Section || got.Handoff.IsZero() {
		t.Errorf("Press(👎) = %+v, want the section and a way to a person", got)
	}
	first := c.press(Press{Show, clinic().Articles[2].Sections[0].ID.Key()})
	if len(first.Related) != 0 || len(first.Feedback) != 2 {
		t.Errorf("the only section of its article has related %v and feedback %v, want none and two", first.Related, first.Feedback)
	}
	for _, text := range []string{"hi", "xyzzy", danger, "can I talk to someone?"} {
		if r := newChat(t, c.desk).desk.Answer(context.Background(), Message{Text: text}); len(r.Feedback)+len(r.Related) != 0 {
			t.Errorf("Answer(%q) asks for feedback %v or has related %v", text, r.Feedback, r.Related)
		}
	}
}

func TestPrivacyAndForget(t *testing.T) {
	d := open(t, clinic(), Config{})
	c := newChat(t, d)
	if r := d.Privacy(c.message("")); !strings.Contains(r.Text, "15 minutes") || !strings.Contains(r.Text, "7 days") || strings.Contains(r.Text, "{") {
		t.Errorf("Privacy = %q, want how long what is remembered", r.Text)
	}
	c.say(effects, Answered, "What are the side effects?")
	bob := c.message(effects)
	bob.From = "test:bob"
	d.Answer(context.Background(), bob)
	if r := d.Forget(c.message("")); r.Outcome != Smalltalk || r.Text == "" {
		t.Errorf("Forget = %+v, want a word that it is done", r)
	}
	if _, there := d.memory.at[place{c.room, "test:ann"}]; there || len(d.memory.at) != 1 {
		t.Errorf("after Forget %d places are remembered, want the other person's alone", len(d.memory.at))
	}
	m := c.message("")
	m.Lang = "es"
	if r := d.Privacy(m); !strings.Contains(r.Text, "15 minutos") || r.Lang != "es" {
		t.Errorf("Privacy in Spanish = %q", r.Text)
	}
}

func TestListens(t *testing.T) {
	for _, test := range []struct {
		room knowledge.Room
		want bool
	}{
		{knowledge.Room{}, false},
		{knowledge.Room{Answer: knowledge.ModeAuto}, true},
		{knowledge.Room{Answer: knowledge.ModeMention, Quiet: minutes(5)}, true},
		{knowledge.Room{Answer: knowledge.ModeOff, Quiet: minutes(5)}, false},
	} {
		h := openHall(t, test.room, knowledge.Limits{})
		if got := h.desk.Listens(Message{Room: h.room}); got != test.want {
			t.Errorf("Listens in %+v = %v, want %v", test.room, got, test.want)
		}
	}
}

func TestSceneIsBounded(t *testing.T) {
	s := newScene(3)
	now := time.Now()
	for i := range 100 {
		s.shown("test:1", knowledge.Key(strconv.Itoa(i)), now)
		s.staffSpoke(RoomID("test:x"+strconv.Itoa(i%2)), now)
	}
	if n := len(s.rooms.get("test:1").sections); n != maxShown {
		t.Errorf("a room remembers %d sections, want %d", n, maxShown)
	}
	s.staffSpoke("test:y", now)
	if n := len(s.rooms.at); n != 3 {
		t.Errorf("%d rooms are remembered, want 3", n)
	}
	if staff, shown := s.since("test:y", "a", now.Add(-time.Minute)); staff != 0 || shown != -1 {
		t.Errorf("since with a clock that went back = %v, %v, want 0 and never", staff, shown)
	}
}
