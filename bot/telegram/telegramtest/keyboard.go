package telegramtest

import (
	"encoding/json"
	"net/url"
	"strings"
	"unicode/utf8"
)

// A Keyboard stands under a message.
type Keyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// A Button is one of an inline keyboard. It has one of URL and Data.
type Button struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// A Prompt opens the field for a reply to the message.
type Prompt struct {
	Force       bool   `json:"force_reply"`
	Placeholder string `json:"input_field_placeholder"`
	Selective   bool   `json:"selective"`
}

// parsePrompt reads a reply_markup that is no keyboard; nil for one that is.
func parsePrompt(raw string) (p *Prompt, refusal string) {
	if !strings.Contains(raw, `"force_reply"`) {
		return nil, ""
	}
	if err := json.Unmarshal([]byte(raw), &p); err != nil || !p.Force || strings.Contains(raw, "keyboard") {
		return nil, "Bad Request: can't parse reply keyboard markup JSON object"
	}
	if utf8.RuneCountInString(p.Placeholder) > 64 {
		return nil, "Bad Request: reply markup placeholder is too long"
	}
	return p, ""
}

// Limits of an inline keyboard: https://core.telegram.org/bots/api#inlinekeyboardbutton and the server's answers.
const (
	maxData    = 64 // bytes of callback_data
	maxButtons = 100
	maxRow     = 8
	maxMarkup  = 10 << 10 // bytes of JSON
)

// parseKeyboard checks a reply_markup; an empty one is no keyboard.
func parseKeyboard(raw string) (rows [][]Button, refusal string) {
	if raw == "" {
		return nil, ""
	}
	var k struct {
		Rows *[][]Button `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(raw), &k); err != nil || k.Rows == nil {
		return nil, "Bad Request: can't parse reply keyboard markup JSON object"
	}
	if len(raw) > maxMarkup {
		return nil, "Bad Request: reply markup is too long"
	}
	n := 0
	for _, row := range *k.Rows {
		if len(row) > maxRow {
			return nil, "Bad Request: BUTTON_ROW_TOO_LONG"
		}
		for _, b := range row {
			if refusal := checkButton(b); refusal != "" {
				return nil, refusal
			}
			n++
		}
	}
	if n > maxButtons {
		return nil, "Bad Request: REPLY_MARKUP_TOO_LONG"
	}
	return *k.Rows, ""
}

func checkButton(b Button) (refusal string) {
	switch {
	case strings.TrimSpace(b.Text) == "":
		return "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
	case !utf8.ValidString(b.Text):
		return "Bad Request: inline keyboard button text must be encoded in UTF-8"
	case b.URL != "" && b.Data != "":
		return "Bad Request: can't parse inline keyboard button: exactly one optional field must be used"
	case b.URL != "":
		return checkURL(b.URL)
	case b.Data == "" || len(b.Data) > maxData:
		return "Bad Request: BUTTON_DATA_INVALID"
	}
	return ""
}

// checkURL knows which addresses a button may open: https, http and tg, with a host that could be on the internet.
func checkURL(address string) (refusal string) {
	u, err := url.Parse(address)
	bad := "Bad Request: inline keyboard button URL '" + address + "' is invalid: "
	switch {
	case err != nil:
		return bad + "Wrong HTTP URL"
	case u.Scheme == "tg" || u.Scheme == "ton":
		return ""
	case u.Scheme != "http" && u.Scheme != "https":
		return bad + "Unsupported URL protocol"
	case !strings.Contains(u.Hostname(), "."):
		return bad + "Wrong HTTP URL"
	}
	return ""
}
