package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"frontdesk/bot"
	"frontdesk/bot/publish"
	"frontdesk/index"
)

// A served is a desk over a folder that a publisher follows.
type served struct {
	t    *testing.T
	dir  string
	desk *bot.Desk
	*publish.Publisher
	logs *observer.ObservedLogs
}

const deskYAML = "name: Clinic\ncontact: {label: Write to us, url: 'https://clinic.example/contact'}\n"

func parking(where string) string {
	return "# Visits\n\n## Where can I park?\n\nPark " + where + ". It is free for patients.\n"
}

func serveFolder(t *testing.T, files map[string]string) *served {
	t.Helper()
	s := &served{t: t, dir: t.TempDir()}
	for name, text := range files {
		s.write(name, text)
	}
	p := program{out: io.Discard, errs: io.Discard, env: func(string) string { return "" }}
	core, logs := observer.New(zapcore.DebugLevel)
	s.logs = logs
	c := config{Knowledge: s.dir, Data: t.TempDir()}
	s.Publisher = p.newPublisher(c, index.Options{}, nil, nil, zap.New(core))
	live, err := startPublisher(context.Background(), c, s.Publisher)
	if err != nil {
		t.Fatalf("startPublisher() = %v", err)
	}
	s.desk = bot.NewDesk(live, bot.DefaultPolicy, zap.New(core))
	return s
}

func (s *served) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// told returns the places of the problems that the log has named since the last call.
func (s *served) told() []string {
	var places []string
	for _, e := range s.logs.TakeAll() {
		if at, ok := e.ContextMap()["at"].(string); ok {
			places = append(places, at)
		}
	}
	return places
}

func (s *served) ask(question string) bot.Reply {
	return s.desk.Answer(context.Background(), bot.Message{Text: question, Private: true, At: time.Now()})
}

func TestReload(t *testing.T) {
	ctx := context.Background()
	s := serveFolder(t, map[string]string{"desk.yaml": deskYAML, "visits.md": parking("behind the house")})
	const question = "Where can I park?"
	want := func(step, text string, faults int, places ...string) {
		t.Helper()
		s.Reload(ctx)
		if r := s.ask(question); !strings.Contains(r.Text, text) {
			t.Errorf("%s: the answer is %q, want %q in it", step, r.Text, text)
		}
		if s.Faults() != faults {
			t.Errorf("%s: Faults() = %d, want %d", step, s.Faults(), faults)
		}
		if got := s.told(); fmt.Sprint(got) != fmt.Sprint(places) {
			t.Errorf("%s: the log names %q, want %q", step, got, places)
		}
	}
	want("nothing changed", "behind the house", 0)
	s.write("visits.md", parking("across the street"))
	want("an answer changed", "across the street", 0)
	s.write("costs.md", "---\ntitle: [unclosed\n---\n## A\n\nB\n")
	s.write("visits.md", parking("on the roof"))
	want("a file broke while another changed", "across the street", 1, "costs.md:2")
	want("the same again", "across the street", 1)
	s.write("desk.yaml", deskYAML+"nmae: x\n")
	want("two are broken", "across the street", 2, "costs.md:2", "desk.yaml:3")
	s.write("desk.yaml", deskYAML)
	s.write("costs.md", "## What does it cost?\n\nNothing at all.\n")
	want("all is mended", "on the roof", 0)
	s.write("crisis.yaml", "lang: en\nrules:\n  - name: code word\n    kind: nonsense\n    when: [lavender]\n    must: [I say lavender]\n")
	want("the crisis rules are broken", "on the roof", 1, "crisis.yaml:4")
	s.write("crisis.yaml", "lang: en\nrules:\n  - name: code word\n    kind: abuse\n    when: [lavender]\n    must: [I say lavender]\n")
	want("the crisis rules are mended", "on the roof", 0)
	if r := s.ask("lavender please"); r.Outcome != bot.Crisis {
		t.Errorf("a word of the new crisis rules is %q, want %q", r.Outcome, bot.Crisis)
	}
	s.write("desk.yaml", "name: Clinic\n")
	want("the contact is gone", "on the roof", 1, "desk.yaml")
	s.write("desk.yaml", strings.ReplaceAll(deskYAML, "Write to us", "Call in"))
	want("another contact", "on the roof", 0)
	if r := s.ask(question); r.Handoff.Label != "Call in" {
		t.Errorf("the handoff is %q, want the new one", r.Handoff.Label)
	}
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	want("the folder is gone", "on the roof", 1)
}

// TestNoQuestionIsDroppedByAReload asks without a pause while the answer changes again and again under the watch.
func TestNoQuestionIsDroppedByAReload(t *testing.T) {
	s := serveFolder(t, map[string]string{"desk.yaml": deskYAML, "visits.md": parking("at place 0")})
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() {
		if err := s.Run(ctx); err != nil {
			t.Errorf("Run() = %v", err)
		}
	})
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				if r := s.ask("Where can I park?"); r.Outcome != bot.Answered || !strings.Contains(r.Text, "at place") {
					t.Errorf("while files change, the answer is %s %q", r.Outcome, r.Text)
				}
			}
		})
	}
	for i := 1; i <= 5; i++ {
		place := fmt.Sprintf("at place %d", i)
		// As most editors save: whoever is stopped between emptying a file and filling it has published an empty one.
		draft := filepath.Join(t.TempDir(), "visits.md")
		if err := errors.Join(os.WriteFile(draft, []byte(parking(place)), 0o644), os.Rename(draft, filepath.Join(s.dir, "visits.md"))); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(patience)
		for !strings.Contains(s.ask("Where can I park?").Text, place) {
			if time.Now().After(deadline) {
				t.Fatalf("%q has not become live", place)
			}
		}
	}
	cancel()
	all.Wait()
	for _, e := range s.logs.FilterLevelExact(zapcore.ErrorLevel).All() {
		t.Errorf("the log says %q %v", e.Message, e.ContextMap())
	}
}
