package console

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

func TestRollback(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("When are you open?"))
	g.post(path, "title", "When are you open?", "body", "Never.", "phrasings", "", "revision", revision(t, g.page(path)), "do", "save")
	first := "/versions/" + h.firstVersion()
	wants(t, "the version", g.page(first), "-Never.", "+Monday to Friday, 9 to 5.", "Bring this version back", "See which answers change")
	wants(t, "the version, tried", g.page(first+"?try=1"), "Asked of what answers now")
	_, page := g.post(first + "/back")
	wants(t, "back", page, "The version is back.")
	wants(t, "visits.md", h.file("visits.md"), "Monday to Friday, 9 to 5.")
	wants(t, "ask", g.page("/ask?q=when+are+you+open"), "Monday to Friday, 9 to 5.", "The safety check finds no danger")
	wants(t, "the version that serves", g.page("/versions/"+h.files.Status().Serving.ID), "This is the version that answers now")
	wants(t, "versions", g.page("/versions"), "brought back", "by Ann")
}

// TestPublishAnyway lets a change that somebody made in the files by hand go live although the gate holds it back.
func TestPublishAnyway(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	h.put("visits.md", "---\ntitle: Coming to us\n---\n\n## How do I get there?\n\nTake bus 7.\n")
	h.files.Reload(t.Context())
	for _, path := range []string{"/", "/versions", "/health"} {
		wants(t, path, g.page(path), "A change in the files is held back", "“where can I park my car”", "Publish all the same")
	}
	wants(t, "ask the files", g.page("/ask?q=how+do+I+get+there&of=files"), "Take bus 7.", "once the files are live")
	// Somebody who changes another section meanwhile is not kept from it.
	costs := "/section/" + string(h.key("How much is a first talk?"))
	_, page := g.post(costs, "title", "How much is a first talk?", "body", "It is free.", "phrasings", "", "revision", revision(t, g.page(costs)), "do", "save")
	wants(t, "save beside it", page, "Saved in costs.csv, but not live yet: the files hold another change that is held back")
	resp, page := g.post("/publish", "reason", " ")
	wants(t, "publish without a reason", page, "Say in a few words why")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("publish without a reason = %d, want 422", resp.StatusCode)
	}
	seen := reported(t, g.page("/"))
	h.put("costs.csv", "id,question,answer\nfee,How much does a session cost?,Nothing.\n")
	h.files.Reload(t.Context())
	resp, page = g.post("/publish", "reason", "we have moved", "version", seen)
	wants(t, "publish what nobody has read of", page, "The files have changed since you read")
	if resp.StatusCode != http.StatusUnprocessableEntity || h.files.Status().Blocked == nil {
		t.Errorf("publish what nobody has read of = %d, want 422 and nothing new live", resp.StatusCode)
	}
	_, page = g.post("/publish", "reason", "we have moved", "version", reported(t, g.page("/")))
	wants(t, "publish", page, "The files are live.", "we have moved", "published all the same")
	wants(t, "ask", g.page("/ask?q=how+do+I+get+there"), "Take bus 7.")
}

