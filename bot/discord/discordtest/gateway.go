package discordtest

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// A conn is one connection to the gateway.
type conn struct {
	ws   *websocket.Conn
	plan Behaviour
	mu   sync.Mutex // guards writes
}

var upgrader = websocket.Upgrader{}

// gateway serves one connection to its end.
func (s *Server) gateway(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("v") != "10" || r.URL.Query().Get("encoding") != "json" {
		s.violate("gateway opened with %q, want v=10&encoding=json", r.URL.RawQuery)
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{ws: ws}
	s.mu.Lock()
	s.conns[c] = true
	if len(s.plans) > 0 {
		c.plan, s.plans = s.plans[0], s.plans[1:]
	}
	s.note()
	s.mu.Unlock()
	defer s.disconnect(c, nil)
	if c.plan.Silent {
		_, _, _ = ws.ReadMessage()
		return
	}
	beat := s.Heartbeat
	if c.plan.Heartbeat > 0 {
		beat = c.plan.Heartbeat
	}
	c.write(10, map[string]any{"heartbeat_interval": beat.Milliseconds()})
	s.converse(c, r.URL.Path)
}

// converse reads a client's frames until it leaves.
func (s *Server) converse(c *conn, path string) {
	var mine *session
	for {
		_, frame, err := c.ws.ReadMessage()
		if err != nil {
			ended := websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway)
			if mine != nil && ended { // the client ended its session
				s.mu.Lock()
				delete(s.sessions, mine.id)
				s.mu.Unlock()
			}
			s.disconnect(c, mine)
			return
		}
		var p struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
		}
		if len(frame) > 4096 || json.Unmarshal(frame, &p) != nil {
			c.close(4002)
			continue
		}
		switch p.Op {
		case 1:
			if !c.plan.Deaf {
				c.write(11, nil)
			}
		case 2:
			mine = s.identify(c, p.Data)
		case 6:
			mine = s.resume(c, p.Data, path)
		default:
			c.close(4001)
		}
	}
}

func (s *Server) disconnect(c *conn, mine *session) {
	_ = c.ws.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	if mine != nil && mine.conn == c {
		mine.conn = nil
	}
	s.note()
}

func (c *conn) write(op int, data any) { c.raw(string(encode(map[string]any{"op": op, "d": data}))) }

func (c *conn) raw(frame string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	_ = c.ws.WriteMessage(websocket.TextMessage, []byte(frame)) // a client that left finds it by resuming
}

func (c *conn) close(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	bye := websocket.FormatCloseMessage(code, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
}

// cut ends the connection without a word, as a network does.
func (c *conn) cut() {
	if tcp, ok := c.ws.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.ws.Close()
}

func encode(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err))
	}
	return out
}
