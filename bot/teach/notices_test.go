package teach

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/publish"
)

func (o *office) write(name, text string) {
	o.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o644); err != nil {
		o.Fatal(err)
	}
}

func TestDigest(t *testing.T) {
	o := newOffice(t, map[string]string{"old.md": "---\nreview_by: 2026-01-31\n---\n# Old\n\n## Who is who? {#who}\n\nAsk us.\n"})
	o.asks("do you sell bicycles", three...)
	o.asks("who won the football game", append(three, "telegram:4")...)
	o.clock.add(2 * time.Hour) // it is ten
	stop := o.run()
	got := o.mail.take(t, 8) // to each of two rooms: what it is, two misses, and a review
	stop()
	rooms := map[string][]bot.Reply{}
	for _, l := range got {
		rooms[l.to] = append(rooms[l.to], l.reply)
	}
	for _, room := range []string{"telegram:-100", "discord:82"} {
		all := rooms[room]
		if len(all) != 4 {
			t.Fatalf("%s got %+v", room, all)
		}
		o.has(room, all[0].Text, "Questions without an answer", "2")
		o.has(room, all[1].Text, "football")
		o.has(room, all[2].Text, "bicycles")
		o.has(room, all[3].Text, "Due for a review", "Who is who", "old.md:6", "2026-01-31", "right on the staff page: /console")
	}
	o.has("a button of it", o.presses(rooms["discord:82"][2], "New answer", "No.").Text, "**Live.**")

	restarted, err := Open(o.teacher.config, o.teacher.log)
	if err != nil {
		t.Fatal(err)
	}
	o.teacher = restarted
	o.run()
	o.asks("can I pay with shells", three...)
	o.clock.add(24 * time.Hour)
	for _, l := range o.mail.take(t, 4) { // the new one only, and no review again
		if !strings.Contains(l.reply.Text, "shells") && !strings.Contains(l.reply.Text, "(new ones: 1)") {
			t.Errorf("%s got %q", l.to, l.reply.Text)
		}
	}
}

// TestDigestNobodyGot is posted again on the next day.
func TestDigestNobodyGot(t *testing.T) {
	o := newOffice(t, map[string]string{"desk.yaml": strings.Replace(deskYAML, ", 'discord:82'", "", 1)})
	o.mail.refuse = "telegram:-100"
	o.asks("do you sell bicycles", three...)
	o.clock.add(2 * time.Hour) // it is ten
	o.run()
	o.until("the day is noted", func() bool {
		_, err := os.Stat(filepath.Join(o.data, "teach.json"))
		return err == nil
	})
	o.mail.mu.Lock()
	o.mail.refuse = ""
	o.mail.mu.Unlock()
	o.clock.add(24 * time.Hour)
	got := o.mail.take(t, 2)
	o.has("the next digest", got[0].reply.Text, "(new ones: 1)")
	o.has("the miss", got[1].reply.Text, "bicycles")
}

// TestDigestByTheDesksClock posts what is overdue once it is the hour at the desk, by the day that it is there.
func TestDigestByTheDesksClock(t *testing.T) {
	o := newOffice(t, map[string]string{
		"desk.yaml": strings.Replace(deskYAML, "UTC", "America/Los_Angeles", 1),
		"new.csv": "id,question,answer,review_by,expires_at\nlate,Who was late?,Ann.,2026-11-22,2026-11-24\n" +
			"today,Who is due?,Bob.,2026-11-23,\ngone,Who left?,Cy.,2026-11-20,2026-11-23\n",
	})
	o.teacher.posters.Store(&map[string]Poster{"telegram": o.mail, "discord": o.mail})
	o.teacher.config.Hour = 17 // when it is the next day in UTC
	o.clock.add(16*time.Hour + 59*time.Minute)
	o.teacher.due(t.Context())
	if len(o.mail.got) != 0 {
		t.Fatalf("at a minute to five staff got %+v", o.mail.got)
	}
	o.clock.add(time.Minute)
	o.teacher.due(t.Context())
	o.teacher.due(t.Context())
	if len(o.mail.got) != 2 {
		t.Fatalf("the two rooms got %+v, want the review once each", o.mail.got)
	}
	review := o.mail.got[0].reply.Text
	o.has("the review", review, "Due for a review", "Who was late?")
	if strings.Contains(review, "Who is due?") || strings.Contains(review, "Who left?") {
		t.Errorf("the review has what is due today, or has expired: %q", review)
	}
}

