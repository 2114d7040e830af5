package console

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"frontdesk/bot"
)

func TestEditSection(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("What should I bring?"))
	page := g.page(path)
	wants(t, path, page, "visits.md, line", "An insurance card and time.", "As people will see it")

	rev := revision(t, page)
	form := []string{"title", "What should I bring?", "body", "Your insurance card, and **time**.", "phrasings", "do I need anything with me", "revision", rev, "question", "do I need anything with me"}
	_, page = g.post(path, append(form, "do", "preview")...)
	wants(t, "preview", page, "<strong>time</strong>")
	if strings.Contains(h.file("visits.md"), "Your insurance card") {
		t.Fatal("a preview was written")
	}
	_, page = g.post(path, append(form, "do", "check")...)
	wants(t, "check", page, "Tried: this can go live", "Asked of what answers now", "+Your insurance card, and **time**.", "The draft, asked", "Answered", "1 golden question,")
	if strings.Contains(h.file("visits.md"), "Your insurance card") {
		t.Fatal("a trial was written")
	}
	resp, page := g.post(path, append(form, "do", "save")...)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("save = %d\n%s", resp.StatusCode, main(page))
	}
	wants(t, "save", page, "Saved in visits.md. It is live.", "Your insurance card, and **time**.")
	if got := h.file("visits.md"); !strings.Contains(got, "Your insurance card, and **time**.") || !strings.Contains(got, "<!-- also: do I need anything with me -->") || !strings.Contains(got, "Behind the house") {
		t.Errorf("visits.md = %s", got)
	}
	wants(t, "ask", g.page("/ask?q=do+I+need+anything+with+me"), "What should I bring?", "Your insurance card")
	wants(t, "changes", g.page("/changes"), "Ann", "“What should I bring?”: text, phrasing")
	wants(t, "history", g.page(path+"/history"), "Ann", "“What should I bring?”: text, phrasing", "by Ann")
	wants(t, "versions", g.page("/versions"), "by Ann", "visits.md changed", "answers now")
	_, page = g.post(path, "title", "What should I bring?", "body", "Your insurance card, and **time**.", "phrasings", "do I need anything with me", "do", "save")
	wants(t, "saved twice", page, "Nothing is different")
}

// TestEditTable changes a row, and phrasings of a file whose text is not changed here.
func TestEditTable(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("How much does a session cost?"))
	_, page := g.post(path, "title", "How much does a session cost?", "body", "A session costs 475 dollars.", "phrasings", "what is the price\nwhat do I pay", "revision", revision(t, g.page(path)), "do", "save")
	wants(t, "save", page, "Saved in costs.csv. It is live.")
	if got := h.file("costs.csv"); !strings.Contains(got, "475 dollars") || !strings.Contains(got, "what do I pay") || !strings.Contains(got, "consult,How much is a first talk?") {
		t.Errorf("costs.csv = %s", got)
	}
	path = "/section/" + string(h.key("Do you take pets?"))
	page = g.page(path)
	wants(t, path, page, "frontdesk import old.html", "readonly")
	_, page = g.post(path, "title", "Do you take pets?", "body", "Small dogs are welcome in the waiting room.", "phrasings", "may I bring a dog", "revision", revision(t, page), "do", "save")
	wants(t, "phrasing of a page", page, "It is live.")
	wants(t, "phrasings.tsv", h.file("phrasings.tsv"), "may I bring a dog")
	resp, page := g.post(path, "title", "Do you take pets?", "body", "No dogs.", "phrasings", "", "revision", revision(t, page), "do", "save")
	wants(t, "text of a page", page, "frontdesk import")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("text of a page = %d, want 422", resp.StatusCode)
	}
}

// TestEditOldEncoding changes an article that is not UTF-8: the page says what to do, and only phrasings are written.
func TestEditOldEncoding(t *testing.T) {
	h := newHouse(t, map[string]string{"desk.yaml": clinic["desk.yaml"], "cafe.md": "## Is there a caf\xe9?\n\nYes, the caf\xe9 in the hall.\n"}, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("Is there a café?"))
	_, page := g.post(path, "title", "Is there a café?", "body", "No.", "revision", revision(t, g.page(path)), "do", "save")
	wants(t, "save", page, "save it as UTF-8")
}

