package journal

import (
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// in returns an exchange in a room whose setting stands in desk.yaml under a key; without one, the journal's own counts.
func (d *desk) in(room bot.RoomID, text string, keep Privacy, by string) bot.Exchange {
	e := d.asked("ann", text)
	e.Room, e.Keep, e.KeepBy = room, keep, by
	e.Private = strings.HasPrefix(by, "private")
	return e
}

func deskYAML(rooms map[string]Privacy) knowledge.Base {
	base := knowledge.Base{Settings: knowledge.Settings{Rooms: map[string]knowledge.Room{"public": {Answer: knowledge.ModeAsk}}}}
	for key, p := range rooms {
		base.Settings.Rooms[key] = knowledge.Room{Privacy: p}
	}
	return base
}

// What staff say of a room goes before the journal's own setting.
func TestRoomsSetting(t *testing.T) {
	for _, test := range []struct {
		own, keep Privacy
		want      string // the text that is kept; "nothing" for no row at all
	}{
		{Clustered, "", "call [number]"},
		{Clustered, Full, "call 555 0100 200"},
		{Clustered, Counts, ""},
		{Full, Clustered, "call [number]"},
		{Full, knowledge.KeepNothing, "nothing"},
	} {
		d := newDesk(t, t.TempDir()+"/j.db", Config{Privacy: test.own})
		d.Record(d.in("discord:7", "call 555 0100 200", test.keep, "discord:7"))
		crisis := d.in("discord:7", "", test.keep, "discord:7")
		crisis.Outcome = bot.Crisis
		d.Record(crisis)
		got := d.dump()
		if test.want == "nothing" {
			if got != "" {
				t.Errorf("%s under %s: kept %q, want nothing", test.keep, test.own, got)
			}
			continue
		}
		if !strings.Contains(got, " question="+test.want+" ") || !strings.Contains(got, "journal_crises") {
			t.Errorf("%s under %s: kept %q, want the text %q and that there was a crisis", test.keep, test.own, got, test.want)
		}
	}
}

// Text goes once desk.yaml has become stricter, wherever the room had its setting from.
func TestStricterDeskYAMLTakesTextOut(t *testing.T) {
	rooms := map[string]bot.Exchange{}
	onBoth(t, Config{Privacy: Counts}, func(d *desk) {
		for text, e := range map[string]bot.Exchange{
			"of a channel": d.in("discord:7", "", Full, "discord:7"), "of a thread": d.in("discord:8", "", Full, "discord:7"),
			"of a server": d.in("discord:9", "", Full, "discord:server:1"), "of a topic": d.in("telegram:-5:6", "", Clustered, "public"),
			"of a private chat": d.in("telegram:7", "", Full, "private"), "of one": d.in("telegram:8", "", Full, "telegram:8"),
		} {
			e.Text = text
			rooms[text] = e
			d.Record(e)
		}
		for _, step := range []struct {
			name  string
			rooms map[string]Privacy
			left  []string
		}{
			{"as it was", map[string]Privacy{"discord:7": Full, "discord:server:1": Full, "public": Clustered, "private": Full, "telegram:8": Full},
				[]string{"of a channel", "of a thread", "of a server", "of a topic", "of a private chat", "of one"}},
			{"the channel", map[string]Privacy{"discord:7": Counts, "discord:server:1": Full, "public": Clustered, "private": Full, "telegram:8": Full},
				[]string{"of a server", "of a topic", "of a private chat", "of one"}},
			{"the topic's chat", map[string]Privacy{"telegram:-5": Counts, "discord:server:1": Full, "public": Clustered, "private": Full, "telegram:8": Full},
				[]string{"of a server", "of a private chat", "of one"}},
			{"private chats", map[string]Privacy{"discord:server:1": Full, "private": Clustered, "telegram:8": Full}, []string{"of a server", "of one"}},
			{"all", nil, nil},
		} {
			d.Learn(deskYAML(step.rooms))
			if err := d.Sweep(d.Context()); err != nil {
				d.Fatal(err)
			}
			got := d.dump()
			for text := range rooms {
				want := false
				for _, left := range step.left {
					want = want || left == text
				}
				if strings.Contains(got, "question="+text+" ") != want {
					d.Errorf("%s became stricter: %q kept is %v, want %v", step.name, text, !want, want)
				}
			}
		}
	})
}

// Before desk.yaml is read, nothing of what it allowed is taken out.
func TestSweepBeforeLearn(t *testing.T) {
	d := newDesk(t, t.TempDir()+"/j.db", Config{Privacy: Counts})
	d.Record(d.in("discord:7", "as written", Full, "discord:7"))
	d.flush()
	if err := d.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := d.dump(); !strings.Contains(got, "as written") || !strings.Contains(got, "kept=full discord:7 ") {
		t.Errorf("kept %q, want the text", got)
	}
}

// Full text is shown to staff at once, whoever said that it is kept.
func TestMissesOfAFullRoom(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		d.Record(d.in("discord:7", "where is the fax machine", Full, "discord:7"))
		d.Record(d.in("discord:9", "where is the printer", "", ""))
		misses, hidden := d.misses()
		if len(misses) != 1 || misses[0].Text != "where is the fax machine" || hidden.Times != 1 {
			d.Errorf("Misses = %+v, %+v, want the one of the staff's room", misses, hidden)
		}
	})
}
