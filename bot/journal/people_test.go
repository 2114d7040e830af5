package journal

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
)

const day = 24 * time.Hour

func TestWordsAreHiddenUntilThreePeopleAskAlike(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		d.ask("can I bring my dog?", "ann")
		d.ask("may I bring a dog", "bob", "bob", "bob", "ann")
		if misses, hidden := d.misses(); len(misses) != 0 || hidden.Times != 5 || hidden.Reasons[NoMatch] != 5 {
			d.Errorf("Misses of two people = %+v, %+v, want 5 hidden ones", misses, hidden)
		}
		if recent, err := d.Recent(d.Context(), 10); len(recent) != 0 || err != nil {
			d.Errorf("Recent of two people = %+v, %v, want none", recent, err)
		}
		d.ask("CAN I BRING DOGS", "cem")
		misses, hidden := d.misses()
		if len(misses) != 1 || misses[0].People != 3 || misses[0].Times != 6 || hidden.Times != 0 {
			d.Errorf("Misses of three people = %+v, %+v, want one of 3 people, 6 times", misses, hidden)
		}
		if recent, err := d.Recent(d.Context(), 10); len(recent) != 1 || recent[0].Text != "may I bring a dog" || recent[0].People != 3 || err != nil {
			d.Errorf("Recent of three people = %+v, %v, want the wording that most used", recent, err)
		}
	})
}

// The names of people change every day, but one who asks on many days must not pass for many.
func TestOnePersonOnManyDaysIsOne(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		for range 5 {
			d.ask("can I bring my dog", "ann")
			d.ask("may I bring the dog", "bob")
			d.clock.now = d.clock.now.Add(day)
		}
		misses, hidden := d.misses()
		if len(misses) != 0 || hidden.Times != 10 {
			d.Errorf("Misses = %+v, %+v, want 10 hidden ones", misses, hidden)
		}
		names := map[string]bool{}
		for line := range strings.Lines(d.dump()) {
			if _, rest, ok := strings.Cut(line, " person="); ok {
				names[strings.Fields(rest)[0]] = true
			}
		}
		if len(names) != 10 {
			d.Errorf("%d names for 2 people on 5 days, want 10", len(names))
		}
		d.ask("can I bring my dog", "cem")
		if misses, _ := d.misses(); len(misses) != 1 || misses[0].People != 3 {
			d.Errorf("Misses = %+v, want one of 3 people", misses)
		}
	})
}

func TestStaffRoomsAreShown(t *testing.T) {
	onBoth(t, Config{Rooms: map[bot.RoomID]Privacy{"telegram:staff": Full}}, func(d *desk) {
		e := d.asked("ann", "can I bring my dog Rex")
		e.Room = "telegram:staff" // though the reply is for one person's eyes
		d.Record(e)
		if err := d.Sweep(d.Context()); err != nil {
			d.Fatal(err)
		}
		d.ask("can I bring my dog Fido", "bob")
		misses, hidden := d.misses()
		if len(misses) != 1 || misses[0].Text != "can I bring my dog Rex" || len(misses[0].Others) != 0 || hidden.Times != 1 {
			d.Errorf("Misses = %+v, %+v, want only the words of the staff's room", misses, hidden)
		}
	})
}

func TestForget(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		for range 3 {
			d.ask("unmistakable words", "ann")
			d.ask("can I bring my dog", "bob")
			d.clock.now = d.clock.now.Add(day)
		}
		d.flush()
		d.ask("unmistakable words that wait", "ann")
		n, err := d.Forget(d.Context(), "telegram:ann")
		if n != 4 || err != nil {
			d.Errorf("Forget = %d, %v, want 4 rows of three days and of the buffer", n, err)
		}
		if got := d.dump(); strings.Contains(got, "unmistakable") || strings.Count(got, "journal_exchanges") != 3 {
			d.Errorf("after Forget there is %q, want the 3 rows of another", got)
		}
		for _, nobody := range []bot.PersonID{"telegram:ann", "telegram:dot", ""} {
			if n, err := d.Forget(d.Context(), nobody); n != 0 || err != nil {
				d.Errorf("Forget(%q) = %d, %v, want none", nobody, n, err)
			}
		}
	})
}