// TestBlockedAndForced breaks a golden question: nothing is written until there is a reason.
func TestBlockedAndForced(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("Where can I park my car?"))
	form := []string{"title", "How do I get there?", "body", "Take bus 7.", "phrasings", "", "revision", revision(t, g.page(path))}
	before := h.file("visits.md")
	_, page := g.post(path, append(form, "do", "check")...)
	wants(t, "check", page, "This would break answers that you count on", "“where can I park my car” should be answered by “Where can I park my car?”")
	_, page = g.post(path, append(form, "do", "save")...)
	wants(t, "save", page, "Not saved: this would break answers", "Publish all the same", "Take bus 7.", `name="reason"`)
	if h.file("visits.md") != before {
		t.Fatal("what the gate holds back was written")
	}
	form = append(form, "version", reported(t, page))
	_, page = g.post(path, append(form, "do", "force", "reason", " ")...)
	wants(t, "force without a reason", page, "Say in a few words why")
	if h.file("visits.md") != before {
		t.Fatal("what has no reason was written")
	}
	_, page = g.post(path, append(form, "do", "force", "reason", "The car park is closed <for good>.")...)
	wants(t, "force", page, "It is live.")
	if !strings.Contains(h.file("visits.md"), "Take bus 7.") {
		t.Error("what was forced is not written")
	}
	wants(t, "versions", g.page("/versions"), "published all the same", "The car park is closed <for good>.")
	if serving := h.files.Status().Serving; !serving.Forced || serving.Author != "Ann (console)" {
		t.Errorf("the version that serves is %+v, want a forced one by Ann", serving)
	}
}

// TestForcedAfterAnotherChange insists on a report that another change has overtaken: the new one is shown first.
func TestForcedAfterAnotherChange(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("Where can I park my car?"))
	form := []string{"title", "How do I get there?", "body", "Take bus 7.", "phrasings", "", "revision", revision(t, g.page(path)), "reason", "the lot is sold"}
	_, page := g.post(path, append(form, "do", "save")...)
	form = append(form, "do", "force")
	stale := append(form, "version", reported(t, page))
	_, lost := g.post(path + "/remove")
	h.put("costs.csv", "id,question,answer\nfee,How much does a session cost?,Nothing.\n")
	h.files.Reload(t.Context())

	_, page = g.post(path, stale...)
	wants(t, "force a change", page, "The files have changed since you read", "1 golden question breaks", "Take bus 7.", `value="the lot is sold"`)
	_, lost = g.post(path+"/remove", "reason", "the lot is sold", "version", reported(t, lost))
	wants(t, "force a removal", lost, "The files have changed since you read", "1 golden question breaks", `value="the lot is sold"`)
	if got := h.file("visits.md"); strings.Contains(got, "Take bus 7.") || !strings.Contains(got, "Behind the house") {
		t.Errorf("visits.md = %s, want nothing written of what nobody has read", got)
	}
	_, page = g.post(path, append(form, "version", reported(t, page))...)
	wants(t, "force what was read", page, "It is live.")
}

// TestTwoPeopleSave lets two members of staff save the same section: what does not touch is merged, what does is shown.
func TestTwoPeopleSave(t *testing.T) {
	h := newHouse(t, map[string]string{
		"desk.yaml": clinic["desk.yaml"],
		"visits.md": "---\ntitle: Coming to us\n---\n\n## Where can I park?\n\nBehind the house.\n\nIt is free.\n\nThe gate closes at 8.\n\n## When are you open?\n\nFrom 9 to 5.\n",
	}, nil)
	ann, bob := h.staff("Ann"), h.staff("Bob")
	path := "/section/" + string(h.key("Where can I park?"))
	form := func(body, rev string) []string {
		return []string{"title", "Where can I park?", "body", body, "phrasings", "", "revision", rev, "do", "save"}
	}
	annSaw, bobSaw := revision(t, ann.page(path)), revision(t, bob.page(path))
	_, page := ann.post(path, form("In front of the house.\n\nIt is free.\n\nThe gate closes at 8.", annSaw)...)
	wants(t, "Ann's save", page, "It is live.")
	_, page = bob.post(path, form("Behind the house.\n\nIt is free.\n\nThe gate closes at 9.", bobSaw)...)
	wants(t, "Bob's save elsewhere in the text", page, "It is live.")
	if got := h.file("visits.md"); !strings.Contains(got, "In front of the house.") || !strings.Contains(got, "closes at 9.") {
		t.Errorf("visits.md = %s, want what both wrote", got)
	}

	annSaw, bobSaw = revision(t, ann.page(path)), revision(t, bob.page(path))
	ann.post(path, form("In front of the house.\n\nIt costs a dollar.\n\nThe gate closes at 9.", annSaw)...)
	resp, page := bob.post(path, form("In front of the house.\n\nIt costs two dollars.\n\nThe gate closes at 9.", bobSaw)...)
	if resp.StatusCode != http.StatusConflict {
		t.Errorf("Bob's save of the same line = %d, want 409", resp.StatusCode)
	}
	wants(t, "the conflict", page, "Somebody else changed the same lines", "What they saved", "It costs a dollar.", "What you wrote", "It costs two dollars.", "<<<<<<< yours", ">>>>>>> theirs")
	if strings.Contains(h.file("visits.md"), "two dollars") || strings.Contains(h.file("visits.md"), "<<<<") {
		t.Fatal("a conflict was written")
	}
	rev := revision(t, page)
	_, page = bob.post(path, form("<<<<<<< yours\nIt costs two dollars.\n=======\nIt costs a dollar.\n>>>>>>> theirs", rev)...)
	wants(t, "marks that are left", page, "Both versions of some lines are still in the text")
	_, page = bob.post(path, form("In front of the house.\n\nIt costs two dollars, not one.\n\nThe gate closes at 9.", rev)...)
	wants(t, "what Bob joined", page, "It is live.")
	wants(t, "visits.md", h.file("visits.md"), "two dollars, not one")
}

