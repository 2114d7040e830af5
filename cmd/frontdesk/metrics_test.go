package main

import (
	"bufio"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot"
)

func TestCounts(t *testing.T) {
	c := newCounts()
	for _, e := range []bot.Exchange{
		{Room: "telegram:-5:7", Outcome: bot.Answered, Took: 700 * time.Microsecond, Text: secretWord, From: secretWord},
		{Room: "telegram:8", Outcome: bot.Answered, Took: 500 * time.Microsecond},
		{Room: "discord:8", Outcome: bot.Crisis, Took: time.Minute},
		{Room: secretWord + ":8", Outcome: bot.Unsure, Took: time.Second},
		{Room: "web:8", Outcome: bot.Smalltalk, Press: bot.Press{Verb: bot.Useless}, Took: -time.Second},
		{Room: "web:8", Outcome: bot.Unanswered, Press: bot.Press{Verb: secretWord}},
	} {
		c.add(e)
	}
	var m exposition
	c.expose(&m)
	want := `# HELP frontdesk_messages_total Messages that the desk replied to, by what became of them.
# TYPE frontdesk_messages_total counter
frontdesk_messages_total{platform="discord",outcome="crisis"} 1
frontdesk_messages_total{platform="other",outcome="unsure"} 1
frontdesk_messages_total{platform="telegram",outcome="answered"} 2
# HELP frontdesk_buttons_total Buttons pressed, by what they do.
# TYPE frontdesk_buttons_total counter
frontdesk_buttons_total{platform="web",verb="other"} 1
frontdesk_buttons_total{platform="web",verb="useless"} 1
# HELP frontdesk_reply_seconds How long the desk took for a reply, without the platform.
# TYPE frontdesk_reply_seconds histogram
frontdesk_reply_seconds_bucket{le="0.0005"} 3
frontdesk_reply_seconds_bucket{le="0.001"} 4
frontdesk_reply_seconds_bucket{le="0.0025"} 4
frontdesk_reply_seconds_bucket{le="0.005"} 4
frontdesk_reply_seconds_bucket{le="0.01"} 4
frontdesk_reply_seconds_bucket{le="0.025"} 4
frontdesk_reply_seconds_bucket{le="0.05"} 4
frontdesk_reply_seconds_bucket{le="0.1"} 4
frontdesk_reply_seconds_bucket{le="0.25"} 4
frontdesk_reply_seconds_bucket{le="0.5"} 4
frontdesk_reply_seconds_bucket{le="1"} 5
frontdesk_reply_seconds_bucket{le="2.5"} 5
frontdesk_reply_seconds_bucket{le="+Inf"} 6
frontdesk_reply_seconds_sum 61.0012
frontdesk_reply_seconds_count 6
`
	if got := m.text.String(); got != want {
		t.Errorf("expose wrote\n%s\nwant\n%s", got, want)
	}
}

// Every button has a name, so that none is counted as another.
func TestVerbNames(t *testing.T) {
	for _, v := range []bot.Verb{bot.Show, bot.More, bot.Topics, bot.Contact, bot.Helpful, bot.Useless, bot.Share, bot.Pick, bot.Tell} {
		if verbNames[v] == "" {
			t.Errorf("the button %q has no name", v)
		}
	}
}

func TestCountsAtOnce(t *testing.T) {
	c := newCounts()
	var people sync.WaitGroup
	for range 8 {
		people.Go(func() {
			for range 100 {
				c.add(bot.Exchange{Room: "web:1", Outcome: bot.Answered, Took: time.Millisecond})
				var m exposition
				c.expose(&m)
			}
		})
	}
	people.Wait()
	if c.took.all != 800 {
		t.Errorf("%d replies were counted, want 800", c.took.all)
	}
}

func TestExpositionEscapes(t *testing.T) {
	var m exposition
	m.family("a", gauge, "one\ntwo \\ three")
	m.sample(1.5e9, "l", "a\"b\\c\nd\xff", "m", "{},= ")
	want := "# HELP a one\\ntwo \\\\ three\n# TYPE a gauge\na{l=\"a\\\"b\\\\c\\nd\ufffd\",m=\"{},= \"} 1.5e+09\n"
	if got := m.text.String(); got != want {
		t.Errorf("the exposition is %q, want %q", got, want)
	}
}

var (
	comment = regexp.MustCompile(`^# (HELP|TYPE) ([a-z_]+) (.+)$`)
	sampled = regexp.MustCompile(`^([a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? (\S+)$`)
)

// TestMetrics reads what a program at work answers as Prometheus would, and looks for what should be there.
func TestMetrics(t *testing.T) {
	r := serving(t, nil)
	text := r.askHealth(t)
	_, text, _ = strings.Cut(text, "\n") // behind what /healthz answers
	seen := map[string]bool{}
	kind := map[string]string{}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		if c := comment.FindStringSubmatch(lines.Text()); c != nil {
			if c[1] == "TYPE" {
				kind[c[2]] = c[3]
			}
			continue
		}
		s := sampled.FindStringSubmatch(lines.Text())
		if s == nil {
			t.Errorf("not a line of the format: %q", lines.Text())
			continue
		}
		family := s[1]
		for _, end := range []string{"_bucket", "_sum", "_count"} {
			if base, ok := strings.CutSuffix(family, end); ok && kind[base] == "histogram" {
				family = base
			}
		}
		if _, err := strconv.ParseFloat(s[3], 64); err != nil || kind[family] == "" || seen[s[1]+s[2]] {
			t.Errorf("%q: value %v, type %q, seen before %v", lines.Text(), err, kind[family], seen[s[1]+s[2]])
		}
		seen[s[1]+s[2]] = true
	}
	for _, want := range []string{
		`frontdesk_reply_seconds_bucket{le="+Inf"}`, "frontdesk_sections", "frontdesk_knowledge_faults", "frontdesk_knowledge_blocked",
		"frontdesk_journal_rows_waiting", "frontdesk_journal_rows_dropped_total", "frontdesk_journal_failing",
		`frontdesk_bot_healthy{platform="telegram"}`, `frontdesk_bot_healthy{platform="discord"}`, "go_goroutines", "go_memory_bytes",
	} {
		if !seen[want] {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
	r.search(t)
}
