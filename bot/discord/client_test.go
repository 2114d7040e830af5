package discord

import (
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot/discord/discordtest"
)

const alice, bob, carol = "8001", "8002", "8003"

func TestMention(t *testing.T) {
	w := run(t, options{})
	channel := w.Channel(w.Guild())
	w.Say(channel, alice, "What are the effects?") // nobody asked us
	m := w.reply(channel, w.Say(channel, alice, w.Mention()+" what are the effects? @everyone"))
	if got := m.Embeds[0].Title; got != "What are the side effects?" {
		t.Errorf("title %q, want the section's", got)
	}
	if n := len(w.Sent(channel)); n != 1 {
		t.Errorf("%d messages sent, want 1", n)
	}
	if _, ok := m.Button("Write to us"); !ok {
		t.Errorf("buttons %v, want one to a person", m.Buttons())
	}
	if m := w.reply(channel, w.Say(channel, alice, w.Mention())); m.Content == "" || !strings.HasPrefix(m.Content, "Welcome.") {
		t.Errorf("a bare mention was answered %q, want the welcome", m.Text())
	}
}

func TestDirectMessage(t *testing.T) {
	w := run(t, options{})
	dm := w.DM(alice)
	m := w.reply(dm, w.Say(dm, alice, "who can benefit?"))
	if got := m.Text(); !strings.Contains(got, "All about **benefit**.") {
		t.Errorf("answer %q, want the section's text", got)
	}
	m = w.reply(dm, w.Say(dm, alice, "something else"))
	if !strings.Contains(m.Content, "private true") {
		t.Errorf("answer %q, want the room to be private", m.Content)
	}
}

// TestForwarded passes somebody else's message on, which has no words of the person's own.
func TestForwarded(t *testing.T) {
	w := run(t, options{})
	dm := w.DM(alice)
	m := discordtest.Message{ChannelID: dm, Author: discordtest.Author{ID: alice}, Forwarded: make([]discordtest.Forwarded, 1)}
	m.Forwarded[0].Message.Content = "I will hurt myself"
	if got := w.reply(dm, w.Send(m)); !strings.Contains(got.Text(), "988") {
		t.Errorf("the forwarded cry for help gets %q", got.Text())
	}
	channel := w.Channel(w.Guild())
	m.ChannelID, m.Author.ID = channel, bob
	use := discordtest.Use{Channel: channel, Person: alice}
	if got := w.answer(w.OnMessage(use, "Answer from FAQ", w.Send(m))); !strings.Contains(got.Text(), "988") {
		t.Errorf("asked of it by the message's menu, the reply is %q", got.Text())
	}
}

// TestEditIntoACrisis changes messages. Only what becomes a cry for help is answered anew, once.
func TestEditIntoACrisis(t *testing.T) {
	w := run(t, options{})
	dm, channel := w.DM(alice), w.Channel(w.Guild())
	first := w.Say(dm, alice, "effects")
	w.reply(dm, first)
	w.Edit(dm, first, "the effects")
	w.Unfurl(dm, first)
	w.Edit(dm, first, "I will hurt myself")
	w.Unfurl(dm, first)
	overheard := w.Say(channel, bob, "hello all")
	w.Edit(channel, overheard, "I will hurt myself")
	mention := w.Say(channel, alice, w.Mention()+" effects")
	w.reply(channel, mention)
	w.Edit(channel, mention, w.Mention()+" I will hurt myself")
	w.until("both are answered", func() bool { return len(w.Sent(dm)) > 1 && len(w.Sent(channel)) > 1 })
	w.reply(dm, w.Say(dm, alice, "benefit"))
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	if sent := w.Sent(dm); len(sent) != 3 || !strings.Contains(sent[1].Content, "988") {
		t.Errorf("%d messages in the direct channel, the second is %q; want 3, the helpline second", len(sent), sent[1].Text())
	}
	if sent := w.Sent(channel); len(sent) != 2 || !strings.Contains(sent[1].Content, "988") {
		t.Errorf("%d messages in the channel, the last is %q; want 2 and the helpline", len(sent), sent[1].Text())
	}
}

func TestWhoIsIgnored(t *testing.T) {
	w := run(t, options{})
	channel := w.Channel(w.Guild())
	for name, m := range map[string]discordtest.Message{
		"another bot":    {ChannelID: channel, Author: discordtest.Author{ID: bob, Bot: true}, Content: w.Mention() + " effects"},
		"itself":         {ChannelID: channel, Author: discordtest.Author{ID: w.UserID, Bot: true}, Content: w.Mention() + " effects"},
		"a join message": {ChannelID: channel, Author: discordtest.Author{ID: bob}, Type: 7, Content: w.Mention()},
		"everyone":       {ChannelID: channel, Author: discordtest.Author{ID: bob}, Content: "@everyone effects"},
		"somebody else":  {ChannelID: channel, Author: discordtest.Author{ID: bob}, Content: "<@" + alice + "> effects"},
	} {
		t.Run(name, func(t *testing.T) { w.Send(m) })
	}
	asked := w.Say(channel, alice, w.Mention()+" effects")
	w.reply(channel, asked)
	for _, m := range w.Sent(channel) {
		if m.Reference != nil && m.Reference.MessageID != asked {
			t.Errorf("answered %q, which is not from a person to the bot", m.Text())
		}
	}
}

