package teach

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge/edit"
)

func TestAPhrasingFromAMiss(t *testing.T) {
	o := newOffice(t, nil)
	const question = "somewhere to leave the automobile"
	if r := o.asks(question, three...); r.Outcome == bot.Answered {
		t.Fatalf("%q is answered already: %+v", question, r)
	}
	miss := o.says("/misses")
	o.has("the miss", miss.Text, question, "Asked 3×, by 3 people at least", "2026-11-23")
	if got := labels(miss); !slices.Contains(got, "New answer") || !slices.Contains(got, "Out of scope") {
		t.Fatalf("the buttons are %q", got)
	}
	if !slices.Contains(labels(miss), "Where can I park?") {
		miss = o.says("/teach " + question + " to park") // whatever the index thinks is near
	}
	r := o.presses(miss, "Where can I park?", "")
	o.has("the change", r.Text, "**Live.**", "another way to ask", "I now answer it with “Where can I park", "No other answer changes")
	o.has("the file", o.file("visits.md"), "<!-- also: "+question)
	entries, err := o.book.Audit(0)
	if err != nil || len(entries) != 1 || entries[0].Author != "telegram:77" || entries[0].File != "visits.md" {
		t.Errorf("Audit = %+v, %v", entries, err)
	}
	if v := o.publisher.Status().Serving; v.Author != "telegram:77" {
		t.Errorf("the version is by %q", v.Author)
	}
	if r := o.says("/misses"); !strings.Contains(r.Text, "Nothing waits") {
		t.Errorf("the miss is still there: %s", r.Text)
	}
	o.has("the same again", o.presses(miss, "Where can I park?", "").Text, "says so already")
}

// TestManyMisses has more misses than the teacher remembers: the buttons of the first are good, and so are those that
// were shown before a restart.
func TestManyMisses(t *testing.T) {
	o := newOffice(t, nil)
	random := rand.New(rand.NewPCG(1, 1))
	for range 600 {
		var letters []byte
		for range 30 {
			letters = append(letters, 'a'+byte(random.IntN(26)))
		}
		for _, who := range three {
			o.journal.Record(bot.Exchange{At: o.clock.now(), Room: bot.RoomID(who), From: bot.PersonID(who), Private: true, Text: string(letters), Outcome: bot.Unanswered, Lang: "en"})
		}
	}
	if err := o.journal.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if all, _, err := o.teacher.misses(t.Context()); err != nil || len(all) <= 500 {
		t.Fatalf("there are %d misses, %v; want more than are remembered", len(all), err)
	}
	first := o.says("/misses")
	next := o.presses(first, "Next", "")
	o.has("a button", o.presses(first, "Out of scope", "").Text, "**Live.**")
	o.teacher.asked = newShelf[question](500) // as after a restart
	o.has("a button after a restart", o.presses(next, "Out of scope", "").Text, "**Live.**")
}

// TestAnotherSection picks a section that is not among the nearest ones, by words of its heading.
func TestAnotherSection(t *testing.T) {
	o := newOffice(t, nil)
	const question = "do you validate tickets for helicopters"
	o.asks(question, three...)
	miss := o.says("/misses")
	r := o.presses(miss, "Another section", "PARK where")
	o.has("the sections", r.Text, question, "Which section answers it?")
	r = o.presses(r, "Where can I park?", "")
	o.has("the change", r.Text, "**Live.**", "another way to ask", "I now answer it with “Where can I park")
	o.has("the file", o.file("visits.md"), "<!-- also: "+question)
	r = o.presses(o.says("/teach may my parrot come along"), "Another section", "zzyzx qwxv")
	o.has("no section", r.Text, "There is no section about “zzyzx qwxv”", "Write an answer")
	if got := labels(r); !slices.Contains(got, "Another section") || !slices.Contains(got, "New answer") {
		t.Errorf("the buttons are %q", got)
	}
}

