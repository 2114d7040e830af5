package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/bot/web"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// numbers reads what the journal in a data folder counts.
func numbers(t *testing.T, data string) journal.Tally {
	t.Helper()
	j, err := journal.Open(t.Context(), journalFile(data), journal.Config{}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	n, err := j.Numbers(t.Context(), journal.Period{})
	if err != nil {
		t.Fatal(err)
	}
	return n.Total
}

// talk lets people write to a program that serves with a data folder, checks each reply and ends it.
func talk(t *testing.T, env map[string]string, lines ...[3]string) {
	t.Helper()
	r := serving(t, func(r *run) { r.env = env })
	for i, line := range lines {
		who := telegramtest.User{ID: int64(len(line[0])), FirstName: "P"}
		r.telegram.Say(telegramtest.Private(who), who, line[1])
		if _, err := r.telegram.WaitSent(r.wait, i+1); err != nil {
			t.Fatalf("no answer to %q: %v", line[1], err)
		}
		if said := r.telegram.Sent()[i].Text; !strings.Contains(said, line[2]) {
			t.Errorf("%q is answered with %q, want %q in it", line[1], said, line[2])
		}
	}
	r.search(t)
}

// leaveJournal removes all but the journal from a data folder: the next platform on loopback numbers its messages anew.
func leaveJournal(t *testing.T, data string) {
	t.Helper()
	entries, err := os.ReadDir(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if path := filepath.Join(data, e.Name()); path != journalFile(data) {
			os.RemoveAll(path)
		}
	}
}

// A data folder has a journal that outlives the program, and that people can leave.
func TestServeKeepsAJournal(t *testing.T) {
	env := map[string]string{"FRONTDESK_DATA": filepath.Join(t.TempDir(), "new")}
	talk(t, env, [3]string{"ann", "what does it cost " + secretWord, ""}, [3]string{"bo", "do you sell bicycles", "no answer"},
		[3]string{"ann", "/privacy", "kept for 90 days"}, [3]string{"ann", "I want to kill myself", "988"})
	if n := numbers(t, env["FRONTDESK_DATA"]); n.Questions != 2 || n.Crises != 1 {
		t.Errorf("the journal counts %+v, want 2 questions and a crisis", n)
	}
	leaveJournal(t, env["FRONTDESK_DATA"])
	talk(t, env, [3]string{"ann", "/forget", "is deleted"})
	if n := numbers(t, env["FRONTDESK_DATA"]); n.Questions != 1 || n.Crises != 1 {
		t.Errorf("after /forget the journal counts %+v, want 1 question of somebody else and the crisis", n)
	}
	leaveJournal(t, env["FRONTDESK_DATA"])
	env["FRONTDESK_JOURNAL"], env["FRONTDESK_JOURNAL_DAYS"] = "counts", "30"
	talk(t, env, [3]string{"ann", "/privacy", "noted for 30 days"})
}

// Without a journal nothing is kept, and /privacy says so.
func TestServeWithoutAJournal(t *testing.T) {
	for name, env := range map[string]map[string]string{
		"switched off":     {"FRONTDESK_JOURNAL": "off", "FRONTDESK_DATA": t.TempDir()},
		"no place for one": {"FRONTDESK_DATA": ""},
	} {
		talk(t, env, [3]string{"ann", "do you sell bicycles", "no answer"}, [3]string{"ann", "/privacy", "I do not keep what you write"})
		if data := env["FRONTDESK_DATA"]; data != "" {
			if _, err := os.Stat(journalFile(data)); err == nil {
				t.Errorf("%s: there is a journal", name)
			}
		}
	}
}

func TestJournalSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "address")
	const address = "postgresql://u:" + databasePassword + "@h/d"
	if err := os.WriteFile(file, []byte(address+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		env  map[string]string
		want config // of the journal's settings
		err  string // a part of it; empty for none
	}{
		{nil, config{Journal: knowledge.KeepClustered, JournalTime: 90 * 24 * time.Hour}, ""},
		{map[string]string{"FRONTDESK_JOURNAL": "full", "FRONTDESK_JOURNAL_DAYS": "7", "FRONTDESK_DATABASE_URL": address},
			config{Journal: knowledge.KeepFull, JournalTime: 7 * 24 * time.Hour, Database: address}, ""},
		{map[string]string{"FRONTDESK_JOURNAL": "off", "FRONTDESK_DATABASE_URL": file},
			config{Journal: knowledge.KeepNothing, JournalTime: 90 * 24 * time.Hour, Database: address}, ""},
		{map[string]string{"FRONTDESK_JOURNAL": "everything"}, config{}, "FRONTDESK_JOURNAL: want counts, clustered, full or off"},
		{map[string]string{"FRONTDESK_JOURNAL_DAYS": "0"}, config{}, "FRONTDESK_JOURNAL_DAYS: want a number of days"},
		{map[string]string{"FRONTDESK_JOURNAL_DAYS": "1000000"}, config{}, "FRONTDESK_JOURNAL_DAYS: want a number of days"},
		{map[string]string{"FRONTDESK_DATABASE_URL": "mysql://u:" + databasePassword + "@h/d"}, config{}, "FRONTDESK_DATABASE_URL: want postgres://"},
		{map[string]string{"FRONTDESK_DATABASE_URL": "no-such-file"}, config{}, "FRONTDESK_DATABASE_URL: want postgres://"},
	} {
		c, err := readConfig(func(name string) string { return test.env[name] })
		if test.err != "" {
			if err == nil || !strings.Contains(err.Error(), test.err) || strings.Contains(err.Error(), databasePassword) {
				t.Errorf("readConfig(%v) = %v, want %q and no password", test.env, err, test.err)
			}
			continue
		}
		if err != nil || c.Journal != test.want.Journal || c.JournalTime != test.want.JournalTime || c.Database != test.want.Database {
			t.Errorf("readConfig(%v) = %q for %v in %q, %v, want %+v", test.env, c.Journal, c.JournalTime, c.Database, err, test.want)
		}
	}
}

