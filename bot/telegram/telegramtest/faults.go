package telegramtest

import (
	"net/http"
	"strconv"
)

// A Fault is something that goes wrong instead of, or after, a method's work. The first of these that is set
// decides: Hang, Drop, Body, RetryAfter, Code.
type Fault struct {
	Hang        bool   // no answer until the client leaves
	Drop        bool   // cut the connection without an answer
	Body        string // answer with this, as it is: JSON that cannot be decoded, or a proxy's HTML
	RetryAfter  int    // refuse with 429 and this many seconds to wait
	Code        int    // the status: with Body as given, alone a refusal in the API's own form
	Description string // of a refusal; a plain one when empty

	After bool // the method does its work first: only the answer is lost
}

// BadGateway is what stands between when the API is down: status 502 and HTML.
var BadGateway = Fault{Code: http.StatusBadGateway, Body: "<html><h1>502 Bad Gateway</h1></html>"}

// Fail makes the next calls of a method go wrong, one for each fault. Calls beyond them work.
func (s *Server) Fail(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// PendingFaults returns how many faults of a method have not happened yet.
func (s *Server) PendingFaults(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.faults[method])
}

func (s *Server) nextFault(method string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.faults[method]
	if len(waiting) == 0 {
		return Fault{}, false
	}
	s.faults[method] = waiting[1:]
	return waiting[0], true
}

// answer returns what the fault looks like in the list of calls.
func (f Fault) answer() answer {
	switch {
	case f.Drop, f.Hang:
		return answer{}
	case f.Body != "":
		code := f.Code
		if code == 0 {
			code = http.StatusOK
		}
		return answer{Code: code}
	case f.RetryAfter > 0:
		a := refuse(http.StatusTooManyRequests, "Too Many Requests: retry after "+strconv.Itoa(f.RetryAfter))
		a.Parameters = map[string]any{"retry_after": f.RetryAfter}
		return a
	}
	description := f.Description
	if description == "" {
		description = http.StatusText(f.Code)
	}
	return refuse(f.Code, description)
}

func (f Fault) write(w http.ResponseWriter) {
	if f.Drop {
		panic(http.ErrAbortHandler)
	}
	a := f.answer()
	if f.Body != "" {
		w.WriteHeader(a.Code)
		w.Write([]byte(f.Body))
		return
	}
	write(w, a)
}
