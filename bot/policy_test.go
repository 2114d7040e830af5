package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/knowledge"
)

// TestSpeaks is the table of who gets a reply where.
func TestSpeaks(t *testing.T) {
	const off, ask, mention, auto = knowledge.ModeOff, knowledge.ModeAsk, knowledge.ModeMention, knowledge.ModeAuto
	never := time.Duration(-1)
	for _, test := range []struct {
		name string
		o    occasion
		want map[knowledge.Mode]bool
	}{
		{"in danger, turned to the desk", occasion{addressed: Mention, outcome: Crisis}, map[knowledge.Mode]bool{off: true, ask: true, mention: true, auto: true}},
		{"in danger, while staff are there", occasion{addressed: ReplyTo, outcome: Crisis, afterStaff: time.Second}, map[knowledge.Mode]bool{off: true, ask: true, mention: true, auto: true}},
		{"in danger, overheard", occasion{addressed: Overheard, outcome: Crisis}, map[knowledge.Mode]bool{auto: true}},
		{"in danger, overheard while staff are there", occasion{addressed: Overheard, outcome: Crisis, afterStaff: time.Second}, map[knowledge.Mode]bool{auto: true}},
		{"a command", occasion{addressed: Command, outcome: Unanswered, afterStaff: never}, map[knowledge.Mode]bool{ask: true, mention: true, auto: true}},
		{"a command while staff are there", occasion{addressed: Command, outcome: Answered, afterStaff: time.Second}, map[knowledge.Mode]bool{ask: true, mention: true, auto: true}},
		{"a private chat", occasion{addressed: Direct, outcome: Smalltalk, afterStaff: never}, map[knowledge.Mode]bool{ask: true, mention: true, auto: true}},
		{"an adapter that does not tell", occasion{outcome: Unsure, afterStaff: never}, map[knowledge.Mode]bool{ask: true, mention: true, auto: true}},
		{"a mention", occasion{addressed: Mention, outcome: Unsure, afterStaff: never}, map[knowledge.Mode]bool{mention: true, auto: true}},
		{"a mention by staff", occasion{addressed: Mention, outcome: Unsure, fromStaff: true, afterStaff: never}, map[knowledge.Mode]bool{mention: true, auto: true}},
		{"a reply", occasion{addressed: ReplyTo, outcome: Smalltalk, afterStaff: never}, map[knowledge.Mode]bool{mention: true, auto: true}},
		{"a mention while staff are there", occasion{addressed: Mention, outcome: Answered, confidence: 1, afterStaff: 9 * time.Minute}, nil},
		{"a mention after staff went", occasion{addressed: Mention, outcome: Answered, confidence: 1, afterStaff: 10 * time.Minute}, map[knowledge.Mode]bool{mention: true, auto: true}},
		{"overheard, sure", occasion{addressed: Overheard, outcome: Answered, confidence: .8, afterStaff: never, afterShown: never}, map[knowledge.Mode]bool{auto: true}},
		{"overheard, not so sure", occasion{addressed: Overheard, outcome: Answered, confidence: .79, afterStaff: never, afterShown: never}, nil},
		{"overheard, unsure", occasion{addressed: Overheard, outcome: Unsure, confidence: .9, afterStaff: never, afterShown: never}, nil},
		{"overheard, small talk", occasion{addressed: Overheard, outcome: Smalltalk, confidence: 1, afterStaff: never, afterShown: never}, nil},
		{"overheard, for a person", occasion{addressed: Overheard, outcome: HandedOff, confidence: 1, afterStaff: never, afterShown: never}, nil},
		{"overheard from staff", occasion{addressed: Overheard, outcome: Answered, confidence: 1, fromStaff: true, afterStaff: never, afterShown: never}, nil},
		{"overheard while staff are there", occasion{addressed: Overheard, outcome: Answered, confidence: 1, afterStaff: time.Second, afterShown: never}, nil},
		{"overheard, shown just before", occasion{addressed: Overheard, outcome: Answered, confidence: 1, afterStaff: never, afterShown: 0}, nil},
		{"overheard, shown long ago", occasion{addressed: Overheard, outcome: Answered, confidence: 1, afterStaff: never, afterShown: time.Hour}, map[knowledge.Mode]bool{auto: true}},
		{"asked again, shown just before", occasion{addressed: Mention, outcome: Answered, confidence: 1, afterStaff: never, afterShown: 0}, map[knowledge.Mode]bool{mention: true, auto: true}},
	} {
		for _, mode := range []knowledge.Mode{off, ask, mention, auto} {
			r := roomRules{answer: mode, confidence: .8, cooldown: time.Minute, quiet: 10 * time.Minute}
			if got := r.speaks(test.o); got != test.want[mode] {
				t.Errorf("%s: speaks(%+v) where the answer is %q = %v, want %v", test.name, test.o, mode, got, test.want[mode])
			}
		}
	}
}

