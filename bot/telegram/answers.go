package telegram

import (
	"sync"

	"frontdesk/bot"
)

// answers remember the last answer in each room, so that a question that is edited afterwards can be answered anew in
// the same place, as long as nothing came after it. They live in memory: after a restart, edits go unanswered.
type answers struct {
	mu   sync.Mutex
	last map[bot.RoomID]lastAnswer
}

type lastAnswer struct {
	newest int // id of the newest message from a person
	asked  int // the question's message id; 0 while nothing is answered
	answer int // the reply's
}

// maxRooms bounds what is remembered; beyond, all is forgotten.
const maxRooms = 10_000

func newAnswers() *answers { return &answers{last: map[bot.RoomID]lastAnswer{}} }

// see notes that somebody wrote in a room: what was answered there before is not the last word any more.
func (a *answers) see(u update) {
	if u.Message == nil || u.Message.Chat == nil {
		return
	}
	p := place{chat: u.Message.Chat.ID}
	if u.more.Message.IsTopic || u.Message.Chat.IsPrivate() {
		p.thread = u.more.Message.Thread
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.last) >= maxRooms {
		clear(a.last)
	}
	a.last[p.room()] = lastAnswer{newest: u.Message.MessageID}
}

// note remembers that a question was answered by messages of which the first is answer; asked is 0 for what was no
// question. Only an answer of one message can be put in the place of another.
func (a *answers) note(room bot.RoomID, asked, answer, messages int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := a.last[room]
	if asked == 0 || asked != last.newest || messages != 1 {
		asked = 0
	}
	a.last[room] = lastAnswer{newest: last.newest, asked: asked, answer: answer}
}

// isNewest reports whether nobody wrote anything in a room after a question, answered or not.
func (a *answers) isNewest(room bot.RoomID, asked int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return asked != 0 && a.last[room].newest == asked
}

// of returns the answer to a question if it is the last word in its room.
func (a *answers) of(room bot.RoomID, asked int) (answer int, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := a.last[room]
	return last.answer, asked != 0 && last.asked == asked
}