func TestANewAnswer(t *testing.T) {
	o := newOffice(t, nil)
	const question = "do you validate tickets for helicopters"
	o.asks(question, three...)
	r := o.presses(o.says("/misses"), "New answer", "Yes, at the **front desk**.\n\n# No heading of its own\n\nFor two hours.")
	o.has("the change", r.Text, "**Live.**", "has an answer, in answers.md", "I now answer it with “Do you validate tickets for helicopters?”")
	o.has("the file", o.file("answers.md"), "## Do you validate tickets for helicopters?", "telegram:77 on 2026-11-23", "**No heading of its own**")
	if r := o.asks(question, "telegram:9"); r.Outcome != bot.Answered || !strings.Contains(r.Text, "front desk") {
		t.Errorf("the answer is %+v", r)
	}
	r = o.presses(o.says("/teach may my parrot come along"), "New answer", "## Parrots\n\nOnly quiet ones.")
	o.has("the second", r.Text, "**Live.**")
	o.has("the file", o.file("answers.md"), "## Parrots\n\n<!-- also: may my parrot come along -->\n\n<!-- written by telegram:77 on 2026-11-23 -->\n\nOnly quiet ones.")
}

func TestOutOfScope(t *testing.T) {
	o := newOffice(t, nil)
	o.asks("who won the football game", three...)
	r := o.presses(o.says("/misses"), "Out of scope", "")
	o.has("the change", r.Text, "**Live.**", "out of scope")
	o.has("the file", o.file("questions.tsv"), "who won the football game\tNONE\ten\n")
	o.has("the list", o.says("/misses").Text, "Nothing waits")
}

func TestTheGateHoldsBack(t *testing.T) {
	o := newOffice(t, nil)
	before := o.file("questions.tsv")
	r := o.presses(o.says("/teach Where is it that I can park my car?"), "Out of scope", "") // it is answered, so the row breaks at once
	o.has("the report", r.Text, "Held back", "Where is it that I can park my car", "should get NONE, and gets “Where can I park")
	if got := o.file("questions.tsv"); got != before {
		t.Fatalf("the file was written: %q", got)
	}
	o.write("visits.md", strings.Replace(visits, "behind", "beside", 1)) // meanwhile
	r = o.presses(r, "Publish all the same", "we moved")
	o.has("the files have changed", r.Text, "Held back", "Where is it that I can park my car")
	r = o.presses(r, "Publish all the same", "we moved")
	o.has("the override", r.Text, "**Live.**")
	o.has("the file", o.file("questions.tsv"), "Where is it that I can park my car?\tNONE")
	if v := o.publisher.Status().Serving; v.Author != "telegram:77" || v.Reason != "we moved" || !v.Forced {
		t.Errorf("the version is %+v", v)
	}
}

