package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/contract"
)

// A refusal is an error as the API tells it. Messages are for whoever writes the program that asks.
type refusal struct {
	status  int
	code    string // for programs
	message string
}

var (
	errTooMany  = refusal{http.StatusTooManyRequests, "too_many_requests", "this address has asked too much; wait as long as Retry-After says"}
	errTooLong  = refusal{http.StatusRequestEntityTooLarge, "too_long", "the request is longer than 512 KB"}
	errNotJSON  = refusal{http.StatusUnsupportedMediaType, "not_json", "send JSON, with the header Content-Type: application/json"}
	errTalk     = refusal{http.StatusBadRequest, "bad_conversation", "conversation must be 16 to 64 of A-Z a-z 0-9 _ -, and hard to guess"}
	errUnspoken = refusal{http.StatusForbidden, "not_answered", "staff's rules say that nothing is answered here"}
)

// api wraps the parts of the API: what they return is sent as JSON.
func (s *server) api(part func(context.Context, *http.Request) (any, *refusal)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.cors(w, r)
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		out, refused := part(ctx, r)
		status := http.StatusOK
		if refused != nil {
			status = refused.status
			said := map[string]any{"error": map[string]string{"code": refused.code, "message": refused.message}}
			if status == http.StatusTooManyRequests {
				w.Header().Set("Retry-After", retryAfter)
				said["handoff"] = contract.NewHandoff(s.desk.Welcome(message("", languageOf(r), "")).Handoff)
			}
			out = said
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(out) // who asked may be gone
	})
}

// A request is what POST /v1/ask and POST /v1/press take.
type request struct {
	Question     string       `json:"question"` // ask only
	Press        string       `json:"press"`    // press only
	Conversation conversation `json:"conversation"`
	Lang         string       `json:"lang"`
}

// read decodes a request and fills in what it leaves open.
func read(r *http.Request) (request, *refusal) {
	var in request
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return in, &errNotJSON
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(&in)
	misread := ""
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			misread = "there is more after the object"
		}
	}
	switch _, tooLong := errors.AsType[*http.MaxBytesError](err); {
	case tooLong:
		return in, &errTooLong
	case err != nil:
		misread = whyMisread(err)
	}
	switch {
	case misread != "":
		return in, &refusal{http.StatusBadRequest, "bad_json", "the request is not understood: " + misread}
	case in.Conversation == "":
		in.Conversation = conversationOf(r)
	case !conversationForm.MatchString(string(in.Conversation)):
		return in, &errTalk
	}
	if in.Lang == "" {
		in.Lang = languageOf(r)
	}
	return in, nil
}

// whyMisread says what is wrong with a request, to somebody who may never have heard of Go.
func whyMisread(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return "send one object, such as {\"question\":\"When are you open?\"}, not " + withArticle(wrong.Value)
		}
		return wrong.Field + " must be text, not " + withArticle(wrong.Value)
	}
	if broken, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("this is no JSON, from byte %d on", broken.Offset)
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return "there is no field " + name + "; known are question, press, conversation and lang"
	}
	return "this is no JSON, or ends too early"
}

// withArticle puts an article before what JSON calls a value; true and false are called bool.
func withArticle(kind string) string {
	kind, _, _ = strings.Cut(kind, " ") // "number 5"
	switch kind {
	case "array", "object":
		return "an " + kind
	case "bool":
		return "true or false"
	}
	return "a " + kind
}

// ask answers a question.
func (s *server) ask(ctx context.Context, r *http.Request) (any, *refusal) {
	in, refused := read(r)
	switch {
	case refused != nil:
		return nil, refused
	case in.Press != "":
		return nil, &refusal{http.StatusBadRequest, "bad_json", "press belongs to /v1/press"}
	case !s.allowed(r, costQuestion, in.Question):
		return nil, &errTooMany
	}
	return reply(in, func(m bot.Message) bot.Reply { return s.desk.Answer(ctx, m) })
}

// press answers a choice.
func (s *server) press(ctx context.Context, r *http.Request) (any, *refusal) {
	in, refused := read(r)
	switch {
	case refused != nil:
		return nil, refused
	case in.Question != "":
		return nil, &refusal{http.StatusBadRequest, "bad_json", "question belongs to /v1/ask"}
	case !s.allowed(r, costQuestion, ""):
		return nil, &errTooMany
	}
	return reply(in, func(m bot.Message) bot.Reply { return s.desk.Press(ctx, m, parsePress(in.Press)) })
}

// parsePress reads a choice. One that no version of the program made becomes one whose reply says that it is old.
func parsePress(text string) bot.Press {
	p, err := bot.ParsePress(text)
	if err != nil {
		return bot.Press{}
	}
	return p
}

// topics lists what the desk knows.
func (s *server) topics(_ context.Context, r *http.Request) (any, *refusal) {
	if !s.allowed(r, costQuestion, "") {
		return nil, &errTooMany
	}
	return reply(request{Lang: askedLanguage(r)}, s.desk.Topics)
}

// suggestions is how many questions are suggested.
const suggestions = 5

// A suggestion is a question that continues what was typed.
type suggestion struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Press string `json:"press"`
}

// suggest lists questions that continue what was typed.
func (s *server) suggest(ctx context.Context, r *http.Request) (any, *refusal) {
	if !s.allowed(r, costSuggestion, "") {
		return nil, &errTooMany
	}
	found := []suggestion{}
	for _, sec := range s.desk.Suggest(ctx, message("", askedLanguage(r), r.URL.Query().Get("q")), suggestions) {
		found = append(found, suggestion{string(sec.ID), sec.Title, bot.Press{Verb: bot.Show, Key: sec.ID.Key()}.String()})
	}
	return map[string][]suggestion{"suggestions": found}, nil
}

// askedLanguage is that of the address, else of the browser.
func askedLanguage(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); lang != "" {
		return lang
	}
	return languageOf(r)
}

// reply asks the desk and turns what it says into JSON.
func reply(in request, ask func(bot.Message) bot.Reply) (any, *refusal) {
	began := time.Now()
	r := ask(message(in.Conversation, in.Lang, in.Question))
	if r.Outcome == "" {
		return nil, &errUnspoken
	}
	return newAnswer(in.Question, in.Conversation, r, time.Since(began)), nil
}
