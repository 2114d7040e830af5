package discordtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

func (s *Server) postCallback(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	i := s.pending[r.PathValue("token")]
	s.mu.Unlock()
	if i == nil || i.ID != r.PathValue("id") {
		refuse(w, 404, 10062, "Unknown interaction")
		return
	}
	body, _ := io.ReadAll(r.Body)
	switch code, message := s.take(i, body); code {
	case 0:
		w.WriteHeader(204)
	case 50035:
		s.invalid(w, r, []string{message})
	case 10062:
		refuse(w, 404, code, message)
	default:
		refuse(w, 400, code, message)
	}
}

// take accepts the first answer to an interaction; the code says why not.
func (s *Server) take(i *Interaction, body []byte) (code int, message string) {
	var answer struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return 50035, err.Error()
	}
	var p payload
	var form Modal
	var wrong []string
	if answer.Type == 9 {
		form, wrong = readModal(answer.Data)
	} else if len(answer.Data) > 0 {
		if err := json.Unmarshal(answer.Data, &p); err != nil {
			return 50035, err.Error()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case i.answered != 0:
		return 40060, "Interaction has already been acknowledged."
	case time.Since(i.made) > s.Deadline:
		s.violations = append(s.violations, "an interaction was answered too late")
		return 10062, "Unknown interaction"
	}
	if problems := append(wrong, i.check(answer.Type, p)...); len(problems) > 0 {
		return 50035, fmt.Sprint(problems)
	}
	i.modal = form
	i.answered, i.flags, i.choices, i.thinking = answer.Type, p.Flags, p.Choices, answer.Type == 5
	if answer.Type == 4 || answer.Type == 7 {
		i.keep(p, p.Flags)
	}
	s.note()
	return 0, ""
}

// keep adds a message to the answers. It wants the server's mu.
func (i *Interaction) keep(p payload, flags int) {
	m := p.message()
	m.ID, m.Flags, m.At = i.server.newID(), flags, time.Now()
	m.Pings = p.pings(&channel{})
	i.messages = append(i.messages, m)
}

// check returns what Discord would refuse about a first answer.
func (i *Interaction) check(kind int, p payload) []string {
	c := &checker{}
	allowed := map[int][]int{2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}
	fits := false
	for _, k := range allowed[i.kind] {
		fits = fits || k == kind
	}
	if !fits {
		c.add("answer of type %d to an interaction of type %d", kind, i.kind)
	}
	switch kind {
	case 4, 7:
		c.problems = append(c.problems, p.check(interactionFlags)...)
	case 8:
		if !p.suggests || len(p.nulls) > 0 {
			c.add("no list of choices")
		}
		if len(p.Choices) > 25 {
			c.add("%d suggestions, want at most 25", len(p.Choices))
		}
		for _, choice := range p.Choices {
			c.length("suggestion's name", choice.Name, 1, 100)
			c.length("suggestion's value", fmt.Sprint(choice.Value), 1, 100)
		}
	}
	return c.problems
}

func (s *Server) postFollowUp(w http.ResponseWriter, r *http.Request) {
	s.follow(w, r, func(i *Interaction, p payload) { i.keep(p, p.Flags) })
}

func (s *Server) patchOriginal(w http.ResponseWriter, r *http.Request) {
	s.follow(w, r, func(i *Interaction, p payload) {
		if i.thinking {
			i.thinking = false
			i.keep(p, i.flags|p.Flags&(1<<2)) // the one flag that an edit sets
			return
		}
		if len(i.messages) > 0 {
			i.messages[0].Content, i.messages[0].Embeds, i.messages[0].Rows = p.Content, p.Embeds, p.Components
		}
	})
}

// follow takes a message after the first answer.
func (s *Server) follow(w http.ResponseWriter, r *http.Request, do func(*Interaction, payload)) {
	var p payload
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		s.invalid(w, r, []string{err.Error()})
		return
	}
	if problems := p.check(interactionFlags); len(problems) > 0 {
		s.invalid(w, r, problems)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.pending[r.PathValue("token")]
	if i == nil || i.answered == 0 || r.PathValue("app") != s.AppID || time.Since(i.made) > 15*time.Minute {
		refuse(w, 404, 10015, "Unknown Webhook")
		return
	}
	do(i, p)
	s.note()
	reply(w, 200, map[string]any{"id": s.newID()})
}

func (s *Server) getOriginal(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.pending[r.PathValue("token")]
	if i == nil || len(i.messages) == 0 {
		refuse(w, 404, 10008, "Unknown Message")
		return
	}
	reply(w, 200, i.messages[0])
}
