package lint_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

func TestWebsites(t *testing.T) {
	var mu sync.Mutex
	asked := map[string]int{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.Method+" "+r.URL.Path]++
		mu.Unlock()
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/closed": // to programs
			w.WriteHeader(http.StatusForbidden)
		case "/no-head":
			if r.Method == http.MethodHead {
				w.WriteHeader(http.StatusNotFound)
			}
		case "/moved":
			http.Redirect(w, r, "/good", http.StatusMovedPermanently)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case "/good":
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	body := "[a](S/good) [b](S/good#part) [c](S/missing) [d](S/gone) [e](S/closed) [f](S/no-head) [g](S/moved)\n[h](S/round) [i](S/broken) [j](mailto:me@a.example) [k](#here) [l](S/allowed)"
	files := fstest.MapFS{
		"desk.yaml": {Data: []byte(strings.ReplaceAll("contact: S/contact\nhelplines:\n  - {name: Help, chat: S/chat}\n", "S", site.URL))},
		"a.md":      {Data: []byte("---\nlang: en\n---\n## Where?\n\n" + strings.ReplaceAll(body, "S/", site.URL+"/") + "\n")},
	}
	base, problems := knowledge.Load(files, knowledge.Handoff{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	find := func() (all []string) {
		for _, f := range lint.Websites(t.Context(), base, files, http.DefaultTransport) {
			if f.Rule != lint.DeadWebsite {
				t.Errorf("finding of rule %s, want %s", f.Rule, lint.DeadWebsite)
			}
			all = append(all, f.Source.String()+" "+strings.ReplaceAll(f.Text, site.URL, "S"))
		}
		slices.Sort(all)
		return all
	}
	got := find()
	want := []string{"a.md:6 S/gone is gone (410)", "a.md:6 S/missing is gone (404)", "a.md:7 S/allowed is gone (404)", "desk.yaml S/contact is gone (404)", "desk.yaml:3 S/chat is gone (404)"}
	if !slices.Equal(got, want) {
		t.Errorf("Websites = %q, want %q", got, want)
	}
	for call, n := range asked {
		if n > 1 && !strings.HasSuffix(call, "/round") && !strings.HasSuffix(call, "/good") {
			t.Errorf("%s was asked %d times, want 1", call, n)
		}
	}
	if asked["GET /good"] > 0 || asked["GET /closed"] != 1 {
		t.Errorf("asked %v, want GET only where HEAD was refused", asked)
	}
	if none := lint.Websites(t.Context(), base, files, offline{}); len(none) != 1 || none[0].Level != knowledge.Notice || none[0].Source.File != "" {
		t.Errorf("Websites without a network = %v, want one notice", none)
	}
	files["a.md"].Data = append(files["a.md"].Data, "\n<!-- lint: allow dead-website -->\n"...)
	if got := find(); len(got) != 2 {
		t.Errorf("Websites with an allowance = %q, want those of desk.yaml", got)
	}
}

// offline knows no site, as a machine without a network does.
type offline struct{}

func (offline) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, &net.DNSError{Err: "no such host", Name: r.URL.Host, IsNotFound: true}
}

// TestNoSuchSite wants a site that is gone told once, whatever leads to it.
func TestNoSuchSite(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer site.Close()
	files := fstest.MapFS{"a.md": {Data: []byte("## Where?\n\n[a](http://gone.invalid/a) [b](http://gone.invalid/b) [c](" + site.URL + "/c)\n")}}
	base, _ := knowledge.Load(files, knowledge.Handoff{})
	found := lint.Websites(t.Context(), base, files, half{})
	if len(found) != 1 || !strings.HasPrefix(found[0].Text, "http://gone.invalid/a is on no website") {
		t.Errorf("Websites = %v, want the first address of the site that is gone", found)
	}
}

// half knows no site whose name ends in .invalid.
type half struct{}

func (half) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Host, ".invalid") {
		return offline{}.RoundTrip(r)
	}
	return http.DefaultTransport.RoundTrip(r)
}