// What is forgotten is not left in unused parts of the file.
func TestForgottenWordsAreInNoFile(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "journal.db"), Config{})
	d.ask("unmistakable words", "ann")
	d.flush()
	if !d.fileHas("unmistakable") {
		t.Fatal("the words are in no file before they are forgotten: the test looks in the wrong place")
	}
	if _, err := d.Forget(t.Context(), "telegram:ann"); err != nil {
		t.Fatal(err)
	}
	if d.fileHas("unmistakable") {
		t.Error("the words are still in a file after Forget")
	}
	info, err := os.Stat(d.where)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("journal's file = %v, %v, want mode 0600", info.Mode(), err)
	}
}

func (d *desk) fileHas(text string) bool {
	d.Helper()
	files, _ := filepath.Glob(filepath.Dir(d.where) + "/*")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			d.Fatal(err)
		}
		if strings.Contains(string(data), text) {
			return true
		}
	}
	return false
}

func TestRetention(t *testing.T) {
	onBoth(t, Config{Retention: 10 * day}, func(d *desk) {
		crisis := d.asked("ann", "")
		crisis.Outcome = bot.Crisis
		d.Record(crisis)
		d.ask("can I bring my dog", "ann", "bob", "cem")
		d.clock.now = noon.Add(9 * day)
		d.ask("where can I park", "ann", "bob", "cem")
		for _, after := range []struct {
			days          time.Duration
			misses, lines int // exchanges, crises and salts
		}{{9 * day, 2, 9}, {11 * day, 1, 4}, {20 * day, 0, 0}} {
			d.clock.now = noon.Add(after.days + time.Minute)
			if misses, _ := d.misses(); len(misses) != after.misses {
				d.Errorf("after %v Misses = %+v, want %d even before a sweep", after.days, misses, after.misses)
			}
			if n, err := d.Numbers(d.Context(), Period{}); err != nil || n.Total.Questions != 3*after.misses {
				d.Errorf("after %v Numbers = %+v, %v, want %d questions", after.days, n.Total, err, 3*after.misses)
			}
			if err := d.Sweep(d.Context()); err != nil {
				d.Fatal(err)
			}
			if got := strings.Count(d.dump(), "\n"); got != after.lines {
				d.Errorf("after %v there are %d rows, want %d: %s", after.days, got, after.lines, d.dump())
			}
		}
	})
}

func TestStricterSettingTakesTextOut(t *testing.T) {
	onBoth(t, Config{Privacy: Full}, func(d *desk) {
		d.ask("unmistakable words", "ann", "bob", "cem")
		d.open(Config{Privacy: Clustered})
		d.ask("can I bring my dog", "ann", "bob", "cem")
		if err := d.Sweep(d.Context()); err != nil {
			d.Fatal(err)
		}
		if got := d.dump(); strings.Contains(got, "unmistakable") || !strings.Contains(got, "dog") {
			d.Errorf("kept %q, want the text as written taken out and the scrubbed one kept", got)
		}
		d.open(Config{Privacy: Counts})
		if err := d.Sweep(d.Context()); err != nil {
			d.Fatal(err)
		}
		if got := d.dump(); strings.Contains(got, "dog") || strings.Count(got, "journal_exchanges") != 6 {
			d.Errorf("kept %q, want 6 rows without text", got)
		}
		if misses, hidden := d.misses(); len(misses) != 0 || hidden.Times != 6 {
			d.Errorf("Misses = %+v, %+v, want 6 that are only counted", misses, hidden)
		}
	})
}

// The token is taken as by a write that hangs: nothing but the context ends the wait.
func TestForgetGivesUpWithItsContext(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "j.db"), Config{})
	free, err := d.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer free()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Forget(ctx, "telegram:ann"); err == nil {
		t.Error("Forget during a write that hangs = nil error, want one")
	}
}
