package web

import (
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"
)

// maxBody bounds what a request carries, in bytes. It is generous: a long letter may be a cry for help.
const maxBody = 512 << 10

// guard wraps everything: it sets the headers that all answers have, bounds bodies, and survives a panic. The log says
// where that happened and nothing that people wrote.
func (s *server) guard(next http.Handler) http.Handler {
	policy := s.contentPolicy()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // with no-referrer, forms over plain HTTP would not say where they come from
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		noted := &noting{ResponseWriter: w}
		defer func() {
			if recover() != nil {
				s.log.Error("panic while answering", zap.String("route", r.Pattern), zap.ByteString("stack", debug.Stack()))
				if noted.status == 0 {
					http.Error(noted, "something went wrong here", http.StatusInternalServerError)
				}
			}
			s.log.Debug("answered", zap.String("route", r.Pattern), zap.Int("status", noted.status), zap.Duration("took", time.Since(began)))
		}()
		next.ServeHTTP(noted, r)
	})
}

// contentPolicy lets the page use its own files and nothing else, and be framed by the sites of the configuration.
func (s *server) contentPolicy() string {
	frames := strings.Join(append([]string{"'self'"}, s.config.Origins...), " ")
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors " + frames
}

// noting remembers the status that was sent.
type noting struct {
	http.ResponseWriter
	status int
}

// WriteHeader sends the status.
func (n *noting) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// Write sends data, after a status of 200 when none was sent.
func (n *noting) Write(data []byte) (int, error) {
	if n.status == 0 {
		n.status = http.StatusOK
	}
	return n.ResponseWriter.Write(data)
}

// cors lets scripts of the allowed origins read an answer.
func (s *server) cors(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin != "" && (slices.Contains(s.config.Origins, origin) || slices.Contains(s.config.Origins, "*")) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Expose-Headers", "Retry-After") // which browsers hide otherwise
	}
}

// preflight answers a browser that asks whether a script of another origin may use the API.
func (s *server) preflight(w http.ResponseWriter, r *http.Request) {
	s.cors(w, r)
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, POST")
	h.Set("Access-Control-Allow-Headers", "Content-Type, Accept-Language")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}
