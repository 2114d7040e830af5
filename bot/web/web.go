// Package web shows the desk to browsers and to other programs: a chat page and a JSON API.
//
//	GET  /               the chat page              POST /v1/ask      a question
//	POST /               what its form sends        POST /v1/press    a choice
//	GET  /assets/…       its style and script       GET  /v1/topics   what the desk knows
//	GET  /openapi.yaml   the API, described         GET  /v1/suggest  questions that continue what was typed
//
// The page works without its script, which only saves loading it anew. Nothing that people write is logged.
package web

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A Desk answers. It is *bot.Desk.
type Desk interface {
	Answer(context.Context, bot.Message) bot.Reply
	Press(context.Context, bot.Message, bot.Press) bot.Reply
	Welcome(bot.Message) bot.Reply
	Topics(bot.Message) bot.Reply
	Suggest(ctx context.Context, m bot.Message, n int) []knowledge.Section
	Danger(text string) bool
}

// A Config says who may use the desk from where. The zero value serves the page and programs that are no browsers.
type Config struct {
	// Origins are the websites, such as https://clinic.example, whose scripts may use the API and which may show the
	// page in a frame; "*" stands for all.
	Origins []string
	// Proxies are the addresses of servers in front of this one, whose X-Forwarded-For is believed; nil for those of
	// this machine.
	Proxies []netip.Prefix
	// Settings returns what staff say of the desk now: its name and helplines stand on the page. Nil for none.
	Settings func() knowledge.Settings
}

// loopback is where a server in front of this one usually runs.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// New returns the handler of the page and the API. It panics when an embedded file is broken, which the tests rule out.
func New(c Config, desk Desk, log *zap.Logger) http.Handler {
	return newHandler(c, desk, log, time.Now)
}

func newHandler(c Config, desk Desk, log *zap.Logger, now func() time.Time) http.Handler {
	if c.Proxies == nil {
		c.Proxies = loopback
	}
	if c.Settings == nil {
		c.Settings = func() knowledge.Settings { return knowledge.Settings{} }
	}
	s := &server{config: c, desk: desk, log: log, limits: newLimits(rememberedAddresses, now)}
	mux := http.NewServeMux()
	// Forms are sent by the page itself and by no other site.
	sameSite := http.NewCrossOriginProtection()
	mux.HandleFunc("GET /{$}", s.welcome)
	mux.Handle("POST /{$}", sameSite.Handler(http.HandlerFunc(s.form)))
	mux.HandleFunc("GET /assets/{name}", serveAsset)
	mux.HandleFunc("GET /openapi.yaml", serveAsset)
	mux.Handle("POST /v1/ask", s.api(s.ask))
	mux.Handle("POST /v1/press", s.api(s.press))
	mux.Handle("GET /v1/topics", s.api(s.topics))
	mux.Handle("GET /v1/suggest", s.api(s.suggest))
	mux.HandleFunc("OPTIONS /v1/", s.preflight)
	return s.guard(mux)
}

// A server is the handler's state.
type server struct {
	config Config
	desk   Desk
	log    *zap.Logger
	limits *limits
}

// answerTime bounds the work on one request.
const answerTime = 10 * time.Second

// message returns a person's message in a conversation.
func message(c conversation, lang, text string) bot.Message {
	m := bot.Message{Text: text, Lang: lang, Private: true, At: time.Now(), Addressed: bot.Direct, Owed: true}
	if c != "" {
		m.Room, m.From = bot.RoomID("web:"+c), bot.PersonID("web:"+c)
	}
	return m
}
