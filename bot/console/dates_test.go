package console

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// TestDates says of a section, of a row and of a whole article that they are right, and until when.
func TestDates(t *testing.T) {
	h := newHouse(t, map[string]string{
		"desk.yaml": clinic["desk.yaml"], "costs.csv": clinic["costs.csv"], "old.html": clinic["old.html"],
		"visits.md": "---\ntitle: Coming to us\nreviewed: 2025-07-01\nreview_by: 2026-01-01\n---\n\n## Where can I park my car?\n\nBehind the house.\n\n## When are you open?\n\nAlways.\n",
		"fees.md":   "---\ntitle: Fees\nsections:\n  What is the fee?:\n    review_by: 2026-03-03\n  What is free?:\n    review_by: 2026-03-04\n  What was it?:\n    expires_at: 2026-01-01\n---\n\n## What is the fee?\n\nTen dollars.\n\n## What is free?\n\nThe first talk.\n\n## What was it?\n\nNine dollars.\n",
	}, nil)
	g := h.staff("Ann")
	home := g.page("/")
	wants(t, "the first page", home, "Coming to us", "2 sections to be reviewed by 1 January 2026", "What is the fee?", "What was it?", "it expired on 1 January 2026")
	for _, not := range []string{"Where can I park my car?", "What is free?"} { // part of an article that is late as a whole; due today, so not late yet
		if strings.Contains(home, not) {
			t.Errorf("the first page names %q:\n%s", not, main(home))
		}
	}

	article := "/article/" + string(h.articleKey("Coming to us"))
	wants(t, article, g.page(article), "Is all of it still right?", "Last said on 1 July 2025", "again by 4 September 2026")
	_, page := g.post(article+"/dates", "do", "reviewed")
	wants(t, "the article reviewed", page, "“Coming to us” is right as of today.", "Saved in visits.md. It is live.", "last reviewed 4 March 2026")
	wants(t, "visits.md", h.file("visits.md"), "reviewed: 2026-03-04\nreview_by: 2026-09-04\n---")

	fee := "/section/" + string(h.key("What is the fee?"))
	wants(t, fee, g.page(fee), "Is it still right?", "Nobody has said so yet.", "again by 4 March 2027")
	_, page = g.post(fee+"/dates", "do", "reviewed")
	wants(t, "the section reviewed", page, "“What is the fee?” is right as of today.", "It is live.", "To be looked at again by 4 March 2027")
	wants(t, "the list of changes", g.page("/changes"), "Ann", "“What is the fee?”: reviewed 2026-03-04, review_by 2027-03-04")
	wants(t, "the history", g.page(fee+"/history"), "reviewed 2026-03-04")
	if home = g.page("/"); strings.Contains(home, "to be reviewed by") {
		t.Errorf("the first page still names what was reviewed:\n%s", main(home))
	}

	row := "/section/" + string(h.key("How much does a session cost?"))
	_, page = g.post(row+"/dates", "do", "dates", "review_by", "", "expires_at", "2026-03-04")
	wants(t, "an end", page, "The dates of “How much does a session cost?” are noted.", "It is live.", "No answer any more from 4 March 2026 on")
	wants(t, "costs.csv", h.file("costs.csv"), "alternates,expires_at\n", "what is the price,2026-03-04\n")
	if page = g.page("/ask?q=how+much+does+a+session+cost"); strings.Contains(page, "450 dollars") {
		t.Errorf("what has expired is answered:\n%s", main(page))
	}
	_, page = g.post(row+"/dates", "do", "dates", "review_by", "", "expires_at", "")
	wants(t, "no end", page, "are noted.", "It is live.")
	_, page = g.post(row+"/dates", "do", "dates")
	wants(t, "the same again", page, "The files say so already.")
}

