package lint_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"frontdesk/index"
	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

// today is the day on which the tests' folders are read.
var today = time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC)

// run returns what is found in a folder, given as file names and texts, as "file:line rule: text".
func run(t *testing.T, files map[string]string) []string {
	t.Helper()
	var all []string
	for _, f := range find(t, files) {
		all = append(all, fmt.Sprintf("%s %s: %s", f.Source, f.Rule, f.Text))
	}
	return all
}

func find(t *testing.T, files map[string]string) []lint.Finding {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	base, problems := knowledge.Load(fsys, knowledge.Handoff{})
	for _, p := range problems {
		if p.Level == knowledge.Error {
			t.Fatal(p)
		}
	}
	s, err := index.Build(t.Context(), base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := lint.Run(t.Context(), s, fsys, today, outright)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// outright answers as a desk does that has to be fairly sure.
func outright(hits []index.Hit) bool { return len(hits) > 0 && hits[0].Confidence >= .6 }

// desk is a desk.yaml with nothing to improve.
const desk = `contact: https://inn.example/contact
helplines:
  - {name: Help, call: "112", checked: 2026-06-01}
`

// dated is front matter with nothing to improve.
const dated = "---\nlang: en\nreviewed: 2026-05-01\nreview_by: 2027-05-01\n---\n"

// inn is an article with nothing to improve.
const inn = dated + `# The inn

## When is breakfast served?

<!-- also: what time can we eat in the morning -->

From seven to ten in the room beside the kitchen, on Sundays until eleven.

## Where can I park my car?

Behind the house, for nothing. The gate is locked at midnight.
`

// TestDatesOfTheDesksDay: today is 09:30 in UTC, which is still the day before in Honolulu.
func TestDatesOfTheDesksDay(t *testing.T) {
	b := "---\nlang: en\nreviewed: 2026-05-01\nreview_by: 2026-06-14\nexpires_at: 2027-06-15\n---\n# Trains\n\n## Which train do I take?\n\nThe one to the coast.\n"
	for zone, want := range map[string]int{"UTC": 1, "Asia/Tokyo": 1, "Pacific/Honolulu": 0} {
		for name, text := range map[string]string{"review_by": b, "expires_at": strings.NewReplacer("2026-06-14", "2027-06-14", "2027-06-15", "2026-06-15").Replace(b)} {
			found := find(t, map[string]string{"desk.yaml": desk + "timezone: " + zone + "\n", "inn.md": inn, "b.md": text})
			n := 0
			for _, f := range found {
				if f.Rule == lint.ReviewDue || f.Rule == lint.Expired {
					n++
				}
			}
			if n != want {
				t.Errorf("%s: %d findings about %s, want %d: %v", zone, n, name, want, found)
			}
		}
	}
}

func TestNothingToImprove(t *testing.T) {
	if got := run(t, map[string]string{"desk.yaml": desk, "inn.md": inn}); len(got) > 0 {
		t.Errorf("Run of a good folder = %q, want nothing", got)
	}
}

// TestAdviceForALink names the first of several files that have what a link leads to, every time.
func TestAdviceForALink(t *testing.T) {
	files := map[string]string{"desk.yaml": desk, "inn.md": strings.Replace(inn, "From seven", "[Rooms](#rooms). From seven", 1)}
	for _, name := range []string{"b", "c", "d", "e", "f"} {
		files[name+".md"] = dated + "# House " + name + "\n\n## Rooms\n\nThere are rooms in house " + name + ".\n"
	}
	for range 5 {
		var advice []string
		for _, f := range find(t, files) {
			if f.Rule == lint.DeadLink {
				advice = append(advice, f.Advice)
			}
		}
		if want := []string{"it is in b.md"}; !slices.Equal(advice, want) {
			t.Fatalf("advice is %q, want %q", advice, want)
		}
	}
}

// TestRules shows each rule by the smallest change to a folder that has nothing to improve. want is how each finding
// begins.
func TestRules(t *testing.T) {
	long := strings.Repeat("One of many sentences that nobody reads to the end. ", 40)
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"same heading", add("b.md", "## Where can I park my car?\n\nIn the yard of the annex."),
			[]string{`inn.md:14 same-question: the heading "Where can I park my car?" is also "Where can I park my car?" (b.md:6)`}},
		{"phrasing is another's heading", add("b.md", "## How do I reach you by train?\n\n<!-- also: where can I park, my car? -->\n\nThe station is near."),
			[]string{`inn.md:14 same-question: the heading "Where can I park my car?" is also a phrasing of "How do I reach you by train?" (b.md:6)`}},
		{"small words differ", add("b.md", "## Where could we park our cars?\n\nIn the yard of the annex."),
			[]string{`inn.md:14 similar-question: the heading "Where can I park my car?" asks the same as "Where could we park our cars?" (b.md:6)`}},
		{"a word that matters differs", add("b.md", "## Where can I park my bicycle?\n\nIn the shed."), nil},
		{"what another language asks", add("b.md", "## Where can I park my car?\n\nIm Hof.", "lang: en", "lang: de"), nil},
		{"same text", add("b.md", "## Do you have rooms for families of five?\n\n"+text+"\n\n## May dogs come along?\n\n"+text),
			[]string{`b.md:10 same-text: the text is nearly the same as in "Do you have rooms for families of five?" (b.md:6)`}},
		{"text within another", add("b.md", "## Do you have rooms for families of five?\n\n"+text+"\n\n## May dogs come along?\n\n"+text+" "+strings.ReplaceAll(text, "a", "o")),
			[]string{`b.md:10 same-text: the text holds nearly all of "Do you have rooms`}},
		{"vague heading", add("b.md", "## Other information\n\nThe bell at the door is for the night."),
			[]string{`b.md:6 vague-heading: nobody asks for "Other information"`}},
		{"vague heading with a phrasing", add("b.md", "## Other information\n\n<!-- also: nobody opens the door at night -->\n\nThe bell at the door is for the night."), nil},
		{"unwritten", add("b.md", "## May dogs come along?\n\nComing soon!"),
			[]string{`b.md:8 unwritten: "Coming soon!" is served as the answer to "May dogs come along?"`}},
		{"a text that is not shown", add("b.md", "## May dogs come along?\n\n<!-- for Ann --> They may."),
			[]string{`b.md:8 unwritten: people who ask "May dogs come along?" get no text`}},
		{"long", add("b.md", "## May dogs come along?\n\n"+long+"\n\nThe second half. "+long),
			[]string{`b.md:6 long-section: "May dogs come along?" has about`}},
		{"dead links", add("b.md", "## May dogs come along?\n\nSee [rooms](#rooms), [the inn](inn.md), [breakfast](inn.md#when-is-breakfast-served),\n[this](#may-dogs-come-along), [that](https://a.example/#x) and ![a map](maps/map.png)."),
			[]string{`b.md:8 dead-link: the link "#rooms" leads to no section`, `b.md:9 dead-link: the link "maps/map.png" leads to a file that is not here`}},
		{"no contact", set("desk.yaml", strings.Replace(desk, "contact: https://inn.example/contact\n", "", 1)),
			[]string{`inn.md:6 no-contact: whoever reads "The inn" has nobody to turn to, in 2 sections`}},
		{"no dates", set("inn.md", strings.Replace(inn, "reviewed: 2026-05-01\nreview_by: 2027-05-01\n", "", 1)),
			[]string{`inn.md:4 no-review-date: "The inn" does not say`}},
		{"review due", set("inn.md", strings.Replace(inn, "2027-05-01", "2026-06-14", 1)),
			[]string{`inn.md:6 review-due: "The inn", all of it, was to be looked over by 14 June 2026`}},
		{"review due today", set("inn.md", strings.Replace(inn, "2027-05-01", "2026-06-15", 1)), nil},
		{"review long ago", set("inn.md", strings.Replace(inn, "reviewed: 2026-05-01\nreview_by: 2027-05-01", "reviewed: 2025-05-01", 1)),
			[]string{`inn.md:5 review-due: "The inn", all of it, was last looked over on 1 May 2025`}},
		{"expires soon", add("b.md", "## May dogs come along?\n\nThey may.", "lang: en", "lang: en\nexpires_at: 2026-07-01"),
			[]string{`b.md:7 expires-soon: "May dogs come along?" will not be served from 1 July 2026 on`}},
		{"expired is not compared", add("b.md", "## Where can I park my car?\n\nIn the yard.", "lang: en", "lang: en\nexpires_at: 2026-06-15"),
			[]string{`b.md:7 expired: "Where can I park my car?" has not been served since 15 June 2026`}},
		{"helpline without a date", set("desk.yaml", strings.Replace(desk, ", checked: 2026-06-01", "", 1)),
			[]string{`desk.yaml:3 unchecked-helpline: "Help" does not say`}},
		{"old helpline", set("desk.yaml", strings.Replace(desk, "2026-06-01", "2025-12-16", 1)),
			[]string{`desk.yaml:3 unchecked-helpline: nobody has made sure of "Help" since 16 December 2025`}},
		{"helpline after 180 days", set("desk.yaml", strings.Replace(desk, "2026-06-01", "2025-12-17", 1)), nil},
		{"built-in helplines", set("desk.yaml", "contact: https://inn.example/contact\n"),
			[]string{`desk.yaml unchecked-helpline: names no helplines`}},
		{"acronym", add("b.md", "## May dogs come along?\n\nYes, with a KLB pass. The KLB is at the town hall.\n\n## Is there a sauna?\n\nNot yet; the KLB forbids it."),
			[]string{`b.md:8 unexplained-acronym: KLB is never spelt out, here and in 1 other section`}},
		{"spelt out", add("b.md", "## May dogs come along?\n\nYes, says the Kennel League of Bavaria (KLB). Ask the NAD (National Association of Dogs); the TBO stands for dogs too. From kennels (KXY or KXZ) none, says AZQ (the league of all dogs). NO CATS AT ALL! Take your ID. Do NOT run."), nil},
		{"not spelt out by chance", add("b.md", "## May dogs come along?\n\nYes, with an IDP: indeed, dogs pay. Or an ÖDV (see 3)."),
			[]string{`b.md:8 unexplained-acronym: IDP is never`, `b.md:8 unexplained-acronym: ÖDV is never`}},
		{"golden questions", set("c.md", dated+strings.Join(numbered(9), "\n\n")),
			[]string{`questions.tsv no-golden-questions: is not there`}},
		{"unknown rule", add("b.md", "## May dogs come along?\n\n<!-- lint: allow deadlink -->\n\nThey may."),
			[]string{`b.md:8 unknown-rule: there is no rule "deadlink"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := run(t, test.files)
			if len(got) != len(test.want) {
				t.Fatalf("Run = %q, want %q", got, test.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], test.want[i]) {
					t.Errorf("finding %d = %q, want %q…", i, got[i], test.want[i])
				}
			}
		})
	}
}

// text is as long as a real answer.
const text = "We have two large rooms below the roof, each with a double bed, a bunk and a cot, and a bathroom that both share. They cost more in summer."

// add returns the good folder with another article, whose front matter may be changed.
func add(name, body string, replace ...string) map[string]string {
	return set(name, strings.NewReplacer(replace...).Replace(dated)+body)
}

// set returns the good folder with another file, or one changed.
func set(name, text string) map[string]string {
	files := map[string]string{"desk.yaml": desk, "inn.md": inn}
	files[name] = text
	return files
}

// numbered returns n sections that have nothing to do with each other.
func numbered(n int) []string {
	words := strings.Fields("towels sauna ironing bicycles weddings children wheelchairs laundry smoking fishing")
	var all []string
	for _, w := range words[:n] {
		all = append(all, fmt.Sprintf("## What about %s?\n\nAsk for %s at the door.", w, w))
	}
	return all
}

func TestAllow(t *testing.T) {
	const body = "## May dogs come along?\n\nSee [rooms](#rooms).\n\n## Is there a sauna?\n\nSee [baths](#baths)."
	rooms, baths := `b.md:8 dead-link: the link "#rooms" leads to no section`, `b.md:12 dead-link: the link "#baths" leads to no section`
	tests := []struct {
		name        string
		front, body string // what is changed
		desk        string
		want        []string
	}{
		{"nothing", "", "", "", []string{rooms, baths}},
		{"front matter", "# lint: allow dead-link", "", "", nil},
		{"another rule", "# lint: allow long-section, same-text", "", "", []string{rooms, baths}},
		{"a section", "", "<!-- lint: allow dead-link -->", "", []string{rooms}},
		{"several rules", "", "<!-- lint: allow long-section, dead-link -->", "", []string{rooms}},
		{"the folder", "", "", "# lint: allow dead-link", nil},
		{"a file", "", "", "# lint: allow dead-link in b.md", nil},
		{"another file", "", "", "# lint: allow dead-link in inn.md", []string{rooms, baths}},
	}
	for _, test := range tests {
		front := strings.Replace(dated, "lang: en", "lang: en "+test.front, 1)
		files := set("b.md", front+body+"\n"+test.body)
		files["desk.yaml"] += test.desk + "\n"
		if got := run(t, files); strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s: Run = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCap(t *testing.T) {
	var found []lint.Finding
	for i := range 4 {
		level := knowledge.Notice
		if i == 3 {
			level = knowledge.Warning
		}
		found = append(found, lint.Finding{Problem: knowledge.Problem{Level: level, Source: knowledge.Position{Line: i}}, Rule: lint.SameText})
	}
	kept, left := lint.Cap(found, 2)
	if len(kept) != 2 || kept[0].Source.Line != 0 || kept[1].Source.Line != 3 || left[lint.SameText] != 2 {
		t.Errorf("Cap = %v, %v, want the first notice and the warning, and 2 left", kept, left)
	}
	if kept, left := lint.Cap(found, 0); len(kept) != 4 || len(left) != 0 {
		t.Errorf("Cap of 0 = %v, %v, want all", kept, left)
	}
}

// TestDocumentedRules keeps docs/lint.md and the rules in step.
func TestDocumentedRules(t *testing.T) {
	page, err := os.ReadFile("../../docs/lint.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "## The rules")
	for _, r := range lint.Rules() {
		if !strings.Contains(table, "`"+string(r)+"`") {
			t.Errorf("docs/lint.md does not explain %s", r)
		}
	}
}
