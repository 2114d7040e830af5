package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// TestDatesOfTheDesksDay shows what has expired and what is overdue by the day that it is at the desk.
func TestDatesOfTheDesksDay(t *testing.T) {
	zone, err := knowledge.LoadZone("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	s := knowledge.Section{ID: "fair", Title: "Fair", Expires: day(2), ReviewBy: day(1)}
	base := knowledge.Base{Settings: knowledge.Settings{Zone: zone}, Articles: []knowledge.Article{{Sections: []knowledge.Section{s}}}}
	for _, test := range []struct {
		at, want string
		expired  bool
	}{
		{"2026-03-02T05:00:00Z", "[review by 2026-03-01]  [expires 2026-03-02]", false}, // 23:00 of the day before
		{"2026-03-02T06:30:00Z", "[review was due 2026-03-01]  [expired 2026-03-02, not served]", true},
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		var shown, why bytes.Buffer
		if err := newCheckReport(base, nil, at).print(&shown, nil); err != nil || !strings.Contains(shown.String(), test.want) {
			t.Errorf("at %s check prints %q, %v, want %q", test.at, shown.String(), err, test.want)
		}
		printExplanation(&why, index.Explanation{Candidates: []index.ExplainedHit{{Hit: index.Hit{Section: s}}}}, bot.Reply{}, bot.DefaultPolicy, zone.Day(at))
		if got := strings.Contains(why.String(), "expired on 2026-03-02"); got != test.expired {
			t.Errorf("at %s the explanation says that it expired: %v, want %v\n%s", test.at, got, test.expired, why.String())
		}
	}
}
