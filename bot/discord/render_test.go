package discord

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
	"frontdesk/knowledge"
)

func TestRender(t *testing.T) {
	key := knowledge.SectionID("side-effects")
	section := bot.Reply{
		Outcome: bot.Answered, Title: "What are *side* effects?", Text: "Most feel **tired**. See [here](https://clinic.example).",
		Source: bot.Source{Article: "The treatment", URL: "https://clinic.example/t"}, Note: "Not *medical* advice.",
		Handoff: contact, Section: key, Lang: "en",
	}
	for _, c := range []struct {
		name   string
		change func(*bot.Reply, *layout)
		want   string
	}{
		{"section", func(*bot.Reply, *layout) {}, `
# What are \*side\* effects? → https://clinic.example/t
Most feel **tired**. See [here](https://clinic.example).
| [The treatment](https://clinic.example/t)
| 555 0100 · 9 to 5
_ Not medical advice.
[ Write to us → https://clinic.example/contact ]`},
		{"without addresses", func(r *bot.Reply, _ *layout) { r.Source.URL = ""; r.Handoff = knowledge.Handoff{} }, `
# What are \*side\* effects?
Most feel **tired**. See [here](https://clinic.example).
| The treatment
_ Not medical advice.`},
		{"a person by mail", func(r *bot.Reply, _ *layout) {
			r.Handoff = knowledge.Handoff{Label: "Write to us", URL: "mailto:desk@clinic.example"}
			r.Source, r.Note = bot.Source{}, ""
		}, `
# What are \*side\* effects?
Most feel **tired**. See [here](https://clinic.example).
| Write to us: desk@clinic.example`},
		{"a person by phone, once", func(r *bot.Reply, _ *layout) {
			r.Handoff = knowledge.Handoff{Label: "Call us", URL: "tel:+15550100", Phone: "555 0100"}
			r.Source, r.Note = bot.Source{}, ""
		}, `
# What are \*side\* effects?
Most feel **tired**. See [here](https://clinic.example).
| Call us: 555 0100`},
		{"a person by number", func(r *bot.Reply, _ *layout) {
			r.Handoff = knowledge.Handoff{Label: "Call us", URL: "tel:+15550100", Hours: "9 to 5"}
			r.Source, r.Note = bot.Source{}, ""
		}, `
# What are \*side\* effects?
Most feel **tired**. See [here](https://clinic.example).
| Call us: +15550100 · 9 to 5`},
		{"no embeds allowed", func(_ *bot.Reply, l *layout) { l.plain = true }, `
**What are \*side\* effects?**

Most feel **tired**. See [here](https://clinic.example).

[The treatment](https://clinic.example/t)

555 0100 · 9 to 5

Not *medical* advice.
[ Write to us → https://clinic.example/contact ]`},
		{"to share", func(r *bot.Reply, l *layout) { l.share = true; r.Source, r.Note = bot.Source{}, "" }, `
# What are \*side\* effects?
Most feel **tired**. See [here](https://clinic.example).
| 555 0100 · 9 to 5
[ Share in channel ] [ Write to us → https://clinic.example/contact ]`},
		{"crisis with an answer", func(r *bot.Reply, l *layout) { r.Outcome = bot.Crisis; l.share = true; r.Note = "" }, `
**What are \*side\* effects?**

Most feel **tired**. See [here](https://clinic.example).

[The treatment](https://clinic.example/t)

555 0100 · 9 to 5
[ Write to us → https://clinic.example/contact ]`},
		{"choices", func(r *bot.Reply, _ *layout) {
			*r = bot.Reply{Outcome: bot.Unsure, Text: "Which?", Handoff: contact, Choices: []bot.Choice{
				{Label: "One", Press: bot.Press{Verb: bot.Show, Key: "aaaaaaaaaaa"}},
				{Label: "Two", Press: bot.Press{Verb: bot.Show, Key: "bbbbbbbbbbb"}},
				{Label: "One again", Press: bot.Press{Verb: bot.Show, Key: "aaaaaaaaaaa"}},
				{Label: "Topics", Press: bot.Press{Verb: bot.Topics}},
			}}
			r.Handoff.Phone, r.Handoff.Hours = "", ""
		}, `
Which?
[ One ]
[ Two ]
[ Topics ] [ Write to us → https://clinic.example/contact ]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, l := section, layout{lang: "en"}
			c.change(&r, &l)
			if got := show(render(r, l)); got != strings.TrimPrefix(c.want, "\n") {
				t.Errorf("render() =\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// show writes pages out as people see them.
func show(pages []page) string {
	var all []string
	for _, p := range pages {
		all = append(all, preview(p))
	}
	return strings.Join(all, "\n")
}

// FuzzRender lays out whatever may come and asks the server's own rules about it.
func FuzzRender(f *testing.F) {
	f.Add("Title", "Some **text**", "Article", "https://a.example/x", "note", "Label", "https://b.example", "555", uint8(3), uint8(1), true)
	f.Add(" ", "\n", "\t", "https://", " ", " ", "https://b.example", " ", uint8(1), uint8(1), false)
	f.Add("", "", "", "", "", "", "", "", uint8(0), uint8(0), false)
	f.Add(strings.Repeat("*_ü", 300), strings.Repeat("word. ", 4000), strings.Repeat("[a](b)", 400), "http://", strings.Repeat("n", 9000),
		strings.Repeat("👍", 100), "mailto:"+strings.Repeat("x", 3000), strings.Repeat("5", 4000), uint8(200), uint8(9), true)
	f.Add("@everyone <@1>", "```\ncode\n", "a\nb", "javascript:alert(1)", "> q", "l", "discord://x/y", "\x00\xff", uint8(5), uint8(3), false)
	f.Fuzz(func(t *testing.T, title, text, article, source, note, label, link, phone string, shows, others uint8, plain bool) {
		r := bot.Reply{
			Outcome: bot.Answered, Title: title, Text: text, Source: bot.Source{Article: article, URL: source}, Note: note,
			Handoff: knowledge.Handoff{Label: label, URL: link, Phone: phone}, Section: "section", Lang: "en",
		}
		if plain {
			r.Section = ""
		}
		for n := range int(shows) {
			id := knowledge.SectionID(fmt.Sprint(n))
			r.Choices = append(r.Choices, bot.Choice{Label: label, Press: bot.Press{Verb: bot.Show, Key: id.Key()}})
		}
		for n := range int(others) {
			id := knowledge.SectionID(fmt.Sprint(n))
			r.Choices = append(r.Choices, bot.Choice{Label: title, Press: bot.Press{Verb: bot.More, Key: id.Key()}})
		}
		pages := render(r, layout{lang: "es", share: true})
		for _, p := range pages {
			body, err := json.Marshal(p.outgoing(0))
			if err != nil {
				t.Fatal(err)
			}
			if problems := discordtest.Check(body); len(problems) > 0 {
				t.Errorf("discord refuses it: %q", problems)
			}
		}
		if web(link) && len(link) <= maxURL && !strings.Contains(show(pages), link) {
			t.Errorf("the way to a person, %q, is missing", link)
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{{"short", 5, "short"}, {"longer", 5, "long…"}, {"two words", 5, "two…"}, {"ünïcödé", 4, "ünï…"}} {
		if got := cut(c.text, c.limit); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}
