package discordtest

import (
	"context"
	"encoding/json"
	"unicode/utf8"
)

// A Modal is a form that the bot shows in answer to a command or a button.
type Modal struct {
	CustomID string `json:"custom_id"`
	Title    string `json:"title"`
	Rows     []struct {
		Type   int     `json:"type"`
		Fields []Field `json:"components"`
	} `json:"components"`
}

// A Field is where a text is typed.
type Field struct {
	Type        int    `json:"type"`
	CustomID    string `json:"custom_id"`
	Style       int    `json:"style"`
	Label       string `json:"label"`
	Value       string `json:"value"`
	Placeholder string `json:"placeholder"`
	Most        int    `json:"max_length"`
	Required    bool   `json:"required"`
}

// readModal returns what Discord would refuse about a form.
func readModal(data json.RawMessage) (m Modal, problems []string) {
	c := &checker{}
	if err := json.Unmarshal(data, &m); err != nil {
		c.add("modal: %v", err)
		return m, c.problems
	}
	c.length("modal's custom_id", m.CustomID, 1, 100)
	c.length("modal's title", m.Title, 1, 45)
	if len(m.Rows) < 1 || len(m.Rows) > 5 {
		c.add("%d rows in a modal", len(m.Rows))
	}
	for _, row := range m.Rows {
		if row.Type != 1 || len(row.Fields) != 1 {
			c.add("a modal's row of type %d with %d fields", row.Type, len(row.Fields))
			continue
		}
		f := row.Fields[0]
		if f.Type != 4 || f.Style < 1 || f.Style > 2 || f.Most < 1 || f.Most > 4000 || utf8.RuneCountInString(f.Value) > f.Most {
			c.add("a field of type %d, style %d, %d characters of %d", f.Type, f.Style, utf8.RuneCountInString(f.Value), f.Most)
		}
		c.length("field's custom_id", f.CustomID, 1, 100)
		c.length("field's label", f.Label, 1, 45)
		c.length("field's placeholder", f.Placeholder, 0, 100)
	}
	return m, c.problems
}

// Modal waits for the form that answers the interaction.
func (i *Interaction) Modal(ctx context.Context) (m Modal, err error) {
	err = i.server.Wait(ctx, func() bool {
		i.server.mu.Lock()
		defer i.server.mu.Unlock()
		m = i.modal
		return i.answered == 9
	})
	return m, err
}

// Submit lets a person fill in a form's only field.
func (s *Server) Submit(u Use, m Modal, text string) *Interaction {
	return s.interact(u, 5, map[string]any{"custom_id": m.CustomID, "components": []any{
		map[string]any{"type": 1, "components": []any{
			map[string]any{"type": 4, "custom_id": m.Rows[0].Fields[0].CustomID, "value": text},
		}},
	}}, nil)
}
