package publish

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// someSections is a base with the sections a and b.
func someSections() knowledge.Base {
	return knowledge.Base{Articles: []knowledge.Article{{Sections: []knowledge.Section{{ID: "a"}, {ID: "b"}}}}}
}

func TestParseGolden(t *testing.T) {
	for _, c := range []struct {
		name, text string
		rows       []string
		problems   []string
	}{
		{"with a header", "question\tsection\nWhere?\ta\n", []string{"2 Where? [a] "}, nil},
		{"without a header", "Where?\ta\n", []string{"1 Where? [a] "}, nil},
		{"a header with a language", "Question\tSection\tLang\nWhere?\ta\ten\n¿Dónde?\tb\tES\n", []string{"2 Where? [a] en", "3 ¿Dónde? [b] es"}, nil},
		{"several sections", "Where?\ta | b\n", []string{"1 Where? [a b] "}, nil},
		{"labels", "France?\tNONE\nA human!\thandoff\nhelp\tCrisis\n", []string{"1 France? [NONE] ", "2 A human! [HANDOFF] ", "3 help [CRISIS] "}, nil},
		{"empty lines and remarks", "\n# a remark\tx\n  \nWhere?\ta\n", []string{"4 Where? [a] "}, nil},
		{"no last line break", "question\tsection\nWhere?\ta\nWho?\tb", []string{"2 Where? [a] ", "3 Who? [b] "}, nil},
		{"a spreadsheet's quotes", "\"Say \"\"where\"\"?\"\t\"a\"\n", []string{`1 Say "where"? [a] `}, nil},
		{"no such section", "Where?\tc\n", []string{"1 Where? [c] "}, []string{`questions.tsv:1: warning: there is no section "c"`}},
		{"no tab", "Where? a\nWho?\tb\n", []string{"2 Who? [b] "}, []string{"questions.tsv:1: error: no tab"}},
		{"no section", "Where?\t \n", nil, []string{"questions.tsv:1: error: a golden question needs"}},
		{"no question", "\ta\n", nil, []string{"questions.tsv:1: error: a golden question needs"}},
		{"twice, and at odds", "Where?\ta\nWhere?\tb\n", []string{"1 Where? [a] ", "2 Where? [b] "}, []string{"questions.tsv:2: warning: questions.tsv:1 asks the same"}},
		{"twice, in two languages", "Taxi?\ta\ten\nTaxi?\tb\tes\n", []string{"1 Taxi? [a] en", "2 Taxi? [b] es"}, nil},
		{"nothing", "", nil, nil},
	} {
		rows, problems := parseGolden(goldenFile, c.text, someSections())
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%d %s %v %s", r.Source.Line, r.Question, r.Want, r.Lang))
		}
		if diff := cmp.Diff(c.rows, got); diff != "" {
			t.Errorf("%s: parseGolden(%q), -want +got:\n%s", c.name, c.text, diff)
		}
		if len(problems) != len(c.problems) {
			t.Errorf("%s: parseGolden(%q) has the problems %v, want %q", c.name, c.text, problems, c.problems)
			continue
		}
		for i, p := range problems {
			if !strings.HasPrefix(p.String(), c.problems[i]) || p.Advice == "" {
				t.Errorf("%s: the problem %q, want one that begins with %q, with advice", c.name, p, c.problems[i])
			}
		}
	}
}

func TestMet(t *testing.T) {
	answered := func(id knowledge.SectionID) Answer { return Answer{Outcome: bot.Answered, Section: id} }
	for _, c := range []struct {
		want string
		got  Answer
		met  bool
	}{
		{"a", answered("a"), true},
		{"a|b", answered("b"), true},
		{"a", answered("b"), false},
		{"a", Answer{Outcome: bot.HandedOff, Section: "a"}, true},
		{"a", Answer{Outcome: bot.Unsure}, false},
		{"a", Answer{Outcome: bot.Crisis, Section: "a"}, false},
		{"NONE", Answer{Outcome: bot.Unanswered}, true},
		{"NONE", Answer{Outcome: bot.Unsure}, true},
		{"NONE", Answer{Outcome: bot.HandedOff, Section: "contact"}, true},
		{"NONE", answered("a"), false},
		{"NONE", Answer{Outcome: bot.Crisis}, false},
		{"HANDOFF", Answer{Outcome: bot.HandedOff}, true},
		{"HANDOFF", Answer{Outcome: bot.Unanswered}, false},
		{"CRISIS", Answer{Outcome: bot.Crisis}, true},
		{"CRISIS", Answer{Outcome: bot.HandedOff}, false},
		{"NONE|a", answered("a"), true},
	} {
		if g := (GoldenQuestion{Want: strings.Split(c.want, "|")}); g.met(c.got) != c.met {
			t.Errorf("a row that wants %s is met by %+v: %v, want %v", c.want, c.got, !c.met, c.met)
		}
	}
}