func TestRulesFor(t *testing.T) {
	ten, none := 10*time.Minute, time.Duration(0)
	rooms := map[string]knowledge.Room{
		"public":              {Answer: knowledge.ModeAsk, Quiet: &ten, Staff: []string{"telegram:1"}},
		"private":             {Tags: []string{"open"}},
		"discord":             {Confidence: .9},
		"discord:public":      {Replies: knowledge.ToAsker},
		"discord:server:81":   {Answer: knowledge.ModeAuto, Tags: []string{"a"}, Staff: []string{"discord:2"}},
		"discord:82":          {Tags: []string{}, Quiet: &none},
		"discord:83":          {Answer: knowledge.ModeOff, Cooldown: &ten},
		"telegram:-100123":    {Answer: knowledge.ModeAuto, Cooldown: &none},
		"telegram:-100123:45": {Answer: knowledge.ModeMention},
	}
	plain := roomRules{answer: knowledge.ModeMention, confidence: autoConfidence, cooldown: autoCooldown}
	for _, test := range []struct {
		name  string
		rooms map[string]knowledge.Room
		m     Message
		want  roomRules
	}{
		{"nothing said", nil, Message{Room: "telegram:-5"}, plain},
		{"nothing said of a message without a room", nil, Message{}, plain},
		{"a private chat", rooms, Message{Room: "telegram:7", Private: true},
			roomRules{answer: knowledge.ModeMention, confidence: autoConfidence, cooldown: autoCooldown, tags: []string{"open"}}},
		{"a group", rooms, Message{Room: "telegram:-100123", Parent: ""},
			roomRules{answer: knowledge.ModeAuto, confidence: autoConfidence, quiet: ten, staff: []string{"telegram:1"}}},
		{"a topic", rooms, Message{Room: "telegram:-100123:45", Parent: "telegram:-100123"},
			roomRules{answer: knowledge.ModeMention, confidence: autoConfidence, quiet: ten, staff: []string{"telegram:1"}}},
		{"a thread in a channel in a server", rooms, Message{Room: "discord:83", Parent: "discord:82", Server: "discord:server:81"},
			roomRules{answer: knowledge.ModeOff, confidence: .9, cooldown: ten, tags: []string{}, replies: knowledge.ToAsker, staff: []string{"telegram:1", "discord:2"}}},
		{"an answer for one in a server", rooms, Message{Room: "discord:9", Server: "discord:server:81", Private: true},
			roomRules{answer: knowledge.ModeAuto, confidence: .9, cooldown: autoCooldown, quiet: ten, tags: []string{"a"}, replies: knowledge.ToAsker, staff: []string{"telegram:1", "discord:2"}}},
	} {
		got := rulesFor(test.rooms, test.m)
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(roomRules{})); diff != "" {
			t.Errorf("%s: rulesFor(%+v): %s", test.name, test.m, diff)
		}
	}
}
