package journal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// noon is when the tests begin: far from midnight, when people's names change.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// A clock is set by the test.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

// A desk is a journal with a test around it.
type desk struct {
	*testing.T
	*Journal
	clock *clock
	where string
}

// onBoth runs a test with an empty journal in SQLite, and in PostgreSQL.
func onBoth(t *testing.T, c Config, test func(d *desk)) {
	t.Run("sqlite", func(t *testing.T) { test(newDesk(t, filepath.Join(t.TempDir(), "a journal?.db"), c)) })
	t.Run("postgres", func(t *testing.T) { test(newDesk(t, postgres(t), c)) })
}

func newDesk(t *testing.T, where string, c Config) *desk {
	t.Helper()
	d := &desk{T: t, clock: &clock{noon}, where: where}
	c.Now = d.clock.read
	d.open(c)
	t.Cleanup(func() { d.Journal.Close() })
	return d
}

// open opens the journal, again when it was open before.
func (d *desk) open(c Config) {
	d.Helper()
	if d.Journal != nil {
		if err := d.Close(); err != nil {
			d.Fatal(err)
		}
	}
	c.Now = d.clock.read
	j, err := Open(context.Background(), d.where, c, zap.NewNop())
	if err != nil {
		d.Fatalf("Open(%q): %v", d.where, err)
	}
	d.Journal = j
}

func (d *desk) flush() {
	d.Helper()
	if err := d.Flush(d.Context()); err != nil {
		d.Fatalf("Flush: %v", err)
	}
}

// asked returns the exchange of somebody who asks in a private room; what came of it is unanswered.
func (d *desk) asked(who, text string) bot.Exchange {
	return bot.Exchange{
		At: d.clock.now, Room: bot.RoomID("telegram:" + who), From: bot.PersonID("telegram:" + who), Private: true,
		Text: text, Outcome: bot.Unanswered, Lang: "en", Took: 3 * time.Millisecond, Confidence: .1,
	}
}

// ask records a question that found no answer.
func (d *desk) ask(text string, who ...string) {
	for _, w := range who {
		d.clock.now = d.clock.now.Add(time.Second)
		d.Record(d.asked(w, text))
	}
}

// dump returns all that the tables hold as text.
func (d *desk) dump() string {
	d.Helper()
	d.flush()
	var all strings.Builder
	for _, table := range []string{"journal_exchanges", "journal_crises", "journal_salts", "journal_decisions"} {
		rows, err := d.store.read.Query("SELECT * FROM " + table)
		if err != nil {
			d.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				d.Fatal(err)
			}
			fmt.Fprint(&all, table)
			for i, c := range columns {
				fmt.Fprintf(&all, " %s=%v", c, *values[i].(*any))
			}
			all.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			d.Fatal(err)
		}
	}
	return all.String()
}

func (d *desk) misses() ([]Miss, Hidden) {
	d.Helper()
	d.flush()
	misses, hidden, err := d.Misses(d.Context(), Period{})
	if err != nil {
		d.Fatalf("Misses: %v", err)
	}
	return misses, hidden
}

func TestWhatIsKept(t *testing.T) {
	const text = "my name is Ann Smith, mail ann@example.org or call 512 555 0100, can I bring my dog"
	for _, test := range []struct {
		privacy Privacy
		rooms   map[bot.RoomID]Privacy
		want    string
	}{
		{Counts, nil, ""},
		{Clustered, nil, "my name is [name], mail [e-mail] or call [number], can I bring my dog"},
		{"", nil, "my name is [name], mail [e-mail] or call [number], can I bring my dog"},
		{Full, nil, text},
		{Clustered, map[bot.RoomID]Privacy{"discord:staff": Full}, text},
		{Full, map[bot.RoomID]Privacy{"discord:staff": Counts}, ""},
	} {
		t.Run(string(test.privacy), func(t *testing.T) {
			onBoth(t, Config{Privacy: test.privacy, Rooms: test.rooms}, func(d *desk) {
				e := d.asked("ann", text)
				e.Room, e.Private, e.Section, e.Nearest = "discord:staff", false, "a#b", []knowledge.SectionID{"a#b", "c d#e"}
				d.Record(e)
				got := d.dump()
				for _, want := range []string{" question=" + test.want + " ", " room=discord:staff ", " platform=discord ", " lang=en ", " took=3000 ", " confidence=0.1 ", " section=a#b ", " nearest=a#b\nc d#e ", " outcome=unanswered "} {
					if !strings.Contains(got, want) {
						d.Errorf("with %q kept %q, want %q", test.privacy, got, want)
					}
				}
				if strings.Contains(got, "telegram:ann") {
					d.Errorf("kept who asked: %q", got)
				}
				if strings.Count(got, "journal_exchanges") != 1 {
					d.Errorf("kept %q, want one row", got)
				}
			})
		})
	}
}

