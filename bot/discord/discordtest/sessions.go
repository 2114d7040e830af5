package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// A session is what a bot's shard resumes: the events it was sent, numbered from 1.
type session struct {
	id      string
	shard   [2]int
	intents int
	log     []json.RawMessage // event n is log[n-1-dropped]
	dropped int
	conn    *conn // nil while nobody is connected
}

// has reports whether what came after an event can be sent again.
func (s *session) has(seq int64) bool {
	return seq >= int64(s.dropped) && seq <= int64(s.dropped+len(s.log))
}

// An Identify is how a shard began a session.
type Identify struct {
	Shard   [2]int
	Intents int
	At      time.Time
}

// A Resume is how a shard took a session up again.
type Resume struct {
	Path   string // of the address it connected to
	Seq    int64
	Worked bool
}

// Identifies returns all sessions begun.
func (s *Server) Identifies() []Identify {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.identifies)
}

// Resumes returns all attempts to resume.
func (s *Server) Resumes() []Resume {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.resumes)
}

// Connected returns how many connections have a session.
func (s *Server) Connected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, session := range s.sessions {
		if session.conn != nil {
			n++
		}
	}
	return n
}

func (s *Server) identify(c *conn, data json.RawMessage) *session {
	var d struct {
		Token      string            `json:"token"`
		Intents    *int              `json:"intents"`
		Properties map[string]string `json:"properties"`
		Shard      *[2]int           `json:"shard"`
	}
	_ = json.Unmarshal(data, &d)
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	intents := 0
	if d.Intents != nil {
		intents = *d.Intents
	}
	s.identifies = append(s.identifies, Identify{shard, intents, time.Now()})
	s.Sessions--
	defer s.note()
	if code := s.refusal(d.Token, intents, shard); code != 0 {
		c.close(code)
		return nil
	}
	if s.obey(c) {
		return nil
	}
	bucket := shard[0] % max(1, s.Concurrency)
	early := time.Since(s.lastTurn[bucket]) < s.IdentifyGap
	s.lastTurn[bucket] = time.Now()
	if early {
		s.violations = append(s.violations, "identified again too soon")
		c.write(9, false)
		return nil
	}
	session := &session{id: "session-" + s.newID(), shard: shard, intents: intents, conn: c}
	s.sessions[session.id] = session
	s.dispatch(session, "READY", s.ready(session))
	for _, guild := range s.guilds {
		if shardOf(guild, shard[1]) == shard[0] {
			s.dispatch(session, "GUILD_CREATE", map[string]any{
				"id": guild, "channels": s.rooms(guild, false), "threads": s.rooms(guild, true),
			})
		}
	}
	return session
}

// rooms returns a server's threads, or its other channels. It wants s.mu.
func (s *Server) rooms(guild string, threads bool) []any {
	list := []any{}
	for _, ch := range s.channels {
		if ch.guild == guild && (ch.kind == 11) == threads {
			list = append(list, ch.described())
		}
	}
	return list
}

// ready wants s.mu.
func (s *Server) ready(session *session) map[string]any {
	return map[string]any{
		"v": 10, "session_id": session.id, "shard": session.shard, "guilds": []any{},
		"user":               map[string]any{"id": s.UserID, "bot": true, "username": "frontdesk"},
		"application":        map[string]any{"id": s.AppID, "flags": 0},
		"resume_gateway_url": "ws" + s.http.URL[len("http"):] + "/resume",
	}
}

// refusal returns the close code for an identify that Discord would not take; 0 for none. It wants s.mu.
func (s *Server) refusal(token string, intents int, shard [2]int) int {
	const privileged = 1<<1 | 1<<8 | 1<<15
	switch {
	case token != s.Token:
		return 4004
	case shard[0] < 0 || shard[0] >= shard[1]:
		return 4010
	case shard[1] < s.MinShards:
		return 4011
	case intents <= 0 || intents >= 1<<26:
		return 4013
	case intents&privileged&^s.Granted != 0:
		return 4014
	}
	return 0
}

// obey does what the connection's plan says in place of READY or RESUMED. It wants s.mu.
func (s *Server) obey(c *conn) bool {
	switch {
	case c.plan.Close != 0:
		c.close(c.plan.Close)
	case c.plan.Frame != "":
		c.raw(c.plan.Frame)
		return !c.plan.Goon
	case c.plan.NotReady:
	default:
		return false
	}
	return true
}

func (s *Server) resume(c *conn, data json.RawMessage, path string) *session {
	var d struct {
		Token string `json:"token"`
		ID    string `json:"session_id"`
		Seq   int64  `json:"seq"`
	}
	_ = json.Unmarshal(data, &d)
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.note()
	session := s.sessions[d.ID]
	worked := d.Token == s.Token && session != nil && session.has(d.Seq)
	s.resumes = append(s.resumes, Resume{path, d.Seq, worked})
	switch {
	case d.Token != s.Token:
		c.close(4004)
		return nil
	case session == nil:
		c.write(9, false)
		return nil
	case !worked:
		c.close(4007)
		return nil
	}
	if s.obey(c) {
		return nil
	}
	session.conn = c
	for _, event := range session.log[d.Seq-int64(session.dropped):] {
		c.raw(string(event))
	}
	s.dispatch(session, "RESUMED", map[string]any{})
	return session
}

// dispatch numbers an event, keeps it for a resume and sends it to whoever is connected. It wants s.mu.
func (s *Server) dispatch(to *session, event string, data any) {
	frame := encode(map[string]any{"op": 0, "t": event, "s": to.dropped + len(to.log) + 1, "d": data})
	to.log = append(to.log, frame)
	if to.conn != nil {
		to.conn.raw(string(frame))
	}
}

// deliver sends an event to the shard that serves a guild; direct messages go to the first. An event that no session
// is there for is lost, as it is on Discord. It wants s.mu.
func (s *Server) deliver(guild, event string, data func(intents int) any) {
	for _, session := range s.sessions {
		if shardOf(guild, session.shard[1]) == session.shard[0] {
			s.dispatch(session, event, data(session.intents))
		}
	}
}

func shardOf(guild string, count int) int {
	n, _ := strconv.ParseInt(guild, 10, 64)
	return int((n >> 22) % int64(max(1, count)))
}
