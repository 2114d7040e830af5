package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"html/template"
	"net/http"
	"path"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

//go:embed assets
var assets embed.FS

// pages are the templates: "page" whole, and "card" for one reply, which the script puts into a page that is open.
var pages = template.Must(template.New("").Funcs(template.FuncMap{"asset": assetURL}).ParseFS(assets, "assets/*.html"))

// A page is what "page" shows.
type page struct {
	Words     words
	Lang      string
	Name      string
	Cards     []card
	Asked     string  // what the person wrote; empty on the first sight
	Handoff   *person // of the desk as a whole
	Helplines []helpline
	Failed    card // that the script shows when no answer comes
}

// A helpline is one with its ways to reach it.
type helpline struct {
	Name, Region, Hours, Text string
	Call, Chat                *link
}

// welcome shows the page to somebody who has asked nothing yet.
func (s *server) welcome(w http.ResponseWriter, r *http.Request) {
	greeting := s.desk.Welcome(message("", languageOf(r), ""))
	settings := s.config.Settings()
	s.render(w, http.StatusOK, "page", newPage(greeting, newCard(greeting, settings), "", settings))
}

// form answers what the page's forms send: a question, or a choice. The script asks for the reply alone.
func (s *server) form(w http.ResponseWriter, r *http.Request) {
	lang, settings := languageOf(r), s.config.Settings()
	greeting := s.desk.Welcome(message("", lang, ""))
	reply := bot.Reply{Lang: greeting.Lang, Handoff: greeting.Handoff, Outcome: bot.Unanswered}
	say, status := wordsFor(greeting.Lang), http.StatusOK
	err := r.ParseForm()
	asked := r.PostForm.Get("question")
	switch _, tooLong := errors.AsType[*http.MaxBytesError](err); {
	case tooLong:
		reply.Text, status = say.TooLong, http.StatusRequestEntityTooLarge
	case err != nil:
		reply.Text, status = say.Failed, http.StatusBadRequest
	case !s.allowed(r, costQuestion, asked):
		reply.Text, status = say.Limited, http.StatusTooManyRequests
		w.Header().Set("Retry-After", retryAfter)
	default:
		if said := s.answer(w, r, lang, asked); said.Outcome != "" {
			reply = said
		} else {
			reply.Text, status = say.Unspoken, http.StatusForbidden
		}
	}
	card := newCard(reply, settings)
	if r.Header.Get("Frontdesk-Fragment") != "" {
		s.render(w, status, "card", card)
		return
	}
	s.render(w, status, "page", newPage(greeting, card, asked, settings))
}

// answer lets the desk reply to a form, in the browser's conversation.
func (s *server) answer(w http.ResponseWriter, r *http.Request, lang, asked string) bot.Reply {
	ctx, cancel := context.WithTimeout(r.Context(), answerTime)
	defer cancel()
	talk := conversationOf(r)
	talk.keep(w, r)
	if pressed := r.PostForm.Get("press"); pressed != "" {
		return s.desk.Press(ctx, message(talk, lang, ""), parsePress(pressed))
	}
	return s.desk.Answer(ctx, message(talk, lang, asked))
}

// newPage puts a card on the page, in the language of the greeting.
func newPage(greeting bot.Reply, c card, asked string, s knowledge.Settings) page {
	say := wordsFor(greeting.Lang)
	p := page{
		Words: say, Lang: greeting.Lang, Name: s.Name, Cards: []card{c}, Asked: asked, Handoff: newPerson(greeting.Handoff),
		Failed: newCard(bot.Reply{Outcome: bot.Unanswered, Text: say.Failed, Lang: greeting.Lang, Handoff: greeting.Handoff}, s),
	}
	for _, h := range s.Helplines {
		line := helpline{Name: h.Name, Region: h.Region, Hours: h.Hours, Text: h.Text}
		if h.Call != "" {
			line.Call = &link{Label: say.Call + " " + h.Call, URL: dial(h.Call)}
		}
		if chat := newLink(say.Chat, h.Chat); chat.URL != "" {
			line.Chat = &chat
		}
		p.Helplines = append(p.Helplines, line)
	}
	return p
}

// render sends a template once it is whole.
func (s *server) render(w http.ResponseWriter, status int, name string, data any) {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, data); err != nil {
		s.log.Error("lay out the page", zap.Error(err))
		http.Error(w, "something went wrong here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Add("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // who asked may be gone
}

// assetURL is where a file of the page is found: its address changes with its content, so that it may be kept.
func assetURL(name string) (string, error) {
	data, err := assets.ReadFile("assets/" + name)
	if err != nil {
		return "", err
	}
	sum := fnv.New64a()
	sum.Write(data)
	return fmt.Sprintf("/assets/%s?v=%x", name, sum.Sum64()), nil
}

// assetTypes are said here because the system's table may differ.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".yaml": "application/yaml",
}

// serveAsset sends a file of the page, or the API's description.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	data, err := assets.ReadFile("assets/" + name)
	if err != nil || strings.HasSuffix(name, ".html") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(data)
}
