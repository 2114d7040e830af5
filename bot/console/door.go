package console

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode"
)

// A door is what the sign-in page shows.
type door struct {
	Code   string // of the one-time link that led here; empty for the token's form
	Who    string // whom that is for; empty for whoever has it
	Next   string // where to go then
	Closed bool   // there is no token, so links are the only way in
	Fault  string
	Typed  string // what was sent without a session, so that it is not lost
	Again  *resend
}

// A resend is a form that was sent without a session, to be sent again once there is one: browsers need not know what
// was typed when somebody goes back.
type resend struct {
	Path   string
	Fields []field
}

// maxToken bounds what is taken for a token, in runes.
const maxToken = 4096

// author is the context key of who is signed in.
type author struct{}

// staffOnly lets requests of signed-in staff pass. Others are shown the door, and come back to where they wanted to go.
func (c *Console) staffOnly(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, ok := c.guests.who(r)
		switch {
		case ok:
			next(w, r.WithContext(context.WithValue(r.Context(), author{}, who)))
		case r.Method == http.MethodGet:
			http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		default:
			c.show(w, r, http.StatusForbidden, "door.html", "Sign in", door{Closed: !c.guests.open,
				Fault: "You are signed out, so nothing was saved. Sign in in another tab, then come back here and send it again.",
				Typed: clip(r.PostFormValue("body"), maxText), Again: &resend{r.URL.Path, fieldsOf(r)}})
		}
	})
}

// who returns the author of what a request changes.
func who(r *http.Request) string {
	name, _ := r.Context().Value(author{}).(string)
	return name
}

// askIn shows the token's form.
func (c *Console) askIn(w http.ResponseWriter, r *http.Request) {
	c.show(w, r, http.StatusOK, "door.html", "Sign in", door{Next: local(r.FormValue("next")), Closed: !c.guests.open})
}

// signIn signs in with the token.
func (c *Console) signIn(w http.ResponseWriter, r *http.Request) {
	next := local(r.PostFormValue("next"))
	cookie, a := c.guests.signIn(strings.TrimSpace(clip(r.PostFormValue("token"), maxToken)), signature(r.PostFormValue("name")), caller(r))
	c.enter(w, r, cookie, a, door{Next: next, Closed: !c.guests.open}, "This is not the token. It is what FRONTDESK_CONSOLE_TOKEN says on the server.")
}

// askLink asks whoever follows a one-time link to press a button: chat programs look at links on their own, and that
// must not use one up.
func (c *Console) askLink(w http.ResponseWriter, r *http.Request) {
	who, ok := c.guests.invited(r.PathValue("code"))
	if !ok {
		c.show(w, r, http.StatusForbidden, "door.html", "Sign in", door{Closed: !c.guests.open, Fault: usedUp})
		return
	}
	c.show(w, r, http.StatusOK, "door.html", "Sign in", door{Code: r.PathValue("code"), Who: who})
}

const usedUp = "This link is used up or older than ten minutes. Ask the bot for another: /console"

// takeLink signs in with a one-time link.
func (c *Console) takeLink(w http.ResponseWriter, r *http.Request) {
	cookie, a := c.guests.accept(r.PathValue("code"), signature(r.PostFormValue("name")))
	c.enter(w, r, cookie, a, door{Closed: !c.guests.open}, usedUp)
}

// enter lets in who was admitted, and tells others why not.
func (c *Console) enter(w http.ResponseWriter, r *http.Request, cookie string, a admission, d door, fault string) {
	switch a {
	case admitted:
		http.SetCookie(w, &http.Cookie{
			Name: sessionCookie, Value: cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
			Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https", MaxAge: int(sessionLife.Seconds()),
		})
		http.Redirect(w, r, local(d.Next), http.StatusSeeOther)
	case wait:
		d.Fault = "Too many wrong tokens came in the last minute. Wait a minute, then try again."
		c.show(w, r, http.StatusTooManyRequests, "door.html", "Sign in", d)
	case refused:
		d.Fault = fault
		c.show(w, r, http.StatusForbidden, "door.html", "Sign in", d)
	}
}

// signOut ends the session.
func (c *Console) signOut(w http.ResponseWriter, r *http.Request) {
	c.guests.signOut(r)
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1})
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
}

// local returns a path of this site, or "/" for anything that would lead away from it.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

// caller returns the address that a request comes from. Behind a proxy that is the proxy's, for everybody: what callers
// say of themselves would let a guesser be somebody else each time.
func caller(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// typed follows a name that somebody gave themselves, so that it cannot pass for one that a platform vouches for, such
// as telegram:77.
const typed = " (console)"

// signature is a name that somebody typed as it stands in the audit list.
func signature(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.TrimSpace(name))
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:60])
	}
	if name == "" {
		name = "staff"
	}
	return name + typed
}
