package teach

import (
	"strconv"
	"strings"

	"frontdesk/bot/journal"
	"frontdesk/bot/markup"
)

// words are what a teacher says. {…} in them is filled in by fill. All but labels and titles are Markdown.
type words struct {
	Lang string

	// Misses.
	NoJournal, NoMisses, Failed string
	Hidden                      string // {n}, {people}
	Digest                      string // {n}
	Miss                        string // {question}, {times}, {people}, {date}, {why}
	Alike                       string // {list}
	WhichOne, WhichOneOrNew     string
	Reasons                     map[journal.Reason]string
	Taught                      string // {question}, of /teach
	Expired                     string // {title}: a label
	NewAnswer, OutOfScope, Next string // labels
	GoThrough                   string // {n}: a label

	// Answers to be written.
	FormTitle, FormLabel       string
	Write                      string // {question}
	MoreAnswers, AnswersFile   string // the title and the name of the article that new answers go to
	ReasonTitle, ReasonLabel   string
	WriteReason, AllTheSame    string // the second a label
	TeachHow, Gone, DraftGone  string
	SectionGone                string
	ReadOnly, NotNow, Conflict string
	Refused                    string // {why}
	FilesBroken                string // {n}
	ThereAlready               string

	// What came of it.
	Live, Held, HeldBySomething string
	NotYet                      string
	PhrasingFor                 string // {question}, {section}
	AnswerTo                    string // {question}, {file}
	NotInScope                  string // {question}
	NowAnswers                  string // {section}, {sure}
	NowAsks, NowSilent          string // {question}
	Changes                     string // {changed}, {lost}, {gained}
	Reworded                    string // {n}
	NoChanges                   string
	Broken                      string // {question}, {want}, {got}
	Change                      string // {question}, {old}, {new}
	Unasked                     string // {n}
	More                        string // {n}
	NoAnswer, Choices, Handoff  string
	Silence, Quoted             string // {text}

	// Events.
	NowLive      string // {by}, {files}
	By           string // {who}
	NotLive      string // {n}
	HeldBack     string
	InOrder      string
	AnswersAgain string // {version}, {by}
	Pinned       string

	// Reviews.
	ReviewHow string
	Reviews   string // {n}
	Due       string // {title}, {date}, {at}

	// Why, and the console.
	WhyHow, NotKept string
	OnlyKept        string // {section}, {date}, {sure}, {nearest}
	Why             string // {question}
	Decision        string // {outcome}, {sure}, {margin}, {maybe}
	ReadAs          string // {lang}, {words}
	Spelling        string // {from}, {to}
	Found           string // {n}, {title}, {sure}, {at}
	Match           string // {word}, {by}, {where}
	NothingFound    string
	Danger, Safe    string // {why}
	Where           map[string]string
	Outcomes        map[string]string
	NoConsole       string
	Link            string // {link}
	Sent, NotSent   string // in private

	// To people who waited.
	YouAsked string // {question}, {date}
}

// wordsFor returns the words in the first of some languages (BCP 47) that there are words in, else in English.
func wordsFor(langs ...string) words {
	for _, tag := range langs {
		base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
		for _, w := range []words{english, spanish} {
			if w.Lang == base {
				return w
			}
		}
	}
	return english
}

// fill puts values into a phrase, by name: fill("{n} of {all}", "n", "1", "all", "2"). What they hold is not filled in
// again.
func fill(phrase string, values ...string) string {
	var pairs []string
	for i := 0; i+1 < len(values); i += 2 {
		pairs = append(pairs, "{"+values[i]+"}", values[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}

// quote is plain text as Markdown, on one line and not too long.
func quote(s string) string { return markup.Escape(short(s, 300)) }

// short is a text on one line, at most n characters.
func short(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return string(r)
}

func number(n int) string { return strconv.Itoa(n) }

// percent writes a confidence.
func percent(p float64) string { return number(int(p*100+.5)) + " %" }