// TestDataFolderIsPrivate has serve make the data folder where the journal, which would, is not kept.
func TestDataFolderIsPrivate(t *testing.T) {
	data, articles := filepath.Join(t.TempDir(), "data"), t.TempDir()
	if err := os.WriteFile(filepath.Join(articles, "visits.md"), []byte("---\ncontact: https://clinic.example/contact\n---\n# Visits\n\nCome in.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(articles, "desk.yaml"), []byte("contact: https://clinic.example/contact\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := serveConsole(t, map[string]string{"FRONTDESK_JOURNAL": "off", "FRONTDESK_DATA": data, "FRONTDESK_KNOWLEDGE": articles})
	r.stop()
	info, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder has the mode %v, want that only the program's user may read it", info.Mode())
	}
}

// TestAGreetingIsNoExchange opens the chat page, which greets, and wants nobody counted.
func TestAGreetingIsNoExchange(t *testing.T) {
	j, err := journal.Open(t.Context(), filepath.Join(t.TempDir(), "j.db"), journal.Config{}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	w := witness{journal: j, counts: newCounts()}
	snapshot, err := index.Build(t.Context(), knowledge.Base{}, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	desk := bot.New(index.NewLive(snapshot), bot.Config{Policy: bot.DefaultPolicy, Journal: w}, zap.NewNop())
	page := web.New(web.Config{}, desk, zap.NewNop())
	for range 3 {
		page.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	}
	if err := j.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := j.Numbers(t.Context(), journal.Period{}); err != nil || len(n.Platforms) != 0 {
		t.Errorf("Numbers() = %+v, %v, want nothing counted", n, err)
	}
	var m exposition
	if w.counts.expose(&m); strings.Contains(m.text.String(), "other") {
		t.Errorf("the metrics count a greeting:\n%s", m.text.String())
	}
}
