package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/zap"
)

// maxFrame bounds a frame from the gateway, in bytes. The largest are servers of many thousand channels and members.
const maxFrame = 32 << 20

// closeResumable is the code we close with when we mean to come back: 1000 and 1001 would end the session.
const closeResumable = 4900

var (
	errReconnect = errors.New("discord asked to reconnect") // op 7
	errZombie    = errors.New("heartbeats go unanswered")
	errSilent    = errors.New("the gateway says nothing")
)

// An invalidSession is op 9.
type invalidSession struct{ resumable bool }

func (e invalidSession) Error() string { return "discord declared the session invalid" }

// A conn is one connection to the gateway, from hello to its end. Reading happens in one goroutine; writing is
// guarded.
type conn struct {
	ws    *websocket.Conn
	every time.Duration // between heartbeats, as hello asks for
	quiet time.Duration // how long the gateway may say nothing
	late  *time.Timer   // ends the connection when READY or RESUMED does not come
	acked atomic.Bool   // the last heartbeat was answered

	mu sync.Mutex // guards writes to ws
}

// dial connects to the gateway and reads its hello. It gives up when ctx ends or nothing comes within a time.
func dial(ctx context.Context, address string, within time.Duration) (*conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("gateway address %q: %w", address, err)
	}
	u.RawQuery = "v=10&encoding=json"
	if u.Path == "" {
		u.Path = "/"
	}
	dialer := websocket.Dialer{HandshakeTimeout: within, Proxy: http.ProxyFromEnvironment}
	ws, resp, err := dialer.DialContext(ctx, u.String(), nil)
	if err != nil && resp != nil {
		return nil, fmt.Errorf("connect to the gateway: it answered %d", resp.StatusCode)
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the gateway: %w", err)
	}
	ws.SetReadLimit(maxFrame)
	// By default a close is answered with its own code, and 1000 or 1001 from us would end the session.
	ws.SetCloseHandler(func(int, string) error { return nil })
	c := &conn{ws: ws, quiet: within}
	c.acked.Store(true)
	cut := context.AfterFunc(ctx, func() { ws.Close() })
	defer cut()
	first, err := c.read()
	if err != nil {
		ws.Close()
		return nil, fmt.Errorf("wait for hello: %w", err)
	}
	var h hello
	if err := decode(first.Data, &h); first.Op != opHello || err != nil || h.Interval <= 0 {
		ws.Close()
		return nil, fmt.Errorf("the gateway began with op %d, not with a hello", first.Op)
	}
	c.every = time.Duration(h.Interval) * time.Millisecond
	return c, nil
}

// read returns the next frame. A frame that is no packet comes back as an empty one: it is nothing to end a
// connection for.
func (c *conn) read() (packet, error) {
	if err := c.ws.SetReadDeadline(time.Now().Add(c.quiet)); err != nil {
		return packet{}, err
	}
	_, frame, err := c.ws.ReadMessage()
	if err != nil {
		if timeout := (interface{ Timeout() bool })(nil); errors.As(err, &timeout) && timeout.Timeout() {
			return packet{}, errSilent
		}
		return packet{}, err
	}
	var p packet
	if err := decode(frame, &p); err != nil {
		return packet{Op: -1}, nil
	}
	return p, nil
}

// write sends an order; it gives up when the peer does not take it.
func (c *conn) write(op int, data any) error {
	frame, err := json.Marshal(order{op, data})
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	return c.ws.WriteMessage(websocket.TextMessage, frame)
}

// close says goodbye with a close code and cuts the connection, which ends a read under way. It can be called twice.
func (c *conn) close(code int) {
	bye := websocket.FormatCloseMessage(code, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
	_ = c.ws.Close()
}

// beat sends a heartbeat at every interval, the first at a random time within it as Discord asks, until ctx ends. It
// closes the connection and returns errZombie when Discord did not answer the last one.
func (c *conn) beat(ctx context.Context, seq *atomic.Int64) error {
	next := time.NewTimer(rand.N(c.every))
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
		if !c.acked.Swap(false) {
			c.close(closeResumable)
			return errZombie
		}
		if err := c.heartbeat(seq); err != nil {
			c.close(closeResumable)
			return fmt.Errorf("send heartbeat: %w", err)
		}
		next.Reset(c.every)
	}
}

func (c *conn) heartbeat(seq *atomic.Int64) error {
	if n := seq.Load(); n > 0 {
		return c.write(opHeartbeat, n)
	}
	return c.write(opHeartbeat, nil)
}

// serve reads packets until the connection ends and hands each event to accept. An event counts as received, and is
// not sent again after a resume, once accept has returned.
func (c *conn) serve(seq *atomic.Int64, accept func(packet), log *zap.Logger) error {
	for {
		p, err := c.read()
		if err != nil {
			return err
		}
		switch p.Op {
		case opDispatch:
			accept(p)
			if p.Seq > 0 {
				seq.Store(p.Seq)
			}
		case opHeartbeat:
			if err := c.heartbeat(seq); err != nil {
				return fmt.Errorf("answer a heartbeat: %w", err)
			}
		case opHeartbeatAck:
			c.acked.Store(true)
		case opReconnect:
			return errReconnect
		case opInvalidSession:
			var resumable bool
			_ = decode(p.Data, &resumable) // anything but true means no
			return invalidSession{resumable}
		case opHello: // a second one changes nothing
		default:
			log.Warn("discord sent a frame of an unknown kind", zap.Int("op", p.Op))
		}
	}
}
