package discordtest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const token = "the-token"

func TestCheck(t *testing.T) {
	const quiet = `"allowed_mentions":{"parse":[]}`
	row := func(parts string) string {
		return `{"content":"x",` + quiet + `,"components":[{"type":1,"components":[` + parts + `]}]}`
	}
	long := func(n int) string { return strings.Repeat("é", n) }
	for _, c := range []struct{ name, body, want string }{
		{"fine", `{"content":"x",` + quiet + `}`, ""},
		{"fine at the limit", `{"content":"` + long(2000) + `",` + quiet + `}`, ""},
		{"too long", `{"content":"` + long(2001) + `",` + quiet + `}`, "content has 2001"},
		{"empty", `{"content":" ",` + quiet + `}`, "empty"},
		{"mentions missing", `{"content":"x"}`, "allowed_mentions is missing"},
		{"mentions null", `{"content":"x","allowed_mentions":{"parse":null}}`, "not a list"},
		{"embeds null", `{"content":"x",` + quiet + `,"embeds":null}`, "null for [embeds]"},
		{"nonce", `{"content":"x",` + quiet + `,"nonce":"` + long(26) + `"}`, "nonce"},
		{"flags", `{"content":"x",` + quiet + `,"flags":64}`, "flags"},
		{"title", `{"embeds":[{"title":"` + long(257) + `"}],` + quiet + `}`, "embed title"},
		{"description", `{"embeds":[{"description":"` + long(4097) + `"}],` + quiet + `}`, "embed description"},
		{"all embeds", `{"embeds":[{"description":"` + long(3001) + `"},{"description":"` + long(3000) + `"}],` + quiet + `}`, "6001"},
		{"field", `{"embeds":[{"fields":[{"name":"","value":" "}]}],` + quiet + `}`, "field value"},
		{"embed url", `{"embeds":[{"title":"t","url":"mailto:x@y"}],` + quiet + `}`, "embed url"},
		{"button", row(`{"type":2,"style":1,"label":"l","custom_id":"i"}`), ""},
		{"label", row(`{"type":2,"style":1,"label":"` + long(81) + `","custom_id":"i"}`), "label"},
		{"blank label", row(`{"type":2,"style":1,"label":" ","custom_id":"i"}`), "label"},
		{"custom_id", row(`{"type":2,"style":1,"label":"l","custom_id":"` + long(101) + `"}`), "custom_id"},
		{"no custom_id", row(`{"type":2,"style":1,"label":"l"}`), "custom_id"},
		{"custom_id twice", row(`{"type":2,"style":1,"label":"l","custom_id":"i"},{"type":2,"style":1,"label":"l","custom_id":"i"}`), "twice"},
		{"link", row(`{"type":2,"style":5,"label":"l","url":"tel:5"}`), "button url"},
		{"link with id", row(`{"type":2,"style":5,"label":"l","url":"https://a.b","custom_id":"i"}`), "link button"},
		{"six buttons", row(strings.TrimSuffix(strings.Repeat(`{"type":2,"style":5,"label":"l","url":"https://a.b"},`, 6), ",")), "row of 6"},
		{"menu", row(`{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"}]}`), ""},
		{"empty menu", row(`{"type":3,"custom_id":"m","options":[]}`), "menu of 0"},
		{"value twice", row(`{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"},{"label":"l","value":"v"}]}`), "twice"},
		{"bare button", `{"content":"x",` + quiet + `,"components":[{"type":2}]}`, "where a row"},
	} {
		got := strings.Join(Check([]byte(c.body)), "; ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: Check() = %q, want %q in it", c.name, got, c.want)
		}
	}
}

func TestCheckCommands(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"fine", `[{"name":"ask","description":"d","options":[]}]`, ""},
		{"capital", `[{"name":"Ask","description":"d"}]`, "name"},
		{"no description", `[{"name":"ask"}]`, "description"},
		{"options null", `[{"name":"ask","description":"d","options":null}]`, "null"},
		{"message command described", `[{"type":3,"name":"Do It","description":"d"}]`, "description"},
		{"twice", `[{"name":"ask","description":"d"},{"name":"ask","description":"d"}]`, "twice"},
		{"order of options", `[{"name":"ask","description":"d","options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]}]`, "after an optional"},
		{"locale", `[{"name":"ask","description":"d","name_localizations":{"es":"x"}}]`, "locale"},
	} {
		var list []map[string]any
		if err := json.Unmarshal([]byte(c.list), &list); err != nil {
			t.Fatal(err)
		}
		got := strings.Join(checkCommands(list), "; ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: checkCommands() = %q, want %q in it", c.name, got, c.want)
		}
	}
}

