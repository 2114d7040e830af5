package discordtest

import (
	"fmt"
	"strings"
	"time"
)

// A Behaviour is how the gateway treats one connection. The zero value is as it should be.
type Behaviour struct {
	Silent    bool          // accept and say nothing, not even hello
	NotReady  bool          // say nothing after identify or resume
	Deaf      bool          // leave heartbeats unanswered
	Close     int           // close with this code in place of READY or RESUMED
	Frame     string        // send this in place of READY or RESUMED
	Goon      bool          // and READY or RESUMED after it
	Heartbeat time.Duration // interval asked for in hello; 0 for the server's
}

// Next makes connections to come behave so, one each.
func (s *Server) Next(plans ...Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plans = append(s.plans, plans...)
}

// Planned returns how many of the connections that Next spoke of are still to come.
func (s *Server) Planned() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.plans)
}

// Drop cuts all connections to the gateway without a word.
func (s *Server) Drop() { s.each(func(c *conn) { c.cut() }) }

// CloseAll closes all connections with a code.
func (s *Server) CloseAll(code int) { s.each(func(c *conn) { c.close(code) }) }

// Push sends a frame such as op 7 on all connections.
func (s *Server) Push(op int, data any) { s.each(func(c *conn) { c.write(op, data) }) }

// Raw sends a frame as it is on all connections.
func (s *Server) Raw(frame string) { s.each(func(c *conn) { c.raw(frame) }) }

// Event sends an event of any shape to all sessions. It counts and is replayed like any other.
func (s *Server) Event(name string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.sessions {
		s.dispatch(session, name, data)
	}
}

// Forget makes every session unknown, so that none can be resumed. Open connections stay.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.sessions)
}

func (s *Server) each(do func(*conn)) {
	s.mu.Lock()
	conns := make([]*conn, 0, len(s.conns))
	for c := range s.conns {
		conns = append(conns, c)
	}
	s.mu.Unlock()
	for _, c := range conns {
		do(c)
	}
}

// A Fault is how the REST API fails.
type Fault struct {
	Method     string // empty for any
	Path       string // part of the path
	Times      int    // how often; 0 for once
	Status     int    // answered; with 0 the connection is cut
	Code       int    // Discord's own error code
	RetryAfter float64
	Global     bool
	HTML       bool // a web page as from a proxy, not JSON
	Hang       bool // no answer until the client leaves
	Done       bool // the request takes effect before it fails
}

// Fail makes requests fail.
func (s *Server) Fail(f Fault) {
	if f.Times == 0 {
		f.Times = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Failing returns how many requests are still to fail.
func (s *Server) Failing() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, f := range s.faults {
		n += f.Times
	}
	return n
}

// fault returns the failure that a request meets; nil for none.
func (s *Server) fault(method, path string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Times > 0 && (f.Method == "" || f.Method == method) && strings.Contains(path, f.Path) {
			f.Times--
			return f
		}
	}
	return nil
}

func (s *Server) violate(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = append(s.violations, fmt.Sprintf(format, args...))
}