func TestKnowledgePages(t *testing.T) {
	files := map[string]string{"desk.yaml": clinic["desk.yaml"]}
	var long strings.Builder
	long.WriteString("---\ntitle: A long article\nreviewed: 2026-01-02\nreview_by: 2026-06-01\n---\n")
	for i := range 120 {
		fmt.Fprintf(&long, "\n## Question number %d?\n\nAnswer number %d.\n", i, i)
	}
	files["long.md"] = long.String()
	for i := range 60 {
		files[fmt.Sprintf("short-%02d.md", i)] = fmt.Sprintf("---\ntitle: Short %02d\nreview_by: 2026-06-01\n---\n\n## What is thing %d?\n\nIt is a zebra.\n", i, i)
	}
	h := newHouse(t, files, nil)
	g := h.staff("Ann")
	wants(t, "/knowledge", g.page("/knowledge"), "180 sections in 61 articles", "A long article", "120 sections", "Page 1 of 2", `href="/knowledge?page=2"`)
	wants(t, "its second page", g.page("/knowledge?page=2"), "Short 59", "Page 2 of 2")
	article := "/article/" + string(h.articleKey("A long article"))
	wants(t, article, g.page(article), "Question number 0?", "last reviewed 2 January 2026", "to be reviewed by 1 June 2026", "Page 1 of 3", "Write a new section here")
	page := g.page(article + "?page=3")
	wants(t, "its third page", page, "Question number 119?")
	if strings.Contains(page, "Question number 99?") {
		t.Error("the third page shows sections of the second")
	}
	wants(t, "a search", g.page("/knowledge?q=ZEBRA+thing"), "60 of 180 sections hold these words", "Page 1 of 2", "/knowledge?q=ZEBRA+thing&page=2")
	wants(t, "a search for a title", g.page("/knowledge?q=number+119"), "1 of 180 sections holds these words", "Question number 119?")
	home := g.page("/")
	wants(t, "the first page before a date", home, "The last seven days")
	if strings.Contains(home, "Due for a look") {
		t.Error("sections are due before their date")
	}
	h.clock.forward(100 * 24 * time.Hour)
	g = h.staff("Ann")
	wants(t, "the first page after it", g.page("/"), "Due for a look", "A long article", "120 sections to be reviewed by 1 June 2026", "What is thing 0?", "And 51 more")
	wants(t, "a search in vain", g.page("/knowledge?q=giraffe"), "0 of 180")
}

func TestNumbersPage(t *testing.T) {
	h := newHouse(t, clinic, nil)
	park := knowledge.SectionID("visits#where-can-i-park-my-car")
	for day := range 3 {
		h.asked("where can I park", bot.Answered, func(e *bot.Exchange) {
			e.At, e.Section, e.Took, e.Room = h.clock.Now().AddDate(0, 0, -day), park, 12*time.Millisecond, "telegram:5"
		}, "ann", "bob")
	}
	missing(h)
	open := knowledge.SectionID("visits#when-are-you-open")
	h.asked("when are you open", bot.Answered, func(e *bot.Exchange) { e.Section, e.Room = open, "discord:8" }, "ann", "bob", "cem", "dot", "eva", "fay", "gus")
	h.asked("", bot.Smalltalk, func(e *bot.Exchange) { e.Section, e.Room, e.Press.Verb = open, "discord:8", bot.Useless }, "ann", "bob")
	for n := range 110 {
		h.asked("what is it", bot.Answered, func(e *bot.Exchange) { e.Section = knowledge.SectionID(fmt.Sprint("gone#", n)) }, "ann")
	}
	g := h.staff("Ann")
	page := g.page("/numbers?days=7")
	if _, rest, _ := strings.Cut(page, "By section shown"); strings.Index(rest, "When are you open?") > strings.Index(rest, "Where can I park my car?") || !strings.Contains(rest, "And 12 more.") {
		t.Errorf("the sections are not listed by how often they were shown:\n%s", rest)
	}
	wants(t, "thumbs of a platform", page, "<td>0, 2</td>")
	wants(t, "/numbers", page, "134", "Where can I park my car?", "Telegram", "4 March 2026", "12 ms", "Everything is deleted after 90 days", `class="answered"`)
	if n := strings.Count(page, "<g><title>"); n != 7 {
		t.Errorf("the chart of 7 days has %d bars", n)
	}
	wants(t, "/rooms", g.page("/rooms"), "telegram:-1001", "whatever it is quite sure about", "Nobody is named")
	wants(t, "/health", g.page("/health"), "not <connected>", "Telegram", "7 sections answer", "136 entries written")
	wants(t, "/", g.page("/"), "not <connected>", "The last seven days", "is my bicycle safe there")
	resp, page := g.get("/nowhere")
	if resp.StatusCode != http.StatusNotFound || !strings.Contains(page, "There is no page at this address.") {
		t.Errorf("GET /nowhere = %d", resp.StatusCode)
	}
}

