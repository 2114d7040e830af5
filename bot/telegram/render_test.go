package telegram

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

func TestRender(t *testing.T) {
	show := bot.Press{Verb: bot.Show, Key: "abcdefghijk"}
	for _, tt := range []struct {
		name     string
		reply    bot.Reply
		html     string // of the parts, joined by a line of dashes
		keyboard string // JSON
		preview  string
	}{
		{
			name: "whole answer",
			reply: bot.Reply{Outcome: bot.Answered, Title: "Risks & <side> effects?", Text: "Some *people* feel **dizzy**.",
				Source: bot.Source{Article: "Ketamine <101>", URL: "https://clinic.example/a?b=1&c=2"}, Note: "No *advice*.",
				Handoff: knowledge.Handoff{Label: "Write to us", URL: "https://clinic.example/contact", Phone: "+1 555 0100", Hours: "Mon–Fri 9–17"}},
			html: "<b>Risks &amp; &lt;side&gt; effects?</b>\n\nSome <i>people</i> feel <b>dizzy</b>.\n\n" +
				`<i><a href="https://clinic.example/a?b=1&amp;c=2">Ketamine &lt;101&gt;</a></i>` + "\n\nNo <i>advice</i>.\n\n+1 555 0100 · Mon–Fri 9–17",
			keyboard: `[[{"text":"Write to us","url":"https://clinic.example/contact"}]]`,
			preview:  "https://clinic.example/a?b=1&c=2",
		},
		{
			name: "choices",
			reply: bot.Reply{Outcome: bot.Unsure, Text: "Which?", Choices: []bot.Choice{
				{Label: "A\nquestion", Press: show}, {Label: " ", Press: show}, {Label: "More topics", Press: bot.Press{Verb: bot.Topics}}}},
			html:     "Which?",
			keyboard: `[[{"text":"A question","callback_data":"1s:abcdefghijk"}],[{"text":"More topics","callback_data":"1t"}]]`,
		},
		{
			name:     "mail is no button",
			reply:    bot.Reply{Outcome: bot.HandedOff, Text: "Here.", Handoff: knowledge.Handoff{Label: "Mail <us>", URL: "mailto:a@b.example"}},
			html:     "Here.\n\nMail &lt;us&gt;: a@b.example",
			keyboard: "null",
		},
		{
			name:     "phone once",
			reply:    bot.Reply{Outcome: bot.HandedOff, Text: "Here.", Handoff: knowledge.Handoff{Label: "Call", URL: "tel:+15555550142", Phone: "(555) 555-0142", Hours: "9-5"}},
			html:     "Here.\n\nCall: (555) 555-0142 · 9-5",
			keyboard: "null",
		},
		{
			name: "what the text says is not said again",
			reply: bot.Reply{Outcome: bot.HandedOff, Text: "Call 555\\-0100 or write to a@b.example.",
				Handoff: knowledge.Handoff{Label: "Us", URL: "mailto:a@b.example", Phone: "555-0100", Hours: "9-5"}},
			html:     "Call 555-0100 or write to a@b.example.\n\n9-5",
			keyboard: "null",
		},
		{
			name:     "a host that Telegram refuses",
			reply:    bot.Reply{Outcome: bot.HandedOff, Text: "Here.", Handoff: knowledge.Handoff{Label: "Intranet", URL: "http://desk/contact"}},
			html:     "Here.\n\nIntranet: http://desk/contact",
			keyboard: "null",
		},
		{
			name:     "Telegram link",
			reply:    bot.Reply{Outcome: bot.HandedOff, Text: "Here.", Handoff: knowledge.Handoff{Label: "Chat", URL: "tg://resolve?domain=clinic"}},
			html:     "Here.",
			keyboard: `[[{"text":"Chat","url":"tg://resolve?domain=clinic"}]]`,
		},
		{
			name:     "no preview in a crisis",
			reply:    bot.Reply{Outcome: bot.Crisis, Text: "Call 988.", Source: bot.Source{Article: "A", URL: "https://a.example"}},
			html:     "Call 988.\n\n" + `<i><a href="https://a.example">A</a></i>`,
			keyboard: "null",
		},
		{
			name: "long text is split with the buttons below the last",
			reply: bot.Reply{Outcome: bot.Answered, Title: "T", Text: strings.Repeat("a", 3000) + "\n\n" + strings.Repeat("b", 3000),
				Handoff: knowledge.Handoff{Label: "Us", URL: "https://a.example"}},
			html:     "<b>T</b>\n\n" + strings.Repeat("a", 3000) + "\n---\n" + strings.Repeat("b", 3000),
			keyboard: `[[{"text":"Us","url":"https://a.example"}]]`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parts := render(tt.reply)
			var all []string
			for i, p := range parts {
				all = append(all, p.html)
				if i < len(parts)-1 && (p.keyboard != nil || p.preview != "") {
					t.Errorf("part %d has buttons or a preview", i)
				}
			}
			if got := strings.Join(all, "\n---\n"); got != tt.html {
				t.Errorf("render() = %q, want %q", got, tt.html)
			}
			last := parts[len(parts)-1]
			keyboard, _ := json.Marshal(last.keyboard)
			var want any
			json.Unmarshal([]byte(tt.keyboard), &want)
			if got := encode(jsonValue(keyboard)); got != encode(want) {
				t.Errorf("keyboard = %s, want %s", keyboard, tt.keyboard)
			}
			if last.preview != tt.preview {
				t.Errorf("preview = %q, want %q", last.preview, tt.preview)
			}
		})
	}
}

