package knowledge

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// showDates lists sections as "id: reviewed, review by, expires".
func showDates(b Base) []string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Format("2006-01-02 15:04 MST")
	}
	var all []string
	for _, s := range b.Sections() {
		all = append(all, fmt.Sprintf("%s: %s, %s, %s", s.ID, day(s.Reviewed), day(s.ReviewBy), day(s.Expires)))
	}
	return all
}

func TestDates(t *testing.T) {
	const none = "-, -, -"
	tests := []struct {
		name     string
		files    []string
		want     []string
		problems []string
	}{
		{"none", []string{"a.md", "# A\n\n## B\n\nx"}, []string{"a#b: " + none}, nil},
		{"of the article, of a section", []string{"a.md", "---\nreviewed: 2025-03-01\nreview_by: \"2025-09-01\"\nexpires_at: 2026-01-31\nsections:\n" +
			"  C: {expires_at: 2025-12-31}\n  D: {reviewed: 2025-10-02}\n  E: {reviewed: 2025-10-02, review_by: 2026-10-02}\n---\n## B\n\nx\n\n## C\n\nx\n\n## D\n\nx\n\n## E\n\nx"},
			[]string{
				"a#b: 2025-03-01 00:00 UTC, 2025-09-01 00:00 UTC, 2026-01-31 00:00 UTC",
				"a#c: 2025-03-01 00:00 UTC, 2025-09-01 00:00 UTC, 2025-12-31 00:00 UTC",
				"a#d: 2025-10-02 00:00 UTC, -, 2026-01-31 00:00 UTC",
				"a#e: 2025-10-02 00:00 UTC, 2026-10-02 00:00 UTC, 2026-01-31 00:00 UTC",
			}, nil},
		{"above plain text", []string{"a.txt", "---\nexpires_at: 2026-01-31\n---\nTitle\n\nSome text that says a lot.\n"},
			[]string{"a#introduction: -, -, 2026-01-31 00:00 UTC"}, nil},
		{"of a table", []string{"a.csv", "id,question,answer,reviewed,Review_By,expires_at\nx,a,b,2025-03-01, 2025-09-01 ,2026-01-31\ny,a,b,,,\n"},
			[]string{"x: 2025-03-01 00:00 UTC, 2025-09-01 00:00 UTC, 2026-01-31 00:00 UTC", "y: " + none}, nil},
		{"that are none", []string{"a.md", "---\nreviewed: March 2025\nreview_by: 2025\nexpires_at: [2025-01-01]\nsections:\n  B:\n    expires_at: 2025-02-30\n---\n## B\n\nx",
			"b.csv", "id,question,answer,expires_at\nx,a,b,3/1/2025\n"},
			[]string{"a#b: " + none, "x: " + none},
			[]string{`a.md:2: warning: reviewed: "March 2025" is no date`, `a.md:3: warning: review_by: "2025" is no date`, "a.md:4: warning: expires_at is no date",
				`a.md:7: warning: expires_at: "2025-02-30" is no date`, `b.csv:2: warning: expires_at: "3/1/2025" is no date`}},
		{"golden questions are no article", []string{"questions.tsv", "id\tquestion\tanswer\nx\ta\tb\n", "a/Questions.tsv", "x", "a.md", "x"},
			[]string{"a#introduction: " + none}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, problems := Load(files(append(test.files, "desk.yaml", "lang: en")...), contact)
			if diff := cmp.Diff(test.want, showDates(base)); diff != "" {
				t.Error(diff)
			}
			wantProblems(t, problems, test.problems...)
		})
	}
}

func TestVersionKnowsDates(t *testing.T) {
	seen := map[string]string{}
	for _, front := range []string{"lang: en", "reviewed: 2025-01-01", "review_by: 2025-01-01", "expires_at: 2025-01-01"} {
		base, _ := Load(files("a.md", "---\n"+front+"\n---\nText.", "desk.yaml", "lang: en"), contact)
		if same, twice := seen[base.Version]; twice {
			t.Errorf("the versions with %q and %q are equal", front, same)
		}
		seen[base.Version] = front
	}
}

func TestStaffSettings(t *testing.T) {
	tests := []struct {
		name, text string
		want       Staff
		gate       GateMode
		problems   []string
	}{
		{"nobody", "lang: en", Staff{}, GateBlock, nil},
		{"flow", `staff: {people: ["telegram:77", "discord:81", "discord:role:9"], rooms: ["telegram:-100123", "discord:82"]}`,
			Staff{People: []string{"telegram:77", "discord:81", "discord:role:9"}, Rooms: []string{"telegram:-100123", "discord:82"}}, GateBlock, nil},
		{"block", "staff:\n  people:\n    - telegram:77\n  rooms: telegram:-100123:45\ngate: warn",
			Staff{People: []string{"telegram:77"}, Rooms: []string{"telegram:-100123:45"}}, GateWarn, nil},
		{"mistakes", "staff:\n  people: ['@jo', 'telegram:-5']\n  rooms: [discord:server:8]\n  who: x\ngate: open", Staff{}, GateBlock,
			[]string{`desk.yaml:2: error: staff: people: "@jo"`, `desk.yaml:2: error: staff: people: "telegram:-5"`,
				`desk.yaml:3: error: staff: rooms: "discord:server:8"`, `desk.yaml:4: error: staff has an unknown key "who"`, `desk.yaml:5: error: gate: "open"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, problems := Load(files("desk.yaml", test.text, "a.md", "Text."), contact)
			if diff := cmp.Diff(test.want, base.Settings.Staff); diff != "" || base.Settings.Gate != test.gate {
				t.Errorf("Load(%q) gate %q, want %q; staff: %s", test.text, base.Settings.Gate, test.gate, diff)
			}
			wantProblems(t, problems, test.problems...)
		})
	}
}
