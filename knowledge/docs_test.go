package knowledge

import (
	"bytes"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestDocumentedExamples loads the examples of docs/articles.md as one folder.
func TestDocumentedExamples(t *testing.T) {
	doc, err := os.ReadFile("../docs/articles.md")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, m := range regexp.MustCompile("(?s)```\\w+ example:(\\S+)\n(.*?)```").FindAllSubmatch(doc, -1) {
		folder[string(m[1])] = &fstest.MapFile{Data: bytes.ReplaceAll(m[2], []byte("<TAB>"), []byte("\t"))}
	}
	base, problems := Load(folder, Handoff{})
	wantProblems(t, problems)
	want := []string{
		"parking | answer | Where can I park? | Behind the house. *Free for visitors.*",
		"refund | answer | Can I get a refund? | Yes, until the day before.",
		"therapy#introduction | introduction | Talking therapy | We offer talking therapy for adults, in our rooms and by video.",
		"therapy#what-does-it-cost | answer | What does it cost? | A session costs $120.",
		"privacy | answer | Is it confidential? | Yes. We tell nobody that you are with us, unless a life is in danger.",
		"prepare | answer | Before your first session | Eat something, and come ten minutes early.",
		"therapy#forms | answer | Forms | Fill in the two forms that we send you.",
		"therapy#video | answer | Video | Find a room where nobody can hear you.",
	}
	if diff := cmp.Diff(want, show(base)); diff != "" {
		t.Error(diff)
	}
	s := base.Settings
	if s.Name != "Harbor Clinic" || len(s.Helplines) != 2 || len(s.Synonyms) != 2 || s.Zone.Name != "America/Chicago" || s.Contact.Label != "Talk to our team" {
		t.Errorf("settings = %+v", s)
	}
	if len(s.Rooms) != 3 || s.Rooms["telegram:-100123"].Answer != ModeAuto || s.Limits != usualLimits {
		t.Errorf("rooms = %+v, limits = %+v", s.Rooms, s.Limits)
	}
}
