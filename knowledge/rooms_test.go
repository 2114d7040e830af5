package knowledge

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const tagged = "---\ntags: [visit]\n---\n# Visits\n\n## Where can I park?\n\nBehind the house.\n"

func TestRooms(t *testing.T) {
	text := `rooms:
  public: {answer: ask}
  telegram:
  discord:public: {replies: public, privacy: off}
  telegram:-100123:
    answer: auto
    confidence: 0.9
    tags: [visit]
    replies: private
    cooldown: 10m
    quiet_after_staff: 15
    staff: [telegram:77, "discord:78"]
  telegram:-100123:45: {answer: off, tags: [], cooldown: 0}
  discord:server:81: {answer: mention, staff: [telegram:3, discord:4]}
  "discord:82": {staff: telegram:1, quiet_after_staff: 1.5}
limits: {person: 4, room: 0}
`
	base, problems := Load(files("desk.yaml", text, "a.md", tagged), contact)
	wantProblems(t, problems)
	minutes := func(m float64) *time.Duration {
		d := time.Duration(m * float64(time.Minute))
		return &d
	}
	at := func(line int) Position { return Position{"desk.yaml", line} }
	want := map[string]Room{
		"public":         {Answer: ModeAsk, Source: at(2)},
		"telegram":       {Source: at(3)},
		"discord:public": {Replies: ToAll, Privacy: KeepNothing, Source: at(4)},
		"telegram:-100123": {Answer: ModeAuto, Confidence: .9, Tags: []string{"visit"}, Replies: ToAsker,
			Cooldown: minutes(10), Quiet: minutes(15), Staff: []string{"telegram:77", "discord:78"}, Source: at(5)},
		"telegram:-100123:45": {Answer: ModeOff, Tags: []string{}, Cooldown: minutes(0), Source: at(13)},
		"discord:server:81":   {Answer: ModeMention, Staff: []string{"telegram:3", "discord:4"}, Source: at(14)},
		"discord:82":          {Staff: []string{"telegram:1"}, Quiet: minutes(1.5), Source: at(15)},
	}
	if diff := cmp.Diff(want, base.Settings.Rooms); diff != "" {
		t.Error(diff)
	}
	if got, want := base.Settings.Limits, (Limits{Person: 4}); got != want {
		t.Errorf("limits = %+v, want %+v", got, want)
	}
	again, _ := Load(files("desk.yaml", text, "a.md", tagged), contact)
	if again.Version != base.Version {
		t.Errorf("the same files have the versions %q and %q", base.Version, again.Version)
	}
}

func TestRoomMistakes(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"no table", "rooms: [a]\n", []string{"desk.yaml:1: error: rooms must be a table"}},
		{"no room", "rooms:\n  telegram:@clinic: {answer: ask}\n  groups: {}\n", []string{
			`desk.yaml:2: error: "telegram:@clinic" names no room; write private, public`, `desk.yaml:3: error: "groups" names no room`}},
		{"one room for two", "rooms:\n  public: {answer: ask}\n  public: {answer: off}\n", []string{`desk.yaml:3: error: broken YAML: the key "public" is written twice, first in line 2; keep one of the two`}},
		{"unknown key", "rooms:\n  public:\n    anwser: ask\n", []string{`desk.yaml:3: error: the room "public" has an unknown key "anwser"; did you mean "answer"?`}},
		{"unknown mode", "rooms:\n  public:\n    answer: always\n    replies: secret\n    privacy: most\n", []string{
			`desk.yaml:3: error: answer: "always" is not understood; write one of off, ask, mention, auto`,
			`desk.yaml:4: error: replies: "secret" is not understood; write one of public, private`,
			`desk.yaml:5: error: privacy: "most" is not understood; write one of off, counts, clustered, full`}},
		{"list for a mode", "rooms:\n  public:\n    answer: [ask]\n", []string{`desk.yaml:3: error: answer: "`}},
		{"times", "rooms:\n  public:\n    cooldown: soon\n    quiet_after_staff: -5m\n", []string{
			`desk.yaml:3: error: cooldown: "soon" is no time; write 30s`, `desk.yaml:4: error: quiet_after_staff: "-5m" is no time`}},
		{"times without bounds", "rooms:\n  public:\n    cooldown: NaN\n    quiet_after_staff: 1e99\n", []string{
			`desk.yaml:3: error: cooldown: "NaN"`, `desk.yaml:4: error: quiet_after_staff: "1e99"`}},
		{"confidence", "rooms:\n  public:\n    confidence: 90\n", []string{`desk.yaml:3: error: confidence: "90" is not between 0 and 1`}},
		{"staff by name", "rooms:\n  public:\n    staff: ['@anna', telegram:7]\n", []string{`desk.yaml:3: error: staff: "@anna" is nobody's id; write telegram:NUMBER`}},
		{"tag that nothing carries", "rooms:\n  public:\n    tags: [visit, vist]\n", []string{`desk.yaml:2: warning: the room "public" uses the tag "vist", which nothing carries`}},
		{"limits", "limits:\n  person: many\n  room: -1\n  server: 3\n", []string{
			`desk.yaml:2: error: limits: person: "many" is no whole number`, `desk.yaml:3: error: limits: room: it must be 0 or more, not -1; write how many questions a minute, or 0`,
			`desk.yaml:4: error: limits has an unknown key "server"; known are person, room`}},
		{"limits for a number", "limits: 5\n", []string{`desk.yaml:1: error: limits is not written as "key: value" lines`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := Load(files("desk.yaml", test.text, "a.md", tagged), contact)
			wantProblems(t, problems, test.want...)
		})
	}
}
