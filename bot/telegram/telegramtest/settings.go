package telegramtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"unicode/utf8"
)

func (s *Server) answerCallbackQuery(p params) answer {
	if utf8.RuneCountInString(p["text"]) > 200 {
		return refuse(400, "Bad Request: MESSAGE_TOO_LONG")
	}
	return s.answerQuery(p["callback_query_id"])
}

// answerQuery closes a callback or inline query, which can be answered once.
func (s *Server) answerQuery(id string) answer {
	if !s.open[id] {
		return refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	}
	delete(s.open, id)
	return result(true)
}

// An InlineResult is one of an answer to an inline query.
type InlineResult struct {
	Type        string         `json:"type"`
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Content     map[string]any `json:"input_message_content"`
	Markup      *Keyboard      `json:"reply_markup"`
}

func (s *Server) answerInlineQuery(p params) answer {
	var results []InlineResult
	if err := json.Unmarshal([]byte(p["results"]), &results); err != nil {
		return refuse(400, "Bad Request: can't parse inline query results JSON object")
	}
	if len(results) > 50 {
		return refuse(400, "Bad Request: RESULTS_TOO_MUCH")
	}
	seen := map[string]bool{}
	for _, r := range results {
		if refusal := checkResult(r, seen); refusal != "" {
			return refuse(400, refusal)
		}
	}
	return s.answerQuery(p["inline_query_id"])
}

func checkResult(r InlineResult, seen map[string]bool) (refusal string) {
	switch {
	case r.Type != "article":
		return "Bad Request: can't parse inline query result: only articles are known here"
	case r.ID == "" || len(r.ID) > 64:
		return "Bad Request: RESULT_ID_INVALID"
	case seen[r.ID]:
		return "Bad Request: RESULT_ID_DUPLICATE"
	case r.Title == "":
		return "Bad Request: title must be non-empty"
	}
	seen[r.ID] = true
	p := params{"text": fmt.Sprint(r.Content["message_text"])}
	if mode, ok := r.Content["parse_mode"].(string); ok {
		p["parse_mode"] = mode
	}
	if r.Markup != nil {
		raw, _ := json.Marshal(r.Markup)
		p["reply_markup"] = string(raw)
	}
	var m Sent
	return m.fill(p)
}

func (s *Server) sendChatAction(p params) answer {
	if c, a := s.reach(p); c == nil {
		return a
	}
	if p["action"] != "typing" {
		return refuse(400, "Bad Request: wrong parameter action in request")
	}
	return result(true)
}

func (s *Server) getChat(p params) answer {
	c, a := s.reach(p)
	if c == nil {
		return a
	}
	return result(c.Chat)
}

var (
	commandName   = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	commandScopes = map[string]bool{
		"default": true, "all_private_chats": true, "all_group_chats": true, "all_chat_administrators": true,
		"chat": true, "chat_administrators": true, "chat_member": true,
	}
	languageCode = regexp.MustCompile(`^([a-z]{2})?$`)
)

func (s *Server) setMyCommands(p params) answer {
	var commands []struct{ Command, Description string }
	if err := json.Unmarshal([]byte(p["commands"]), &commands); err != nil || len(commands) > 100 {
		return refuse(400, "Bad Request: can't parse commands JSON object")
	}
	for _, c := range commands {
		if !commandName.MatchString(c.Command) {
			return refuse(400, "Bad Request: BOT_COMMAND_INVALID")
		}
		if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
			return refuse(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return s.deleteMyCommands(p)
}

// deleteMyCommands checks whom commands are for. The server keeps none: tests look at the calls.
func (s *Server) deleteMyCommands(p params) answer {
	var scope struct {
		Type string
		Chat int64 `json:"chat_id"`
	}
	if raw := p["scope"]; raw != "" {
		if err := json.Unmarshal([]byte(raw), &scope); err != nil || !commandScopes[scope.Type] {
			return refuse(400, "Bad Request: can't parse BotCommandScope")
		}
	}
	if known := s.chats[scope.Chat]; scope.Type == "chat" && (known == nil || known.gone) {
		return refuse(400, "Bad Request: chat not found")
	}
	if !languageCode.MatchString(p["language_code"]) {
		return refuse(400, "Bad Request: invalid language code specified")
	}
	return result(true)
}

// textSetting returns a method that takes one text of at most limit characters, for a language.
func textSetting(field string, limit int) func(*Server, params) answer {
	return func(s *Server, p params) answer {
		if utf8.RuneCountInString(p[field]) > limit {
			return refuse(400, "Bad Request: "+field+" is too long")
		}
		if !languageCode.MatchString(p["language_code"]) {
			return refuse(400, "Bad Request: invalid language code specified")
		}
		return result(true)
	}
}
