package lint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"frontdesk/knowledge"
)

// Looking up websites is bounded, and polite: one address of a site at a time, each address once.
const (
	mostWebsites   = 500
	sitesAtOnce    = 8
	websiteTimeout = 10 * time.Second
	allWebsites    = 3 * time.Minute
	betweenLookups = 100 * time.Millisecond // of one site
	redirectsMost  = 5
	userAgent      = "frontdesk-lint (looks whether links still work)"
)

// A website is an address with who links to it first.
type website struct {
	address string
	section knowledge.Section
	at      knowledge.Position // set where no section does
}

// Websites looks up the websites that sections, contacts and helplines link to, and returns a finding for each that is
// gone; of a site that is gone, once. A site that turns programs away, or is busy, is no finding. If none answers, that is
// the one finding. fsys is the folder that base was read from. It takes three minutes at most, and returns what it has by
// then.
func Websites(ctx context.Context, base knowledge.Base, fsys fs.FS, transport http.RoundTripper) []Finding {
	ctx, cancel := context.WithTimeout(ctx, allWebsites)
	defer cancel()
	t := tour{linter: newLinter(base, fsys, time.Now()), client: &http.Client{Transport: transport, CheckRedirect: fewRedirects}}
	sites := t.linter.sites()
	var work errgroup.Group
	work.SetLimit(sitesAtOnce)
	for _, site := range sites {
		work.Go(func() error { t.visit(ctx, site); return nil })
	}
	work.Wait() // no error comes back
	if !t.reached && len(sites) > 0 {
		return []Finding{{Rule: DeadWebsite, Problem: knowledge.Problem{Level: knowledge.Notice,
			Text: "no website answered, so nothing is known of any", Advice: "look them up from a machine that reaches the web"}}}
	}
	return slices.DeleteFunc(t.linter.result(), func(f Finding) bool { return f.Rule != DeadWebsite })
}

func fewRedirects(_ *http.Request, via []*http.Request) error {
	if len(via) > redirectsMost {
		return http.ErrUseLastResponse
	}
	return nil
}

// sites returns the addresses that are linked to by the site that they are on, in the order of first links.
func (l *linter) sites() [][]website {
	var sites [][]website
	number := map[string]int{} // by host
	for _, w := range l.websites() {
		u, err := url.Parse(w.address)
		if err != nil {
			continue
		}
		n, known := number[u.Host]
		if !known {
			n = len(sites)
			number[u.Host], sites = n, append(sites, nil)
		}
		sites[n] = append(sites[n], w)
	}
	return sites
}

// A tour visits sites, several at once.
type tour struct {
	client *http.Client

	mu      sync.Mutex
	linter  *linter
	reached bool // some site answered
}

// visit looks up the addresses of one site, one after the other.
func (t *tour) visit(ctx context.Context, site []website) {
	for i, w := range site {
		if i > 0 && !pause(ctx, betweenLookups) {
			return
		}
		found := lookUp(ctx, t.client, w.address)
		t.note(w, found)
		if found.noSite {
			return
		}
	}
}

func (t *tour) note(w website, found lookup) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reached = t.reached || found.answered
	if found.fault != "" {
		t.linter.deadWebsite(w, found.fault)
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (l *linter) deadWebsite(w website, fault string) {
	text, advice := fmt.Sprintf("%s %s", clip(w.address), fault), "open it in a browser, and write the address that it has now"
	if w.section.ID == "" {
		l.addAt(DeadWebsite, knowledge.Warning, w.at, text, advice)
		return
	}
	l.add(DeadWebsite, knowledge.Warning, w.section, l.places.find(w.section, w.address), text, advice)
}

// websites returns the addresses that are linked to, each once, the settings' first.
func (l *linter) websites() []website {
	var all []website
	seen := map[string]bool{}
	add := func(w website) {
		w.address, _, _ = strings.Cut(w.address, "#")
		if (strings.HasPrefix(w.address, "https://") || strings.HasPrefix(w.address, "http://")) && !seen[w.address] && len(all) < mostWebsites {
			seen[w.address] = true
			all = append(all, w)
		}
	}
	desk := knowledge.Position{File: "desk.yaml"}
	add(website{address: l.base.Settings.Contact.URL, at: desk})
	for _, h := range l.base.Settings.Helplines {
		if !l.places.has(h.Source.File) {
			continue // built in
		}
		add(website{address: h.Chat, at: h.Source})
	}
	for _, s := range l.sections {
		for _, link := range slices.Concat([]string{s.URL, s.Handoff.URL}, linksIn(s.Body)) {
			add(website{address: link, section: s})
		}
	}
	return all
}

// A lookup is what came of asking for a website.
type lookup struct {
	answered bool   // by whatever
	noSite   bool   // there is no site of that name
	fault    string // empty when it is there, or when that cannot be told
}

func lookUp(ctx context.Context, client *http.Client, address string) lookup {
	status, err := request(ctx, client, http.MethodHead, address)
	if err == nil && status >= 400 { // not every site knows HEAD
		status, err = request(ctx, client, http.MethodGet, address)
	}
	var unknown *net.DNSError
	switch {
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return lookup{noSite: true, fault: "is on no website: there is none of that name"}
	case err != nil:
		return lookup{}
	case status == http.StatusNotFound || status == http.StatusGone:
		return lookup{answered: true, fault: fmt.Sprintf("is gone (%d)", status)}
	}
	return lookup{answered: true}
}

// request returns the status of an answer.
func request(ctx context.Context, client *http.Client, method, address string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, websiteTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("User-Agent", userAgent)
	answer, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	io.CopyN(io.Discard, answer.Body, 4<<10) // so that the connection can be used again
	return answer.StatusCode, nil
}
