package publish

import (
	"frontdesk/bot"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// A Report says what a version would change for the people who ask.
type Report struct {
	Version  string                `json:"version"`  // that was tried
	Against  string                `json:"against"`  // that it was compared with; empty for none
	Sections int                   `json:"sections"` // in the new version
	Files    []versions.FileChange `json:"files"`    // what is different in the folder
	Problems []knowledge.Problem   `json:"problems"` // of the files, golden questions among them; errors leave the rest empty

	Golden  int `json:"golden"`  // golden questions asked
	Recent  int `json:"recent"`  // recent questions asked
	Unasked int `json:"unasked"` // that time did not suffice for, of both

	Changed int            `json:"changed"` // questions that are answered otherwise
	Lost    int            `json:"lost"`    // ... that have no answer any more
	Gained  int            `json:"gained"`  // ... that had none
	Changes []AnswerChange `json:"changes"` // those, lost ones first, at most MaxChanges

	Broken []BrokenGolden `json:"broken"` // golden questions that are not answered as they should be
	Blocks bool           `json:"blocks"` // the gate keeps the version from going live
}

// MaxChanges bounds the changed answers that a report lists.
const MaxChanges = 50

// An Answer is what came of a question.
type Answer struct {
	Outcome    bot.Outcome         `json:"outcome"`
	Section    knowledge.SectionID `json:"section"` // shown; empty for none
	Title      string              `json:"title"`   // of the section
	Confidence float64             `json:"confidence"`
}

// An AnswerChange is a question that two versions answer otherwise.
type AnswerChange struct {
	Question string `json:"question"`
	Lang     string `json:"lang"`
	Golden   bool   `json:"golden"` // it is a golden question
	Old      Answer `json:"old"`
	New      Answer `json:"new"`
}

// A GoldenQuestion is a row of questions.tsv: a question with what must come of it.
type GoldenQuestion struct {
	Question string             `json:"question"`
	Want     []string           `json:"want"` // ids of sections, any of which will do, or NONE, HANDOFF or CRISIS
	Lang     string             `json:"lang"` // BCP 47 base language; empty when the row does not say
	Source   knowledge.Position `json:"source"`
}

// A BrokenGolden is a golden question that is not answered as it should be.
type BrokenGolden struct {
	GoldenQuestion
	Got    Answer `json:"got"`
	Before Answer `json:"before"` // of the version it was compared with
	New    bool   `json:"new"`    // the row was not in that version
	Blocks bool   `json:"blocks"` // it was answered rightly before, or is new
}
