// Package browsertest opens pages in a real browser, for tests that look at them as people do.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

// LAN is a name by which the browser reaches this machine as it would a server in a network of its own, where there are
// no certificates.
const LAN = "desk.office.example"

// A Tab is a page in a browser that lives until its test ends.
type Tab struct {
	Ctx  context.Context // of every action; it ends when the test has lasted too long
	test testing.TB
}

// Patience bounds a test in the browser, generously: it only matters when something is broken.
const Patience = 4 * time.Minute

// Open starts a browser with an empty page. Where there is none the test is
// skipped by name; FRONTDESK_REQUIRE_BROWSER=1 forbids that. The test fails of what the browser reports as an error:
// what the content policy refuses, what fails to load and what a script throws, but for the sources that are left out.
func Open(t testing.TB, leftOut ...log.EntrySource) Tab {
	t.Helper()
	program := program(t)
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("host-resolver-rules", "MAP "+LAN+" 127.0.0.1"))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	report := func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok && e.Entry.Level == log.EntryLevelError && !slices.Contains(leftOut, e.Entry.Source) &&
			!strings.Contains(e.Entry.Text, "Cross-Origin-Opener-Policy") { // which counts only where there is a certificate
			t.Errorf("the browser says: %s %s", e.Entry.Text, e.Entry.URL)
		}
	}
	if err := chromedp.Listen(ctx, report); err != nil {
		t.Fatalf("listen to %s: %v", program, err)
	}
	return Tab{ctx, t}
}

// program returns the path of the browser.
func program(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("FRONTDESK_REQUIRE_BROWSER") == "1" {
		t.Fatal("there is no chromium, and FRONTDESK_REQUIRE_BROWSER asks for one; apt-get install chromium")
	}
	t.Skip("there is no chromium")
	return ""
}

// Do carries out actions, one after the other.
func (b Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	b.test.Helper()
	if err := chromedp.Do(b.Ctx, actions...); err != nil {
		b.test.Fatalf("in the browser: %v", err)
	}
}

// Get returns what an action comes to.
func Get[T any](b Tab, action chromedp.Action[T]) T {
	b.test.Helper()
	v, err := chromedp.Run(b.Ctx, action)
	if err != nil {
		b.test.Fatalf("in the browser: %v", err)
	}
	return v
}

// Eval returns what a script comes to.
func Eval[T any](b Tab, script string) T {
	b.test.Helper()
	return Get(b, chromedp.Evaluate[T](script))
}

// Call makes an action of a command of the browser's protocol.
func Call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// Pictures reports whether anybody wants to look at pictures: whether FRONTDESK_SCREENSHOTS names a folder for them.
func Pictures() bool { return os.Getenv("FRONTDESK_SCREENSHOTS") != "" }

// Keep keeps a picture for people to look at, if anybody wants to. take takes it, as PNG.
func (b Tab) Keep(name string, take func() []byte) {
	b.test.Helper()
	if !Pictures() {
		return
	}
	if err := os.WriteFile(filepath.Join(os.Getenv("FRONTDESK_SCREENSHOTS"), name+".png"), take(), 0o644); err != nil {
		b.test.Fatal(err)
	}
}
