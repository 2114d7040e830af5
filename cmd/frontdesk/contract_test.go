package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/markup"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/bot/terminal"
	"frontdesk/knowledge"
)

// askedAnyway are what people write beside questions that staff have an answer to.
var askedAnyway = []string{
	"hello", "thank you so much", "bye", "how are you?", "who are you", "are you a robot?", "help", "you are useless", "tell me a joke", "ok", "???",
	"hola", "muchas gracias", "can I talk to a person?", "what is your phone number", "I'd like to book an appointment", "quiero hablar con una persona",
	"I want to kill myself", "i took too many pills", "my husband hits me", "quiero morir",
	"do you sell bicycles", "what is the capital of Peru", "xyzzy", "¿venden bicicletas?",
}

// contractQuestions makes a hundred questions of what staff wrote and of what people write anyway.
func contractQuestions(base knowledge.Base) []string {
	var headings, phrasings []string
	for _, s := range base.Sections() {
		headings = append(headings, s.Title)
		phrasings = append(phrasings, s.Phrasings...)
	}
	questions := slices.Clone(askedAnyway)
	for _, from := range []struct {
		texts []string
		upTo  int
	}{{headings, 60}, {phrasings, 100}} {
		want := from.upTo - len(questions)
		for i := range want {
			questions = append(questions, from.texts[i*len(from.texts)/want])
		}
	}
	return questions
}

// A showing is what a platform let a person see of a reply.
type showing struct {
	text    string   // all that can be read, without buttons
	buttons []string // "press label", sorted; on the terminal, which shows no presses, labels
	handoff string   // the address behind the way to a person

	outcome bot.Outcome         // where programs read it; empty elsewhere
	section knowledge.SectionID // the same
}

// TestSameAnswerEverywhere asks everything on every platform, each question as somebody new.
func TestSameAnswerEverywhere(t *testing.T) {
	base, problems := knowledge.Load(sample(), knowledge.Handoff{})
	for _, p := range problems {
		if p.Level == knowledge.Error {
			t.Fatal(p)
		}
	}
	base.Settings.Limits = knowledge.Limits{} // the terminal knows one person only
	// Where many read, sections that staff mark as private are offered: TestRoomsOnTelegram shows how.
	base.Settings.Rooms = map[string]knowledge.Room{"telegram:public": {Replies: knowledge.ToAll}}
	s := newStage(t, func(*discordtest.Server) knowledge.Base { return base })
	questions := contractQuestions(base)
	if len(questions) != 100 {
		t.Fatalf("%d questions, want 100", len(questions))
	}
	outcomes := map[bot.Outcome]int{}
	for i, question := range questions {
		person := strconv.Itoa(5000 + i)
		want := s.desk.Answer(t.Context(), bot.Message{
			Room: bot.RoomID("contract:" + person), From: bot.PersonID("contract:" + person), Text: question, Lang: "en", Private: true, Addressed: bot.Direct,
		})
		outcomes[want.Outcome]++
		all := slices.Concat(want.Choices, want.Related, want.Feedback)
		for platform, ask := range map[string]struct {
			show    func(person, question string) (showing, error)
			buttons []string
			cut     int // of labels, in characters
		}{
			"telegram":             {s.onTelegram, pressed(all), 50},
			"a telegram group":     {s.inTelegramGroup, pressed(all), 50},
			"discord":              {s.onDiscord, pressed(all), 70},
			"discord's /ask":       {s.bySlashCommand, pressed(all), 70},
			"discord's messages":   {s.onSomebodysMessage, pressed(all), 70},
			"the page and its API": {s.onWeb, pressed(all), 1000},
			"terminal":             {s.onTerminal, labelled(want.Choices), 1000},
		} {
			got, err := ask.show(person, question)
			if err != nil {
				t.Fatalf("%s: %q: %v", platform, question, err)
			}
			text := letters(markup.Parse(want.Text).Plain())
			if !strings.Contains(letters(got.text), text[:min(60, len(text))]) || !strings.Contains(letters(got.text), letters(want.Title)) {
				t.Errorf("%s: %q is answered with %q, want %q titled %q", platform, question, got.text, want.Text, want.Title)
			}
			if !sameButtons(got.buttons, ask.buttons, ask.cut) {
				t.Errorf("%s: %q has the buttons %q, want %q", platform, question, got.buttons, ask.buttons)
			}
			if got.outcome != "" && (got.outcome != want.Outcome || got.section != want.Section) {
				t.Errorf("%s: %q is %s by %q, want %s by %q", platform, question, got.outcome, got.section, want.Outcome, want.Section)
			}
			if !got.leadsTo(want.Handoff) {
				t.Errorf("%s: %q leads to the person %q, want %+v; text %q", platform, question, got.handoff, want.Handoff, got.text)
			}
		}
	}
	for _, o := range []bot.Outcome{bot.Answered, bot.Unanswered, bot.HandedOff, bot.Smalltalk, bot.Crisis} {
		if outcomes[o] == 0 {
			t.Errorf("no question is %s: %v", o, outcomes)
		}
	}
}