// TestGateway speaks to the gateway by hand.
func TestGateway(t *testing.T) {
	s := New(token)
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ws := dial(t, ctx, s)
	session, seq := identify(t, ws, token)
	dm := s.DM("7")
	s.Say(dm, "7", "one")
	if got := read(t, ws); got.Type != "MESSAGE_CREATE" || got.Seq != seq+1 {
		t.Errorf("got %+v, want the message as event %d", got, seq+1)
	}
	ws.Close()
	s.Say(dm, "7", "two")
	ws = dial(t, ctx, s)
	write(t, ws, 6, map[string]any{"token": token, "session_id": session, "seq": seq})
	for n, want := range []string{"MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"} {
		if got := read(t, ws); got.Type != want || got.Seq != seq+int64(n)+1 {
			t.Errorf("after resuming, frame %d is %+v, want %s", n, got, want)
		}
	}
	write(t, ws, 1, seq)
	if got := read(t, ws); got.Op != 11 {
		t.Errorf("a heartbeat is answered by op %d, want 11", got.Op)
	}
	ws.Close()
	ws = dial(t, ctx, s)
	write(t, ws, 2, map[string]any{"token": "wrong", "intents": 1})
	_, _, err := ws.ReadMessage()
	if closed := (*websocket.CloseError)(nil); !errors.As(err, &closed) || closed.Code != 4004 {
		t.Errorf("a wrong token ends in %v, want code 4004", err)
	}
	ws.Close()
}

// TestRESTRefuses makes the requests that no client should make.
func TestRESTRefuses(t *testing.T) {
	s := New(token)
	defer s.Close()
	dm := s.DM("7")
	late := s.Slash(Use{Channel: dm, Person: "7"}, "ask", "", "")
	s.Deadline = 0
	for _, c := range []struct {
		method, path, token, body string
		want                      int
	}{
		{"GET", "/users/@me", "wrong", "", 401},
		{"GET", "/users/@me", token, "", 200},
		{"GET", "/nowhere", token, "", 404},
		{"POST", "/channels/5/messages", token, `{"content":"x","allowed_mentions":{"parse":[]}}`, 404},
		{"POST", "/channels/" + dm + "/messages", token, `{"content":""}`, 400},
		{"POST", "/channels/" + dm + "/messages", token, `{"content":"x","allowed_mentions":{"parse":[]}}`, 200},
		{"POST", "/interactions/" + late.ID + "/" + late.Token + "/callback", "", `{"type":4}`, 404},
		{"POST", "/webhooks/" + s.AppID + "/" + late.Token, "", `{"content":"x","allowed_mentions":{"parse":[]}}`, 404},
	} {
		r, err := http.NewRequest(c.method, s.URL+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bot "+c.token)
		r.Header.Set("Content-Type", "application/json")
		resp, err := s.http.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.want {
			t.Errorf("%s %s: answered %d, want %d", c.method, c.path, resp.StatusCode, c.want)
		}
	}
}

type frame struct {
	Op   int    `json:"op"`
	Seq  int64  `json:"s"`
	Type string `json:"t"`
	Data struct {
		SessionID string `json:"session_id"`
	} `json:"d"`
}

func dial(t *testing.T, ctx context.Context, s *Server) *websocket.Conn {
	t.Helper()
	address := strings.Replace(s.URL, "http", "ws", 1)
	address = strings.TrimSuffix(address, "/api/v10") + "/ws?v=10&encoding=json"
	ws, _, err := websocket.DefaultDialer.DialContext(ctx, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, ws); got.Op != 10 {
		t.Fatalf("began with op %d, want hello", got.Op)
	}
	return ws
}

func identify(t *testing.T, ws *websocket.Conn, token string) (session string, seq int64) {
	t.Helper()
	write(t, ws, 2, map[string]any{"token": token, "intents": 4609, "properties": map[string]string{}})
	ready := read(t, ws)
	if ready.Type != "READY" {
		t.Fatalf("identify is answered by %+v, want READY", ready)
	}
	return ready.Data.SessionID, ready.Seq
}

func read(t *testing.T, ws *websocket.Conn) (f frame) {
	t.Helper()
	if err := ws.ReadJSON(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, ws *websocket.Conn, op int, data any) {
	t.Helper()
	if err := ws.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		t.Fatal(err)
	}
}
