package discord

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/knowledge"
)

var everybodys = []string{"ask", "contact", "topics", "privacy", "forget", "Answer from FAQ"}

func TestCommandsAreWrittenOnce(t *testing.T) {
	srv := discordtest.New(token)
	t.Cleanup(srv.Close)
	for range 2 {
		w := run(t, options{config: func(c *Config) { c.BaseURL = srv.URL }, server: func(s *discordtest.Server) {}})
		w.until("commands are read", func() bool {
			return slices.ContainsFunc(srv.Requests(), func(r discordtest.Request) bool { return strings.HasSuffix(r.Path, "/commands") })
		})
		w.until("commands are there", func() bool { _, writes := srv.Commands(); return writes > 0 })
		if err := w.stop(); err != nil {
			t.Fatal(err)
		}
	}
	names, writes := srv.Commands()
	if !slices.Equal(names, everybodys) || writes != 1 {
		t.Errorf("commands %q written %d times, want %q once", names, writes, everybodys)
	}
	for _, v := range srv.Violations() {
		t.Error(v)
	}
}

// TestCommandsInWords looks at what is registered: where each command can be used, by whom, and what it is called in
// the languages that the desk speaks.
func TestCommandsInWords(t *testing.T) {
	raw, err := json.Marshal(commands(true))
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Name         string            `json:"name"`
		Type         int               `json:"type"`
		Names        map[string]string `json:"name_localizations"`
		Description  string            `json:"description"`
		Descriptions map[string]string `json:"description_localizations"`
		Contexts     []int             `json:"contexts"`
		Installs     []int             `json:"integration_types"`
		Permissions  *string           `json:"default_member_permissions"`
		Options      []struct {
			Names        map[string]string `json:"name_localizations"`
			Descriptions map[string]string `json:"description_localizations"`
		} `json:"options"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	spoken := func(words map[string]string) bool { return words["es-ES"] != "" && words["es-ES"] == words["es-419"] }
	for _, c := range all {
		if !spoken(c.Names) || c.Type == 1 && (c.Description == "" || !spoken(c.Descriptions)) {
			t.Errorf("%s is called %v and described %v, want words in Spanish too", c.Name, c.Names, c.Descriptions)
		}
		for _, o := range c.Options {
			if !spoken(o.Names) || !spoken(o.Descriptions) {
				t.Errorf("an option of %s is called %v and described %v", c.Name, o.Names, o.Descriptions)
			}
		}
		if slices.Contains(everybodys, c.Name) {
			if !slices.Equal(c.Contexts, []int{0, 1, 2}) || !slices.Equal(c.Installs, []int{0, 1}) || c.Permissions != nil {
				t.Errorf("%s is for contexts %v, installs %v, permissions %v, want it for everybody everywhere", c.Name, c.Contexts, c.Installs, c.Permissions)
			}
		} else if !slices.Equal(c.Contexts, []int{0}) || !slices.Equal(c.Installs, []int{0}) || c.Permissions == nil || *c.Permissions != "0" {
			t.Errorf("%s is for contexts %v, installs %v, permissions %v, want it for a server's staff alone", c.Name, c.Contexts, c.Installs, c.Permissions)
		}
	}
}

// A changingDesk is one whose staff desk.yaml names while it serves.
type changingDesk struct {
	*clinic
	staff chan knowledge.Staff // holds who they are
}

func (d changingDesk) Staff() knowledge.Staff {
	staff := <-d.staff
	d.staff <- staff
	return staff
}

// TestStaffCommandsComeAndGo has desk.yaml name staff on Discord, and nobody any more.
func TestStaffCommandsComeAndGo(t *testing.T) {
	desk := changingDesk{newClinic(t), make(chan knowledge.Staff, 1)}
	desk.staff <- knowledge.Staff{People: []string{"telegram:7"}}
	w := run(t, options{desk: desk})
	has := func(want []string) func() bool {
		return func() bool { names, _ := w.Commands(); return slices.Equal(names, want) }
	}
	w.until("everybody's commands are there", has(everybodys))
	<-desk.staff
	desk.staff <- knowledge.Staff{Rooms: []string{"discord:1"}}
	w.until("staff's are too", has(slices.Concat(everybodys, []string{"misses", "why", "console", "Why this answer?"})))
	<-desk.staff
	desk.staff <- knowledge.Staff{}
	w.until("staff's are gone", has(everybodys))
}
