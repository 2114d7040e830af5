package publish

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// goldenFile is the file of golden questions, at the top of the folder. Its rows are
//
//	question <TAB> section [<TAB> lang]
//
// below a header with these names, which may be missing. The section is the id of the one that must answer, or several
// with | between of which any will do; or one of the labels below. Empty rows, and rows that begin with #, do not count.
const goldenFile = knowledge.QuestionsFile

// The labels that stand for an outcome, not for a section.
const (
	None    = "NONE"    // no section answers it outright
	Handoff = "HANDOFF" // the person is handed to a human
	Crisis  = "CRISIS"  // helplines come first
)

// maxGolden bounds the file, in bytes.
const maxGolden = 4 << 20

// maxGoldenProblems bounds what is told of the rows one by one.
const maxGoldenProblems = 50

// A GoldenQuestion is a row of questions.tsv: a question with what must come of it.
type GoldenQuestion struct {
	Question string             `json:"question"`
	Want     []string           `json:"want"` // ids of sections, any of which will do, or NONE, HANDOFF or CRISIS
	Lang     string             `json:"lang"` // BCP 47 base language; empty when the row does not say
	Source   knowledge.Position `json:"-"`
}

// key tells apart rows that ask for different things, wherever they stand.
func (g GoldenQuestion) key() string {
	return strings.Join(append([]string{g.Question, g.Lang}, g.Want...), "\t")
}

// met reports whether an answer is what the row asks for.
func (g GoldenQuestion) met(a Answer) bool {
	return slices.ContainsFunc(g.Want, func(want string) bool {
		switch want {
		case None:
			return a.Outcome == bot.HandedOff || a.Section == "" && a.Outcome != bot.Crisis
		case Handoff:
			return a.Outcome == bot.HandedOff
		case Crisis:
			return a.Outcome == bot.Crisis
		}
		return string(a.Section) == want && a.Outcome != bot.Crisis
	})
}

// readGolden reads the golden questions of a folder, and says what is wrong with them, given what it was loaded as.
func readGolden(fsys fs.FS, base knowledge.Base) ([]GoldenQuestion, []knowledge.Problem) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, nil // loading said so
	}
	at := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return strings.EqualFold(e.Name(), goldenFile) && !e.IsDir() })
	if at < 0 {
		return nil, nil
	}
	name := entries[at].Name()
	broken := func(text, advice string) []knowledge.Problem {
		return []knowledge.Problem{{Source: knowledge.Position{File: name}, Level: knowledge.Error, Text: text, Advice: advice}}
	}
	if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() {
		return nil, broken("the golden questions are no file", "put a file of text in its place") // to open a pipe waits for ever
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, broken("the golden questions cannot be opened", "check who may read the file")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxGolden+1))
	switch {
	case err != nil:
		return nil, broken("the golden questions cannot be read", "check who may read the file")
	case len(data) > maxGolden:
		return nil, broken("the file has more than 4 MB, which are not read", "keep the questions that matter")
	}
	text, found, ok := knowledge.TextOf(name, data)
	if !ok {
		return nil, found
	}
	rows, problems := parseGolden(name, text, base)
	return rows, append(found, problems...)
}

// parseGolden reads the rows. One that cannot be read is an error, since what it protects would go unprotected.
func parseGolden(name, text string, base knowledge.Base) (rows []GoldenQuestion, problems []knowledge.Problem) {
	known := map[string]bool{}
	for _, s := range base.Sections() {
		known[string(s.ID)] = true
	}
	first := map[string]GoldenQuestion{}
	n := 0
	var more knowledge.Problem // stands for the rest, by the first of the gravest
	untold := 0
	for line := range strings.Lines(text) {
		n++
		at := knowledge.Position{File: name, Line: n}
		add := func(level knowledge.Level, text, advice string) {
			if len(problems) < maxGoldenProblems {
				problems = append(problems, knowledge.Problem{Source: at, Level: level, Text: text, Advice: advice})
				return
			}
			if untold++; more.Source.Line == 0 || level == knowledge.Error && more.Level != level {
				more = knowledge.Problem{Source: at, Level: level}
			}
		}
		g, ok := goldenRow(strings.TrimRight(line, "\n"))
		g.Source = at
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") || n == 1 && g.isHeader():
			continue
		case !ok:
			add(knowledge.Error, "no tab between the question and its section", "write the question, a tab, then the section's id, or NONE, HANDOFF or CRISIS")
			continue
		case g.Question == "" || len(g.Want) == 0:
			add(knowledge.Error, "a golden question needs a question and a section", "fill in both, or remove the row")
			continue
		}
		if other, twice := first[g.Question+"\t"+g.Lang]; twice && other.key() != g.key() {
			add(knowledge.Warning, fmt.Sprintf("%s asks the same and wants something else", other.Source), "keep one of the two rows")
		}
		for _, want := range g.Want {
			if !isLabel(want) && !known[want] {
				add(knowledge.Warning, fmt.Sprintf("there is no section %q", want), "\"frontdesk check\" lists the ids of all sections")
			}
		}
		first[g.Question+"\t"+g.Lang] = g
		rows = append(rows, g)
	}
	if untold > 0 {
		more.Text, more.Advice = fmt.Sprintf("%d more rows have something wrong, from here on", untold), "mend the rows above first"
		problems = append(problems, more)
	}
	return rows, problems
}

// goldenRow cuts a line into its cells; false when it has but one.
func goldenRow(line string) (GoldenQuestion, bool) {
	cells := strings.Split(line, "\t")
	g := GoldenQuestion{Question: knowledge.QuestionCell(cells[0])}
	if len(cells) < 2 {
		return g, false
	}
	for want := range strings.SplitSeq(knowledge.QuestionCell(cells[1]), "|") {
		if want = strings.TrimSpace(want); isLabel(strings.ToUpper(want)) {
			want = strings.ToUpper(want)
		}
		if want != "" {
			g.Want = append(g.Want, want)
		}
	}
	if len(cells) > 2 {
		g.Lang = strings.ToLower(knowledge.QuestionCell(cells[2]))
	}
	return g, true
}

func isLabel(want string) bool { return want == None || want == Handoff || want == Crisis }

func (g GoldenQuestion) isHeader() bool {
	return strings.EqualFold(g.Question, "question") && (len(g.Want) == 0 || strings.EqualFold(g.Want[0], "section"))
}
