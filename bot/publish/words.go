package publish

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/bot"
)

// String says which section answers, or what else comes of the question.
func (a Answer) String() string {
	switch {
	case a.Section != "":
		return fmt.Sprintf("%s (%.2f)", a.Section, a.Confidence)
	case a.Outcome == bot.Unanswered:
		return "no answer"
	case a.Outcome == bot.Unsure:
		return fmt.Sprintf("choices (%.2f)", a.Confidence)
	case a.Outcome == "":
		return "silence"
	}
	return string(a.Outcome)
}

// String says what the question got, and what it gets.
func (c AnswerChange) String() string { return fmt.Sprintf("%q: %s → %s", c.Question, c.Old, c.New) }

// String says where the row is and what is wrong with its answer.
func (b BrokenGolden) String() string {
	s := fmt.Sprintf("%s: %q wants %s, gets %s", b.Source, b.Question, strings.Join(b.Want, " or "), b.Got)
	switch {
	case b.New:
		s += "; the row is new"
	case !b.Blocks:
		s += ", as before"
	}
	return s
}

// Summary is one line: "12 answers change, 2 lose theirs, 3 more read otherwise; 1 golden question breaks".
func (r Report) Summary() string {
	s := "no answer changes"
	switch {
	case r.Changed == 0 && r.Reworded > 0:
		s = fmt.Sprintf("%s %s otherwise", count(r.Reworded, "answer"), verb(r.Reworded, "reads", "read"))
	case r.Changed == 1 && r.Lost == 1:
		s = "1 question loses its answer"
	case r.Changed == 1 && r.Gained == 1:
		s = "1 question gains an answer"
	case r.Changed == 1:
		s = "1 answer changes"
	case r.Changed > 1:
		s = fmt.Sprintf("%d answers change", r.Changed)
		if r.Lost > 0 {
			s += fmt.Sprintf(", %d %s", r.Lost, verb(r.Lost, "loses its own", "lose theirs"))
		}
		if r.Gained > 0 {
			s += fmt.Sprintf(", %d %s", r.Gained, verb(r.Gained, "is new", "are new"))
		}
	}
	if r.Changed > 0 && r.Reworded > 0 {
		s += fmt.Sprintf(", %d more %s otherwise", r.Reworded, verb(r.Reworded, "reads", "read"))
	}
	breaking := r.Breaking() - r.Unknown
	if breaking > 0 {
		s += fmt.Sprintf("; %s %s", count(breaking, "golden question"), verb(breaking, "breaks", "break"))
	}
	if before := len(r.Broken) - breaking; before > 0 {
		s += fmt.Sprintf("; %s %s already", count(before, "golden question"), verb(before, "fails", "fail"))
	}
	if r.Unknown > 0 {
		s += fmt.Sprintf("; %s could not be asked in time", count(r.Unknown, "golden question"))
	}
	return s
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// String is Text with lists that a chat has room for.
func (r Report) String() string { return r.Text(maxLines) }

// Text is the summary and, line by line, what is behind it: broken golden questions, then changed answers, up to most of
// each.
func (r Report) Text(most int) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s. Asked: %s, %s.\n", upperFirst(r.Summary()), count(r.Golden, "golden question"), count(r.Recent, "recent question"))
	for _, b := range r.Broken[:min(most, len(r.Broken))] {
		fmt.Fprintf(&s, "  %s\n", b)
	}
	more(&s, len(r.Broken)-most)
	listed := 0
	for _, c := range r.Changes {
		told := slices.ContainsFunc(r.Broken, func(b BrokenGolden) bool { return b.Question == c.Question && b.Lang == c.Lang })
		if listed < most && !told {
			fmt.Fprintf(&s, "  %s\n", c)
		}
		if listed < most || told {
			listed++
		}
	}
	more(&s, r.Changed-listed)
	return s.String()
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