// TestConflictKeepsTheRest has two people change the same line, and one of them the title and the phrasings as well: who
// joins the lines does not take those back.
func TestConflictKeepsTheRest(t *testing.T) {
	h := newHouse(t, clinic, nil)
	ann, bob := h.staff("Ann"), h.staff("Bob")
	path := "/section/" + string(h.key("When are you open?"))
	rev := revision(t, ann.page(path))
	bob.post(path, "title", "Opening hours", "body", "Monday to Friday, 8 to 5.", "phrasings", "when is it closed", "revision", rev, "do", "save")
	_, page := ann.post(path, "title", "When are you open?", "body", "Monday to Friday, 9 to 6.", "phrasings", "can I come on a Sunday", "revision", rev, "do", "save")
	wants(t, "the conflict", page, "Somebody else changed the same lines", `value="Opening hours"`, "when is it closed\ncan I come on a Sunday</textarea>")
	if strings.Contains(page, "Their title") {
		t.Error("a title that one of them changed is said to be in conflict")
	}
	_, page = ann.post(path, "title", "Opening hours", "body", "Monday to Friday, 8 to 6.", "phrasings", "when is it closed\ncan I come on a Sunday", "revision", revision(t, page), "do", "save")
	wants(t, "what Ann joined", page, "It is live.")
	wants(t, "visits.md", h.file("visits.md"), "## Opening hours", "8 to 6.", "when is it closed", "can I come on a Sunday")
}

// TestSectionGoneMeanwhile saves a section that somebody has removed: what was written comes back as a new section.
func TestSectionGoneMeanwhile(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("When are you open?"))
	form := []string{"title", "When are you open?", "body", "Monday to Friday, 8 to 6.", "phrasings", "opening times", "revision", revision(t, g.page(path)), "do", "save"}
	g.post(path + "/remove")
	resp, page := g.post(path, form...)
	wants(t, "save", page, "Nothing was saved: somebody has removed or renamed", "Monday to Friday, 8 to 6.</textarea>", "opening times</textarea>", `action="/new"`)
	if resp.StatusCode != http.StatusConflict {
		t.Errorf("save = %d, want 409", resp.StatusCode)
	}
	resp, page = g.post("/new", append(form, "article", "nosucharticle")...)
	wants(t, "save into no article", page, "cannot take it any more", "8 to 6.</textarea>")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("save into no article = %d, want 422", resp.StatusCode)
	}
	_, page = g.post("/new", append(form, "article", string(h.articleKey("Coming to us")))...)
	wants(t, "save as a new one", page, "It is live.", "8 to 6.")
}

// TestConflictOfTitles has two people rename a section.
func TestConflictOfTitles(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("When are you open?"))
	rev := revision(t, g.page(path))
	h.put("visits.md", strings.ReplaceAll(h.file("visits.md"), "## When are you open?", "## Opening hours {#visits#when-are-you-open}"))
	_, page := g.post(path, "title", "At what time are you open?", "body", "Monday to Friday, 9 to 5.", "phrasings", "", "revision", rev, "do", "save")
	wants(t, "the conflict", page, "Their title: <strong>Opening hours</strong>", `value="At what time are you open?"`)
	if body := main(page); strings.Contains(body, "&lt;&lt;&lt;&lt;&lt;&lt;&lt; yours\nAt what") {
		t.Errorf("the title's conflict stands in the text:\n%s", body)
	}
}

