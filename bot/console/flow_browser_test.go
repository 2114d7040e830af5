package console

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"frontdesk/bot/browsertest"
)

// write puts a text into a field in the place of what is there, as typing does.
func (b tab) write(field, text string) {
	b.Helper()
	b.Do(chromedp.Focus("#"+field), chromedp.Evaluate[chromedp.Void](`document.activeElement.select()`), chromedp.KeyEvent(kb.Delete), chromedp.SendKeys("#"+field, text))
}

// press clicks a button by its words, and waits for the page that comes.
func (b tab) press(words string) {
	b.Helper()
	b.Do(chromedp.Evaluate[chromedp.Void](`window.stale = true`),
		chromedp.Click(`//main//*[self::button or self::a][normalize-space(.)="`+words+`"]`))
	b.wait(`!window.stale && document.readyState === "complete"`)
}

// leaving is whether the browser asks before it leaves the page.
const leaving = `!window.dispatchEvent(new Event("beforeunload", {cancelable: true}))`

// TestBrowserWorkday does on a phone what staff do: they sign in, change an answer that the gate holds back, insist,
// bring the earlier version back, teach the desk from a question that had no answer, say that an answer is still right, and
// take one and a golden question away.
func TestBrowserWorkday(t *testing.T) {
	h := newHouse(t, clinic, nil)
	missing(h)
	b := h.open(360, 740)
	b.enter()
	b.says("is my bicycle safe there")

	b.Do(chromedp.Click(`//nav//a[.="Knowledge"]`))
	b.wait(`document.readyState === "complete" && location.pathname === "/knowledge"`)
	b.Do(chromedp.SendKeys("#q", "park my car"+kb.Enter))
	b.says("1 of 7 sections holds these words")
	b.press("Where can I park my car?")
	b.write("title", "How do I get there?")
	b.write("body", "Take **bus 7**.")
	b.wait(`document.querySelector("#preview").innerHTML.includes("<strong>bus 7</strong>")`) // without pressing anything
	b.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#preview summary").click()`))
	b.write("body", "Take **bus 8**.")
	b.wait(`document.querySelector("#preview").innerHTML.includes("bus 8") && document.querySelector("#preview details").open`) // as it was left
	b.write("phrasings", "which bus do I take")
	b.write("question", "how do I get there")
	b.press("Try it, save nothing")
	b.says("This would break answers that you count on")
	b.says("The draft, asked “how do I get there”")
	b.look("flow-tried")
	if !eval[bool](b, leaving) {
		t.Error("a draft that was tried is lost without a warning")
	}
	b.press("Save and publish")
	b.says("Not saved: this would break answers")
	b.look("flow-blocked")
	before := h.file("visits.md")
	b.press("Publish all the same")
	b.says("Say in a few words why")
	if h.file("visits.md") != before {
		t.Fatal("a change without a reason was written")
	}
	b.write("reason", "we have moved")
	b.press("Publish all the same")
	b.says("Saved in visits.md. It is live.")
	b.look("flow-saved")
	if eval[bool](b, leaving) {
		t.Error("there is a warning that what was saved is lost")
	}
	if got := h.file("visits.md"); !strings.Contains(got, "Take **bus 8**.") {
		t.Errorf("visits.md = %s", got)
	}

	b.at("/versions")
	b.says("we have moved")
	b.Do(chromedp.Click(`//main//li[2]//a`))
	b.says("What bringing it back changes")
	b.press("See which answers change")
	b.says("Asked of what answers now")
	b.press("Bring this version back")
	b.says("The version is back.")
	if got := h.file("visits.md"); !strings.Contains(got, "Where can I park my car?") {
		t.Errorf("visits.md = %s, want what it was", got)
	}

	b.at("/misses")
	b.press("Add these words to it")
	b.says("“is my bicycle safe there” belongs to “Where can I park my car?” now.")
	b.at("/ask")
	b.Do(chromedp.SendKeys("#q", "is my bicycle safe there"+kb.Enter))
	b.says("Behind the house, for free.")

	b.at("/section/" + string(h.key("When are you open?")))
	b.press("It is right as of today")
	b.says("“When are you open?” is right as of today.")
	b.Do(chromedp.Click(`//summary[.="Remove this section"]`))
	b.press("Remove it")
	b.says("“When are you open?” is removed.")
	b.at("/golden")
	b.press("Remove “where can I park my car”")
	b.says("“where can I park my car” is no golden question any more.")
}

// TestBrowserTwoPeople shows both versions of a line that somebody else changed meanwhile.
func TestBrowserTwoPeople(t *testing.T) {
	h := newHouse(t, clinic, nil)
	path := "/section/" + string(h.key("When are you open?"))
	b := h.open(360, 740)
	b.enter()
	b.at(path)
	b.write("body", "Monday to Friday, 9 to 6.")
	bob := h.staff("Bob")
	bob.post(path, "title", "When are you open?", "body", "Monday to Friday, 8 to 5.", "phrasings", "", "revision", revision(t, bob.page(path)), "do", "save")
	b.press("Save and publish")
	b.says("Somebody else changed the same lines while you were writing")
	if got := eval[string](b, `document.querySelector("#body").value`); !strings.Contains(got, "9 to 6.") || !strings.Contains(got, "8 to 5.") {
		t.Errorf("the form holds %q, want both", got)
	}
	b.look("flow-conflict")
	b.write("body", "Monday to Friday, 8 to 6.")
	b.press("Save and publish")
	b.says("It is live.")
	if !strings.Contains(h.file("visits.md"), "8 to 6.") {
		t.Errorf("visits.md = %s", h.file("visits.md"))
	}
}

