package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/index"
)

// How much of an explanation is shown.
const (
	explainedHits    = 3
	explainedClues   = 8
	explainedMatches = 8
	explainedWords   = 6 // other words looked for in a word's place
)

// printSafety says what the safety check makes of a question, and why.
func printSafety(w io.Writer, danger bool, why []string) {
	verdict := "no danger"
	if danger {
		verdict = "danger"
	}
	fmt.Fprintf(w, "safety: %s\n", verdict)
	for _, line := range why {
		fmt.Fprintf(w, "  %s\n", line)
	}
}

// printExplanation says how a question was read, what was found and why, and what was decided on a day.
func printExplanation(w io.Writer, e index.Explanation, r bot.Reply, policy bot.Policy, today time.Time) {
	fmt.Fprintf(w, "read as (%s): %s\n", e.Lang, strings.Join(e.Words, " "))
	for _, c := range e.Corrections {
		fmt.Fprintf(w, "  spelling: %s → %s\n", c.From, c.To)
	}
	for _, u := range e.Units {
		fmt.Fprintf(w, "  %-20s weighs %.2f, in the knowledge: %s%s\n", u.Text, u.Weight, u.Seen, shortList(u.Also))
	}
	if e.Meaning != "" {
		fmt.Fprintf(w, "meaning: %s\n", e.Meaning)
	}
	for i, c := range e.Candidates {
		fmt.Fprintf(w, "\n%d. %s  (confidence %.2f)\n   %s\n", i+1, c.Section.Title, c.Confidence, c.Section.ID)
		if c.Section.Expired(today) {
			fmt.Fprintf(w, "     expired on %s: not served\n", c.Section.Expires.Format(time.DateOnly))
		}
		for _, m := range c.Matches[:min(len(c.Matches), explainedMatches)] {
			fmt.Fprintf(w, "     %s by %q in the %s (%s)\n", m.Unit, m.By, m.Where, m.How)
		}
		fmt.Fprintf(w, "     clues: %s\n", topClues(c.Clues))
	}
	fmt.Fprintf(w, "\ndecision: %s. Answered from %.2f on with a lead of %.2f, choices from %.2f on.\n\n",
		r.Outcome, policy.SureOf(r.Candidates), policy.Margin, policy.Maybe)
}

func shortList(words []string) string {
	if len(words) == 0 {
		return ""
	}
	more := ""
	if len(words) > explainedWords {
		more = ", …"
	}
	return "; also: " + strings.Join(words[:min(len(words), explainedWords)], ", ") + more
}

// topClues lists the largest clues by name.
func topClues(clues map[string]float64) string {
	names := slices.SortedFunc(maps.Keys(clues), func(a, b string) int {
		return cmp.Or(cmp.Compare(clues[b], clues[a]), strings.Compare(a, b))
	})
	var shown []string
	for _, name := range names[:min(len(names), explainedClues)] {
		shown = append(shown, fmt.Sprintf("%s %.2f", name, clues[name]))
	}
	return strings.Join(shown, ", ")
}
