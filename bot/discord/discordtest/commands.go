package discordtest

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A command is what a client registers.
type command struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Description  string            `json:"description"`
	Names        map[string]string `json:"name_localizations"`
	Descriptions map[string]string `json:"description_localizations"`
	Contexts     []int             `json:"contexts"`
	Installs     []int             `json:"integration_types"`
	Options      []struct {
		Type         int               `json:"type"`
		Name         string            `json:"name"`
		Description  string            `json:"description"`
		Names        map[string]string `json:"name_localizations"`
		Descriptions map[string]string `json:"description_localizations"`
		Required     bool              `json:"required"`
		Autocomplete bool              `json:"autocomplete"`
		Choices      []any             `json:"choices"`
	} `json:"options"`
}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

// checkCommands returns what Discord would refuse about a list of global commands.
func checkCommands(list []map[string]any) []string {
	c := &checker{}
	perType := map[int]int{}
	seen := map[string]bool{}
	for _, raw := range list {
		var cmd command
		for key, value := range raw {
			if value == nil && key != "default_member_permissions" {
				c.add("%s of a command is null", key)
			}
		}
		if err := json.Unmarshal(encode(raw), &cmd); err != nil {
			c.add("command: %v", err)
			continue
		}
		kind := max(1, cmd.Type)
		perType[kind]++
		key := string(rune('0'+kind)) + cmd.Name
		if seen[key] {
			c.add("command %q twice", cmd.Name)
		}
		seen[key] = true
		c.command(cmd, kind)
	}
	for kind, most := range map[int]int{1: 100, 2: 15, 3: 15} {
		if perType[kind] > most {
			c.add("%d commands of type %d, want at most %d", perType[kind], kind, most)
		}
	}
	return c.problems
}

func (c *checker) command(cmd command, kind int) {
	c.names(cmd.Name, cmd.Names, kind == 1)
	if kind == 1 {
		c.described(cmd.Description, cmd.Descriptions)
	} else if cmd.Description != "" || len(cmd.Options) > 0 {
		c.add("command %q of type %d has a description or options", cmd.Name, kind)
	}
	for _, n := range append(cmd.Contexts, cmd.Installs...) {
		if n < 0 || n > 2 {
			c.add("context or integration type %d", n)
		}
	}
	if len(cmd.Options) > 25 {
		c.add("%d options", len(cmd.Options))
	}
	size := utf8.RuneCountInString(cmd.Name + cmd.Description)
	optional := false
	for _, o := range cmd.Options {
		c.names(o.Name, o.Names, true)
		c.described(o.Description, o.Descriptions)
		if o.Required && optional {
			c.add("required option %q after an optional one", o.Name)
		}
		optional = optional || !o.Required
		if o.Autocomplete && len(o.Choices) > 0 {
			c.add("option %q has choices and autocomplete", o.Name)
		}
		size += utf8.RuneCountInString(o.Name + o.Description)
	}
	if size > 8000 {
		c.add("command %q has %d characters in all", cmd.Name, size)
	}
}

func (c *checker) names(name string, localized map[string]string, slash bool) {
	all := []string{name}
	for locale, n := range localized {
		if !locales[locale] {
			c.add("locale %q", locale)
		}
		all = append(all, n)
	}
	for _, n := range all {
		if slash && (!commandName.MatchString(n) || n != strings.ToLower(n)) {
			c.add("name %q", n)
		}
		c.length("name", n, 1, 32)
	}
}

func (c *checker) described(text string, localized map[string]string) {
	c.length("description", text, 1, 100)
	for _, t := range localized {
		c.length("localized description", t, 1, 100)
	}
}

var locales = map[string]bool{"en-US": true, "en-GB": true, "es-ES": true, "es-419": true, "fr": true, "de": true}