// TestBrowserSignedOut saves once the session has ended: nothing of what was written is lost.
func TestBrowserSignedOut(t *testing.T) {
	h := newHouse(t, clinic, nil)
	b := h.open(360, 740)
	b.enter()
	b.at("/section/" + string(h.key("When are you open?")))
	b.write("body", "Monday to Friday,\n8 to 6.")
	b.write("phrasings", "opening \"times\"")
	h.clock.forward(sessionIdle + time.Second)
	b.press("Save and publish")
	b.says("You are signed out, so nothing was saved.")
	b.look("flow-signed-out")
	b.Do(chromedp.Evaluate[chromedp.Void](`fetch("/sign-in", {method: "POST", body: new URLSearchParams({name: "Ann", token: "` + token + `"})}).then(() => { window.signedIn = true })`)) // as another tab does
	b.wait(`window.signedIn`)
	b.press("Send it again")
	b.says("It is live.")
	if got := h.file("visits.md"); !strings.Contains(got, "Monday to Friday,\n8 to 6.") || !strings.Contains(got, `opening "times"`) {
		t.Errorf("visits.md = %s", got)
	}
}

// TestBrowserWithoutScript edits with the script switched off.
func TestBrowserWithoutScript(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Bob")
	path := "/section/" + string(h.key("When are you open?"))
	g.page(path)
	b := h.open(360, 740, browsertest.Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	b.Do(chromedp.SendKeys("#name", "Ann"), chromedp.SendKeys("#token", token+kb.Enter), chromedp.WaitVisible("nav"))
	b.at(path)
	b.Do(chromedp.SetValue("#body", "From **dawn** to dusk."), chromedp.Click(`button[value="preview"]`), chromedp.WaitVisible("#preview strong"))
	b.Do(chromedp.Click(`button[value="save"]`), chromedp.WaitVisible(".done"))
	if !strings.Contains(h.file("visits.md"), "From **dawn** to dusk.") {
		t.Errorf("visits.md = %s", h.file("visits.md"))
	}
	b.at("/numbers")
	b.Do(chromedp.WaitVisible("svg.chart"))
}

// TestBrowserKeyboard signs in, changes an answer and saves it without a mouse. Whatever has the focus shows it.
func TestBrowserKeyboard(t *testing.T) {
	h := newHouse(t, clinic, nil)
	b := h.open(800, 740)
	b.tabTo("name")
	b.Do(chromedp.KeyEvent("Ann"))
	b.tabTo("token")
	b.Do(chromedp.KeyEvent(token + kb.Enter))
	b.wait(`document.readyState === "complete" && !!document.querySelector("nav")`)
	b.Do(chromedp.KeyEvent(kb.Tab))
	if got := b.focused(); got != "Skip to the page" {
		t.Errorf("Tab leads to %q first, want the link past the menu", got)
	}
	b.Do(chromedp.KeyEvent(kb.Enter))
	b.wait(`document.activeElement.id === "main"`)
	b.tabTo("Answer them", "Look at the articles", "All misses")
	b.at("/section/" + string(h.key("When are you open?")))
	for _, stop := range []string{"Skip to the page", "Willow <b>Clinic</b>", "Today", "Knowledge", "Health", "Sign out", "Coming to us", "History", "title", "body"} {
		b.tabTo(stop)
	}
	b.Do(chromedp.KeyEvent("Also on Saturday.\n\n"))
	for _, stop := range []string{"phrasings", "Preview", "question", "Try it, save nothing", "Save and publish", "Telegram"} {
		b.tabTo(stop)
	}
	b.Do(chromedp.KeyEvent(kb.Enter))
	b.wait(`document.querySelector("#preview details").open`)
	b.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift))) // back, with Shift
	if got := b.focused(); got != "Save and publish" {
		t.Fatalf("Shift+Tab leads to %q, want the button", got)
	}
	b.Do(chromedp.KeyEvent(kb.Enter))
	b.says("Saved in visits.md. It is live.")
	if !strings.Contains(h.file("visits.md"), "Also on Saturday.") {
		t.Errorf("visits.md = %s", h.file("visits.md"))
	}
}

// focused names what has the focus: by its id if it is a field, else by its words.
func (b tab) focused() string {
	b.Helper()
	return eval[string](b, `(e => e.matches("input, textarea, select") ? e.id : e.innerText.trim().split("\n")[0])(document.activeElement)`)
}

// tabTo presses Tab until one of some stops has the focus, and fails when a stop on the way does not show it.
func (b tab) tabTo(stops ...string) {
	b.Helper()
	var seen []string
	for range 40 {
		b.Do(chromedp.KeyEvent(kb.Tab))
		at := b.focused()
		seen = append(seen, at)
		if !eval[bool](b, `(e => e === document.body || parseFloat(getComputedStyle(e).outlineWidth) >= 2 && getComputedStyle(e).outlineStyle !== "none")(document.activeElement)`) {
			b.Errorf("the focus on %q does not show", at)
		}
		for _, stop := range stops {
			if at == stop {
				return
			}
		}
	}
	b.Fatalf("Tab leads over %q, want %q", seen, stops)
}
