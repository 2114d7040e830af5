package telegram

import (
	"strings"
	"testing"

	"frontdesk/bot"
)

// TestVeiledReply offers in a group what only the asker should read: by links into the private chat.
func TestVeiledReply(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		return bot.Reply{
			Outcome: bot.Unsure, Text: "Only you will see it.", Handoff: deskContact, Veiled: strings.HasPrefix(m.Text, "veiled"),
			Choices: []bot.Choice{
				{Label: "One", Press: bot.Press{Verb: bot.Show, Key: "abcdefghijk"}},
				{Label: "Which", Press: bot.Press{Verb: bot.Pick, Key: "abcdefghijklmnopqrstuv"}},
				{Label: "Topics", Press: bot.Press{Verb: bot.Topics}},
			},
		}, true
	}
	const link = "https://t.me/frontdesk_test_bot?start="
	for i, test := range []struct {
		ask  string
		want []string // addresses, or what the buttons mean
	}{
		{"/ask veiled", []string{link + "s-abcdefghijk", link + "q-abcdefghijklmnopqrstuv", deskContact.URL}},
		{"/ask open", []string{"1s:abcdefghijk", bot.Press{Verb: bot.Pick, Key: "abcdefghijklmnopqrstuv"}.String(), "1t", deskContact.URL}},
	} {
		s.api.Say(group, anna, test.ask)
		var got []string
		for _, row := range s.sent(i + 1).Keyboard {
			got = append(got, row[0].URL+row[0].Data)
		}
		if strings.Join(got, " ") != strings.Join(test.want, " ") {
			t.Errorf("%q has the buttons %q, want %q", test.ask, got, test.want)
		}
	}
}
