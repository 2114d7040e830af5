// Package telegramtest is a Telegram Bot API on loopback, for tests: real long polling with offsets, webhook
// delivery, strict checks of what is sent, and the failures that the real one and the network make.
//
// It rejects what Telegram rejects, with Telegram's words, so that an adapter that works here works there. The rules
// come from https://core.telegram.org/bots/api and, where that is silent, from the public sources of
// https://github.com/tdlib/telegram-bot-api. It uses the standard library only and can be started from any test:
//
//	srv := telegramtest.NewServer("123:TEST")
//	defer srv.Close()
//	anna := telegramtest.User{ID: 7, FirstName: "Anna"}
//	srv.Say(telegramtest.Private(anna), anna, "what does it cost?")
//	sent, err := srv.WaitSent(ctx, 1)
package telegramtest

import (
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

// A Server is the Bot API of one bot. Its methods are safe for concurrent use.
type Server struct {
	URL  string // base address, to be used in place of https://api.telegram.org
	Self User   // the bot

	token string
	http  *httptest.Server
	idle  idle

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced whenever anything below changes
	updates  queue
	chats    map[int64]*chat
	sent     []Sent
	calls    []Call
	faults   map[string][]Fault
	nextCall int // numbers callback and inline queries
	open     map[string]bool
	hook     hook
	flood    bool
	stopped  bool
	workers  sync.WaitGroup
}

// A Call is one request that reached the API.
type Call struct {
	Method string
	Params map[string]string // objects are JSON, as on the wire
	At     time.Time
	Code   int    // the HTTP status of the answer; 0 when the connection was cut instead
	Error  string // the description of a refusal
}

// NewServer starts the API for the bot with this token. The bot is called @frontdesk_test_bot. Close it.
func NewServer(token string) *Server {
	s := &Server{
		Self:    User{ID: 4242, IsBot: true, FirstName: "Front desk", Username: "frontdesk_test_bot"},
		token:   token,
		changed: make(chan struct{}),
		chats:   map[int64]*chat{},
		faults:  map[string][]Fault{},
		open:    map[string]bool{},
		idle:    idle{conns: map[net.Conn]bool{}},
	}
	s.updates.next = 1000
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	s.http.Config.ConnState = s.idle.follow
	s.http.Start()
	s.URL = s.http.URL
	return s
}

// Close ends long polls and deliveries and stops the server.
func (s *Server) Close() {
	s.mu.Lock()
	s.stopped = true
	s.stopDelivery()
	s.notify()
	s.mu.Unlock()
	s.workers.Wait()
	s.http.CloseClientConnections()
	s.http.Close()
}

// DropConnections cuts every connection to the server at once, long polls included.
func (s *Server) DropConnections() { s.http.CloseClientConnections() }

// notify wakes everybody who waits for a change. The caller holds mu.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// An answer is what the API says: a result, or a refusal.
type answer struct {
	OK          bool           `json:"ok"`
	Result      any            `json:"result,omitempty"`
	Code        int            `json:"error_code,omitempty"`
	Description string         `json:"description,omitempty"`
	Parameters  map[string]any `json:"parameters,omitempty"`
}

func result(v any) answer { return answer{OK: true, Result: v} }

func refuse(code int, description string) answer {
	return answer{Code: code, Description: description}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.HasPrefix(r.URL.Path, "/bot") {
		write(w, refuse(http.StatusNotFound, "Not Found"))
		return
	}
	if token != s.token {
		write(w, refuse(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	params, err := readParams(r)
	if err != nil {
		write(w, refuse(http.StatusBadRequest, "Bad Request: can't parse the request"))
		return
	}
	fault, failing := s.nextFault(method)
	if failing && !fault.After {
		s.record(method, params, fault.answer())
		if fault.Hang {
			<-r.Context().Done()
			return
		}
		fault.write(w)
		return
	}
	a := s.answer(r, method, params)
	s.record(method, params, a)
	if failing {
		fault.write(w)
		return
	}
	write(w, a)
}

// answer does what the method says.
func (s *Server) answer(r *http.Request, method string, p params) answer {
	switch method {
	case "getMe":
		return result(s.Self)
	case "getUpdates":
		return s.getUpdates(r.Context(), p)
	}
	handle, ok := methods[method]
	if !ok {
		return refuse(http.StatusNotFound, "Not Found")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.notify()
	return handle(s, p)
}

// methods are called with mu held.
var methods = map[string]func(*Server, params) answer{
	"sendMessage":            (*Server).sendMessage,
	"editMessageText":        (*Server).editMessageText,
	"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
	"deleteMessage":          (*Server).deleteMessage,
	"answerCallbackQuery":    (*Server).answerCallbackQuery,
	"answerInlineQuery":      (*Server).answerInlineQuery,
	"sendChatAction":         (*Server).sendChatAction,
	"getChat":                (*Server).getChat,
	"setMyCommands":          (*Server).setMyCommands,
	"deleteMyCommands":       (*Server).deleteMyCommands,
	"setMyDescription":       textSetting("description", 512),
	"setMyShortDescription":  textSetting("short_description", 120),
	"setWebhook":             (*Server).setWebhook,
	"deleteWebhook":          (*Server).deleteWebhook,
	"getWebhookInfo":         (*Server).getWebhookInfo,
}

func (s *Server) record(method string, p params, a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := a.Code
	if a.OK {
		code = http.StatusOK
	}
	s.calls = append(s.calls, Call{Method: method, Params: maps.Clone(p), At: time.Now(), Code: code, Error: a.Description})
	s.notify()
}

func write(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	if a.Code != 0 {
		w.WriteHeader(a.Code)
	}
	if list, ok := a.Result.(rawList); ok {
		io.WriteString(w, `{"ok":true,"result":[`+strings.Join(list, ",")+`]}`)
		return
	}
	json.NewEncoder(w).Encode(a)
}

// params are a request's fields; objects are JSON.
type params map[string]string

// readParams reads a form, a multipart form without files, JSON, or the query, as the API does.
func readParams(r *http.Request) (params, error) {
	p := params{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var body map[string]json.RawMessage
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&body); err != nil {
			return nil, err
		}
		for k, v := range body {
			p[k] = unquote(v)
		}
		addForm(p, r.URL.Query())
		return p, nil
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return nil, err
		}
	default:
		if err := r.ParseForm(); err != nil {
			return nil, err
		}
	}
	addForm(p, r.Form)
	return p, nil
}

func addForm(p params, form url.Values) {
	for k, v := range form {
		p[k] = v[0]
	}
}

// unquote returns a JSON string's text, and any other JSON as it is.
func unquote(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}
