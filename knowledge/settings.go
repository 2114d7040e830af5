package knowledge

import "time"

// Settings are what staff say about the desk as a whole, in desk.yaml.
type Settings struct {
	Name       string          // of the organisation; may be empty
	Lang       string          // language of files that do not say and cannot be told; "en" by default
	Contact    Handoff         // zero when neither desk.yaml nor the environment names one
	Greeting   string          // Markdown; empty for the built-in one
	Disclaimer string          // Markdown; empty for the built-in one
	Helplines  []Helpline      // never empty after Load: the built-in ones where staff name none
	Synonyms   [][]string      // each group's words and phrases mean the same
	CrisisFile []byte          // staff's own crisis rules, as bot/safety reads them; nil for none
	Rooms      map[string]Room // by what they are for: see Room; nil for none
	Limits     Limits          // after Load the built-in ones where staff name none
	Staff      Staff           // zero when desk.yaml names nobody
	Gate       GateMode        // never empty after Load: GateBlock where staff do not say
	Zone       Zone            // by whose clock the desk's days begin
}

// Staff are the people who look after the knowledge, and the rooms where they do.
type Staff struct {
	People []string // such as "telegram:77", "discord:81" or "discord:role:9"
	Rooms  []string // such as "telegram:-100123", "telegram:-100123:45" or "discord:82"
}

// A GateMode says what happens to a version of the knowledge that breaks a golden question.
type GateMode string

// The modes of the gate.
const (
	GateWarn  GateMode = "warn"  // it goes live, and staff are told
	GateBlock GateMode = "block" // it does not go live unless staff insist
)

// A Helpline is a service for people in crisis.
type Helpline struct {
	Name   string   // such as "988 Suicide & Crisis Lifeline"
	Call   string   // number to call; may be empty
	Text   string   // how to text it, such as "988" or "HOME to 741741"; may be empty
	Chat   string   // URL; may be empty
	Hours  string   // such as "24/7"; may be empty
	Region string   // such as "US"; may be empty
	For    []string // crisis kinds it is for; empty for all. "emergency" marks the emergency number

	Checked time.Time // the day on which staff last made sure of it, at 00:00 UTC; zero when they do not say
	Source  Position  // in desk.yaml; of a built-in one in helplines.yaml, which no folder has
}

// A Room is what staff want of the chats, channels, topics and servers under one key of desk.yaml's rooms. A field that
// is zero leaves the matter to the next wider key; from the widest to the narrowest they are
//
//	private, public                    rooms that one person reads, and all others
//	telegram                           a platform
//	telegram:private, telegram:public  rooms of that kind on a platform
//	discord:server:81                  a Discord server
//	telegram:-100123, discord:82       a chat or a channel: also for its topics and threads
//	telegram:-100123:45, discord:83    a topic or a thread
type Room struct {
	Answer     Mode
	Confidence float64        // from 0 to 1: what ModeAuto must reach
	Tags       []string       // only sections with one of these tags are used; empty but not nil for all
	Replies    Audience       // who reads an answer
	Cooldown   *time.Duration // ModeAuto shows a section no sooner again
	Quiet      *time.Duration // how long the desk is silent after staff spoke
	Staff      []string       // people who are staff here, such as "telegram:77", besides those of wider keys
	Privacy    Privacy        // what is kept of questions
	Source     Position
}

// A Mode says when the desk answers in a room.
type Mode string

// The modes, each with what the one before it has.
const (
	ModeOff     Mode = "off"     // never
	ModeAsk     Mode = "ask"     // commands and buttons
	ModeMention Mode = "mention" // and messages that name the desk or reply to it
	ModeAuto    Mode = "auto"    // and all others that it is quite sure about
)

// An Audience says who reads an answer that is given in a room of many.
type Audience string

// The audiences.
const (
	ToAll   Audience = "public"
	ToAsker Audience = "private"
)

// A Privacy says what is kept of the questions that people ask, for staff to learn from. docs/journal.md has the whole
// table.
type Privacy string

// The settings, from the strictest on.
const (
	KeepNothing   Privacy = "off"
	KeepCounts    Privacy = "counts"    // how a question ended, not its text
	KeepClustered Privacy = "clustered" // the scrubbed text, shown to staff once several people asked something alike
	KeepFull      Privacy = "full"      // the text as written: for closed rooms of staff
)

// Limits bound how many questions are answered a minute; zero stands for any number.
type Limits struct {
	Person int // of one person
	Room   int // of everybody in one room
}

// usualLimits leave room for somebody who types fast, and for a lively group.
var usualLimits = Limits{Person: 20, Room: 60}