func TestNoDigestOfNothing(t *testing.T) {
	o := newOffice(t, nil)
	o.clock.add(2 * time.Hour)
	stop := o.run()
	o.until("the day is noted", func() bool {
		_, err := os.Stat(filepath.Join(o.data, "teach.json"))
		return err == nil
	})
	stop()
	if len(o.mail.got) != 0 {
		t.Errorf("staff got %+v", o.mail.got)
	}
}

func TestNotices(t *testing.T) {
	o := newOffice(t, nil)
	o.run()
	save := func(name, text string) []letter {
		o.write(name, text)
		o.publisher.Saved(t.Context(), "ann", "")
		got := o.mail.take(t, 2)
		if got[0].to == got[1].to {
			t.Errorf("both went to %s", got[0].to)
		}
		return got
	}
	o.has("live", save("visits.md", strings.Replace(visits, "behind", "beside", 1))[0].reply.Text, "New knowledge is live", "by ann", "visits.md changed")
	o.has("an error", save("broken.md", "---\ntitle: [\n---\nx\n")[0].reply.Text, "not live", "broken.md:2")
	if err := os.Remove(filepath.Join(o.dir, "broken.md")); err != nil {
		t.Fatal(err)
	}
	before := o.publisher.Status().Serving
	held := save("visits.md", strings.Replace(visits, "## Where can I park? {#parking}\n\nPark behind the house, it is free.\n", "", 1))[1].reply
	o.has("held back", held.Text, "held back", "Where can I park?", "no answer")
	r := o.presses(held, "Publish all the same", "no cars any more")
	o.has("the override", r.Text, "**Live.**")
	if got := o.mail.take(t, 1)[0]; got.to != "discord:82" { // the other room pressed the button
		t.Errorf("the room that published was told: %+v", got)
	}
	o.has("an old button", o.presses(held, "Publish all the same", "again").Text, "nothing was published")
	if _, err := o.publisher.Rollback(t.Context(), before.ID, "ann"); err != nil {
		t.Fatal(err)
	}
	o.has("back", o.mail.take(t, 2)[0].reply.Text, "answers again", "by ann")
}

// TestStartsWithAnError has staff told of an error that was in the files before the program started.
func TestStartsWithAnError(t *testing.T) {
	o := newOffice(t, map[string]string{"broken.md": "---\ntitle: [\n---\nx\n"})
	stop := o.run()
	for _, l := range o.mail.take(t, 2) {
		o.has(l.to, l.reply.Text, "not live", "broken.md:2")
	}
	stop()
	if len(o.mail.got) > 0 {
		t.Errorf("staff were told again: %+v", o.mail.got)
	}
}

// TestTooMuchToTell lets more happen than is remembered, while nobody runs.
func TestTooMuchToTell(t *testing.T) {
	o := newOffice(t, nil)
	for range 2 * maxEvents {
		o.teacher.Told(publish.Event{Kind: publish.Refused})
	}
	if n := len(o.teacher.events); n != maxEvents {
		t.Errorf("%d events wait, want %d", n, maxEvents)
	}
}

// wants lets somebody ask in vain, and press the button below.
func (o *office) wants(who bot.PersonID, question string) {
	o.Helper()
	m := bot.Message{Room: bot.RoomID(who), From: who, Text: question, Private: true, Addressed: bot.Direct, Lang: "en", At: o.clock.now()}
	r := o.desk.Answer(context.Background(), m)
	for _, c := range r.Choices {
		if c.Press.Verb == bot.Tell {
			if got := o.desk.Press(context.Background(), m, c.Press); got.Outcome != bot.Smalltalk || strings.Contains(got.Text, "older version") {
				o.Fatalf("the button is answered %+v", got)
			}
			return
		}
	}
	o.Fatalf("%q is answered %+v, want a button to wait", question, r)
}

