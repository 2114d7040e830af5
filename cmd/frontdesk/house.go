package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"frontdesk/bot/console"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/bot/teach"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A house is all that serve runs.
type house struct {
	data    *dataFolder
	live    *index.Live
	files   *publish.Publisher
	journal *journal.Journal // nil for none
	counts  *counts
	news    chan struct{}  // holds something when another version went live
	teacher *teach.Teacher // nil before the first version serves
	bots    map[string]adapter
	doors   []door

	book          *edit.Book       // nil where staff's files cannot be changed
	console       *console.Console // nil for none
	consoleURL    string           // where staff reach it
	openedConsole func(at net.Addr)
}

// told hears of what happens to the knowledge, and returns at once.
func (h *house) told(e publish.Event) {
	if h.teacher != nil { // the first version is nobody's news
		h.teacher.Told(e)
	}
	if e.Kind != publish.Live && e.Kind != publish.Back {
		return
	}
	select {
	case h.news <- struct{}{}:
	default: // the latest version is about to be learnt
	}
}

// follow learns each version of the knowledge until ctx ends.
func (h *house) follow(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-h.news:
			h.learn()
		}
	}
}

// learn tells the journal of the knowledge that is served.
func (h *house) learn() {
	if h.journal == nil {
		return
	}
	s, release := h.live.Acquire()
	defer release()
	h.journal.Learn(s.Base())
}

// closeJournal writes what waits, once nobody asks any more.
func (h *house) closeJournal(log *zap.Logger) {
	if h.journal == nil {
		return
	}
	if err := h.journal.Close(); err != nil {
		log.Error("the journal is not whole", zap.Error(err))
	}
}

// webDoor is the door with the chat page.
const webDoor = "web"

// A door is what answers over HTTP at one address.
type door struct {
	name    string
	setting string // the environment variable that moves it
	addr    string
	handler http.Handler
}

// listen opens all doors, or none.
func listen(doors []door) ([]net.Listener, error) {
	var listeners []net.Listener
	for _, d := range doors {
		l, err := net.Listen("tcp", d.addr)
		if err != nil {
			for _, open := range listeners {
				open.Close()
			}
			return nil, fmt.Errorf("%s: cannot listen at %s: %w; name another address, such as %s",
				d.setting, d.addr, listenFault(err), otherPort)
		}
		listeners = append(listeners, l)
	}
	return listeners, nil
}

// otherPort is an address that hardly anybody listens at.
const otherPort = "127.0.0.1:18080"

// listenFault returns why an address cannot be listened at, without the address, which is named beside it.
func listenFault(err error) error {
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return number
	}
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		return errors.New(name.Err)
	}
	return err
}

// run runs the bots, answers at the doors and to health checks, and follows staff's files, until ctx ends or one of
// these fails.
func (h *house) run(ctx context.Context, c config, log *zap.Logger) error {
	doors := append(h.doors, door{"health", "FRONTDESK_HEALTH_ADDR", c.HealthAddr, h.healthHandler()})
	listeners, err := listen(doors)
	if err != nil {
		return err
	}
	for i, d := range doors {
		if d.name == consoleDoor {
			h.openedConsole(listeners[i].Addr())
		}
	}
	all, ctx := errgroup.WithContext(ctx)
	for name, b := range h.bots {
		all.Go(func() error {
			if err := b.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	fields := []zap.Field{zap.Int("bots", len(h.bots)), zap.Int("sections", h.sections())}
	for i, d := range doors {
		all.Go(func() error { return serveHTTP(ctx, listeners[i], d.handler, c.StopTimeout) })
		fields = append(fields, zap.Stringer(d.name, listeners[i].Addr()))
	}
	all.Go(func() error { return h.files.Run(ctx) })
	all.Go(func() error { h.data.watch(ctx, log); return nil })
	all.Go(func() error { return h.teach(ctx) })
	if h.console != nil {
		all.Go(func() error { return h.console.Run(ctx) })
	}
	if h.journal != nil {
		all.Go(func() error { return h.journal.Run(ctx) })
		all.Go(func() error { return h.follow(ctx) })
	}
	log.Info("serving", fields...)
	for i, d := range doors {
		if d.name == webDoor && len(h.bots) == 0 {
			log.Info("no token is set, so only the chat page answers; open it in a browser", zap.String("at", "http://"+listeners[i].Addr().String()))
		}
	}
	err = all.Wait()
	log.Info("stopped")
	return err
}

func (h *house) sections() int {
	s, release := h.live.Acquire()
	defer release()
	return len(s.Base().Sections())
}

func (h *house) settings() knowledge.Settings {
	s, release := h.live.Acquire()
	defer release()
	return s.Base().Settings
}
