package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", s.gateway)
	mux.HandleFunc("/ws/", s.gateway)
	mux.HandleFunc("/resume", s.gateway)
	mux.HandleFunc("/resume/", s.gateway)
	for pattern, handle := range map[string]func(http.ResponseWriter, *http.Request){
		"GET /gateway":                                     s.getGateway,
		"GET /gateway/bot":                                 s.getGateway,
		"GET /users/@me":                                   s.getMe,
		"GET /applications/@me":                            s.getApp,
		"POST /users/@me/channels":                         s.postDM,
		"GET /applications/{app}/commands":                 s.getCommands,
		"PUT /applications/{app}/commands":                 s.putCommands,
		"POST /applications/{app}/commands":                s.postCommand,
		"GET /channels/{channel}":                          s.getChannel,
		"GET /channels/{channel}/messages":                 s.getMessages,
		"GET /channels/{channel}/messages/{message}":       s.getMessage,
		"POST /channels/{channel}/messages":                s.postMessage,
		"POST /interactions/{id}/{token}/callback":         s.postCallback,
		"POST /webhooks/{app}/{token}":                     s.postFollowUp,
		"GET /webhooks/{app}/{token}/messages/@original":   s.getOriginal,
		"PATCH /webhooks/{app}/{token}/messages/@original": s.patchOriginal,
	} {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /api/v10"+path, handle)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.violate("request to %s %s, which Discord does not have", r.Method, r.URL.Path)
		refuse(w, 404, 0, "404: Not Found")
	})
	return s.record(mux)
}

// record keeps every REST request, checks its token and makes it fail where a test wants that.
func (s *Server) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, rest := strings.CutPrefix(r.URL.Path, "/api/v10")
		if !rest {
			next.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		answer := &recorder{ResponseWriter: w, status: 200}
		s.serve(answer, r, next)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.requests = append(s.requests, Request{r.Method, path, r.Header.Clone(), string(body), time.Now(), answer.status})
		s.note()
	})
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	tokenless := strings.Contains(r.URL.Path, "/interactions/") || strings.Contains(r.URL.Path, "/webhooks/")
	if f := s.fault(r.Method, r.URL.Path); f != nil {
		if f.Done {
			next.ServeHTTP(discard{http.Header{}}, r)
		}
		if f.Hang {
			<-r.Context().Done()
		}
		f.write(w)
		return
	}
	if !tokenless && r.Header.Get("Authorization") != "Bot "+s.Token {
		refuse(w, 401, 0, "401: Unauthorized")
		return
	}
	if kind := r.Header.Get("Content-Type"); r.ContentLength > 0 && kind != "application/json" {
		s.violate("%s %s with a body of type %q", r.Method, r.URL.Path, kind)
	}
	next.ServeHTTP(w, r)
}

func (f *Fault) write(w http.ResponseWriter) {
	if f.Status == 0 {
		panic(http.ErrAbortHandler)
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.FormatFloat(f.RetryAfter, 'f', -1, 64))
		w.Header().Set("X-RateLimit-Reset-After", strconv.FormatFloat(f.RetryAfter, 'f', -1, 64))
		w.Header().Set("X-RateLimit-Remaining", "0")
	}
	if f.Global {
		w.Header().Set("X-RateLimit-Global", "true")
		w.Header().Set("X-RateLimit-Scope", "global")
	}
	if f.HTML {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		fmt.Fprint(w, "<!DOCTYPE html><title>error</title>")
		return
	}
	answer := map[string]any{"message": http.StatusText(f.Status), "code": f.Code}
	if f.Status == 429 {
		answer = map[string]any{"message": "You are being rate limited.", "retry_after": f.RetryAfter, "global": f.Global}
	}
	reply(w, f.Status, answer)
}

// A recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// discard takes an answer that is not to arrive.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, status, code int, message string) {
	reply(w, status, map[string]any{"message": message, "code": code})
}

// invalid refuses a body as Discord does, and keeps why for the test.
func (s *Server) invalid(w http.ResponseWriter, r *http.Request, problems []string) {
	s.violate("%s %s: %s", r.Method, r.URL.Path, strings.Join(problems, "; "))
	refuse(w, 400, 50035, "Invalid Form Body")
}

func (s *Server) getGateway(w http.ResponseWriter, r *http.Request) {
	address := "ws" + strings.TrimPrefix(s.http.URL, "http") + "/ws"
	s.mu.Lock()
	answer := map[string]any{"url": address}
	if strings.HasSuffix(r.URL.Path, "/bot") {
		answer["shards"] = s.Shards
		answer["session_start_limit"] = map[string]any{
			"total": 1000, "remaining": max(0, s.Sessions), "reset_after": 100, "max_concurrency": s.Concurrency,
		}
	}
	s.mu.Unlock()
	reply(w, 200, answer)
}

func (s *Server) getMe(w http.ResponseWriter, r *http.Request) {
	reply(w, 200, map[string]any{"id": s.UserID, "bot": true, "username": "frontdesk"})
}

func (s *Server) getApp(w http.ResponseWriter, r *http.Request) {
	reply(w, 200, map[string]any{"id": s.AppID, "name": "frontdesk", "verify_key": s.PublicKey(), "flags": 0})
}

func (s *Server) postDM(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil || body.Recipient == "" {
		s.invalid(w, r, []string{"no recipient_id"})
		return
	}
	reply(w, 200, map[string]any{"id": s.DM(body.Recipient), "type": 1})
}

func (s *Server) getCommands(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	reply(w, 200, slices.Clone(s.commands))
}

func (s *Server) putCommands(w http.ResponseWriter, r *http.Request) {
	var list []map[string]any
	if err := json.NewDecoder(r.Body).Decode(&list); err != nil {
		s.invalid(w, r, []string{err.Error()})
		return
	}
	if problems := checkCommands(list); len(problems) > 0 {
		s.invalid(w, r, problems)
		return
	}
	s.mu.Lock()
	s.puts++
	s.commands = nil
	for _, command := range list {
		s.commands = append(s.commands, s.kept(command))
	}
	s.note()
	s.mu.Unlock()
	s.getCommands(w, r)
}

func (s *Server) postCommand(w http.ResponseWriter, r *http.Request) {
	var command map[string]any
	err := json.NewDecoder(r.Body).Decode(&command)
	if problems := checkCommands([]map[string]any{command}); err != nil || len(problems) > 0 {
		s.invalid(w, r, problems)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	command = s.kept(command)
	s.commands = append(s.commands, command)
	reply(w, 201, command)
}

// kept returns a command as Discord keeps and shows it: with ids and defaults, without what was empty. It wants s.mu.
func (s *Server) kept(command map[string]any) map[string]any {
	out := map[string]any{
		"id": s.newID(), "application_id": s.AppID, "version": s.newID(), "default_member_permissions": nil,
		"nsfw": false, "type": 1, "description": "",
	}
	for k, v := range command {
		if list, ok := v.([]any); ok && len(list) == 0 {
			continue
		}
		out[k] = v
	}
	return out
}

// Commands returns the names of the registered commands, and how often they were written.
func (s *Server) Commands() (names []string, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, command := range s.commands {
		names = append(names, fmt.Sprint(command["name"]))
	}
	return names, s.puts
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