func TestSlashAsk(t *testing.T) {
	w := run(t, options{})
	channel := w.Channel(w.Guild())
	use := discordtest.Use{Channel: channel, Person: alice, Locale: "es-419"}
	i := w.Slash(use, "ask", "question", "what are the effects?")
	m := w.answer(i)
	if i.First() != int(discordgo.InteractionResponseChannelMessageWithSource) || !m.Ephemeral() {
		t.Errorf("answer of type %d, ephemeral %t, want 4 and true", i.First(), m.Ephemeral())
	}
	share, ok := m.Button("Compartir en el canal")
	if !ok {
		t.Fatalf("buttons %v, want one to share", m.Buttons())
	}
	shared := w.answer(w.Press(use, m, share))
	if shared.Ephemeral() || shared.Embeds[0].Title != "What are the side effects?" {
		t.Errorf("shared %q, ephemeral %t, want the answer for all", shared.Text(), shared.Ephemeral())
	}
	if m := w.answer(w.Slash(use, "ask", "question", "else")); !strings.Contains(m.Content, "(es, private true)") {
		t.Errorf("answer %q, want it in the person's language and private", m.Content)
	}
	dm := discordtest.Use{Channel: w.DM(alice), Person: alice}
	if m := w.answer(w.Slash(dm, "ask", "question", "effects")); m.Ephemeral() {
		t.Error("the answer in a direct message vanishes, want it to stay")
	} else if _, ok := m.Button("Share"); ok {
		t.Error("a button to share in a direct message, want none")
	}
}

func TestContactAndTopics(t *testing.T) {
	w := run(t, options{})
	use := discordtest.Use{Channel: w.Channel(w.Guild()), Person: alice}
	if m := w.answer(w.Slash(use, "contact", "", "")); !strings.Contains(m.Content, "555 0100 · 9 to 5") {
		t.Errorf("/contact answered %q, want phone and hours", m.Text())
	}
	m := w.answer(w.Slash(use, "topics", "", ""))
	menus := m.Buttons()
	if len(menus) != 3 || len(menus[0].Options) != 25 || len(menus[1].Options) != 6 {
		t.Fatalf("/topics has components %v, want two menus and the contact", menus)
	}
	last := menus[1].Options[5]
	if m := w.answer(w.Pick(use, m, menus[1], last.Value)); m.Embeds[0].Title != "What does it cost?" {
		t.Errorf("picking %q showed %q, want the section", last.Label, m.Text())
	}
}

func TestChoices(t *testing.T) {
	w := run(t, options{})
	dm := w.DM(alice)
	m := w.reply(dm, w.Say(dm, alice, "unsure"))
	b, ok := m.Button("Who can benefit?")
	if !ok {
		t.Fatalf("buttons %v, want the choices", m.Buttons())
	}
	shown := w.answer(w.Press(discordtest.Use{Channel: dm, Person: alice}, m, b))
	if shown.Embeds[0].Title != "Who can benefit?" {
		t.Errorf("the button showed %q, want its section", shown.Text())
	}
	thanks, _ := shown.Button("👍")
	if m := w.answer(w.Press(discordtest.Use{Channel: dm, Person: alice}, shown, thanks)); !m.Ephemeral() {
		t.Error("thanks for feedback stay in the channel, want them for the person only")
	}
	use := discordtest.Use{Channel: dm, Person: alice}
	for name, i := range map[string]*discordtest.Interaction{
		"a button of another version": w.Press(use, shown, discordtest.Component{Type: 2, CustomID: "v0-show-42"}),
		"a form that we never showed": w.Interact(use, 5, map[string]any{"custom_id": "x", "components": []any{nil, 7}}),
		"a button without data":       w.Interact(use, 3, nil),
	} {
		if m := w.answer(i); !strings.Contains(m.Content, "too old") {
			t.Errorf("%s was answered %q, want it to say so", name, m.Text())
		}
	}
}

func TestAutocomplete(t *testing.T) {
	w := run(t, options{})
	use := discordtest.Use{Channel: w.Channel(w.Guild()), Person: alice}
	names, values, err := w.Type(use, "ask", "question", "WHO").Suggestions(w.ctx)
	if err != nil || !slices.Equal(names, []string{"Who can benefit?"}) {
		t.Fatalf("suggestions %q, %v, want the one question", names, err)
	}
	if m := w.answer(w.Slash(use, "ask", "question", values[0])); m.Embeds[0].Title != "Who can benefit?" {
		t.Errorf("the suggestion led to %q, want its section", m.Text())
	}
	if names, _, err := w.Type(use, "ask", "question", "zzz").Suggestions(w.ctx); err != nil || len(names) != 0 {
		t.Errorf("suggestions %q, %v, want none", names, err)
	}
	if strings.Contains(strings.ToLower(w.logs.String()), "zzz") {
		t.Error("what was typed is in the log")
	}
}

func TestMessageCommand(t *testing.T) {
	w := run(t, options{})
	channel := w.Channel(w.Guild())
	asked := w.Say(channel, bob, "what are the effects?")
	m := w.answer(w.OnMessage(discordtest.Use{Channel: channel, Person: alice}, "Answer from FAQ", asked))
	if _, ok := m.Button("Share in channel"); !ok || !m.Ephemeral() || m.Embeds[0].Title != "What are the side effects?" {
		t.Errorf("answer %q, ephemeral %t, share %t, want the section, true, true", m.Text(), m.Ephemeral(), ok)
	}
}

func TestCrisisIsPlainText(t *testing.T) {
	w := run(t, options{})
	use := discordtest.Use{Channel: w.Channel(w.Guild()), Person: alice}
	m := w.answer(w.Slash(use, "ask", "question", "I want to hurt myself"))
	if !strings.HasPrefix(m.Content, "Please call or text **988** now.") || len(m.Embeds) != 0 {
		t.Errorf("crisis reply has content %q and %d embeds, want plain text", m.Content, len(m.Embeds))
	}
	if _, ok := m.Button("Share"); ok {
		t.Error("a crisis reply can be shared, want no such button")
	}
}
