package console

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"strings"
	"sync"

	"go.uber.org/zap"
)

//go:embed assets
var assets embed.FS

// maxForm bounds what a form carries, in bytes: a long section with its phrasings.
const maxForm = 2 << 20

// policy lets a page use the console's own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard wraps everything: headers, bounds, forms of other sites, panics. The log says where one happened and nothing
// that anybody wrote.
func (c *Console) guard(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // with no-referrer, forms over plain HTTP would not say where they come from
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		defer func() {
			if recover() != nil {
				c.log.Error("panic in the console", zap.String("route", r.Pattern), zap.ByteString("stack", debug.Stack()))
				http.Error(w, "something went wrong here", http.StatusInternalServerError)
			}
		}()
		if r.Method == http.MethodPost && !c.parsed(w, r) {
			return
		}
		sameSite.ServeHTTP(w, r)
	})
}

// parsed reads a form whole, so that no part of it that is missing is taken for empty; false when it says why not.
func (c *Console) parsed(w http.ResponseWriter, r *http.Request) bool {
	err := r.ParseForm()
	if err == nil {
		return true
	}
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		c.show(w, r, http.StatusRequestEntityTooLarge, "fault.html", "This is too much", "What was sent is longer than anything the console takes. Nothing was saved.")
	} else {
		c.show(w, r, http.StatusBadRequest, "fault.html", "This did not work", "What was sent could not be read. Nothing was saved.")
	}
	return false
}

// A page is what every template is given.
type page struct {
	Name  string // of the organisation
	Title string
	Path  string // of the request, so that the menu knows where we are
	Who   string // is signed in; empty for nobody
	Said  string // what has just been done; usually empty
	Body  any    // the page's own
}

// layouts holds one template a page, each with the frame around it. They are read when one is shown first: other commands
// start without them.
var layouts = sync.OnceValue(parseLayouts)

func parseLayouts() map[string]*template.Template {
	all := map[string]*template.Template{}
	files, err := assets.ReadDir("assets")
	if err != nil {
		panic(err) // they are embedded
	}
	for _, f := range files {
		if path.Ext(f.Name()) == ".html" && f.Name() != "frame.html" && f.Name() != "parts.html" {
			all[f.Name()] = template.Must(template.New("frame.html").Funcs(functions).ParseFS(assets, "assets/frame.html", "assets/parts.html", "assets/"+f.Name()))
		}
	}
	return all
}

// show sends a page once it is whole.
func (c *Console) show(w http.ResponseWriter, r *http.Request, status int, name, title string, body any) {
	p := page{Name: c.settings().Name, Title: title, Path: chapter(r.URL.Path), Who: who(r), Body: body}
	if p.Said = said(r); p.Said != "" {
		http.SetCookie(w, &http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1})
	}
	var out bytes.Buffer
	if err := layouts()[name].Execute(&out, p); err != nil {
		c.log.Error("lay out a page of the console", zap.String("page", name), zap.Error(err))
		http.Error(w, "something went wrong here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // who asked may be gone
}

// chapter returns the entry of the menu that a path belongs to.
func chapter(path string) string {
	for prefix, of := range map[string]string{"/article/": "/knowledge", "/section/": "/knowledge", "/new": "/knowledge", "/golden": "/knowledge", "/versions/": "/versions", "/misses/": "/misses"} {
		if strings.HasPrefix(path, prefix) {
			return of
		}
	}
	return path
}

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

// assetTypes are said here because the system's table may differ.
var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// serveAsset sends the style or the script.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	data, err := assets.ReadFile("assets/" + name)
	if err != nil || strings.HasSuffix(name, ".html") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(data)
}