func TestNewSection(t *testing.T) {
	h := newHouse(t, clinic, nil)
	h.asked("can I bring my dog", bot.Unanswered, nil, "ann", "bob", "cem")
	g := h.staff("Ann")
	page := g.page("/new?miss=can+I+bring+my+dog&lang=en")
	wants(t, "/new", page, `value="Can I bring my dog"`, "For the question", ">\ncan I bring my dog</textarea>", "Coming to us (visits.md)")
	if strings.Contains(page, "old.html") {
		t.Error("a page that cannot be changed is offered for a new section")
	}
	_, page = g.post("/new", "title", "May dogs come along?", "body", "Yes, on a lead.", "phrasings", "can I bring my dog", "article", string(h.articleKey("Coming to us")), "do", "check", "question", "can I bring my dog")
	wants(t, "check", page, "Tried: this can go live", "Yes, on a lead.", "+## May dogs come along?")
	_, page = g.post("/new", "title", "May dogs come along?", "body", "Yes, on a lead.", "phrasings", "can I bring my dog", "article", string(h.articleKey("Coming to us")), "miss", "can I bring my dog", "do", "save")
	wants(t, "save", page, "Saved in visits.md. It is live.", "May dogs come along?")
	if page := g.page("/misses"); strings.Contains(page, "can I bring my dog") {
		t.Error("what a new section answers is still a miss")
	}
	wants(t, "visits.md", h.file("visits.md"), "## May dogs come along?", "written by Ann console on 2026-03-04")

	_, page = g.post("/new", "title", "Is there wifi?", "body", "Yes, ask at the desk.", "heading", "Around the house", "lang", "en", "do", "save")
	wants(t, "a new article", page, "It is live.", "Around the house")
	wants(t, "the list", g.page("/knowledge"), "Around the house", "Coming to us")
	resp, page := g.post("/new", "title", "", "body", "Yes.", "do", "save")
	wants(t, "without a title", page, "Give it a title")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without a title = %d, want 422", resp.StatusCode)
	}
	_, page = g.post("/new", "title", strings.Repeat("x", 400), "body", "Yes.", "do", "save")
	wants(t, "with a long title", page, "The title is too long")
}

// TestSavedUnderErrors saves while another file has an error: it is written, and the page says why it is not live.
func TestSavedUnderErrors(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("When are you open?"))
	rev := revision(t, g.page(path))
	h.put("broken.md", "---\ntitle: [\n---\n\n## A\n\nB.\n")
	_, page := g.post(path, "title", "When are you open?", "body", "From 8 to 6.", "phrasings", "", "revision", rev, "do", "save")
	wants(t, "save", page, "Saved in visits.md, but not live yet")
	wants(t, "the first page", g.page("/"), "broken.md", "Error")
	_, page = g.post("/new", "title", "Is there wifi?", "body", "Yes.", "do", "save")
	wants(t, "a new section", page, "Today", "but not live yet", "broken.md")
	wants(t, "ask", g.page("/ask?q=when+are+you+open&of=files"), "The files have errors, so they cannot be asked: broken.md")
	h.must(removeFile(h, "broken.md"))
	h.files.Reload(t.Context())
	wants(t, "ask", g.page("/ask?q=when+are+you+open"), "From 8 to 6.")
}

// TestFolderComesBack edits a section once a folder that was away, as before it is mounted, is there again.
func TestFolderComesBack(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	path := "/section/" + string(h.key("What should I bring?"))
	h.must(os.Rename(h.dir, h.dir+".away"))
	wants(t, "a section without its folder", g.page(path), "The files cannot be changed now", "An insurance card and time.")
	wants(t, "misses without the folder", g.page("/misses"), "The files cannot be changed now")
	h.must(os.Rename(h.dir+".away", h.dir))
	page := g.page(path)
	_, page = g.post(path, "title", "What should I bring?", "body", "Your insurance card.", "phrasings", "", "revision", revision(t, page), "do", "save")
	wants(t, "save", page, "Saved in visits.md. It is live.")
}
