package lint_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

// TestPlaces wants findings at the line that staff have to change, whatever file it stands in.
func TestPlaces(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"front matter", set("b.md", "---\nlang: en\nreviewed: 2026-05-01\nsections:\n  Trains:\n    phrasings:\n      - Where can I park my car?\n---\n## Trains\n\nThe station is near."),
			[]string{`inn.md:14 same-question: the heading "Where can I park my car?" is also a phrasing of "Trains" (b.md:9)`}},
		{"two phrasings", set("z.md", "---\nlang: en\nreviewed: 2026-05-01\nsections:\n  Trains:\n    - by rail\n    - What time can we eat in the morning?\n---\n## Trains\n\nThe station is near."),
			[]string{`z.md:7 same-question: the phrasing "What time can we eat in the morning?" is also a phrasing of "When is breakfast served?" (inn.md:8)`}},
		{"a file of phrasings", set("phrasings.tsv", "by rail\tinn#when-is-breakfast-served\nwhere can we park our cars\tinn#when-is-breakfast-served\n"),
			[]string{`inn.md:14 similar-question: the heading "Where can I park my car?" asks the same as "where can we park our cars", a phrasing of`}},
		{"a table", set("t.csv", "id,question,answer,lang,reviewed\ntrains,How do I reach you by train?,\"The station is near.\n\nSee [rooms](#rooms).\",en,2026-05-01\n"),
			[]string{`t.csv:4 dead-link: the link "#rooms" leads to no section`}},
		{"a folder within", set("more/b.md", dated+"## Trains\n\nSee [the inn](../inn.md#where-can-i-park-my-car), [there](../b.md), [here](/more/b.md) and [nowhere](../../../etc/passwd)."),
			[]string{`more/b.md:8 dead-link: the link "../b.md" leads to a file`, `more/b.md:8 dead-link: the link "../../../etc/passwd" leads to a file`}},
	}
	for _, test := range tests {
		got := run(t, test.files)
		if len(got) != len(test.want) {
			t.Errorf("%s: Run = %q, want %q", test.name, got, test.want)
			continue
		}
		for i := range got {
			if !strings.HasPrefix(got[i], test.want[i]) {
				t.Errorf("%s: finding %d = %q, want %q…", test.name, i, got[i], test.want[i])
			}
		}
	}
}

// TestPlacesInOtherEncodings wants lines and allowances of files that begin with a byte order mark or are not UTF-8.
func TestPlacesInOtherEncodings(t *testing.T) {
	const link = "## May dogs come along?\n\nSee the caf\xe9.\n\nSee [the caf\xe9](#caf\xe9)."
	for name, test := range map[string]struct{ file, want string }{
		"Windows-1252":       {dated + link, `b.md:10 dead-link: the link "#café" leads to no section`},
		"allowed, with mark": {"\ufeff" + strings.Replace(dated, "lang: en", "lang: en # lint: allow dead-link", 1) + "## May dogs come along?\n\nSee [rooms](#rooms).", ""},
	} {
		if got := strings.Join(run(t, set("b.md", test.file)), "\n"); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: Run = %q, want %q…", name, got, test.want)
		}
	}
}

// TestWhereToCut wants a long section cut at the paragraph nearest its middle, and never between a list and what
// introduces it.
func TestWhereToCut(t *testing.T) {
	some := strings.Repeat("Sentences that nobody reads to the end. ", 25)
	tests := []struct{ name, body, want string }{
		{"paragraphs", some + "\n\nSecond. " + some + "\n\nThird. " + some + "\n\nFourth. " + some, `cut it with a heading of its own above "Third." (line 12)`},
		{"a list", some + some + "\n\nIn short:\n\n- " + some + "\n- " + some, `cut it with a heading of its own above "In short:" (line 10)`},
		{"one paragraph", some + some + some + some, "part it into sections, each with the question that it answers as its heading"},
	}
	for _, test := range tests {
		found := find(t, add("b.md", "## May dogs come along?\n\n"+test.body))
		if len(found) != 1 || found[0].Rule != lint.LongSection || found[0].Advice != test.want {
			t.Errorf("%s: Run = %v, want a long section with the advice %q", test.name, found, test.want)
		}
	}
}

// A pipe is a folder in which to open desk.yaml would wait for ever.
type pipe struct {
	files fstest.MapFS
	t     *testing.T
}

func (p pipe) Open(name string) (fs.File, error) {
	if name == "desk.yaml" {
		p.t.Error("a pipe is opened")
	}
	return p.files.Open(name)
}

func (p pipe) Stat(name string) (fs.FileInfo, error) { return p.files.Stat(name) }

func TestPlacesLeavePipesAlone(t *testing.T) {
	folder := pipe{fstest.MapFS{"inn.md": {Data: []byte("# The inn\n\nIt is here.")}, "desk.yaml": {Mode: fs.ModeNamedPipe}}, t}
	base, _ := knowledge.Load(folder, knowledge.Handoff{})
	lint.Read(base, folder, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
}
