package telegram

import (
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"frontdesk/bot"
)

// An act is what an update asks of the desk.
type act string

const (
	question act = "question"
	welcome  act = "welcome"
	topics   act = "topics"
	contact  act = "contact"
	privacy  act = "privacy"
	forget   act = "forget"
	press    act = "press"  // a button, or a deep link that stands for one
	edited   act = "edited" // a question that was answered may have changed
	inline   act = "inline"
	staff    act = "staff" // a command that only staff have
	moved    act = "moved" // the group became a supergroup
	gone     act = "gone"  // the bot was blocked or removed
)

// An event is an update that concerns the bot.
type event struct {
	update  int
	act     act
	place   place
	message bot.Message
	press   bot.Press
	query   string // of a callback or inline query, to be answered
	asked   int    // id of the message that asks; 0 for none
	movedTo int64

	behind string // what was written behind a command
	named  bool   // a command names the bot
	form   int    // id of the message that asked for the text; 0 for none
	under  int    // id of the message whose button was pressed; 0 for none
	markup *tgbotapi.InlineKeyboardMarkup
}

// A place is where a reply goes.
type place struct {
	chat    int64
	thread  int // a topic; 0 for none
	replyTo int // a message in a group that the reply answers; 0 for none
	private bool
}

// room returns the conversation's name: telegram:<chat id>, then :<topic> in a topic.
func (p place) room() bot.RoomID {
	room := "telegram:" + strconv.FormatInt(p.chat, 10)
	if p.thread != 0 {
		room += ":" + strconv.Itoa(p.thread)
	}
	return bot.RoomID(room)
}

// parent returns the room of the chat that a topic belongs to; empty for what is no topic.
func (p place) parent() bot.RoomID {
	if p.thread == 0 {
		return ""
	}
	return place{chat: p.chat}.room()
}

func person(id int64) bot.PersonID {
	return bot.PersonID("telegram:" + strconv.FormatInt(id, 10))
}