// TestDatesOfTheDesksDay lists what has expired and what is overdue by the day that it is at the desk.
func TestDatesOfTheDesksDay(t *testing.T) {
	h := newHouse(t, map[string]string{
		"desk.yaml":  strings.Replace(clinic["desk.yaml"], "UTC", "America/Chicago", 1),
		"visits.csv": "id,question,answer,review_by,expires_at\nbring,What should I bring?,A card.,2026-03-03,\nfair,When is the fair?,Now.,,2026-03-04\n",
		"bus.md":     "## Is there a bus?\n\nYes.\n",
	}, nil)
	g := h.staff("Ann")
	h.clock.forward(-7 * time.Hour) // 23:00 on the third of March in Chicago, and the fourth in UTC
	home := g.page("/")
	for _, not := range []string{"What should I bring?", "When is the fair?"} {
		if strings.Contains(home, not) {
			t.Errorf("the first page names %q too early:\n%s", not, main(home))
		}
	}
	wants(t, "an answer", g.page("/ask?q=when+is+the+fair"), "Now.")
	bus := "/section/" + string(h.key("Is there a bus?"))
	g.post(bus+"/dates", "do", "reviewed")
	wants(t, "bus.md", h.file("bus.md"), "reviewed: 2026-03-03\n", "review_by: 2027-03-03\n")
	h.asked("do you repair washing machines", bot.Unanswered, nil, "ann", "bob", "cem")
	wants(t, "the misses", g.page("/misses"), "last on 3 March 2026")
	h.clock.forward(90 * time.Minute)
	wants(t, "the first page", g.page("/"), "What should I bring?", "When is the fair?", "it expired on 4 March 2026")
	if page := g.page("/ask?q=when+is+the+fair"); strings.Contains(page, "Now.") {
		t.Errorf("what has expired is answered:\n%s", main(page))
	}
}

// TestTwoPeopleSetDates sets one date while somebody else, whose form was opened before, sets the other.
func TestTwoPeopleSetDates(t *testing.T) {
	h := newHouse(t, clinic, nil)
	ann, bob := h.staff("Ann"), h.staff("Bob")
	path := "/section/" + string(h.key("What should I bring?"))
	wants(t, path, ann.page(path), `name="shown_review_by" value=""`, `name="shown_expires_at" value=""`)
	shown := []string{"do", "dates", "shown_review_by", "", "shown_expires_at", ""}
	bob.post(path+"/dates", append(shown, "review_by", "", "expires_at", "2030-01-01")...)
	_, page := ann.post(path+"/dates", append(shown, "review_by", "2027-05-05", "expires_at", "")...)
	wants(t, "Ann's date", page, "are noted.")
	wants(t, "visits.md", h.file("visits.md"), "expires_at: 2030-01-01", "review_by: 2027-05-05")
}

// TestDatesAreGated keeps a date from taking an answer away that staff count on.
func TestDatesAreGated(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	before := h.file("visits.md")
	path := "/section/" + string(h.key("Where can I park my car?")) + "/dates"
	_, page := g.post(path, "do", "dates", "expires_at", "2026-03-01")
	wants(t, "an end", page, "Nothing was saved.", "1 golden question breaks", `name="expires_at" value="2026-03-01"`)
	if h.file("visits.md") != before {
		t.Error("what the gate holds back was written")
	}
	_, page = g.post(path, "do", "dates", "expires_at", "2026-03-01", "reason", "the lot is sold", "version", reported(t, page))
	wants(t, "an end with a reason", page, "are noted.", "It is live.")
	for _, bad := range []string{"tomorrow", "2026-02-30", strings.Repeat("9", 30), "0001-01-01"} {
		if resp, page := g.post(path, "do", "dates", "review_by", bad); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("review_by=%q = %d, want 422\n%s", bad, resp.StatusCode, main(page))
		}
	}
	if resp, _ := g.post("/section/nowhere/dates", "do", "reviewed"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("the dates of nothing = %d, want 404", resp.StatusCode)
	}
	pets := "/section/" + string(h.key("Do you take pets?"))
	if strings.Contains(g.page(pets), "still right?") {
		t.Error("dates are asked for where they cannot be written")
	}
	_, page = g.post(pets+"/dates", "do", "reviewed")
	wants(t, "the dates of a saved page", page, "frontdesk import")
}

// TestNextLook puts a review off by as long as the last time.
func TestNextLook(t *testing.T) {
	h := newHouse(t, clinic, nil)
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	s := knowledge.Section{Reviewed: day(1, 1), ReviewBy: day(1, 31)}
	for _, c := range []struct {
		s    knowledge.Section
		want time.Time
	}{
		{s, day(4, 3)},
		{knowledge.Section{}, day(3, 4).AddDate(1, 0, 0)},
		{knowledge.Section{Reviewed: day(3, 1), ReviewBy: day(1, 1)}, day(3, 4).AddDate(1, 0, 0)},
	} {
		if got := h.next(edit.DatesOf(c.s)); !got.Equal(c.want) {
			t.Errorf("next(%v to %v) = %v, want %v", c.s.Reviewed, c.s.ReviewBy, got, c.want)
		}
	}
}
