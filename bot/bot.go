// Package bot holds the conversation: a Message comes in, a Reply goes out. It knows no network, no files and no
// platform.
//
//	Message ─► crisis? ─► small talk? asks for a human? ─► the question, with what it refers to ─► index ─► decide ─► Reply
package bot

import (
	"time"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// A RoomID names a chat, channel, topic or thread: the platform, a colon, then the platform's own ids, such as
// "telegram:-100123:45". The conversation's memory and policy hang on it.
type RoomID string

// A PersonID names someone within a platform, such as "discord:8134". It is never shown and never logged.
type PersonID string

// A Message is what a person wrote.
type Message struct {
	Room    RoomID
	From    PersonID
	Text    string    // as written, with mentions of the bot taken out; any length
	Lang    string    // the language the platform says the person uses (BCP 47); empty when unknown
	Private bool      // nobody but the person reads this room, or at least the reply
	At      time.Time // when it was sent

	Addressed Addressed // how the desk came to see it
	Parent    RoomID    // the chat or channel that a topic or thread belongs to; empty for none
	Server    RoomID    // the server that the room is in, such as "discord:server:81"; empty for none
	Staff     bool      // the platform says that a member of staff wrote it
	Roles     []string  // of the person in the server, such as "discord:role:9"
	Quoted    string    // the text of the message that this one replies to, or that a command was used on; empty for none
	QuotedOwn bool      // that message is the desk's own
	Hushed    bool      // nobody is answered unasked here, but in danger: the later messages of a forum's post
	Owed      bool      // the platform shows an error when no reply comes, so there is always one
}

// Addressed says how a message reached the desk. What it may be answered with hangs on it and on the room.
type Addressed string

// The ways.
const (
	Unspecified Addressed = ""          // the desk was asked; taken for a command
	Direct      Addressed = "direct"    // in a private chat
	Command     Addressed = "command"   // by a command or a button
	Mention     Addressed = "mention"   // by its name
	ReplyTo     Addressed = "reply"     // by a reply to a message of the desk
	Overheard   Addressed = "overheard" // not at all: people talk among themselves
)

// An Outcome says what became of a message. The words are part of the command-line contract.
type Outcome string

// The outcomes.
const (
	Answered   Outcome = "answered"   // a section answers it
	Unsure     Outcome = "unsure"     // up to three sections may; the person picks
	Unanswered Outcome = "unanswered" // none does, and the reply says so
	HandedOff  Outcome = "handoff"    // they want a human
	Smalltalk  Outcome = "smalltalk"  // hello, thanks, who are you
	Crisis     Outcome = "crisis"     // somebody may be in danger; helplines come first
	Limited    Outcome = "limited"    // too many questions, or none are answered in this room
)

// A Reply is finished: an adapter lays it out and sends it, and adds no words of its own. Every platform shows, in
// this order, Title, Text, Source, Note, then the buttons: Choices and the Handoff's link. A platform without buttons
// prints them as lines.
//
// The zero Reply is silence: nothing is sent.
type Reply struct {
	Outcome Outcome
	Title   string            // the section's heading, plain text; empty when no section is shown
	Text    string            // Markdown; never empty
	Source  Source            // the article that the text comes from; zero when no section is shown
	Note    string            // Markdown, small print such as the disclaimer; usually empty
	Choices []Choice          // buttons; may be empty
	Handoff knowledge.Handoff // zero only for small talk, or when nobody ever named one
	Lang    string            // the language of the desk's own words in it

	Related  []Choice // neighbours of the section shown, for platforms with room for them
	Feedback []Choice // thumbs up and down for the section shown, for platforms that can show them
	Form     *Form    // a text to be typed, for staff; nil for none
	Veiled   bool     // the room should not read the answer: Choices must open where only the person reads

	Section    knowledge.SectionID // the section shown; empty for none
	Confidence float64             // of the best candidate, 0 to 1
	Candidates []index.Hit         // up to 10, best first, whatever the outcome
}

// Silent reports whether there is nothing to send.
func (r Reply) Silent() bool { return r.Outcome == "" }

// A Source names the article that a reply quotes.
type Source struct{ Article, URL string }

// A Choice is a button.
type Choice struct {
	Label string // plain text; adapters shorten it to their limits
	Press Press
}