// TestBareHouse has no journal, no versions, no files to change: what the sample is served with.
func TestBareHouse(t *testing.T) {
	h := newHouse(t, clinic, func(c *Config) {
		c.Versions, c.Book, c.Journal, c.Health, c.Previews = nil, nil, nil, nil, nil
		c.Publisher = publish.New(publish.Config{Live: c.Live}, zap.NewNop())
	})
	g := h.staff("Ann")
	section := "/section/" + string(h.key("When are you open?"))
	for path, want := range map[string]string{
		"/": "No journal is kept", "/misses": "No journal is kept", "/numbers": "No journal is kept", "/versions": "Versions are not kept here",
		"/changes": "Changes are not listed here", section: "The files cannot be changed from here", "/new": "The files cannot be changed from here",
		"/ask?q=when+are+you+open": "9 to 5", "/knowledge": "Coming to us", "/health": "7 sections answer", "/rooms": "telegram:-1001", "/golden": "There are none yet",
		"/article/" + string(h.articleKey("Coming to us")): "When are you open?", section + "/history": "Versions are not kept here",
	} {
		wants(t, path, g.page(path), want)
	}
	for _, path := range []string{section, "/new", "/misses/scope", "/golden"} {
		resp, page := g.post(path, "title", "T", "body", "B", "do", "save", "miss", "m", "words", "w", "section", string(h.key("When are you open?")))
		if resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("POST %s = %d, want 422", path, resp.StatusCode)
		}
		wants(t, "POST "+path, page, "The files cannot be changed from here")
	}
}

// manyFiles is a folder of 200 articles with 50 sections each.
func manyFiles() map[string]string {
	files := map[string]string{"desk.yaml": clinic["desk.yaml"]}
	for a := range 200 {
		var s strings.Builder
		fmt.Fprintf(&s, "---\ntitle: Article %d\nlang: en\n---\n", a)
		for i := range 50 {
			fmt.Fprintf(&s, "\n## How does thing %d of machine %d work?\n\nThing number %d works by turning wheel %d slowly.\n\nThen rest for a while, and call us again tomorrow when the office is open.\n", i, a, i, a)
		}
		files[fmt.Sprintf("a%03d.md", a)] = s.String()
	}
	return files
}

// BenchmarkPages prints how long pages take over 10,000 sections, as a browser waits for them.
func BenchmarkPages(b *testing.B) {
	h := newHouse(b, manyFiles(), nil)
	g := h.staff("Ann")
	section := "/section/" + string(h.key("How does thing 25 of machine 100 work?"))
	for _, page := range []struct{ name, path string }{
		{"today", "/"}, {"knowledge", "/knowledge"}, {"search", "/knowledge?q=wheel+slowly+25"}, {"article", "/article/" + string(h.articleKey("Article 100"))},
		{"section", section}, {"history", section + "/history"}, {"ask", "/ask?q=how+does+thing+25+of+machine+100+work"}, {"new", "/new"},
		{"misses", "/misses"}, {"numbers", "/numbers"}, {"versions", "/versions"}, {"changes", "/changes"},
	} {
		b.Run(page.name, func(b *testing.B) {
			for b.Loop() {
				g.page(page.path)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/page")
		})
	}
}

// BenchmarkSave prints how long a change takes from the button to the page that says that it is live, over 10,000
// sections: it is tried, checked, written and published on the way.
func BenchmarkSave(b *testing.B) {
	h := newHouse(b, manyFiles(), nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("How does thing 25 of machine 100 work?"))
	rev := revision(b, g.page(path))
	for n := 0; b.Loop(); n++ {
		_, page := g.post(path, "title", "How does thing 25 of machine 100 work?", "body", fmt.Sprintf("By steam, %d times.", n), "phrasings", "", "revision", rev, "do", "save")
		rev = revision(b, page)
		wants(b, "save", page, "It is live.")
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/1000/float64(b.N), "s/save")
}

// TestChangesUnlisted says on a server without a data folder that changes are not listed, and not that there are none.
func TestChangesUnlisted(t *testing.T) {
	h := newHouse(t, clinic, nil)
	h.config.Book = edit.At(h.dir, "")
	defer h.config.Book.Close()
	wants(t, "/changes", h.staff("Ann").page("/changes"), "Changes are not listed here.")
}
