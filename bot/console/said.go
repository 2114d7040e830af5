package console

import (
	"net/http"
	"net/url"
)

// Once a form has changed something the browser is sent to a page that says so, so that loading that page anew changes
// nothing again. The saying travels in a cookie that lasts as long as it takes to get there.
const saidCookie = "frontdesk_said"

// maxSaid bounds what is said, in runes: it must fit into a cookie whatever its script.
const maxSaid = 300

// say sends the browser to a page that says what has been done.
func say(w http.ResponseWriter, r *http.Request, path, text string) {
	http.SetCookie(w, &http.Cookie{Name: saidCookie, Value: url.QueryEscape(clip(text, maxSaid)), Path: "/", MaxAge: 10, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, path, http.StatusSeeOther)
}

// said returns what has just been done, for the page that was gone to.
func said(r *http.Request) string {
	cookie, err := r.Cookie(saidCookie)
	if err != nil {
		return ""
	}
	text, err := url.QueryUnescape(cookie.Value)
	if err != nil {
		return ""
	}
	return text
}