// leadsTo reports whether a person finds the way to a human, and no other: by a link, or in the text where a platform's
// buttons cannot open the address.
func (s showing) leadsTo(h knowledge.Handoff) bool {
	scheme, address, _ := strings.Cut(h.URL, ":")
	switch {
	case s.handoff == h.URL:
		return true
	case s.handoff != "":
		return false
	case scheme == "tel" && h.Phone != "":
		address = h.Phone
	}
	return (scheme == "tel" || scheme == "mailto") && strings.Contains(letters(s.text), letters(address))
}

func (s *stage) onTelegram(person, question string) (showing, error) {
	who := telegramUser(person)
	return s.readTelegram(telegramtest.Private(who), who, question)
}

// inTelegramGroup asks in a group of the person's own, since a group takes twenty messages a minute.
func (s *stage) inTelegramGroup(person, question string) (showing, error) {
	who := telegramUser(person)
	return s.readTelegram(telegramtest.Supergroup(-who.ID), who, "/ask "+question)
}

func telegramUser(person string) telegramtest.User {
	id, err := strconv.ParseInt(person, 10, 64)
	if err != nil {
		panic(err)
	}
	return telegramtest.User{ID: id, FirstName: "P", LanguageCode: "en"}
}

func (s *stage) readTelegram(chat telegramtest.Chat, who telegramtest.User, text string) (showing, error) {
	before := len(s.telegram.Sent())
	s.telegram.Say(chat, who, text)
	s.telegram.Say(chat, who, "/privacy") // its reply comes behind all of the other
	var got showing
	for n := before + 1; ; n++ {
		m, err := s.telegram.WaitSent(s.ctx, n)
		if err != nil || strings.Contains(m.Text, "15 minut") { // in English and Spanish
			slices.Sort(got.buttons)
			return got, err
		}
		got.text += m.Text + "\n"
		for _, row := range m.Keyboard {
			for _, b := range row {
				if b.URL != "" {
					got.handoff = b.URL
					continue
				}
				got.buttons = append(got.buttons, b.Data+" "+b.Text)
			}
		}
	}
}

func (s *stage) onDiscord(person, question string) (showing, error) {
	channel := s.discord.DM(person)
	s.discord.Say(channel, person, question)
	last := s.discord.Say(channel, person, "thanks") // its reply comes behind all of the other
	if _, err := s.discord.Reply(s.ctx, channel, last); err != nil {
		return showing{}, err
	}
	var all []discordtest.Message
	for _, m := range s.discord.Sent(channel) {
		if m.Reference != nil && m.Reference.MessageID == last {
			break
		}
		all = append(all, m)
	}
	return shownOnDiscord(all...), nil
}

func (s *stage) bySlashCommand(person, question string) (showing, error) {
	use := discordtest.Use{Channel: s.channel, Person: person}
	m, err := s.discord.Slash(use, "ask", "question", question).Answer(s.ctx)
	return shownOnDiscord(m), err
}

// onSomebodysMessage has a helper answer what somebody else wrote.
func (s *stage) onSomebodysMessage(person, question string) (showing, error) {
	use := discordtest.Use{Channel: s.channel, Person: person + "1"}
	id := s.discord.Say(s.channel, person, question)
	m, err := s.discord.OnMessage(use, "Answer from FAQ", id).Answer(s.ctx)
	return shownOnDiscord(m), err
}

