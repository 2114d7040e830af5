package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

func TestAPIErrors(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a redirect was followed to %s", r.URL)
	}))
	defer elsewhere.Close()
	for _, tt := range []struct {
		name    string
		answer  http.HandlerFunc
		code    int // of the refusal; 0 for trouble that may pass
		message string
	}{
		{"HTML", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(502)
			io.WriteString(w, "<html>bad gateway at "+r.URL.Path+"</html>")
		}, 0, "unexpected answer with status 502"},
		{"JSON of somebody else", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"message":"`+r.URL.Path+`"}`) },
			0, "unexpected answer with status 200"},
		{"cut short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, `{"ok":true`)
		}, 0, "unexpected EOF"},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusTemporaryRedirect)
		},
			0, "unexpected answer with status 307"},
		{"no connection", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0, "EOF"},
		{"refusal", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(429)
			io.WriteString(w, `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}`)
		}, 429, "Too Many Requests"},
		{"refusal that quotes the token", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, `{"ok":false,"error_code":404,"description":"no `+r.URL.Path+`","parameters":{"retry_after":7}}`)
		}, 404, "no /bot<token>/getMe"},
		{"result of another type", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"ok":true,"result":[]}`) },
			0, "cannot unmarshal"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			srv := httptest.NewServer(tt.answer)
			defer srv.Close()
			a := newAPI(token, srv.URL)
			defer a.close()
			var self tgbotapi.User
			err := a.call(t.Context(), "getMe", nil, &self)
			if err == nil || !strings.Contains(err.Error(), tt.message) || strings.Contains(err.Error(), "PLANTED") {
				t.Fatalf("call() = %v, want %q and no token", err, tt.message)
			}
			var refusal *tgbotapi.Error
			if errors.As(err, &refusal) != (tt.code != 0) || refusal != nil && (refusal.Code != tt.code || refusal.RetryAfter != 7) {
				t.Errorf("call() = %#v, want a refusal with %d", refusal, tt.code)
			}
		})
	}
}

func TestAPIEndsWithItsContext(t *testing.T) {
	release := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer srv.Close()
	defer close(release)
	a := newAPI(token, srv.URL)
	defer a.close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := a.call(ctx, "getMe", nil, nil); !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "PLANTED") {
		t.Errorf("call() = %v, want the deadline and no token", err)
	}
	if err := newAPI(token, "http://127.0.0.1:1").call(t.Context(), "getMe", nil, nil); err == nil || strings.Contains(err.Error(), "PLANTED") {
		t.Errorf("call() = %v for a closed port, want an error without the token", err)
	}
}

func TestBaseAddressMayHoldAnything(t *testing.T) {
	path := make(chan string, 1)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path <- r.URL.EscapedPath()
		io.WriteString(w, `{"ok":true,"result":true}`)
	}))
	defer srv.Close()
	a := newAPI("1:x", srv.URL+"/a%20b/")
	defer a.close()
	if err := a.call(t.Context(), "getMe", nil, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := <-path, "/a%20b/bot1:x/getMe"; got != want {
		t.Errorf("called %q, want %q", got, want)
	}
}
