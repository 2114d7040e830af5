package console

import (
	_ "embed"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"frontdesk/bot"
	"frontdesk/bot/browsertest"
	"frontdesk/knowledge"
)

// busy is a house with something on every page.
func busy(t *testing.T) *house {
	h := newHouse(t, clinic, nil)
	missing(h)
	park := knowledge.SectionID("visits#where-can-i-park-my-car")
	h.asked("spot for the vehicle", bot.Unsure, func(e *bot.Exchange) { e.Nearest = []knowledge.SectionID{park} }, "ann", "bob", "cem")
	h.asked("", bot.Answered, func(e *bot.Exchange) { e.Section, e.Press = park, bot.Press{Verb: bot.Show, Key: park.Key()} }, "ann", "bob", "cem")
	for day := range 25 {
		at := h.clock.Now().AddDate(0, 0, -day)
		said := func(e *bot.Exchange) {
			e.At, e.Section, e.Took = at, park, time.Duration(1+day)*time.Millisecond
			e.Room = bot.RoomID([]string{"telegram:7", "discord:8", "web:9"}[day%3])
		}
		people := []string{"ann", "bob", "cem", "dot", "eva", "fay", "gus", "hal"}
		h.asked("where can I park my car", bot.Answered, said, people[:1+(day*5)%8]...)
		h.asked("where is it", bot.Unsure, said, people[:(day*3)%4]...)
		h.asked("what is the weather on day "+string(rune('a'+day)), bot.Unanswered, said, people[:(day*7)%3]...)
	}
	g := h.staff("Ann")
	path := "/section/" + string(h.key("When are you open?"))
	g.post(path, "title", "When are you open?", "body", "Monday to Friday, 8 to 6.", "phrasings", "", "revision", revision(t, g.page(path)), "do", "save")
	return h
}

// everyPage is each page of the console with something on it.
func (h *house) everyPage() map[string]string {
	section := "/section/" + string(h.key("Where can I park my car?"))
	return map[string]string{
		"today": "/", "ask": "/ask?q=when+are+you+open", "knowledge": "/knowledge", "found": "/knowledge?q=open",
		"article": "/article/" + string(h.articleKey("Coming to us")), "section": section, "history": section + "/history",
		"evil": "/section/" + string(h.key("Who reads <script>alert(1)</script>?")), "page": "/section/" + string(h.key("Do you take pets?")),
		"new": "/new?miss=is+my+bicycle+safe+there", "misses": "/misses", "golden": "/golden", "choose": "/misses/section?miss=is+my+bicycle+safe+there&q=open",
		"numbers": "/numbers", "versions": "/versions", "version": "/versions/" + h.firstVersion() + "?try=1", "changes": "/changes",
		"rooms": "/rooms", "health": "/health", "missing": "/nowhere",
	}
}

func (h *house) firstVersion() string {
	h.Helper()
	all, err := h.config.Versions.List()
	h.must(err)
	return all[len(all)-1].ID
}

// TestBrowserEveryPage looks at every page on a phone and on a desk, in light and in dark: nothing is wider than the
// page, and axe-core finds nothing that keeps anybody out.
func TestBrowserEveryPage(t *testing.T) {
	h := busy(t)
	b := h.open(360, 740)
	b.look("sign-in")
	b.enter()
	for name, path := range h.everyPage() {
		b.at(path)
		b.look(name)
	}
	// The files hold something that the gate holds back, and an error.
	h.put("visits.md", "---\ntitle: Coming to us\n---\n\n## How do I get there?\n\nTake bus 7.\n")
	h.files.Reload(t.Context())
	b.at("/")
	b.look("held-back")
	b.at("/ask?q=how+do+I+get+there&of=files")
	b.look("ask-files")
	h.put("broken.md", "---\ntitle: [\n---\n")
	h.files.Reload(t.Context())
	b.at("/knowledge")
	b.look("problems")
}

// look takes a page in from all sides.
func (b tab) look(name string) {
	b.Helper()
	b.Do(chromedp.EmulateViewport(360, 740), scheme("light"))
	b.fits(name + " on a phone")
	b.accessible(name, "document")
	b.shot("phone-" + name)
	b.Do(chromedp.EmulateViewport(1280, 900), scheme("dark"))
	b.fits(name + " on a desk")
	if slices.Contains([]string{"sign-in", "ask", "section", "misses", "numbers", "version", "held-back", "problems"}, name) { // all there is of colours
		b.accessible(name+" in the dark", `document, {runOnly: ["color-contrast"]}`)
	}
	b.shot("dark-" + name)
	if browsertest.Pictures() {
		b.Do(scheme("light"))
		b.shot("desk-" + name)
	}
	b.Do(chromedp.EmulateViewport(360, 740), scheme("light"))
}

//go:embed testdata/axe-core/axe.min.js
var axe string

// findings are what axe-core returns.
type findings struct {
	Passes     int      // rules that were kept
	Violations []string // what breaks one, with the element
}

// accessible fails for everything that axe-core finds wrong. what is what its run is given.
func (b tab) accessible(where, what string) {
	b.Helper()
	if eval[string](b, `typeof axe`) == "undefined" {
		b.Do(chromedp.Evaluate[chromedp.Void](axe + "\n;undefined"))
	}
	found := browsertest.Get(b.Tab, chromedp.Evaluate[findings](`axe.run(`+what+`).then(r => ({passes: r.passes.length, violations: r.violations.flatMap(v => v.nodes.map(n =>
		v.id + ": " + v.help + ": " + n.html.slice(0, 160) + " " + n.any.map(c => c.message).join("; ")))}))`, chromedp.EvalAwaitPromise))
	for _, violation := range found.Violations {
		b.Errorf("%s: %s", where, violation)
	}
	if found.Passes == 0 {
		b.Errorf("%s: axe-core looked at nothing", where)
	}
	small := eval[[]string](b, `[...document.querySelectorAll("button, input:not([type=hidden], [type=checkbox], [type=radio]), select, summary, a.button, nav a")]
		.filter(e => e.offsetParent && !e.closest(".unseen") && e.getBoundingClientRect().height < 40).map(e => e.outerHTML.slice(0, 120))`)
	for _, e := range small {
		b.Errorf("%s: too small for a thumb: %s", where, e)
	}
}