// TestReadGoldenOfSpreadsheets reads what spreadsheets write as "text, tab separated".
func TestReadGoldenOfSpreadsheets(t *testing.T) {
	wide := []byte{0xff, 0xfe}
	for _, r := range "¿Café?\ta\r\nWho?\tb\r\n" {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, c := range map[string]struct {
		data string
		told knowledge.Level
	}{
		"UTF-8 with a byte order mark": {"\ufeff¿Café?\ta\r\nWho?\tb", ""},
		"Windows-1252":                 {"\xbfCaf\xe9?\ta\r\nWho?\tb\r\n", knowledge.Warning},
		"UTF-16":                       {string(wide), ""},
		"carriage returns alone":       {"¿Café?\ta\rWho?\tb\r", ""},
		"no text":                      {"\x00\x01\x02", knowledge.Error},
	} {
		rows, problems := readGolden(fstest.MapFS{goldenFile: {Data: []byte(c.data)}}, someSections())
		if c.told == knowledge.Error {
			if len(rows) > 0 || len(Errors(problems)) != 1 {
				t.Errorf("%s: readGolden() = %v, %v, want an error", name, rows, problems)
			}
			continue
		}
		if len(rows) != 2 || rows[0].Question != "¿Café?" || rows[1].Want[0] != "b" || rows[1].Source.Line != 2 {
			t.Errorf("%s: readGolden() = %+v, want both rows as they were written", name, rows)
		}
		if told := len(problems) == 1 && problems[0].Level == c.told; told != (c.told != "") {
			t.Errorf("%s: the problems are %v, want one of level %q", name, problems, c.told)
		}
	}
}

// TestReadGoldenThatIsNoFile has a pipe in the place of the golden questions, which nobody writes to.
func TestReadGoldenThatIsNoFile(t *testing.T) {
	pipe := fstest.MapFS{"Questions.TSV": {Mode: fs.ModeNamedPipe}}
	if rows, problems := readGolden(pipe, someSections()); len(rows) != 0 || len(Errors(problems)) != 1 || problems[0].Source.File != "Questions.TSV" {
		t.Errorf("readGolden(a pipe) = %v, %v, want an error", rows, problems)
	}
}

func FuzzParseGolden(f *testing.F) {
	for _, s := range []string{"question\tsection\nWhere?\ta\n", "a\tb|c\td\te", "\"\t\"\"\t\"", "#\n\t\n", "x\tNONE|\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, problems := parseGolden(goldenFile, text, someSections())
		lines := strings.Count(text, "\n") + 1
		for _, r := range rows {
			if r.Question == "" || len(r.Want) == 0 || r.Source.Line < 1 || r.Source.Line > lines {
				t.Errorf("parseGolden(%q) has the row %+v", text, r)
			}
		}
		for _, p := range problems {
			if p.Source.Line < 1 || p.Source.Line > lines {
				t.Errorf("parseGolden(%q) has a problem at line %d of %d", text, p.Source.Line, lines)
			}
		}
	})
}

// TestManyBadRows tells of the first, and of the rest in one line that is as grave as the gravest of them.
func TestManyBadRows(t *testing.T) {
	text := strings.Repeat("how much\tnowhere\n", maxGoldenProblems+2) + "no tab\n" + "how far\tnowhere\n"
	rows, problems := parseGolden("questions.tsv", text, knowledge.Base{})
	last := problems[len(problems)-1]
	if len(rows) != maxGoldenProblems+3 || len(problems) != maxGoldenProblems+1 || last.Level != knowledge.Error ||
		last.Source.Line != maxGoldenProblems+3 || !strings.Contains(last.Text, "4 more rows") {
		t.Errorf("parseGolden() = %d rows, %d problems, the last %v; want %d, %d, and an error at line %d for 4 rows", len(rows), len(problems), last,
			maxGoldenProblems+3, maxGoldenProblems+1, maxGoldenProblems+3)
	}
}
