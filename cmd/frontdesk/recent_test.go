package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
)

// TestCheckAgainstAsksTheJournal compares two folders with what three people asked, and leaves out what one did.
func TestCheckAgainstAsksTheJournal(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return filepath.Dir(path)
	}
	const desk = "name: Clinic\nlang: en\ncontact: https://clinic.example/contact\n"
	before, after := write("before/desk.yaml", desk), write("after/desk.yaml", desk)
	write("before/a.md", "## May I bring my dog?\n\nYes, on a lead.\n\n## Where can I park?\n\nBehind the house.\n")
	write("after/a.md", "## Where can I park?\n\nBehind the house.\n")
	data := write("data/none", "")
	j, err := journal.Open(t.Context(), journalFile(data), journal.Config{}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(text string, people ...string) {
		for _, who := range people {
			j.Record(bot.Exchange{At: time.Now(), Room: bot.RoomID("web:" + who), From: bot.PersonID("web:" + who), Private: true, Text: text, Lang: "en", Outcome: bot.Answered, Section: "a#may-i-bring-my-dog"})
		}
	}
	ask("may i bring my dog", "ann", "bob", "cem")
	ask("parrots on a perch", "dot")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	check := func(args ...string) (string, string) {
		t.Helper()
		var out, errs bytes.Buffer
		p := program{out: &out, errs: &errs, env: func(string) string { return "" }}
		if err := p.check(t.Context(), append([]string{"-against", before}, args...)); err != nil {
			t.Fatalf("check %q = %v", args, err)
		}
		return out.String(), errs.String()
	}
	if out, errs := check("-data", data, after); !strings.Contains(out, "1 recent question") || !strings.Contains(out, `"may i bring my dog": a#may-i-bring-my-dog`) || strings.Contains(out, "parrots") || errs != "" {
		t.Errorf("check -against -data printed %q, %q", out, errs)
	}
	if out, _ := check(after); !strings.Contains(out, "0 recent questions") {
		t.Errorf("check -against without a data folder printed %q", out)
	}
	if out, errs := check("-data", filepath.Join(after, "a.md"), after); !strings.Contains(out, "0 recent questions") || !strings.Contains(errs, "what people asked lately is left out") {
		t.Errorf("check -against with a file for a data folder printed %q, %q", out, errs)
	}
	if err := os.WriteFile(journalFile(data), []byte("no database at all, by any means"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs := check("-data", data, after); !strings.Contains(out, "0 recent questions") || !strings.Contains(errs, "what people asked lately is left out") {
		t.Errorf("check -against with a broken journal printed %q, %q", out, errs)
	}
}
