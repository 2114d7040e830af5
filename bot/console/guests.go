package console

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"sync"
	"time"
)

// How long things last, and how many there may be.
const (
	sessionIdle   = 12 * time.Hour      // a session that nobody uses ends
	sessionLife   = 30 * 24 * time.Hour // and so does one that somebody does
	linkLife      = 10 * time.Minute
	maxGuests     = 200 // sessions, and links, at a time: the oldest gives way
	wrongTokens   = 10  // that are looked at in wrongWithin, from one address
	wrongOfAll    = 100 // from everybody together
	wrongWithin   = time.Minute
	sessionCookie = "frontdesk_console"
)

// guests are the members of staff who are signed in, and the links that let one in. They are kept in memory: a restart
// signs everybody out.
type guests struct {
	token [sha256.Size]byte // a hash, so that comparing takes as long whatever was typed
	open  bool              // there is a token to sign in with
	now   func() time.Time

	mu       sync.Mutex
	sessions map[[sha256.Size]byte]*session // by the hash of the cookie
	links    map[[sha256.Size]byte]invitation
	wrong    []wrongToken // the oldest first
}

// A wrongToken says when one came, and where from.
type wrongToken struct {
	from string
	at   time.Time
}

// A session is a member of staff who is signed in.
type session struct {
	who        string // the author of what is changed
	since, use time.Time
}

// An invitation is a one-time link.
type invitation struct {
	who string
	at  time.Time
}

func newGuests(token string, now func() time.Time) *guests {
	return &guests{
		token: sha256.Sum256([]byte(token)), open: token != "", now: now,
		sessions: map[[sha256.Size]byte]*session{}, links: map[[sha256.Size]byte]invitation{},
	}
}

// An admission is what came of an attempt to sign in.
type admission int

const (
	admitted admission = iota
	refused            // a wrong token, or a link that is used up or too old
	wait               // too many wrong ones came lately
)

// signIn starts a session for whoever knows the token. name is what they call themselves, from the address they call
// from: who guesses there keeps others there out for a while, and nobody elsewhere.
func (g *guests) signIn(token, name, from string) (cookie string, a admission) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for len(g.wrong) > 0 && now.Sub(g.wrong[0].at) >= wrongWithin {
		g.wrong = g.wrong[1:]
	}
	here := 0
	for _, w := range g.wrong {
		if w.from == from {
			here++
		}
	}
	if here >= wrongTokens || len(g.wrong) >= wrongOfAll {
		return "", wait
	}
	given := sha256.Sum256([]byte(token))
	if subtle.ConstantTimeCompare(given[:], g.token[:]) != 1 || !g.open {
		g.wrong = append(g.wrong, wrongToken{from, now})
		return "", refused
	}
	return g.start(name, now), admitted
}

// invite makes a one-time link for a member of staff.
func (g *guests) invite(who string) (code string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	code = rand.Text()
	makeRoom(g.links, func(i invitation) time.Time { return i.at })
	g.links[sha256.Sum256([]byte(code))] = invitation{who, g.now()}
	return code
}

// invited returns whom a link is for, which may be nobody by name; false when it lets nobody in.
func (g *guests) invited(code string) (who string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	link, ok := g.links[sha256.Sum256([]byte(code))]
	return link.who, ok && g.now().Sub(link.at) <= linkLife
}

// accept starts a session for whoever has a link, which is used up by it. name is what they call themselves, for a link
// that names nobody.
func (g *guests) accept(code, name string) (cookie string, a admission) {
	g.mu.Lock()
	defer g.mu.Unlock()
	key, now := sha256.Sum256([]byte(code)), g.now()
	link, ok := g.links[key]
	delete(g.links, key)
	if !ok || now.Sub(link.at) > linkLife {
		return "", refused
	}
	return g.start(cmp.Or(link.who, name), now), admitted
}

// start starts a session and returns the secret that its cookie holds.
func (g *guests) start(who string, now time.Time) (cookie string) {
	cookie = rand.Text()
	makeRoom(g.sessions, func(s *session) time.Time { return s.use })
	g.sessions[sha256.Sum256([]byte(cookie))] = &session{who: who, since: now, use: now}
	return cookie
}

// who returns the member of staff that a request comes from; false when nobody is signed in.
func (g *guests) who(r *http.Request) (string, bool) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return "", false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	key, now := sha256.Sum256([]byte(cookie.Value)), g.now()
	s, ok := g.sessions[key]
	if !ok {
		return "", false
	}
	if now.Sub(s.use) > sessionIdle || now.Sub(s.since) > sessionLife {
		delete(g.sessions, key)
		return "", false
	}
	s.use = now
	return s.who, true
}

// signOut ends the session that a request comes from.
func (g *guests) signOut(r *http.Request) {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.sessions, sha256.Sum256([]byte(cookie.Value)))
	}
}

// makeRoom drops the oldest of too many.
func makeRoom[V any](all map[[sha256.Size]byte]V, at func(V) time.Time) {
	if len(all) < maxGuests {
		return
	}
	var oldest [sha256.Size]byte
	var when time.Time
	for key, v := range all {
		if t := at(v); when.IsZero() || t.Before(when) {
			oldest, when = key, t
		}
	}
	delete(all, oldest)
}
