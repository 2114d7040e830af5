package telegram

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// receive reads what an update asks of the desk, and who asks; false when it asks nothing.
func (s *session) receive(u update) (event, bool) {
	e, ok := receive(s.self, u)
	if !ok {
		return e, false
	}
	isStaff := s.desk.IsStaff(e.message)
	e.message.Staff = e.message.Staff || isStaff
	switch {
	case e.act == staff && isStaff:
		e.act = question
	case e.behind != "" && s.desk.Danger(e.behind): // a cry for help, though the command takes no words
		e.act, e.press, e.message.Text = question, bot.Press{}, e.behind
	case e.act == staff: // to anybody else a command that there is not
		e.act, e.message.Text = welcome, ""
		ok = e.place.private || e.named
	case isStaff && e.act == question && e.message.Addressed != bot.Command && u.Message != nil &&
		u.Message.ReplyToMessage != nil:
		asked := u.Message.ReplyToMessage.MessageID
		if p, ok := s.forms.fill(e.place.chat, asked, e.message.From); ok {
			e.act, e.press, e.form, e.asked = press, p, asked, 0
		}
	}
	if u.EditedMessage != nil { // a command was carried out already
		ok, e.act = e.act == question, edited
	}
	return e, ok
}

// keepStaffMenus shows staff's commands in the chats where staff are, as desk.yaml names them now, until ctx ends.
func (s *session) keepStaffMenus(ctx context.Context) {
	shown := map[int64]bool{} // false for a chat where they could not be set
	for ; ctx.Err() == nil; rest(ctx, s.pace.watch) {
		wanted := staffChats(s.desk.Staff())
		for chat, there := range shown {
			if wanted[chat] {
				continue
			}
			delete(shown, chat)
			if there {
				_ = s.eachMenu(ctx, chat, "deleteMyCommands", false) // of a chat that is gone, for one
			}
		}
		for chat := range wanted {
			there, tried := shown[chat]
			if there {
				continue
			}
			err := s.eachMenu(ctx, chat, "setMyCommands", true)
			shown[chat] = err == nil
			if err != nil && !tried && ctx.Err() == nil { // perhaps the bot is not in the chat yet
				s.log.Info("the staff's commands cannot be shown in a chat", zap.Int64("chat", chat), zap.Error(err))
			}
		}
	}
}

// eachMenu makes a call about a chat's commands in every language, with the commands, staff's first, if it sets them.
func (s *session) eachMenu(ctx context.Context, chat int64, method string, sets bool) error {
	for _, m := range menus() {
		params := tgbotapi.Params{
			"scope": encode(map[string]any{"type": "chat", "chat_id": chat}), "language_code": m.lang,
		}
		if sets {
			params["commands"] = encode(slices.Concat(m.staff, m.commands))
		}
		if err := s.persist(ctx, method, params); err != nil {
			return err
		}
	}
	return nil
}

// staffChats returns the chats where staff write: their rooms, and their own private chats.
func staffChats(staff knowledge.Staff) map[int64]bool {
	chats := map[int64]bool{}
	for _, name := range slices.Concat(staff.Rooms, staff.People) {
		ids, ok := strings.CutPrefix(name, "telegram:")
		id, _, _ := strings.Cut(ids, ":")
		if chat, err := strconv.ParseInt(id, 10, 64); ok && err == nil {
			chats[chat] = true
		}
	}
	return chats
}
