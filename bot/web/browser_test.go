package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"frontdesk/bot/browsertest"
)

// A tab is the page in a browser.
type tab struct {
	*testing.T
	browsertest.Tab
}

func newTab(t *testing.T, leftOut ...log.EntrySource) tab {
	return tab{t, browsertest.Open(t, leftOut...)}
}

// eval returns what a script comes to.
func eval[T any](b tab, script string) T {
	b.Helper()
	return browsertest.Eval[T](b.Tab, script)
}

// until waits for something to become true.
func until(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](script, chromedp.WithPollingTimeout(browsertest.Patience))
}

// replies waits until there are n replies and returns the last one's words.
func (b tab) replies(n int) string {
	b.Helper()
	b.Do(until(fmt.Sprintf(`document.querySelectorAll("#talk .reply").length >= %d && !document.querySelector(".waiting")`, n)))
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

// shot keeps a picture of the window.
func (b tab) shot(name string) {
	b.Helper()
	b.Keep(name, func() []byte { return browsertest.Get(b.Tab, chromedp.CaptureScreenshot()) })
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
	b := newTab(t)
	s := newSite(t, Config{})
	b.Do(append(before, chromedp.EmulateViewport(width, height), chromedp.Navigate(s.URL))...)
	return b
}

func TestBrowserAskAndChoose(t *testing.T) {
	for name, width := range map[string]int64{"phone": 360, "desk": 1280} {
		t.Run(name, func(t *testing.T) {
			b := open(t, width, 740)
			b.shot(name + "-1-welcome")
			b.fits()
			b.Do(chromedp.SendKeys("#question", "What happens during a session?"+kb.Enter))
			if got := b.replies(2); !strings.Contains(got, "What happens during a session?") || !strings.Contains(got, "Write to <the office>") {
				t.Errorf("the reply is %q", got)
			}
			b.shot(name + "-2-answer")
			b.fits()
			b.seen()
			if left := eval[string](b, `question.value + "|" + document.activeElement.id`); left != "|question" {
				t.Errorf("after an answer, field and focus are %q, want an empty field with the focus", left)
			}
			b.Do(chromedp.Click(`#talk .reply:last-child .choices button`))
			if got := b.replies(3); !strings.Contains(got, "Sphygmomanometer") {
				t.Errorf("the choice shows %q", got)
			}
			b.fits()
			b.Do(chromedp.SendKeys("#question", "i want to kill myself"+kb.Enter))
			if got := b.replies(4); !strings.Contains(got, "988") {
				t.Errorf("a cry for help gets %q", got)
			}
			b.shot(name + "-3-crisis")
			b.fits()
			b.seen()
			if tel := eval[string](b, `document.querySelector(".crisis .calls a").href`); tel != "tel:988" {
				t.Errorf("the number to tap leads to %q", tel)
			}
			b.Do(chromedp.Click("summary"))
			b.shot(name + "-4-helplines")
			b.fits()
		})
	}
}

// TestBrowserKeyboard never touches the mouse.
func TestBrowserKeyboard(t *testing.T) {
	b := open(t, 800, 740)
	focus := `(document.activeElement.id || document.activeElement.className || document.activeElement.innerText)`
	b.Do(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, focus); got != "skip" {
		t.Errorf("Tab leads to %q first, want the link to the field", got)
	}
	b.Do(chromedp.KeyEvent(kb.Enter), until(`document.activeElement.id === "question"`))
	b.Do(chromedp.KeyEvent("side eff"), chromedp.WaitVisible("#suggestions button"))
	b.shot("keyboard-1-suggestions")
	b.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, focus); got != "What are the side effects?" {
		t.Errorf("Tab leads from the field over the button to %q, want the first suggestion", got)
	}
	b.Do(chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible("#suggestions"))
	if got := eval[string](b, focus); got != "question" {
		t.Errorf("Escape leads to %q, want the field", got)
	}
	b.Do(chromedp.KeyEvent("ects"), chromedp.WaitVisible("#suggestions button"))
	b.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(" "))
	if got := b.replies(2); !strings.Contains(got, "Nausea") {
		t.Errorf("the suggestion shows %q", got)
	}
	if !eval[bool](b, `document.activeElement.matches("#talk .reply:last-child")`) {
		t.Errorf("after a suggestion the focus is on %q, want the reply", eval[string](b, focus))
	}
	b.Do(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, `document.activeElement.href || ""`); got != "https://clinic.example/more" {
		t.Errorf("Tab leads into the reply to %q, want its link", got)
	}
	b.shot("keyboard-2-focus")
}

