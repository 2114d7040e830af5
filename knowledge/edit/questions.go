package edit

import (
	"fmt"
	"strings"

	"frontdesk/knowledge"
)

// DropQuestion proposes to take a question out of questions.tsv, in all rows that ask it in this language. A
// *RefusedError says that no row does.
func (b *Book) DropQuestion(question, lang string) (Change, error) {
	return b.changeQuestion(question, lang, "")
}

// AimQuestion proposes that another section answers a question of questions.tsv; ErrGone when there is no such section.
// Other errors are as those of DropQuestion.
func (b *Book) AimQuestion(question, lang string, id knowledge.SectionID) (Change, error) {
	if err := writable(id); err != nil {
		return Change{}, fmt.Errorf("change a golden question: %w", err)
	}
	return b.changeQuestion(question, lang, id)
}

// changeQuestion proposes other rows for a question: the same ones with another section, or without one none.
func (b *Book) changeQuestion(question, lang string, id knowledge.SectionID) (Change, error) {
	c, err := b.withoutQuestion(question, lang, id)
	if err != nil {
		return Change{}, fmt.Errorf("change a golden question: %w", err)
	}
	c.again = func() (Change, error) { return b.withoutQuestion(question, lang, id) }
	return c, nil
}

func (b *Book) withoutQuestion(question, lang string, id knowledge.SectionID) (Change, error) {
	data, s, err := b.rows(questionsFile)
	if err != nil {
		return Change{}, err
	}
	var kept strings.Builder
	there := false
	for line := range strings.Lines(s.text) {
		if !asks(line, question, lang) {
			kept.WriteString(line)
			continue
		}
		there = true
		if id != "" {
			kept.WriteString(aimed(line, id))
		}
	}
	switch {
	case !there:
		return Change{}, &RefusedError{Text: fmt.Sprintf("%s does not hold %q any more", questionsFile, question)}
	case kept.String() == s.text:
		return Change{}, ErrSame
	}
	if id != "" {
		if _, ok := b.look("", nil).section(id); !ok {
			return Change{}, fmt.Errorf("%q: %w", id, ErrGone)
		}
	}
	summary := fmt.Sprintf("%q is no golden question any more", question)
	if id != "" {
		summary = fmt.Sprintf("%q is answered by %s", question, id)
	}
	return Change{File: questionsFile, Before: data, After: s.with(kept.String()), Section: id, Summary: summary}, nil
}

// asks reports whether a row asks a question in a language, read as the gate reads it.
func asks(line, question, lang string) bool {
	cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
	if len(cells) < 2 || strings.HasPrefix(line, "#") {
		return false
	}
	of := ""
	if len(cells) > 2 {
		of = strings.ToLower(knowledge.QuestionCell(cells[2]))
	}
	return knowledge.QuestionCell(cells[0]) == question && of == lang
}

// aimed returns a row with another section.
func aimed(line string, id knowledge.SectionID) string {
	cells := strings.Split(line, "\t")
	end := ""
	if len(cells) == 2 && strings.HasSuffix(line, "\n") {
		end = "\n"
	}
	cells[1] = string(id) + end
	return strings.Join(cells, "\t")
}
