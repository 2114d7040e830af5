package teach

import "frontdesk/bot/journal"

var english = words{
	Lang: "en",

	NoJournal: "No journal is kept, so I do not know what went unanswered. Set FRONTDESK_DATA to keep one.",
	NoMisses:  "Nothing waits for you: of the last 30 days, every question that I may show has an answer.",
	Failed:    "That went wrong on my side. Please try again; the log says more.",
	Hidden:    "Besides, unanswered and only counted: {n}. I show the words of a question once {people} people have asked alike.",
	Digest:    "**Questions without an answer** (new ones: {n})",
	Miss:      "**“{question}”**\n\nAsked {times}×, by {people} people at least, last on {date}. {why}",
	Alike:     "Also: {list}",
	WhichOne:  "Which section answers it?", WhichOneOrNew: "Write an answer, or say that the desk is not there for it.",
	Reasons: map[journal.Reason]string{
		journal.NoMatch: "No section answers it.", journal.NobodyChose: "I offered sections, and nobody picked one.",
		journal.ThumbsDown: "The answer did not help.", journal.Expired: "A section would have answered, but it has expired.",
	},
	Taught: "**“{question}”**", Expired: "{title} (expired)",
	NewAnswer: "New answer", OutOfScope: "Out of scope", Next: "Next", GoThrough: "Go through all {n}",

	FormTitle: "A new answer", FormLabel: "The answer, in Markdown",
	Write: "Reply to this message with the answer to “{question}”. It is published as you write it; Markdown works. " +
		"A first line such as `# How to get here` sets another heading.",
	MoreAnswers: "More answers", AnswersFile: "answers.md",
	ReasonTitle: "Publish all the same", ReasonLabel: "Why?", AllTheSame: "Publish all the same",
	WriteReason: "Reply to this message with the reason. It is kept with the version.",
	TeachHow:    "Write the question behind the command: `/teach can I bring my dog`",
	Gone:        "I do not know any more which question this was about. /misses lists what is open; `/teach QUESTION` starts anew.",
	DraftGone:   "I do not have this change any more, and nothing was published. Please make it again.",
	SectionGone: "That section is not in the files any more. /misses shows the question with what is near it now.",
	ReadOnly:    "Nothing can be changed from here: this desk does not serve a folder of files that I may write to.",
	NotNow:      "The change could not be checked just now, so nothing was changed. Please try again.",
	Conflict:    "Somebody else has just changed the same lines, so nothing was changed. Please look at it in the console.",
	Refused:     "Nothing was changed: {why}",
	FilesBroken: "Nothing was changed, since the files have errors ({n}) that keep everything new from going live:",

	ThereAlready: "It says so already.",
	Live:         "**Live.** ", Held: "**Held back.** Nothing was changed, because an answer that you count on would be lost:",
	HeldBySomething: "**Saved, but not live yet:** something else in the files is held back.",
	NotYet:          "**Saved.** It is not live yet: it goes live by itself, unless something holds it back. The staff's rooms are told.",
	PhrasingFor:     "“{question}” is another way to ask for “{section}”.",
	AnswerTo:        "“{question}” has an answer, in {file}.",
	NotInScope:      "“{question}” is out of scope: a version that answers it will be held back.",
	NowAnswers:      "I now answer it with “{section}” ({sure} sure).",
	NowAsks:         "I am still not sure what “{question}” asks for, and offer choices.",
	NowSilent:       "I still have no answer to “{question}”.",
	Changes:         "Answers to other questions that change: {changed} (lost: {lost}, new: {gained}).",
	NoChanges:       "No other answer changes.",
	Broken:          "- “{question}” should get {want}, and gets {got}",
	Change:          "- “{question}”: {old} → {new}",
	Unasked:         "- not asked for want of time: {n}",
	More:            "- and {n} more",
	NoAnswer:        "no answer", Choices: "choices", Handoff: "a human", Silence: "silence", Quoted: "“{text}”",

	NowLive: "**New knowledge is live**{by}: {files}.", By: " by {who}",
	NotLive:      "**The last change is not live**: the files have errors ({n}). What served before goes on answering.",
	HeldBack:     "**The last change is held back.** What served before goes on answering.",
	AnswersAgain: "**Version {version} answers again**{by}.",
	Pinned:       "The files could not be put back, so this holds until they change.",

	Reviews: "**Due for a review**: {n}", Due: "- {title} ({at}), since {date}",

	WhyHow:   "Reply to one of my answers, or to a question, with /why; or write the question behind it: `/why how much is it`",
	NotKept:  "I do not know any more which question that reply was about: I remember questions for a quarter of an hour, until I am restarted, and only where the journal keeps words. Reply to the question itself, or write it: `/why how much is it`",
	OnlyKept: "Of what I last showed here with “{section}”, the journal keeps no words, but this: {date}, {sure} sure. Closest were: {nearest}.",
	Why:      "**Why: “{question}”**",
	Decision: "Decision: {outcome}. I answer from {sure} on with a lead of {margin}, and offer choices from {maybe} on.",
	ReadAs:   "Read as ({lang}): {words}", Spelling: "spelling: {from} → {to}",
	Found: "{n}. **{title}**, {sure} ({at})", Match: "{word} by “{by}” in the {where}",
	NothingFound: "No section has anything to do with it.",
	Danger:       "The safety check finds danger: {why}", Safe: "The safety check finds no danger: {why}",
	Where: map[string]string{"title": "title", "context": "context", "body": "text"},
	Outcomes: map[string]string{
		"answered": "answered", "unsure": "choices", "unanswered": "no answer", "handoff": "handed to a human",
		"smalltalk": "small talk", "crisis": "helplines, since it speaks of danger", "limited": "no answer here",
	},
	NoConsole: "This desk has no staff page.",
	Link:      "Your link to the staff page. It works once, for ten minutes, and is yours alone:\n\n{link}",
	Sent:      "I have sent it to you in private.", NotSent: "I could not write to you in private. Write to me there first, then try again.",

	YouAsked: "You asked “{question}” on {date}. Now there is an answer:",
}
