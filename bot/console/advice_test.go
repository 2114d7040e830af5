package console

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// advised is a folder with something to improve in the heading, the phrasings and the text of its sections.
var advised = map[string]string{
	"desk.yaml": "name: Clinic\ncontact: {label: Write to us, url: 'https://clinic.example/contact'}\n",
	"visits.md": "# Visits\n\n## Where can I park my car?\n\n<!-- also:\n  - is there a car park\n  - how do I get a refund\n-->\n\nBehind the house.\n\nSee [the map](map.md) for the way.\n",
	"fees.md":   "# Fees\n\n## How do I get my money back?\n\n<!-- also: how do I get a refund -->\n\nWrite to the office.\n",
}

// advice gets a page until what could be better has been worked out for it.
func (g *guest) advice(path string) string {
	g.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if page := g.page(path); !strings.Contains(page, "is being worked out") {
			return page
		}
	}
	g.Fatalf("GET %s: no advice within a minute", path)
	return ""
}

func TestAdvice(t *testing.T) {
	h := newHouse(t, advised, nil)
	g := h.staff("Ann")
	section := "/section/" + string(h.key("Where can I park my car?"))
	page := g.advice("/knowledge")
	wants(t, "knowledge", page, "2 hints", "What could be better", "desk.yaml")
	page = g.advice("/article/" + string(h.articleKey("Visits")))
	wants(t, "article", page, "What could be better", `<a href="`+section+`?line=12">line 12</a>`, "map.md", "how do I get a refund")
	page = g.advice(section)
	wants(t, "section", page, `id="line-12"`, `<a href="#body" data-row="2">line 12</a>`, `<a href="#phrasings" data-row="1">line 7</a>`)

	// What is put right is gone once the change is live.
	_, page = g.post(section, "title", "Where can I park my car?", "body", "Behind the house.", "phrasings", "is there a car park", "revision", revision(t, page), "do", "save")
	wants(t, "save", page, "It is live.")
	if page = g.advice(section); strings.Contains(page, "What could be better") {
		t.Errorf("there is still advice on a section that was put right:\n%s", main(page))
	}
}

// TestAdviceInBrowser follows advice from an article to the line that it is about.
func TestAdviceInBrowser(t *testing.T) {
	h := newHouse(t, advised, nil)
	b := h.open(1200, 900)
	b.enter()
	g := h.staff("Ben")
	article := "/article/" + string(h.articleKey("Visits"))
	g.advice(article)
	b.at(article)
	b.shot("advice-article")
	b.Do(chromedp.Click(`a[href$="?line=12"]`))
	const selected = `(() => { const f = document.activeElement; return "selectionStart" in f ? f.id + ": " + f.value.slice(f.selectionStart, f.selectionEnd) : "" })()`
	b.wait(`document.readyState === "complete" && ` + selected + ` === "body: See [the map](map.md) for the way."`)
	b.shot("advice-section")
	b.Do(chromedp.Click(`a[href="#phrasings"]`))
	b.wait(selected + ` === "phrasings: how do I get a refund"`)
}
