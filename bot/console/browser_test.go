package console

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browserPatience bounds a test in the browser, generously: it only matters when something is broken.
const browserPatience = 8 * time.Minute

// lan is the name of a server in a network of its own, where there are no certificates.
const lan = "desk.office.example"

// browser opens a tab, or skips the test by name where there is no browser; FRONTDESK_REQUIRE_BROWSER=1 forbids that.
func browser(t testing.TB) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		if os.Getenv("FRONTDESK_REQUIRE_BROWSER") == "1" {
			t.Fatal("there is no chromium, and FRONTDESK_REQUIRE_BROWSER asks for one; apt-get install chromium")
		}
		t.Skip("there is no chromium")
	}
	ctx, cancel := context.WithTimeout(context.Background(), browserPatience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("host-resolver-rules", "MAP "+lan+" 127.0.0.1"))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// A tab is the console in a browser.
type tab struct {
	*house
	ctx context.Context
}

// open starts a browser of a width at the page for signing in.
func (h *house) open(width, height int64, before ...chromedp.Action[chromedp.Void]) tab {
	h.Helper()
	b := tab{h, browser(h.TB)}
	if _, err := chromedp.Call(b.ctx, log.Enable, cdp.Empty{}); err != nil {
		h.Fatalf("start the browser: %v", err)
	}
	// The browser reports what the content policy refuses, what fails to load and what a script throws.
	h.must(chromedp.Listen(b.ctx, func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok && e.Entry.Level == log.EntryLevelError && e.Entry.Source != "network" &&
			!strings.Contains(e.Entry.Text, "Cross-Origin-Opener-Policy") { // which counts only where there is a certificate
			h.Errorf("the browser says: %s %s", e.Entry.Text, e.Entry.URL)
		}
	}))
	b.do(append(before, chromedp.EmulateViewport(width, height), chromedp.Navigate(h.URL+"/"))...)
	return b
}

// enter signs in.
func (b tab) enter() {
	b.Helper()
	b.do(chromedp.SendKeys("#name", "Ann"), chromedp.SendKeys("#token", token), chromedp.Submit("#token"))
	b.wait(`document.readyState === "complete" && !!document.querySelector("nav")`)
}

func (b tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatalf("in the browser: %v", err)
	}
}

// get returns what an action comes to.
func get[T any](b tab, action chromedp.Action[T]) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.Fatalf("in the browser: %v", err)
	}
	return v
}

// eval returns what a script comes to.
func eval[T any](b tab, script string) T {
	b.Helper()
	return get(b, chromedp.Evaluate[T](script))
}

// call makes an action of a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// wait waits for a script to become true, over pages that come and go meanwhile.
func (b tab) wait(script string) {
	b.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script))
		if err == nil && ok {
			return
		}
		select {
		case <-tick.C:
		case <-b.ctx.Done():
			b.Fatalf("waiting for %s: %v", script, cmp.Or(err, b.ctx.Err()))
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
	b.do(chromedp.Navigate(b.URL+path), chromedp.WaitReady("main"))
}

// fits fails when the page can be scrolled sideways.
func (b tab) fits(where string) {
	b.Helper()
	if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.Errorf("%s scrolls sideways by %d pixels: %q", where, over,
			eval[[]string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest(".unseen, .wide")).map(e => e.tagName + "." + e.className)`))
	}
}

// pictures reports whether anybody wants to look at pictures.
func (b tab) pictures() bool { return os.Getenv("FRONTDESK_SCREENSHOTS") != "" }

// shot keeps a picture of the whole page for people to look at, where FRONTDESK_SCREENSHOTS names a folder.
func (b tab) shot(name string) {
	b.Helper()
	dir := os.Getenv("FRONTDESK_SCREENSHOTS")
	if dir == "" {
		return
	}
	shot, err := chromedp.Call(b.ctx, devtools.CaptureScreenshot, devtools.CaptureScreenshotParams{CaptureBeyondViewport: new(true)})
	if err != nil {
		b.Fatal(err)
	}
	b.must(os.WriteFile(filepath.Join(dir, name+".png"), shot.Data, 0o644))
}

// scheme lets the browser prefer light or dark.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
	})
}
