package web

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"strings"

	"golang.org/x/text/language"
)

// A conversation names what belongs together, so that "and for children?" is understood. It is random, or chosen by a
// program that uses the API; whoever knows it can go on with the conversation, and so it must not be guessed.
type conversation string

// conversationForm is what a program may choose.
var conversationForm = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

const conversationCookie = "frontdesk_conversation"

func newConversation() conversation { return conversation(rand.Text()) }

// conversationOf returns the one that a browser's cookie names, else a new one.
func conversationOf(r *http.Request) conversation {
	if c, err := r.Cookie(conversationCookie); err == nil && conversationForm.MatchString(c.Value) {
		return conversation(c.Value)
	}
	return newConversation()
}

// keep sets the cookie, which ends with the browser's session.
func (c conversation) keep(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name: conversationCookie, Value: string(c), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"),
	})
}

// languageOf returns the language that a browser asks for first; empty when it does not say.
func languageOf(r *http.Request) string {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return ""
	}
	base, sure := tags[0].Base()
	if sure == language.No {
		return ""
	}
	return base.String()
}