func TestPrivateRoomsHaveNoNames(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		d.ask("can I bring my dog", "4711")
		if got := d.dump(); strings.Contains(got, "4711") || !strings.Contains(got, " room=telegram:private ") {
			d.Errorf("kept %q, want no room that names the person", got)
		}
	})
}

func TestCrisesAreOnlyCounted(t *testing.T) {
	onBoth(t, Config{Privacy: Full}, func(d *desk) {
		e := d.asked("ann", "words that must not be kept")
		e.Outcome, e.Section, e.Nearest = bot.Crisis, "a#b", []knowledge.SectionID{"a#b"}
		d.Record(e)
		d.flush()
		var id int64
		if err := d.store.read.QueryRow("SELECT id FROM journal_crises").Scan(&id); err != nil {
			d.Fatal(err)
		}
		if got, want := d.dump(), fmt.Sprintf("journal_crises id=%d day=2026-03-02\n", id); got != want {
			d.Errorf("kept %q, want %q", got, want)
		}
		n, err := d.Numbers(d.Context(), Period{})
		if err != nil || n.Total.Crises != 1 || n.Total.Questions != 0 || len(n.Days) != 1 || n.Days[0].Crises != 1 {
			d.Errorf("Numbers = %+v, %v, want one crisis and nothing else", n, err)
		}
	})
}

// TestHostileBytes records what databases choke on.
func TestHostileBytes(t *testing.T) {
	onBoth(t, Config{Privacy: Full}, func(d *desk) {
		for _, text := range []string{"nul \x00 byte", "not \xff utf-8", strings.Repeat("ä", 10_000), "'; DROP TABLE journal_exchanges; --", "\u202eright to left", "🐕🐕🐕", " \n\t "} {
			e := d.asked(text, text)
			e.Room, e.Lang, e.Section, e.Nearest = bot.RoomID("x:"+text), text, knowledge.SectionID(text), []knowledge.SectionID{knowledge.SectionID(text)}
			e.Confidence, e.Took = -1/zero(), -time.Second
			d.Record(e)
		}
		d.flush()
		if s := d.Stats(); s.Written != 7 || s.Dropped != 0 || s.Waiting != 0 || s.Failing != "" {
			d.Errorf("Stats = %+v, want 7 rows written", s)
		}
	})
}

func zero() float64 { return 0 }

func TestReopen(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		d.ask("can I bring my dog", "ann", "bob", "cem")
		d.open(Config{}) // Close writes what waits; Open finds the tables
		d.ask("can I bring my dog", "dot")
		if misses, _ := d.misses(); len(misses) != 1 || misses[0].People != 4 {
			d.Errorf("Misses = %+v, want the question of 4 people", misses)
		}
	})
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("This is no database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, where string
		config      Config
	}{
		{"folder", dir, Config{}},
		{"no database", text, Config{}},
		{"other database", "mysql://localhost/x", Config{}},
		{"bad address", "postgres://:port:/x", Config{}},
		{"setting", filepath.Join(dir, "1.db"), Config{Privacy: "everything"}},
		{"setting of a room", filepath.Join(dir, "2.db"), Config{Rooms: map[bot.RoomID]Privacy{"x:1": "no"}}},
		{"retention", filepath.Join(dir, "3.db"), Config{Retention: -time.Hour}},
	} {
		if j, err := Open(t.Context(), test.where, test.config, zap.NewNop()); err == nil {
			j.Close()
			t.Errorf("%s: Open(%q) = nil error, want one", test.name, test.where)
		}
	}
}

func TestNewerTables(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		if _, err := d.store.write.Exec("INSERT INTO journal_versions (version) VALUES (99)"); err != nil {
			d.Fatal(err)
		}
		if j, err := Open(d.Context(), d.where, Config{}, zap.NewNop()); err == nil || !strings.Contains(err.Error(), "newer version") {
			d.Errorf("Open of newer tables = %v, %v, want an error that says so", j, err)
		}
	})
}

func TestTerms(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "j.db"), Config{Rooms: map[bot.RoomID]Privacy{"discord:staff": Full}})
	for room, want := range map[bot.RoomID]Terms{
		"telegram:1":    {Privacy: Clustered, Askers: 3, Retention: 90 * 24 * time.Hour},
		"discord:staff": {Privacy: Full, Askers: 3, Retention: 90 * 24 * time.Hour},
	} {
		if got := d.Terms(room); got != want {
			t.Errorf("Terms(%q) = %+v, want %+v", room, got, want)
		}
	}
}
