package console

import (
	"cmp"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"frontdesk/bot/browsertest"
)

// A tab is the console in a browser.
type tab struct {
	*house
	browsertest.Tab
}

// open starts a browser of a width at the page for signing in. Pages that say what is wrong are no errors, although the
// browser takes their status for one.
func (h *house) open(width, height int64, before ...chromedp.Action[chromedp.Void]) tab {
	h.Helper()
	b := tab{h, browsertest.Open(h, log.EntrySourceNetwork)}
	b.Do(append(before, chromedp.EmulateViewport(width, height), chromedp.Navigate(h.URL+"/"))...)
	return b
}

// enter signs in.
func (b tab) enter() {
	b.Helper()
	b.Do(chromedp.SendKeys("#name", "Ann"), chromedp.SendKeys("#token", token), chromedp.Submit("#token"))
	b.wait(`document.readyState === "complete" && !!document.querySelector("nav")`)
}

// eval returns what a script comes to.
func eval[T any](b tab, script string) T {
	b.Helper()
	return browsertest.Eval[T](b.Tab, script)
}

// wait waits for a script to become true, over pages that come and go meanwhile.
func (b tab) wait(script string) {
	b.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := chromedp.Run(b.Ctx, chromedp.Evaluate[bool](script))
		if err == nil && ok {
			return
		}
		select {
		case <-tick.C:
		case <-b.Ctx.Done():
			b.Fatalf("waiting for %s: %v", script, cmp.Or(err, b.Ctx.Err()))
		}
	}
}

// says waits until the page's own part holds a text.
func (b tab) says(text string) {
	b.Helper()
	b.wait(fmt.Sprintf(`document.readyState === "complete" && document.querySelector("main").innerText.includes(%q)`, text))
}

// at goes to a page.
func (b tab) at(path string) {
	b.Helper()
	b.Do(chromedp.Navigate(b.URL+path), chromedp.WaitReady("main"))
}

// fits fails when the page can be scrolled sideways.
func (b tab) fits(where string) {
	b.Helper()
	if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.Errorf("%s scrolls sideways by %d pixels: %q", where, over,
			eval[[]string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest(".unseen, .wide")).map(e => e.tagName + "." + e.className)`))
	}
}

// shot keeps a picture of the whole page.
func (b tab) shot(name string) {
	b.Helper()
	b.Keep(name, func() []byte {
		shot, err := chromedp.Call(b.Ctx, devtools.CaptureScreenshot, devtools.CaptureScreenshotParams{CaptureBeyondViewport: new(true)})
		b.must(err)
		return shot.Data
	})
}

// scheme lets the browser prefer light or dark.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
	})
}