// TestBrowserWithoutScript asks and chooses with the script switched off.
func TestBrowserWithoutScript(t *testing.T) {
	b := open(t, 360, 740, browsertest.Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	b.Do(chromedp.SendKeys("#question", "What happens during a session?"+kb.Enter), chromedp.WaitVisible(".asked"))
	text := browsertest.Get(b.Tab, chromedp.Text("#talk"))
	if !strings.Contains(text, "You settle into a chair") {
		t.Errorf("without a script the answer is %q", text)
	}
	b.shot("noscript-answer")
	b.Do(chromedp.Click(".choices button"), chromedp.WaitNotPresent(".asked"), chromedp.WaitVisible("#talk .reply"))
	text = browsertest.Get(b.Tab, chromedp.Text("#talk"))
	if !strings.Contains(text, "Sphygmomanometer") {
		t.Errorf("without a script the choice shows %q", text)
	}
}

// TestBrowserWithoutCertificate asks over plain HTTP at an address that is not this machine's, with and without script:
// there browsers do not say of a form which site sent it.
func TestBrowserWithoutCertificate(t *testing.T) {
	for name, off := range map[string]bool{"with script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			b := newTab(t)
			s := newSite(t, Config{})
			b.Do(browsertest.Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off}),
				chromedp.Navigate(strings.Replace(s.URL, "127.0.0.1", browsertest.LAN, 1)), chromedp.SendKeys("#question", "i want to kill myself"+kb.Enter), chromedp.WaitVisible(".crisis"))
			if got := browsertest.Get(b.Tab, chromedp.Text("#talk")); !strings.Contains(got, "988") {
				t.Errorf("a cry for help gets %q", got)
			}
		})
	}
}

// TestBrowserFromRightToLeft asks in Arabic, with and without script.
func TestBrowserFromRightToLeft(t *testing.T) {
	for name, off := range map[string]bool{"with script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			b := open(t, 360, 740, browsertest.Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off}))
			b.Do(chromedp.SendKeys("#question", "أين يمكنني ركن السيارة؟"+kb.Enter), chromedp.WaitVisible(".asked"), chromedp.WaitNotPresent(".waiting"))
			b.Do(chromedp.SendKeys("#question", "أين"))
			for _, part := range []string{".asked bdi", "#question", "#talk .reply:last-child h2", "#talk .reply:last-child .text"} {
				if way := eval[string](b, `getComputedStyle(document.querySelector("`+part+`")).direction`); way != "rtl" {
					t.Errorf("%s runs %s, want rtl", part, way)
				}
			}
			b.shot("arabic-" + name)
		})
	}
}

// TestBrowserLow types in a window that is mostly covered, as by a phone's keyboard.
func TestBrowserLow(t *testing.T) {
	b := open(t, 360, 320)
	b.Do(chromedp.Evaluate[chromedp.Void](`window.fetch = async () => ({ok: true, json: async () => ({suggestions: Array(3).fill({title: "A question of many words ".repeat(4)})})}); 0`))
	b.Do(chromedp.SendKeys("#question", "side"), until(`!suggestions.hidden`))
	b.shot("low")
	if top := eval[int](b, `Math.round(question.getBoundingClientRect().top)`); top < 0 {
		t.Errorf("the field begins %d pixels above the window", -top)
	}
}

// TestBrowserLimited asks more than is allowed.
func TestBrowserLimited(t *testing.T) {
	b := newTab(t, "network") // which says of the refusal that it is one
	s := newSite(t, Config{})
	b.Do(chromedp.Navigate(s.URL))
	for status := http.StatusOK; status == http.StatusOK; {
		status, _ = s.post("/v1/ask", map[string]string{"question": "hello"})
	}
	b.Do(chromedp.SendKeys("#question", "What does it cost?"+kb.Enter))
	if got := b.replies(2); !strings.Contains(got, wordsFor("en").Limited) {
		t.Errorf("over the limit, the reply is %q", got)
	}
	if left := eval[string](b, `question.value`); left != "What does it cost?" {
		t.Errorf("what was written is lost: the field holds %q", left)
	}
}

// TestBrowserStalled asks over a network that brings nothing.
func TestBrowserStalled(t *testing.T) {
	b := newTab(t)
	s := newSite(t, Config{})
	b.Do(chromedp.Navigate(s.URL), chromedp.Evaluate[chromedp.Void](`const slow = window.setTimeout;
	window.setTimeout = (f, ms) => slow(f, ms / 100);
	window.fetch = (url, {signal}) => new Promise((_, fail) => signal.addEventListener("abort", fail)); 0`))
	b.Do(chromedp.SendKeys("#question", "What does it cost?"+kb.Enter))
	if got := b.replies(2); !strings.Contains(got, wordsFor("en").Failed) {
		t.Errorf("where no answer comes, the reply is %q", got)
	}
}

// TestBrowserOffline asks when nobody answers.
func TestBrowserOffline(t *testing.T) {
	b := newTab(t)
	s := newSite(t, Config{})
	b.Do(chromedp.Navigate(s.URL), chromedp.Evaluate[chromedp.Void](`window.fetch = () => Promise.reject(new Error("offline")); 0`))
	b.Do(chromedp.SendKeys("#question", "What does it cost?"+kb.Enter))
	if got := b.replies(2); !strings.Contains(got, wordsFor("en").Failed) || !strings.Contains(got, office.Label) {
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
			b := open(t, 360, 740, browsertest.Call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			}))
			b.Do(chromedp.SendKeys("#question", "What are the side effects?"+kb.Enter))
			b.replies(2)
			b.Do(chromedp.SendKeys("#question", "¿Qué es la ketamina?"+kb.Enter))
			b.replies(3)
			b.Do(chromedp.SendKeys("#question", "i want to kill myself"+kb.Enter))
			b.replies(4)
			b.Do(chromedp.Click("summary"))
			b.shot("colours-" + scheme)
			tree, err := chromedp.Call(b.Ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
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
