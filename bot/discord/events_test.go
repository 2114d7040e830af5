package discord

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzDecode reads whatever may come as each kind of event: it never panics, and what it cannot read is an error or
// empty.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"id":"1","channel_id":"2","content":"x","author":{"id":"3","bot":true},"mentions":[null,{"id":"4"}]}`,
		`{"id":"1","token":"t","type":2,"member":{"user":{"id":"3"}},"locale":"es-419","context":null,` +
			`"data":{"name":"ask","options":[{"name":"question","value":7},{"name":"question"}]}}`,
		`{"id":"1","channel_id":"2","member":{"roles":["9",7]},"embeds":[{"title":"t"},null],"referenced_message":{"author":{"id":"3"}}}`,
		`{"id":"1","type":5,"data":{"custom_id":"1a:x","components":[null,{"components":[{"value":"typed"}]}]}}`,
		`{"id":1,"author":[],"data":"x","mentions":{},"options":null}`, `null`, `[]`, `7`, `"x"`, `{`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m message
		errMessage := decode(data, &m)
		m.mentions("4")
		fromPerson(m)
		_ = m.text() + strings.Join(m.Member.roles(), " ")
		var i interaction
		errInteraction := decode(data, &i)
		i.person()
		i.lang()
		i.inBotDM()
		i.Data.option("question")
		i.Data.typed()
		verb(i)
		for _, other := range []any{&channel{}, &guild{}, &packet{}, &hello{}, &ready{}} {
			_ = decode(data, other)
		}
		if !json.Valid(data) && (errMessage == nil || errInteraction == nil) {
			t.Errorf("decode(%q) is no error", data)
		}
	})
}

func TestDecodeForgivesFields(t *testing.T) {
	var m message
	err := decode([]byte(`{"type":"odd","id":"1","author":{"id":5,"bot":true},"mentions":7,"content":"kept"}`), &m)
	if err != nil || m.ID != "1" || m.Content != "kept" || !m.Author.Bot || m.Author.ID != "" {
		t.Errorf("decode() = %+v, %v, want all that could be read", m, err)
	}
	for _, nothing := range []string{"7", `"x"`, "[]", "{", ""} {
		if err := decode([]byte(nothing), &m); err == nil {
			t.Errorf("decode(%q) is no error", nothing)
		}
	}
}
