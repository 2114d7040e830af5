package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

func healthCommand() command {
	return command{
		name:    "health",
		args:    "[-addr HOST:PORT]",
		summary: "ask a running serve whether it is well",
		text: `
Exits with 0 when it is and with 1 when it is not, for a container's health check.

Example:
  frontdesk health -addr 127.0.0.1:8081`,
		run: program.health,
	}
}

func (p program) health(ctx context.Context, args []string) error {
	listens := p.env("FRONTDESK_HEALTH_ADDR")
	if listens == "" {
		listens = defaultHealthAddr
	}
	f := p.flags(healthCommand())
	addr := f.String("addr", listens, "ask at `HOST:PORT`, where serve listens")
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return misuse("unexpected %q; an address goes behind -addr", f.Arg(0))
	}
	if !isHostPort(*addr) {
		return misuse("-addr: want HOST:PORT, such as %s, not %q", defaultHealthAddr, *addr)
	}
	host, port, _ := net.SplitHostPort(*addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // what listens on every address answers on this one
	}
	well, status, err := askHealth(ctx, net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	p.printHealth(well)
	if status != http.StatusOK {
		return errReported
	}
	return nil
}

// askHealth asks a running serve. status is that of the HTTP answer.
func askHealth(ctx context.Context, addr string) (well wellness, status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/healthz", nil)
	if err != nil {
		return well, 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		if address, ok := errors.AsType[*url.Error](err); ok {
			err = address.Err // without the address, which is named here
		}
		return well, 0, fmt.Errorf("no answer from %s: %w; is \"frontdesk serve\" running, with this FRONTDESK_HEALTH_ADDR?", addr, err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(http.MaxBytesReader(nil, resp.Body, 1<<16)).Decode(&well); err != nil {
		return well, 0, fmt.Errorf("read the answer from %s: %w; is it \"frontdesk serve\" that listens there?", addr, err)
	}
	return well, resp.StatusCode, nil
}

func (p program) printHealth(well wellness) {
	fmt.Fprintf(p.out, "%s, %s\n", well.Status, count(well.Sections, "section"))
	if well.Problems > 0 {
		fmt.Fprintf(p.out, "knowledge: the files are not live as they are: %s; the log says where\n", count(well.Problems, "problem"))
	}
	if well.Data != "" {
		fmt.Fprintf(p.out, "data: %s\n", well.Data)
	}
	for name, what := range well.Bots {
		fmt.Fprintf(p.out, "%s: %s\n", name, what)
	}
	if j := well.Journal; j != nil && (j.Failing || j.Dropped > 0) {
		fmt.Fprintf(p.out, "journal: %s waiting for the database, %d lost\n", count(j.Waiting, "row"), j.Dropped)
	}
}

// A wellness is what GET /healthz answers; the status code is 503 when Status is "unwell" and 200 otherwise: to be started
// again does not help who is "impaired", and would keep people waiting.
type wellness struct {
	Status   string            `json:"status"` // ok; impaired: people are answered, and what should be kept is not; unwell
	Sections int               `json:"sections"`
	Problems int               `json:"problems"`          // errors that keep staff's files from being served as they are; no illness
	Bots     map[string]string `json:"bots"`              // "ok" or what is wrong
	Journal  *note             `json:"journal,omitempty"` // missing when none is kept
	Data     string            `json:"data,omitempty"`    // why the data folder cannot be written to; missing when it can
}

// A note is how the journal is. It is no illness of the desk's when its database is away.
type note struct {
	Failing bool  `json:"failing"` // the last write went wrong; rows wait
	Waiting int   `json:"waiting"` // rows
	Dropped int64 `json:"dropped"` // rows lost since the start
}

// A patient is something whose health is asked: nil means well.
type patient interface{ Health() error }

// healthHandler answers GET /healthz and GET /metrics.
func (h *house) healthHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		well := h.wellness()
		w.Header().Set("Content-Type", "application/json")
		if well.Status == "unwell" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(well) // whoever asked may be gone
	})
	mux.Handle("GET /metrics", h.metricsHandler())
	return mux
}

func (h *house) wellness() wellness {
	well := wellness{Status: "ok", Sections: h.sections(), Problems: h.files.Faults(), Bots: map[string]string{}, Data: h.data.Fault()}
	if h.journal != nil {
		s := h.journal.Stats()
		well.Journal = &note{Failing: s.Failing != "", Waiting: s.Waiting, Dropped: s.Dropped}
	}
	if well.Data != "" || well.Journal != nil && well.Journal.Failing {
		well.Status = "impaired"
	}
	for name, b := range h.bots {
		well.Bots[name] = "ok"
		if err := b.Health(); err != nil {
			well.Status, well.Bots[name] = "unwell", err.Error()
		}
	}
	return well
}

// serveHTTP serves h until ctx ends, then lets requests under way finish for as long as grace. Those that take longer, or
// never come to an end, are broken off, and are no fault of the program's.
func serveHTTP(ctx context.Context, listener net.Listener, h http.Handler, grace time.Duration) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := server.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	return err
}
