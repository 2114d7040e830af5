package console

import (
	"net/http"

	"frontdesk/knowledge"
)

// An entry is a line of the menu.
type entry struct{ Path, Label string }

// menu is what staff can go to.
func menu() []entry {
	return []entry{
		{"/", "Today"}, {"/ask", "Ask"}, {"/knowledge", "Knowledge"}, {"/misses", "Misses"}, {"/numbers", "Numbers"},
		{"/versions", "Versions"}, {"/changes", "Changes"}, {"/rooms", "Rooms"}, {"/health", "Health"},
	}
}

// routes is every page and form of the console.
func (c *Console) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /assets/{name}", serveAsset)
	mux.HandleFunc("GET /sign-in", c.askIn)
	mux.HandleFunc("POST /sign-in", c.signIn)
	mux.HandleFunc("GET /door/{code}", c.askLink)
	mux.HandleFunc("POST /door/{code}", c.takeLink)
	staff := func(pattern string, page http.HandlerFunc) { mux.Handle(pattern, c.staffOnly(page)) }
	staff("POST /sign-out", c.signOut)
	staff("GET /{$}", c.home)
	staff("GET /ask", c.ask)
	staff("GET /numbers", c.numbers)
	staff("GET /knowledge", c.knowledge)
	staff("GET /article/{key}", c.article)
	staff("POST /article/{key}/dates", c.dateArticle)
	staff("GET /section/{key}", c.edit)
	staff("POST /section/{key}", c.change)
	staff("POST /section/{key}/dates", c.dateSection)
	staff("POST /section/{key}/remove", c.remove)
	staff("GET /section/{key}/history", c.history)
	staff("GET /new", c.compose)
	staff("POST /new", c.add)
	staff("POST /preview", c.preview)
	staff("GET /misses", c.misses)
	staff("GET /misses/section", c.choose)
	staff("POST /misses/phrasing", c.addPhrasing)
	staff("POST /misses/scope", c.outOfScope)
	staff("POST /misses/ignore", c.ignore)
	staff("POST /words/accept", c.accept)
	staff("POST /words/reject", c.reject)
	staff("GET /golden", c.goldenQuestions)
	staff("POST /golden", c.countOnIt)
	staff("POST /golden/aim", c.aim)
	staff("POST /golden/drop", c.drop)
	staff("GET /changes", c.changes)
	staff("GET /versions", c.versions)
	staff("GET /versions/{id}", c.version)
	staff("POST /versions/{id}/back", c.rollback)
	staff("POST /publish", c.publish)
	staff("GET /rooms", c.rooms)
	staff("GET /health", c.health)
	staff("/", c.nothing)
	return mux
}

// editable reports whether staff's files can be changed now: a folder that is mounted late may come yet.
func (c *Console) editable() bool { return c.config.Book.Ready() == nil }

// locked says in plain words why staff's files cannot be changed; empty when they can.
func (c *Console) locked() string {
	switch {
	case c.config.Book == nil:
		return "The files cannot be changed from here: the desk serves its sample, or a single file. Set FRONTDESK_KNOWLEDGE to a folder."
	case !c.editable():
		return "The files cannot be changed now: the knowledge folder, or the data folder with the list of changes, is not there or cannot be used. They can again once it is back."
	}
	return ""
}

// settings returns what staff say of the desk now.
func (c *Console) settings() knowledge.Settings {
	s, release := c.config.Live.Acquire()
	defer release()
	return s.Base().Settings
}
