package web

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browserPatience bounds a test in the browser, generously: it only matters when something is broken.
const browserPatience = 8 * time.Minute

// lan is the name of a server in a network of its own, where there are no certificates.
const lan = "desk.office.example"

// browser opens a tab, or skips the test by name where there is no browser; FRONTDESK_REQUIRE_BROWSER=1 forbids that.
func browser(t *testing.T) context.Context {
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
	// The browser reports what the content policy refuses, what fails to load and what a script throws.
	report := func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok && e.Entry.Level == log.EntryLevelError &&
			!strings.Contains(e.Entry.Text, "Cross-Origin-Opener-Policy") { // which counts only where there is a certificate
			t.Errorf("the browser says: %s %s", e.Entry.Text, e.Entry.URL)
		}
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	if err := chromedp.Listen(ctx, report); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// A tab is the page in a browser.
type tab struct {
	*testing.T
	ctx context.Context
}

func (b tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatalf("in the browser: %v", err)
	}
}

// eval returns what a script comes to.
func eval[T any](b tab, script string) (v T) {
	b.Helper()
	return get(b, chromedp.Evaluate[T](script))
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

// call makes an action of a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// until waits for something to become true.
func until(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](script, chromedp.WithPollingTimeout(browserPatience))
}

// replies waits until there are n replies and returns the last one's words.
func (b tab) replies(n int) string {
	b.Helper()
	b.do(until(fmt.Sprintf(`document.querySelectorAll("#talk .reply").length >= %d && !document.querySelector(".waiting")`, n)))
	return eval[string](b, `[...document.querySelectorAll("#talk .reply")].at(-1).innerText`)
}

// seen fails unless the last reply begins where people look: above the field, within the window.
func (b tab) seen() {
	b.Helper()
	if !eval[bool](b, `(() => {
		const top = [...document.querySelectorAll("#talk .reply")].at(-1).getBoundingClientRect().top;
		return top >= 0 && top < document.querySelector(".dock").getBoundingClientRect().top;
	})()`) {
		b.Error("the last reply is out of sight")
	}
}

// shot keeps a picture for people to look at, where FRONTDESK_SCREENSHOTS names a folder.
func (b tab) shot(name string) {
	b.Helper()
	dir := os.Getenv("FRONTDESK_SCREENSHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), get(b, chromedp.CaptureScreenshot()), 0o644); err != nil {
		b.Fatal(err)
	}
}

// fits fails when the page can be scrolled sideways.
func (b tab) fits() {
	b.Helper()
	if wide := eval[[]string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest(".unseen")).map(e => e.tagName + "." + e.className)`); len(wide) > 0 {
		b.Errorf("%q stick out of the page", wide)
	}
	if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.Errorf("the page scrolls sideways by %d pixels", over)
	}
}

func open(t *testing.T, width, height int64, before ...chromedp.Action[chromedp.Void]) tab {
	t.Helper()
	b := tab{t, browser(t)}
	s := newSite(t, Config{})
	b.do(append(before, chromedp.EmulateViewport(width, height), chromedp.Navigate(s.URL))...)
	return b
}

func TestBrowserAskAndChoose(t *testing.T) {
	for name, width := range map[string]int64{"phone": 360, "desk": 1280} {
		t.Run(name, func(t *testing.T) {
			b := open(t, width, 740)
			b.shot(name + "-1-welcome")
			b.fits()
			b.do(chromedp.SendKeys("#question", "What happens during a session?"+kb.Enter))
			if got := b.replies(2); !strings.Contains(got, "What happens during a session?") || !strings.Contains(got, "Write to <the office>") {
				t.Errorf("the reply is %q", got)
			}
			b.shot(name + "-2-answer")
			b.fits()
			b.seen()
			if left := eval[string](b, `question.value + "|" + document.activeElement.id`); left != "|question" {
				t.Errorf("after an answer, field and focus are %q, want an empty field with the focus", left)
			}
			b.do(chromedp.Click(`#talk .reply:last-child .choices button`))
			if got := b.replies(3); !strings.Contains(got, "Sphygmomanometer") {
				t.Errorf("the choice shows %q", got)
			}
			b.fits()
			b.do(chromedp.SendKeys("#question", "i want to kill myself"+kb.Enter))
			if got := b.replies(4); !strings.Contains(got, "988") {
				t.Errorf("a cry for help gets %q", got)
			}
			b.shot(name + "-3-crisis")
			b.fits()
			b.seen()
			if tel := eval[string](b, `document.querySelector(".crisis .calls a").href`); tel != "tel:988" {
				t.Errorf("the number to tap leads to %q", tel)
			}
			b.do(chromedp.Click("summary"))
			b.shot(name + "-4-helplines")
			b.fits()
		})
	}
}

// TestBrowserKeyboard never touches the mouse.
func TestBrowserKeyboard(t *testing.T) {
	b := open(t, 800, 740)
	focus := `(document.activeElement.id || document.activeElement.className || document.activeElement.innerText)`
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, focus); got != "skip" {
		t.Errorf("Tab leads to %q first, want the link to the field", got)
	}
	b.do(chromedp.KeyEvent(kb.Enter), until(`document.activeElement.id === "question"`))
	b.do(chromedp.KeyEvent("side eff"), chromedp.WaitVisible("#suggestions button"))
	b.shot("keyboard-1-suggestions")
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, focus); got != "What are the side effects?" {
		t.Errorf("Tab leads from the field over the button to %q, want the first suggestion", got)
	}
	b.do(chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible("#suggestions"))
	if got := eval[string](b, focus); got != "question" {
		t.Errorf("Escape leads to %q, want the field", got)
	}
	b.do(chromedp.KeyEvent("ects"), chromedp.WaitVisible("#suggestions button"))
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(" "))
	if got := b.replies(2); !strings.Contains(got, "Nausea") {
		t.Errorf("the suggestion shows %q", got)
	}
	if !eval[bool](b, `document.activeElement.matches("#talk .reply:last-child")`) {
		t.Errorf("after a suggestion the focus is on %q, want the reply", eval[string](b, focus))
	}
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, `document.activeElement.href || ""`); got != "https://clinic.example/more" {
		t.Errorf("Tab leads into the reply to %q, want its link", got)
	}
	b.shot("keyboard-2-focus")
}