func TestErrorsElsewhere(t *testing.T) {
	o := newOffice(t, nil)
	if err := os.WriteFile(filepath.Join(o.dir, "broken.md"), []byte("---\ntitle: [\n---\nx\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := o.presses(o.says("/teach may my parrot come along"), "New answer", "Only quiet ones.")
	o.has("the reply", r.Text, "Nothing was changed", "broken.md:2")
	if _, err := os.Stat(filepath.Join(o.dir, "answers.md")); err == nil {
		t.Error("the answer was written")
	}
}

func TestMissesOneAfterTheOther(t *testing.T) {
	o := newOffice(t, nil)
	o.has("nothing", o.says("/misses").Text, "Nothing waits")
	o.asks("do you sell bicycles", three...)
	o.asks("who won the football game", append(three, "telegram:4")...)
	o.asks("something that one person asked", "telegram:1")
	first := o.says("/misses")
	o.has("the first", first.Text, "who won the football game")
	o.has("what is only counted", first.Note, "only counted: 1")
	second := o.presses(first, "Next", "")
	o.has("the second", second.Text, "do you sell bicycles")
	o.has("once round", o.presses(second, "Next", "").Text, "who won the football game")
	o.presses(first, "Out of scope", "")
	o.has("what is left", o.says("/misses").Text, "do you sell bicycles")
	for _, c := range slices.Concat(first.Choices, second.Choices) {
		if n := len(c.Press.String()); n > 64 {
			t.Errorf("the button %q has %d bytes", c.Label, n)
		}
	}
}

// TestButtonsAfterARestart presses a button that an earlier run of the program made.
func TestButtonsAfterARestart(t *testing.T) {
	o := newOffice(t, nil)
	o.asks("do you sell bicycles", three...)
	miss, own := o.says("/misses"), o.says("/teach may my parrot come along")
	o.teacher.asked = newShelf[question](500)
	o.has("of a miss", o.presses(miss, "New answer", "No.").Text, "**Live.**")
	o.has("of /teach", o.presses(own, "New answer", "").Text, "do not know any more")
	if r, ok := o.teacher.Press(t.Context(), o.zoe(""), bot.Press{Verb: bot.Staff, Key: "z.1"}); ok {
		t.Errorf("a button of nobody's: %+v", r)
	}
}

func TestWhy(t *testing.T) {
	o := newOffice(t, nil)
	r := o.says("/why where do I put my car when I park")
	o.has("with words", r.Text, "Why: “where do I put my car when I park”", "Decision: ", "Read as (en)", "1. **Where can I park", "visits.md:3", "finds no danger: likeness to")
	group := bot.Message{Room: "telegram:-7", From: "telegram:5", Text: "how much does a session cost", Addressed: bot.Command, At: o.clock.now()}
	shown := o.desk.Answer(t.Context(), group)
	o.run()
	ask := o.zoe("/why")
	asks := func() string { // in everybody's group, so that the reply comes in private
		o.has("in the group", o.desk.Answer(t.Context(), ask).Text, "sent it to you in private")
		return o.mail.take(t, 1)[0].reply.Text
	}
	ask.Room, ask.QuotedOwn, ask.Quoted = group.Room, true, shown.Title+"\n\n"+shown.Text
	o.has("an answer", asks(), "Why: “how much does a session cost”", "Decision: answered", "in the title")
	ask.QuotedOwn, ask.Quoted = false, "may I bring my dog"
	o.has("a question", asks(), "Why: “may I bring my dog”", "May I bring my dog")
	ask.Quoted = "i want to end it all"
	o.has("a cry for help", asks(), "finds danger: rule", "helplines")
	ask.Quoted = "may I bring my dog"
	o.clock.add(latelyTime - time.Second) // and not yet the hour of the digest
	o.has("a question", asks(), "Why: “may I bring my dog”")
	o.clock.add(2 * time.Second)
	ask.QuotedOwn, ask.Quoted = true, shown.Title
	if err := o.journal.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.has("later", asks(), "do not know any more", "for a quarter of an hour", "“"+shown.Title+"”, the journal keeps no words", "2026-11-23", "sure")
	ask.Quoted = "something else"
	if got := asks(); !strings.Contains(got, "do not know any more") || strings.Contains(got, "keeps no words") {
		t.Errorf("of a reply that nothing is kept of: %q", got)
	}
	o.has("nothing", o.says("/why").Text, "Reply to one of my answers")
}

// TestWhyInClosedRoom asks for a reply that memory has lost, in a room where the journal keeps questions as written.
func TestWhyInClosedRoom(t *testing.T) {
	o := newOffice(t, map[string]string{"desk.yaml": deskYAML + "rooms:\n  telegram:-9: {privacy: full}\n"})
	asked := bot.Message{Room: "telegram:-9", From: "telegram:5", Text: "how much does a session cost", Addressed: bot.Command, At: o.clock.now()}
	shown := o.desk.Answer(t.Context(), asked)
	if err := o.journal.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.teacher.lately = newLately(o.clock.now) // as after a restart
	o.run()
	why := o.zoe("/why")
	why.Room, why.QuotedOwn, why.Quoted = asked.Room, true, shown.Title
	o.desk.Answer(t.Context(), why)
	o.has("an answer", o.mail.take(t, 1)[0].reply.Text, "Why: “how much does a session cost”", "Decision: answered")
}

func TestConsoleLink(t *testing.T) {
	o := newOffice(t, nil)
	private := o.zoe("/console")
	private.Room, private.Private = "telegram:77", true
	o.has("in private", o.desk.Answer(t.Context(), private).Text, "https://desk.example/door/telegram:77")
	o.has("nobody posts", o.says("/console").Text, "could not write to you")
	o.run()
	o.has("in a room", o.says("/console").Text, "sent it to you in private")
	if got := o.mail.take(t, 1)[0]; got.to != "telegram:77" || !strings.Contains(got.reply.Text, "https://desk.example/door/telegram:77") {
		t.Errorf("the link went to %+v", got)
	}
	stranger := o.zoe("/console")
	stranger.From = "telegram:5"
	if r := o.desk.Answer(t.Context(), stranger); strings.Contains(r.Text, "door") {
		t.Errorf("a stranger got %q", r.Text)
	}
}

func TestSpanish(t *testing.T) {
	o := newOffice(t, nil)
	m := o.zoe("/teach ¿puedo llevar a mi loro?")
	m.Lang = "es-MX"
	r := o.desk.Answer(t.Context(), m)
	if r.Lang != "es" || !slices.Contains(labels(r), "Respuesta nueva") {
		t.Errorf("the reply is %+v", r)
	}
	o.presses(r, "Respuesta nueva", "Solo si no grita.")
	o.has("the file", o.file("respuestas.md"), "title: \"Más respuestas\"\nlang: \"es\"\n", "## ¿Puedo llevar a mi loro?\n\nSolo si no grita.\n")
}

// TestSorry says why a change was not made, in words that help.
func TestSorry(t *testing.T) {
	o := newOffice(t, nil)
	for _, test := range []struct {
		err  error
		want string
	}{
		{&edit.ConflictError{File: "a.md"}, "Somebody else has just changed the same lines"},
		{fmt.Errorf("add: %w", &edit.RefusedError{Text: "the text is empty"}), "Nothing was changed: the text is empty"},
		{fmt.Errorf("x: %w", edit.ErrGone), "not in the files any more"},
		{fmt.Errorf("open a.md: %w", fs.ErrPermission), "Nothing can be changed from here"},
		{errors.New("the disk is full"), "went wrong on my side"},
	} {
		if r := o.teacher.sorry(wordsFor("en"), test.err); !strings.Contains(r.Text, test.want) {
			t.Errorf("sorry(%v) = %q, want %q", test.err, r.Text, test.want)
		}
	}
	r := o.presses(o.says("/teach may my parrot come along"), "New answer", "\x00 \n")
	o.has("no text", r.Text, "Nothing was changed", "the text is empty")
}

func TestTitles(t *testing.T) {
	for _, test := range []struct{ text, title, body string }{
		{"Yes.", "", "Yes."},
		{"# How to get here\n\nBy bus.", "How to get here", "\n\nBy bus."},
		{"## Closed ##\r\nBy bus.", "Closed", "By bus."},
		{"#5 is the line to take.\nIt stops here.", "", "#5 is the line to take.\nIt stops here."},
		{"# A heading alone", "", "# A heading alone"},
		{"####### Seven\nx", "", "####### Seven\nx"},
		{"", "", ""},
	} {
		if title, body := titled(test.text); title != test.title || strings.TrimSpace(body) != strings.TrimSpace(test.body) {
			t.Errorf("titled(%q) = %q, %q, want %q, %q", test.text, title, body, test.title, test.body)
		}
	}
	for _, test := range []struct {
		q    question
		want string
	}{
		{question{"do you sell bikes", "en"}, "Do you sell bikes?"}, {question{"Do you sell bikes??", "en"}, "Do you sell bikes?"},
		{question{"¿hay aparcamiento?", "es"}, "¿Hay aparcamiento?"}, {question{"my name is [name], do I park", ""}, "My name is, do I park?"},
		{question{"éclairs", "fr"}, "Éclairs?"}, {question{"?", "en"}, "?"}, {question{"¿", "es"}, "¿"},
	} {
		if got := asTitle(test.q); got != test.want {
			t.Errorf("asTitle(%q) = %q, want %q", test.q.text, got, test.want)
		}
	}
}