func TestTellMeWhenYouKnow(t *testing.T) {
	o := newOffice(t, nil)
	const question = "do you validate tickets for helicopters"
	o.wants("telegram:1", question)
	o.wants("discord:3", question)
	o.wants("telegram:2", "do you sell bicycles")
	kept, err := os.ReadFile(filepath.Join(o.data, "waiting.json"))
	if err != nil || strings.Contains(string(kept), "Harbor") || strings.Count(string(kept), `"who"`) != 3 {
		t.Fatalf("kept is %s, %v", kept, err)
	}
	restarted, err := Open(o.teacher.config, o.teacher.log)
	if err != nil {
		t.Fatal(err)
	}
	o.teacher = restarted
	o.desk = bot.New(o.teacher.config.Live, bot.Config{Policy: bot.DefaultPolicy, Staff: o.teacher, Waitlist: o.teacher, Now: o.clock.now}, o.teacher.log)
	o.run()
	o.has("the change", o.presses(o.says("/teach "+question), "New answer", "Yes, at the front desk.").Text, "**Live.**")
	told := map[string]string{}
	for _, l := range o.mail.take(t, 3) { // one of them to the other room of staff's
		told[l.to] = l.reply.Text
	}
	for _, who := range []string{"telegram:1", "discord:3"} {
		o.has(who, told[who], "You asked “"+question+"” on 2026-11-23", "Yes, at the front desk.", "**Do you validate tickets")
	}
	if all := o.teacher.waiting.all(); len(all) != 1 || all[0].Who != "telegram:2" {
		t.Errorf("%+v still wait", all)
	}
	o.desk.Forget(bot.Message{Room: "telegram:2", From: "telegram:2"})
	if kept, err := os.ReadFile(filepath.Join(o.data, "waiting.json")); err != nil || string(kept) != "[]" {
		t.Errorf("after /forget, kept is %s, %v", kept, err)
	}
}

func TestWhoCannotBeTold(t *testing.T) {
	o := newOffice(t, nil)
	o.wants("telegram:1", "do you sell bicycles")
	o.mail.refuse = "telegram:1"
	stop := o.run()
	o.write("more.md", "# More\n\n## Do you sell bicycles?\n\nNo, but we lend some.\n")
	o.publisher.Saved(t.Context(), "", "")
	for range maxTries {
		tries := 0
		o.until("it is tried once more", func() bool {
			all := o.teacher.waiting.all()
			if len(all) == 0 {
				return true
			}
			tries = all[0].Tries
			return tries > 0 && !all[0].Next.Before(o.clock.now().Add(tryPause))
		})
		o.clock.add(tryPause)
	}
	o.until("they are given up", func() bool { return len(o.teacher.waiting.all()) == 0 })
	stop()
}

func TestWaitingHasBounds(t *testing.T) {
	o := newOffice(t, nil)
	ann := bot.Message{Room: "telegram:1", From: "telegram:1"}
	if _, ok := o.teacher.Offer(bot.Message{From: "web:1"}, "who are you"); ok {
		t.Error("somebody who cannot be written to is offered to wait")
	}
	if _, ok := o.teacher.Offer(ann, strings.Repeat("long ", 200)); ok {
		t.Error("a novel may wait")
	}
	key, _ := o.teacher.Offer(ann, "who are you")
	if o.teacher.Join(bot.Message{From: "telegram:2"}, key) {
		t.Error("somebody else joined by the button")
	}
	o.clock.add(offerTime + time.Second)
	if o.teacher.Join(ann, key) {
		t.Error("an old offer was taken")
	}
	if o.teacher.sweep(); len(o.teacher.waiting.offers.known) != 0 {
		t.Error("an old offer is kept")
	}
	joined := 0
	for n := range 2 * maxEach {
		key, ok := o.teacher.Offer(ann, "question "+number(n))
		if ok && o.teacher.Join(ann, key) {
			joined++
		}
	}
	if joined != maxEach || len(o.teacher.waiting.all()) != maxEach {
		t.Errorf("%d joined and %d wait, want %d", joined, len(o.teacher.waiting.all()), maxEach)
	}
	key, _ = o.teacher.Offer(ann, "question 1")
	if !o.teacher.Join(ann, key) || len(o.teacher.waiting.all()) != maxEach {
		t.Error("who waits for that already was not told so")
	}
	o.clock.add(waitTime)
	if left := o.teacher.waiting.all(); len(left) != 0 {
		t.Errorf("after %v there wait %+v", waitTime, left)
	}
}