// TestBrowserWithoutScript asks and chooses with the script switched off.
func TestBrowserWithoutScript(t *testing.T) {
	b := open(t, 360, 740, call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	b.do(chromedp.SendKeys("#question", "What happens during a session?"+kb.Enter), chromedp.WaitVisible(".asked"))
	text := get(b, chromedp.Text("#talk"))
	if !strings.Contains(text, "You settle into a chair") {
		t.Errorf("without a script the answer is %q", text)
	}
	b.shot("noscript-answer")
	b.do(chromedp.Click(".choices button"), chromedp.WaitNotPresent(".asked"), chromedp.WaitVisible("#talk .reply"))
	text = get(b, chromedp.Text("#talk"))
	if !strings.Contains(text, "Sphygmomanometer") {
		t.Errorf("without a script the choice shows %q", text)
	}
}

// TestBrowserOffline asks when nobody answers.
// TestBrowserWithoutCertificate asks over plain HTTP at an address that is not this machine's, with and without script:
// there browsers do not say of a form which site sent it.
func TestBrowserWithoutCertificate(t *testing.T) {
	for name, off := range map[string]bool{"with script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			b := tab{t, browser(t)}
			s := newSite(t, Config{})
			b.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off}),
				chromedp.Navigate(strings.Replace(s.URL, "127.0.0.1", lan, 1)), chromedp.SendKeys("#question", "i want to kill myself"+kb.Enter), chromedp.WaitVisible(".crisis"))
			if got := get(b, chromedp.Text("#talk")); !strings.Contains(got, "988") {
				t.Errorf("a cry for help gets %q", got)
			}
		})
	}
}

func TestBrowserOffline(t *testing.T) {
	b := tab{t, browser(t)}
	s := newSite(t, Config{})
	b.do(chromedp.Navigate(s.URL), chromedp.Evaluate[chromedp.Void](`window.fetch = () => Promise.reject(new Error("offline")); 0`))
	b.do(chromedp.SendKeys("#question", "What does it cost?"+kb.Enter))
	if got := b.replies(2); !strings.Contains(got, english.Failed) || !strings.Contains(got, office.Label) {
		t.Errorf("offline, the reply is %q, want what happened and the way to a human", got)
	}
	if left := eval[string](b, `question.value`); left != "What does it cost?" {
		t.Errorf("what was written is lost: the field holds %q", left)
	}
}

// TestBrowserAccessibility looks at what a screen reader is told, and at contrast, in light and in dark.
func TestBrowserAccessibility(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			b := open(t, 360, 740, call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			}))
			b.do(chromedp.SendKeys("#question", "What are the side effects?"+kb.Enter))
			b.replies(2)
			b.do(chromedp.SendKeys("#question", "¿Qué es la ketamina?"+kb.Enter))
			b.replies(3)
			b.do(chromedp.SendKeys("#question", "i want to kill myself"+kb.Enter))
			b.replies(4)
			b.do(chromedp.Click("summary"))
			b.shot("colours-" + scheme)
			tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]int{}
			for _, n := range tree.Nodes {
				if n.Ignored || n.Role == nil {
					continue
				}
				role, name := strings.Trim(string(n.Role.Value), `"`), ""
				if n.Name != nil {
					name = strings.Trim(string(n.Name.Value), `"`)
				}
				seen[role]++
				switch role {
				case "button", "link", "textbox", "log", "RootWebArea", "heading":
					if strings.TrimSpace(name) == "" {
						t.Errorf("a %s has no name", role)
					}
				}
			}
			for _, role := range []string{"banner", "main", "contentinfo", "log", "status", "textbox", "heading", "alert", "button", "link"} {
				if seen[role] == 0 {
					t.Errorf("the page has no %s", role)
				}
			}
			if bad := eval[[]string](b, contrastScript); len(bad) > 0 {
				t.Errorf("too little contrast: %q", bad)
			}
			if small := eval[[]string](b, `[...document.querySelectorAll("button, input, .handoff a:not(.plain), .calls a")].filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.innerText)`); len(small) > 0 {
				t.Errorf("too small for a thumb: %q", small)
			}
			if langs := eval[string](b, `[...document.querySelectorAll(".reply")].map(e => e.lang).join()`); langs != "en,en,es,en" {
				t.Errorf("the replies say their languages are %q", langs)
			}
		})
	}
}

// contrastScript lists texts whose contrast with what is behind them is under 4.5, as WCAG 2 counts it.
const contrastScript = `(() => {
	const parts = (c) => c.match(/[\d.]+/g).map(Number);
	const light = (c) => {
		const [r, g, b] = parts(c).slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const behind = (e) => {
		for (; e; e = e.parentElement) {
			const c = getComputedStyle(e).backgroundColor;
			if ((parts(c)[3] ?? 1) === 1) return c;
		}
		return 'rgb(255, 255, 255)';
	};
	const bad = [];
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement;
		if (!texts.currentNode.data.trim() || !e.offsetParent) continue;
		const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
		const ratio = (a + 0.05) / (b + 0.05);
		if (ratio < 4.5) bad.push(ratio.toFixed(2) + ' ' + texts.currentNode.data.trim().slice(0, 40));
	}
	return bad;
})()`
