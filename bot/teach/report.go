package teach

import (
	"strings"

	"frontdesk/bot"
	"frontdesk/bot/markup"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
)

// maxLines is how much of a list is shown in a chat.
const maxLines = 8

// A list is lines of Markdown, of which only the first are shown.
type list struct {
	say   words
	lines []string
}

func (l list) String() string {
	lines := l.lines
	if extra := len(lines) - maxLines; extra > 0 {
		lines = append(lines[:maxLines:maxLines], fill(l.say.More, "n", number(extra)))
	}
	return strings.Join(lines, "\n")
}

// reportText says what a version changes for people, but for one question of which the reply speaks itself.
func reportText(say words, r publish.Report, but question) string {
	l := list{say: say}
	broken := map[string]bool{}
	for _, b := range r.Broken {
		broken[b.Question] = true
		l.lines = append(l.lines, fill(say.Broken, "question", quote(b.Question), "want", quote(strings.Join(b.Want, " / ")), "got", got(say, b.Got)))
	}
	for _, c := range r.Changes {
		if c.Question == but.text {
			r.Changed--
			if c.Gains() {
				r.Gained--
			}
			if c.Loses() {
				r.Lost--
			}
			continue
		}
		if !broken[c.Question] {
			l.lines = append(l.lines, fill(say.Change, "question", quote(c.Question), "old", got(say, c.Old), "new", got(say, c.New)))
		}
	}
	if r.Unknown > 0 {
		l.lines = append(l.lines, fill(say.Unasked, "n", number(r.Unknown)))
	}
	head := ""
	switch {
	case r.Changed > 0:
		head = fill(say.Changes, "changed", number(r.Changed), "lost", number(r.Lost), "gained", number(r.Gained))
	case len(l.lines) == 0 && r.Reworded == 0:
		head = say.NoChanges
	}
	reworded := ""
	if r.Reworded > 0 {
		reworded = fill(say.Reworded, "n", number(r.Reworded))
	}
	return said(head+" "+reworded, l.String()).Text
}

// got says what came of a question.
func got(say words, a publish.Answer) string {
	switch {
	case a.Section != "" && a.Title != "":
		return fill(say.Quoted, "text", quote(a.Title))
	case a.Section != "":
		return quote(string(a.Section))
	case a.Outcome == bot.Unanswered:
		return say.NoAnswer
	case a.Outcome == bot.Unsure:
		return say.Choices
	case a.Outcome == bot.HandedOff:
		return say.Handoff
	case a.Outcome == "":
		return say.Silence
	}
	if name, ok := say.Outcomes[string(a.Outcome)]; ok {
		return name
	}
	return string(a.Outcome)
}

// problems lists what is wrong with the files, with the line of each.
func problems(say words, all []knowledge.Problem) string {
	l := list{say: say}
	for _, p := range all {
		l.lines = append(l.lines, "- "+markup.Escape(short(p.String(), 400)))
	}
	return l.String()
}
