package teach

import (
	"strconv"
	"strings"

	"frontdesk/bot/journal"
	"frontdesk/bot/markup"
	"frontdesk/knowledge/lang"
)

// words are what a teacher says, a teach.yaml. {…} in them is filled in by fill. All but labels and titles are Markdown.
type words struct {
	Lang string `yaml:"-"` // that they are in

	// Misses.
	NoJournal     string                    `yaml:"no_journal"`
	NoMisses      string                    `yaml:"no_misses"`
	Failed        string                    `yaml:"failed"`
	Hidden        string                    `yaml:"hidden"` // {n}, {people}
	Digest        string                    `yaml:"digest"` // {n}
	Miss          string                    `yaml:"miss"`   // {question}, {times}, {people}, {date}, {why}
	Alike         string                    `yaml:"alike"`  // {list}
	WhichOne      string                    `yaml:"which_one"`
	WhichOneOrNew string                    `yaml:"which_one_or_new"`
	Reasons       map[journal.Reason]string `yaml:"reasons"`
	Taught        string                    `yaml:"taught"`     // {question}, of /teach
	Expired       string                    `yaml:"expired"`    // {title}: a label
	NewAnswer     string                    `yaml:"new_answer"` // a label, as the two below
	OutOfScope    string                    `yaml:"out_of_scope"`
	Next          string                    `yaml:"next"`
	GoThrough     string                    `yaml:"go_through"` // {n}: a label

	// Answers to be written.
	Another      string `yaml:"another"`     // a label
	WhichWords   string `yaml:"which_words"` // {question}
	WordsTitle   string `yaml:"words_title"`
	WordsLabel   string `yaml:"words_label"`
	NoSection    string `yaml:"no_section"` // {words}
	FormTitle    string `yaml:"form_title"`
	FormLabel    string `yaml:"form_label"`
	Write        string `yaml:"write"`        // {question}
	MoreAnswers  string `yaml:"more_answers"` // the title of the article that new answers go to
	AnswersFile  string `yaml:"answers_file"` // and the name of its file
	ReasonTitle  string `yaml:"reason_title"`
	ReasonLabel  string `yaml:"reason_label"`
	WriteReason  string `yaml:"write_reason"`
	AllTheSame   string `yaml:"all_the_same"` // a label
	TeachHow     string `yaml:"teach_how"`
	Gone         string `yaml:"gone"`
	DraftGone    string `yaml:"draft_gone"`
	SectionGone  string `yaml:"section_gone"`
	ReadOnly     string `yaml:"read_only"`
	NotNow       string `yaml:"not_now"`
	Conflict     string `yaml:"conflict"`
	Refused      string `yaml:"refused"`      // {why}
	FilesBroken  string `yaml:"files_broken"` // {n}
	ThereAlready string `yaml:"there_already"`

	Heading string `yaml:"heading"` // {question}: what becomes of a question as the heading of its answer

	// What came of it.
	Live            string `yaml:"live"`
	Held            string `yaml:"held"`
	HeldBySomething string `yaml:"held_by_something"`
	NotYet          string `yaml:"not_yet"`
	PhrasingFor     string `yaml:"phrasing_for"` // {question}, {section}
	AnswerTo        string `yaml:"answer_to"`    // {question}, {file}
	NotInScope      string `yaml:"not_in_scope"` // {question}
	NowAnswers      string `yaml:"now_answers"`  // {section}, {sure}
	NowAsks         string `yaml:"now_asks"`     // {question}
	NowSilent       string `yaml:"now_silent"`   // {question}
	Changes         string `yaml:"changes"`      // {changed}, {lost}, {gained}
	Reworded        string `yaml:"reworded"`     // {n}
	NoChanges       string `yaml:"no_changes"`
	Broken          string `yaml:"broken"`  // {question}, {want}, {got}
	Change          string `yaml:"change"`  // {question}, {old}, {new}
	Unasked         string `yaml:"unasked"` // {n}
	More            string `yaml:"more"`    // {n}
	NoAnswer        string `yaml:"no_answer"`
	Choices         string `yaml:"choices"`
	Handoff         string `yaml:"handoff"`
	Silence         string `yaml:"silence"`
	Quoted          string `yaml:"quoted"` // {text}

	// Events.
	NowLive      string `yaml:"now_live"` // {by}, {files}
	By           string `yaml:"by"`       // {who}
	NotLive      string `yaml:"not_live"` // {n}
	HeldBack     string `yaml:"held_back"`
	InOrder      string `yaml:"in_order"`
	AnswersAgain string `yaml:"answers_again"` // {version}, {by}
	Pinned       string `yaml:"pinned"`

	// Reviews.
	ReviewHow string `yaml:"review_how"`
	Reviews   string `yaml:"reviews"` // {n}
	Due       string `yaml:"due"`     // {title}, {date}, {at}

	// Why, and the console.
	WhyHow       string            `yaml:"why_how"`
	NotKept      string            `yaml:"not_kept"`
	OnlyKept     string            `yaml:"only_kept"` // {section}, {date}, {sure}, {nearest}
	Why          string            `yaml:"why"`       // {question}
	Decision     string            `yaml:"decision"`  // {outcome}, {sure}, {margin}, {maybe}
	ReadAs       string            `yaml:"read_as"`   // {lang}, {words}
	Spelling     string            `yaml:"spelling"`  // {from}, {to}
	Found        string            `yaml:"found"`     // {n}, {title}, {sure}, {at}
	Match        string            `yaml:"match"`     // {word}, {by}, {where}
	NothingFound string            `yaml:"nothing_found"`
	Danger       string            `yaml:"danger"` // {why}
	Safe         string            `yaml:"safe"`   // {why}
	Where        map[string]string `yaml:"where"`
	Outcomes     map[string]string `yaml:"outcomes"`
	NoConsole    string            `yaml:"no_console"`
	Link         string            `yaml:"link"`     // {link}
	Sent         string            `yaml:"sent"`     // in private
	NotSent      string            `yaml:"not_sent"` // in private

	// To people who waited.
	YouAsked string `yaml:"you_asked"` // {question}, {date}
}

var wording = lang.NewWording[words]("teach.yaml")

// wordsFor returns the words in the first of some languages (BCP 47) that there are words in, else in English.
func wordsFor(langs ...string) words {
	w, code := wording.In(langs...)
	w.Lang = code
	return w
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
