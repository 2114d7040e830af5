package main

import (
	"testing"
	"testing/fstest"

	"frontdesk/bot/safety"
	"frontdesk/knowledge"
)

// TestHelplinesForEveryDanger keeps what a helpline may be for in step with what the safety check finds: neither of the
// two packages knows the other.
func TestHelplinesForEveryDanger(t *testing.T) {
	for _, kind := range []safety.Kind{safety.Suicide, safety.SelfHarm, safety.Overdose, safety.Abuse, safety.Violence, safety.Emergency} {
		desk := "contact: tel:+15550140\nhelplines:\n  - {name: A, call: 1, for: [" + string(kind) + "]}\n"
		base, problems := knowledge.Load(fstest.MapFS{"desk.yaml": {Data: []byte(desk)}, "a.md": {Data: []byte("x")}}, knowledge.Handoff{})
		if lines := base.Settings.Helplines; len(problems) > 0 || len(lines) != 1 || len(lines[0].For) != 1 || lines[0].For[0] != string(kind) {
			t.Errorf("a helpline for %s = %+v, %v", kind, lines, problems)
		}
	}
}
