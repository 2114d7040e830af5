package telegramtest

import (
	"net"
	"net/http"
	"sync"
)

// idle holds the connections on which nothing is under way.
type idle struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
}

// follow is told of each change of a connection's state.
func (i *idle) follow(conn net.Conn, state http.ConnState) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if state == http.StateIdle {
		i.conns[conn] = true
	} else {
		delete(i.conns, conn)
	}
}

// DropIdle cuts the connections on which nothing is under way. Unlike DropConnections it takes no answer away from a
// client that still waits for it, and would have to send again what came through.
func (s *Server) DropIdle() {
	s.idle.mu.Lock()
	defer s.idle.mu.Unlock()
	for conn := range s.idle.conns {
		conn.Close()
	}
}
