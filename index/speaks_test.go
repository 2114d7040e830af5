package index_test

import (
	"testing"

	"frontdesk/index"
)

func TestSpeaks(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	for question, want := range map[string]struct {
		title string
		more  float64 // than this share
		less  bool
	}{
		"with sesame?":     {"Allergies", .7, false},
		"is the cake dear": {"Allergies", .3, true},
		"nearest bus stop": {"Where to find us", .6, false},
		"shut on mondays":  {"Opening hours", .4, false},
		"xyzzy":            {"Opening hours", .01, true},
	} {
		for _, section := range s.Base().Sections() {
			if section.Title != want.title {
				continue
			}
			share, err := s.Speaks(index.Query{Text: question}, section.ID.Key())
			if err != nil || share > 1 || share > want.more == want.less {
				t.Errorf("Speaks(%q, %q) = %v, %v, want more than %v: %v", question, want.title, share, err, want.more, !want.less)
			}
		}
	}
	if share, err := s.Speaks(index.Query{Text: "sesame"}, "nowhere"); share != 0 || err != nil {
		t.Errorf("Speaks of a section that is not there = %v, %v, want 0", share, err)
	}
}
