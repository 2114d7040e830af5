package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"frontdesk/knowledge"
)

// questionsFile is where staff keep questions whose answers they count on: a question, a tab, the ids of the sections
// that answer it or a word such as NONE, and perhaps another tab and the question's language.
const questionsFile = knowledge.QuestionsFile

// none stands in questionsFile for no section at all.
const none = "NONE"

// readIfThere returns a file, or nil when there is none.
func (b *Book) readIfThere(file string) ([]byte, error) {
	data, err := b.read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// rows returns a file of rows, empty when there is none, as its bytes and as text.
func (b *Book) rows(file string) ([]byte, source, error) {
	data, err := b.readIfThere(file)
	if err != nil {
		return nil, source{}, err
	}
	s, err := readSource(file, data)
	return data, s, err
}

// writable refuses a section's id that a cell of questionsFile cannot hold.
func writable(id knowledge.SectionID) error {
	if id == "" || strings.ContainsAny(string(id), "\t\r\n|") {
		return &RefusedError{Text: fmt.Sprintf("%q cannot be written as a section's id", id)}
	}
	return nil
}

// withRow adds a line to a file of rows.
func withRow(file string, data []byte, cells ...string) ([]byte, error) {
	s, err := readSource(file, data)
	if err != nil {
		return nil, err
	}
	text := s.text
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return s.with(text + strings.Join(cells, "\t") + "\n"), nil
}

// writePhrasings changes the file with phrasings for sections whose own files have no place for them.
func (b *Book) writePhrasings(f found, wanted Text, drop, add []string) (Change, error) {
	const file = knowledge.PhrasingsFile
	if strings.ContainsAny(string(f.section.ID), "\t\r\n") {
		return Change{}, &RefusedError{Text: "the section's id holds a tab or a line break"}
	}
	_, s, err := b.rows(file)
	if err != nil {
		return Change{}, err
	}
	var kept strings.Builder
	for line := range strings.Lines(s.text) {
		phrasing, id, _ := strings.Cut(line, "\t")
		if strings.TrimSpace(id) == string(f.section.ID) && contains(drop, strings.TrimSpace(phrasing)) {
			continue
		}
		kept.WriteString(line)
	}
	after := s.with(kept.String())
	if strings.TrimSpace(kept.String()) == "" && len(add) == 0 {
		after = nil // an empty file is an error
	}
	for _, phrasing := range add {
		if after, err = withRow(file, after, phrasing, string(f.section.ID)); err != nil {
			return Change{}, err
		}
	}
	now, err := f.text()
	if err != nil {
		return Change{}, err
	}
	return b.propose(f, file, after, wanted, describe(now, wanted, f.section.ID))
}

func contains(list []string, s string) bool { return len(without([]string{s}, list)) == 0 }

// OutOfScope proposes a row of questions.tsv that says that no section answers a question. lang may be empty. ErrSame
// says that the row is there.
func (b *Book) OutOfScope(question, lang string) (Change, error) {
	return b.question(question, none, lang)
}

// Golden proposes a row of questions.tsv that says which section answers a question: a version in which it does not is
// kept from going live. ErrSame says that the row is there.
func (b *Book) Golden(question string, id knowledge.SectionID) (Change, error) {
	if err := writable(id); err != nil {
		return Change{}, fmt.Errorf("add a golden question: %w", err)
	}
	return b.question(question, string(id), "")
}

func (b *Book) question(question, want, lang string) (Change, error) {
	c, err := b.addQuestion(question, want, lang)
	if err != nil {
		return Change{}, fmt.Errorf("add a golden question: %w", err)
	}
	c.again = func() (Change, error) { return b.addQuestion(question, want, lang) }
	return c, nil
}

func (b *Book) addQuestion(question, want, lang string) (Change, error) {
	question, err := cleanPhrasing(question)
	if err != nil {
		return Change{}, err
	}
	data, s, err := b.rows(questionsFile)
	if err != nil {
		return Change{}, err
	}
	n := 0
	for line := range strings.Lines(s.text) {
		n++
		asked, rest, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !strings.EqualFold(knowledge.QuestionCell(asked), question) {
			continue
		}
		there, _, _ := strings.Cut(rest, "\t")
		if there = knowledge.QuestionCell(there); there != want {
			return Change{}, &RefusedError{Text: fmt.Sprintf("%s:%d already says that %q answers this question; change it there", questionsFile, n, there)}
		}
		return Change{}, ErrSame
	}
	cells := []string{question, want}
	if lang = word(lang); lang != "" {
		cells = append(cells, lang)
	}
	after, err := withRow(questionsFile, data, cells...)
	if err != nil {
		return Change{}, err
	}
	summary := fmt.Sprintf("%q is answered by %s", question, want)
	if want == none {
		summary = fmt.Sprintf("%q is out of scope", question)
	}
	c := Change{File: questionsFile, Before: data, After: after, Summary: summary}
	if want != none {
		c.Section = knowledge.SectionID(want)
		if _, ok := b.look("", nil).section(c.Section); !ok {
			return Change{}, fmt.Errorf("%q: %w", want, ErrGone)
		}
	}
	return c, nil
}

// word returns a language's code, or nothing for what is none.
func word(lang string) string {
	for _, r := range lang {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' {
			return ""
		}
	}
	return lang
}