func shownOnDiscord(all ...discordtest.Message) showing {
	var got showing
	for _, m := range all {
		got.text += m.Text() + "\n"
		for _, b := range m.Buttons() {
			switch {
			case b.URL != "":
				got.handoff = b.URL
			case len(b.Options) > 0:
				for _, o := range b.Options {
					got.buttons = append(got.buttons, o.Value+" "+o.Label)
				}
			case b.Label != "Share in channel": // a private answer's only
				got.buttons = append(got.buttons, b.CustomID+" "+b.Label)
			}
		}
	}
	slices.Sort(got.buttons)
	return got
}

// onWeb asks by the API that the page asks by.
func (s *stage) onWeb(person, question string) (showing, error) {
	body, err := json.Marshal(map[string]string{"question": question, "lang": "en"})
	if err != nil {
		return showing{}, err
	}
	req := httptest.NewRequest("POST", "/v1/ask", bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	n, _ := strconv.Atoi(person)
	req.RemoteAddr = netip.AddrFrom4([4]byte{192, 0, byte(n >> 8), byte(n)}).String() + ":1" // each from elsewhere
	resp := httptest.NewRecorder()
	s.web.ServeHTTP(resp, req)
	var a struct {
		Outcome bot.Outcome
		Section *struct{ ID knowledge.SectionID }
		Title   string
		Text    string
		Handoff *struct{ URL string }

		Choices, Related, Feedback []struct{ Label, Press string }
	}
	if err := json.Unmarshal(resp.Body.Bytes(), &a); err != nil || resp.Code != http.StatusOK {
		return showing{}, fmt.Errorf("answered %d %s", resp.Code, resp.Body)
	}
	got := showing{text: a.Title + "\n" + a.Text, outcome: a.Outcome}
	if a.Section != nil {
		got.section = a.Section.ID
	}
	if a.Handoff != nil {
		got.handoff = a.Handoff.URL
	}
	for _, b := range slices.Concat(a.Choices, a.Related, a.Feedback) {
		got.buttons = append(got.buttons, b.Press+" "+b.Label)
	}
	slices.Sort(got.buttons)
	return got, nil
}

var (
	numbered = regexp.MustCompile(`(?m)^  \[\d+\] (.*)$`)
	arrow    = regexp.MustCompile(`(?m)^  → .*: (\S+)$`)
)

func (s *stage) onTerminal(_, question string) (showing, error) {
	var out strings.Builder
	if err := terminal.Run(context.Background(), s.desk, strings.NewReader(question+"\n"), &out); err != nil {
		return showing{}, err
	}
	s.desk.Forget(bot.Message{Room: "terminal:0", From: "terminal:you"}) // the next question is somebody else's
	parts := strings.Split(out.String(), "\n> ")
	if len(parts) != 3 {
		return showing{}, fmt.Errorf("the terminal shows %q, want a greeting and a reply", out.String())
	}
	got := showing{text: parts[0] + parts[1]} // the terminal greets by itself, and hello is answered with no more than hello
	for _, m := range numbered.FindAllStringSubmatch(parts[1], -1) {
		got.buttons = append(got.buttons, m[1])
	}
	if m := arrow.FindStringSubmatch(parts[1]); m != nil {
		got.handoff = m[1]
	}
	slices.Sort(got.buttons)
	return got, nil
}

// pressed returns choices as a showing has them.
func pressed(choices []bot.Choice) []string {
	var all []string
	for _, c := range choices {
		all = append(all, c.Press.String()+" "+c.Label)
	}
	slices.Sort(all)
	return all
}

func labelled(choices []bot.Choice) []string {
	var all []string
	for _, c := range choices {
		all = append(all, c.Label)
	}
	slices.Sort(all)
	return all
}

// sameButtons reports whether two lists hold the same, as far as platforms show labels.
func sameButtons(got, want []string, most int) bool {
	return slices.EqualFunc(got, want, func(a, b string) bool {
		a, b = letters(a), letters(b)
		return a[:min(most, len(a))] == b[:min(most, len(b))]
	})
}

// letters returns what is left of a text when all that platforms mark and escape is taken away.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