func jsonValue(raw []byte) (v any) {
	json.Unmarshal(raw, &v)
	return v
}

func TestEmptyReplyHasNoParts(t *testing.T) {
	if got := render(bot.Reply{}); got != nil {
		t.Errorf("render(empty) = %v, want nil", got)
	}
}

func TestNoMessageHasTooManyEntities(t *testing.T) {
	table := "|a|b|\n|-|-|\n" + strings.Repeat("|x|[y](https://example.org)|\n", 45)
	r := bot.Reply{Text: table, Note: table, Title: "Two tables", Source: bot.Source{Article: "Links", URL: "https://example.org"}}
	links := 0
	for _, p := range render(r) {
		links += strings.Count(p.html, "</a>")
		if n := strings.Count(p.html, "</"); n > maxTags {
			t.Errorf("a message of %d entities, want at most %d", n, maxTags)
		}
	}
	if links != 91 {
		t.Errorf("%d links in all, want 91", links)
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"  two\n words ", 10, "two words"},
		{"cut between the words", 14, "cut between…"},
		{"Donaudampfschifffahrt", 10, "Donaudamp…"},
		{"", 5, ""},
	} {
		if got := shorten(tt.in, tt.n); got != tt.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestManyChoicesFitAKeyboard(t *testing.T) {
	r := bot.Reply{Text: "x", Handoff: deskContact}
	for range 300 {
		r.Choices = append(r.Choices, bot.Choice{Label: strings.Repeat("é", 300), Press: bot.Press{Verb: bot.Show, Key: "abcdefghijk"}})
	}
	rows := render(r)[0].keyboard
	if len(rows) > 100 || rows[len(rows)-1][0].URL == "" {
		t.Errorf("%d rows, the last %v; want at most 100 and the contact last", len(rows), rows[len(rows)-1])
	}
	if size := len(encode(map[string]any{"inline_keyboard": rows})); size > 10<<10 {
		t.Errorf("the keyboard takes %d bytes of JSON, want at most 10 KiB", size)
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Title", "**bold** <b>x</b> & [a](https://b.example)", "Note `x`", "Article", "https://a.example/?\"<>&", "Label", 3)
	f.Add("", "```\nunclosed", "", "", "mailto:x@y", "", 400)
	f.Add("😀", "😀", "\x00", "<", "javascript:alert(1)", "\n", 2000)
	f.Fuzz(func(t *testing.T, title, text, note, article, address, label string, times int) {
		r := bot.Reply{Outcome: bot.Answered, Title: title, Text: strings.Repeat(text+"\n\n", min(max(times, 1), 100)), Note: note,
			Source: bot.Source{Article: article, URL: address}, Handoff: knowledge.Handoff{Label: label, URL: address, Hours: note},
			Choices: []bot.Choice{{Label: label, Press: bot.Press{Verb: bot.Contact}}}}
		for _, p := range render(r) {
			shown, _, refusal := telegramtest.ParseHTML(p.html)
			if refusal != "" {
				t.Errorf("Telegram would refuse %q: %s", p.html, refusal)
			}
			if n := len(utf16.Encode([]rune(shown))); n > maxText || n != visible(p.html) {
				t.Errorf("a part of %d units, which counts as %d", n, visible(p.html))
			}
			if !utf8.ValidString(p.html) && utf8.ValidString(title+text+note+article+address+label) {
				t.Errorf("a part is cut inside a character: %q", p.html)
			}
			for _, row := range p.keyboard {
				for _, b := range row {
					if strings.TrimSpace(b.Text) == "" || len(b.Data) > 64 || b.URL != "" && !opens(b.URL) {
						t.Errorf("bad button %+v", b)
					}
				}
			}
		}
	})
}

func TestPreview(t *testing.T) {
	got := Preview(bot.Reply{Title: "A & B", Text: "**Yes**, or no.", Source: bot.Source{Article: "Letters"}, Handoff: deskContact,
		Choices: []bot.Choice{{Label: "👍", Press: bot.Press{Verb: bot.Helpful, Key: "abcdefghijk"}}, {Label: "👎", Press: bot.Press{Verb: bot.Useless, Key: "abcdefghijk"}}}})
	want := "A & B\n\nYes, or no.\n\nLetters\n\n[ 👍 ] [ 👎 ]\n[ Write to us → https://clinic.example/contact ]\n"
	if got != want {
		t.Errorf("Preview() = %q, want %q", got, want)
	}
}
