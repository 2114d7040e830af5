package journal

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A Period is a stretch of time, From included and To not. A zero time leaves that end open.
type Period struct{ From, To time.Time }

func (p Period) has(t time.Time) bool {
	return !t.Before(p.From) && (p.To.IsZero() || t.Before(p.To))
}

// A question is a row in which somebody asked something of the knowledge.
type question struct {
	at         time.Time
	person     string
	repeated   bool
	outcome    bot.Outcome
	section    knowledge.SectionID
	expired    knowledge.SectionID
	confidence float64
	lang       string
	kept       Privacy
	text       string
	bare       string // text as [bare] has it
	nearest    []knowledge.SectionID
	chosen     knowledge.SectionID
	reworded   knowledge.SectionID
	feedback   int
}

// maxQuestions bounds how many of the latest questions are looked at, so that a page of the console never takes long.
const maxQuestions = 20_000

// readTime bounds what is read for a page: a server that says nothing any more must not keep staff, or the gate, waiting.
const readTime = 15 * time.Second

// questions reads the latest questions within the retention, the oldest first.
func (j *Journal) questions(ctx context.Context) ([]question, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	if err := j.store.migrate(ctx); err != nil {
		return nil, err
	}
	oldest := j.config.Now().Add(-j.config.Retention).UnixMilli()
	rows, err := j.store.read.QueryContext(ctx, `SELECT at, person, repeated, outcome, section, expired, confidence, lang,
			kept, question, nearest, chosen, reworded, feedback
		FROM journal_exchanges WHERE at >= $1 AND asks = 1
		ORDER BY at DESC, id LIMIT $2`, oldest, maxQuestions)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []question
	known := map[string]string{} // many ask the same
	for rows.Next() {
		q, err := scanQuestion(rows)
		if err != nil {
			return nil, err
		}
		if _, ok := known[q.text]; !ok {
			known[q.text] = bare(q.text)
		}
		q.bare = known[q.text]
		all = append(all, q)
	}
	slices.Reverse(all)
	return all, rows.Err()
}

func scanQuestion(rows *sql.Rows) (question, error) {
	var q question
	var at int64
	var repeated int
	var near, setting string
	err := rows.Scan(&at, &q.person, &repeated, &q.outcome, &q.section, &q.expired, &q.confidence, &q.lang,
		&setting, &q.text, &near, &q.chosen, &q.reworded, &q.feedback)
	q.kept, _ = kept(setting)
	q.at, q.repeated, q.nearest = time.UnixMilli(at), repeated != 0, sections(near)
	return q, err
}

// A group is questions that are alike.
type group struct{ questions []question }

// groups returns the questions with text by likeness, and those without.
func groups(all []question) (alike []group, textless []question) {
	wordings, numbers := wordingsOf(all)
	member := cluster(wordings)
	for _, q := range all {
		if q.text == "" {
			textless = append(textless, q)
			continue
		}
		g := member[numbers[q.bare]]
		for len(alike) <= g {
			alike = append(alike, group{})
		}
		alike[g].questions = append(alike[g].questions, q)
	}
	return alike, textless
}

// wordingsOf returns the different texts of questions, and their numbers by [bare] text.
func wordingsOf(all []question) ([]wording, map[string]int) {
	var texts []wording
	numbers := map[string]int{}
	askers := map[int]map[string]bool{}
	for _, q := range all {
		key := q.bare
		i, ok := numbers[key]
		if !ok && q.text != "" {
			i = len(texts)
			numbers[key], askers[i] = i, map[string]bool{}
			texts = append(texts, wording{text: key})
		}
		if q.text != "" {
			askers[i][q.person] = true
		}
	}
	for i := range texts {
		texts[i].people = len(askers[i])
	}
	return texts, numbers
}

// bare returns a text without case, accents, punctuation and blank space: questions that differ in nothing else are
// the same.
func bare(text string) string {
	words := wordPattern.FindAllString(fold(text), -1)
	if len(words) == 0 {
		return strings.TrimSpace(text)
	}
	return strings.Join(words, " ")
}

// people counts who asked: no fewer people than this are behind the questions, whatever the days. Whoever asked
// something alike on an earlier day is not counted again.
func people(questions []question) int {
	known := map[string]bool{"": true}
	for _, q := range questions {
		if q.repeated {
			known[q.person] = true
		}
	}
	n := 0
	for _, q := range questions {
		if !known[q.person] {
			known[q.person] = true
			n++
		}
	}
	return n
}

// open returns the questions of a group whose words staff may see, all of them once enough people asked alike, else
// those of closed rooms; and the others.
func (g group) open() (open, hidden []question) {
	if people(g.questions) >= Askers {
		return g.questions, nil
	}
	for _, q := range g.questions {
		if q.kept == Full {
			open = append(open, q)
		} else {
			hidden = append(hidden, q)
		}
	}
	return open, hidden
}

// texts returns the wordings of questions, those that most people used first, then the shorter ones. Wordings that
// differ in case or punctuation only are one, as first written.
func texts(questions []question) []string {
	askers := map[string]map[string]bool{}
	written := map[string]string{}
	for _, q := range questions {
		if askers[q.bare] == nil {
			askers[q.bare], written[q.bare] = map[string]bool{}, q.text
		}
		askers[q.bare][q.person] = true
	}
	var all []string
	for key := range askers {
		all = append(all, key)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(len(askers[b])-len(askers[a]), cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	})
	for i, key := range all {
		all[i] = written[key]
	}
	return all
}

// An Asked is a question that people asked lately, for trying a new version of the knowledge on.
type Asked struct {
	Text    string // in the words that most people used
	Lang    string
	Section knowledge.SectionID // that answered the last time; empty for none
	People  int
	Last    time.Time
}

// Recent returns what people asked lately, the latest first, n at most: groups of questions alike, each with one
// wording, and only those whose words staff may see.
func (j *Journal) Recent(ctx context.Context, n int) ([]Asked, error) {
	all, err := j.grouped(ctx)
	if err != nil {
		return nil, fmt.Errorf("read recent questions: %w", err)
	}
	var recent []Asked
	for _, g := range all.alike {
		open, _ := g.open()
		if len(open) == 0 {
			continue
		}
		last := open[len(open)-1]
		recent = append(recent, Asked{Text: texts(open)[0], Lang: last.lang, Section: last.section, People: people(open), Last: last.at})
	}
	slices.SortStableFunc(recent, func(a, b Asked) int {
		return cmp.Or(b.Last.Compare(a.Last), strings.Compare(a.Text, b.Text))
	})
	return recent[:min(max(0, n), len(recent))], nil
}
