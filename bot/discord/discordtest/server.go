// Package discordtest is Discord as a server on loopback: its REST API, its gateway with sessions that resume, and
// its interactions, strict about what a client sends. Tests put people's messages, commands and button presses in,
// read what the bot sent, and make it fail in the ways in which Discord fails.
//
// Its rules are those of https://discord.com/developers/docs, and one of ours: every message says whom it may mention.
package discordtest

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// A Server is one Discord with one bot. Its methods are safe for concurrent use; its fields are set before the first
// client connects.
type Server struct {
	URL    string // of the REST API, with /api/v10
	Token  string // the bot's
	AppID  string
	UserID string // the bot's

	Shards        int           // recommended by /gateway/bot
	Sessions      int           // that may still begin today
	Concurrency   int           // max_concurrency
	IdentifyGap   time.Duration // two identifies of one bucket closer than this are refused with op 9; 0 allows them
	MinShards     int           // fewer are refused with 4011
	Granted       int           // privileged intents that are granted; others are refused with 4014
	Heartbeat     time.Duration // interval asked for in hello
	MessageLimit  int           // messages that a channel takes within LimitWindow; 0 for any number
	LimitWindow   time.Duration
	Deadline      time.Duration // for the first answer to an interaction
	Interactions  string        // endpoint that interactions are posted to instead of the gateway; empty for none
	DeniedEmbeds  bool          // messages with embeds are refused, as without Embed Links
	DeniedChannel string        // this channel refuses every message

	Roles map[string][]string // of people, in every server

	http *httptest.Server
	key  ed25519.PrivateKey

	mu         sync.Mutex
	changed    chan struct{} // closed at every change, for those who wait
	lastID     int64
	guilds     []string
	channels   map[string]*channel
	commands   []map[string]any
	puts       int // bulk overwrites of commands
	sessions   map[string]*session
	conns      map[*conn]bool
	plans      []Behaviour // of connections to come
	identifies []Identify
	resumes    []Resume
	faults     []*Fault
	requests   []Request
	violations []string
	pending    map[string]*Interaction // by token
	lastTurn   map[int]time.Time       // concurrency bucket → last identify
}

// New starts a server for the bot with this token.
func New(token string) *Server {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	s := &Server{
		Token: token, Shards: 1, Sessions: 1000, Concurrency: 1, Heartbeat: 41250 * time.Millisecond,
		Deadline: 3 * time.Second, key: key, changed: make(chan struct{}),
		channels: map[string]*channel{}, sessions: map[string]*session{}, conns: map[*conn]bool{},
		pending: map[string]*Interaction{}, lastTurn: map[int]time.Time{},
	}
	s.AppID, s.UserID = s.NewID(), s.NewID()
	s.http = httptest.NewUnstartedServer(s.routes()) // known before anybody asks: the port may be one that somebody still calls
	s.http.Start()
	s.URL = s.http.URL + "/api/v10"
	return s
}

// Close cuts every connection and stops the server.
func (s *Server) Close() {
	s.Drop()
	s.http.CloseClientConnections()
	s.http.Close()
	s.Drop()
}

// PublicKey returns the application's key in hexadecimal, as the developer portal shows it.
func (s *Server) PublicKey() string {
	return hex.EncodeToString(s.key.Public().(ed25519.PublicKey))
}

// epoch is the first millisecond of 2015, where Discord's ids begin.
const epoch = 1420070400000

// NewID returns a fresh id, which tells the time of its making as Discord's do.
func (s *Server) NewID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newID()
}

// newID wants s.mu.
func (s *Server) newID() string {
	s.lastID = max(s.lastID+1, (time.Now().UnixMilli()-epoch)<<22)
	return itoa(s.lastID)
}

// note tells those who wait that something changed. It wants s.mu.
func (s *Server) note() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Wait returns nil once done does, which is asked again at every change and must not block; or ctx's error.
func (s *Server) Wait(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Violations returns what the client did that Discord would not have taken, in plain words.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.violations...)
}

// Requests returns all REST requests so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Clear forgets all messages, requests, interactions and events so far, so that what a long run costs can be measured
// without them. Sessions cannot be resumed before this.
func (s *Server) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
	clear(s.pending)
	for _, ch := range s.channels {
		ch.messages = nil
	}
	for _, session := range s.sessions {
		session.dropped += len(session.log)
		session.log = nil
	}
}

// A Request is one REST request.
type Request struct {
	Method, Path string
	Header       http.Header
	Body         string
	At           time.Time
	Status       int
}
