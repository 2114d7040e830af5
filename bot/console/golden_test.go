package console

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"frontdesk/bot/publish"
)

// TestGoldenQuestions shows what comes of each, lets another section answer one, and takes one away.
func TestGoldenQuestions(t *testing.T) {
	files := map[string]string{}
	for name, text := range clinic {
		files[name] = text
	}
	files["questions.tsv"] += "who mends <b>ships</b>\tNONE\tes\nwhen are you open\tvisits#what-should-i-bring\n"
	h := newHouse(t, files, nil)
	g := h.staff("Ann")
	wants(t, "/knowledge", g.page("/knowledge"), "Golden questions: 3")
	page := g.page("/golden")
	wants(t, "/golden", page, "where can I park my car", "should get “Where can I park my car?”", "it does", "who mends <b>ships</b>", "should get no section", "Spanish",
		"should get “What should I bring?”", "it gets “When are you open?”", "That is right now", "/ask?q=when+are+you+open", `href="/knowledge" aria-current="page"`)
	if strings.Contains(page, "<b>ships") {
		t.Error("a question is not escaped")
	}
	_, page = g.post("/golden/aim", "question", "when are you open", "lang", "", "section", string(h.key("When are you open?")))
	wants(t, "aim", page, "“when are you open” counts on “When are you open?” now.", "It is live.", "should get “When are you open?”")
	if strings.Contains(main(page), "it gets") {
		t.Errorf("the question fails still:\n%s", main(page))
	}
	wants(t, "questions.tsv", h.file("questions.tsv"), "when are you open\tvisits#when-are-you-open\n", "where can I park my car\t")
	_, page = g.post("/golden/drop", "question", "who mends <b>ships</b>", "lang", "es")
	wants(t, "drop", page, "is no golden question any more.", "It is live.", "Under Versions")
	if got := h.file("questions.tsv"); strings.Contains(got, "ships") || !strings.Contains(got, "where can I park my car") {
		t.Errorf("questions.tsv = %s", got)
	}
	resp, page := g.post("/golden/drop", "question", "who mends <b>ships</b>", "lang", "es")
	wants(t, "drop it again", page, "questions.tsv does not hold")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("drop it again = %d, want 422", resp.StatusCode)
	}
	if resp, _ := g.post("/golden/aim", "question", "when are you open", "section", "nowhere"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("aim at nothing = %d, want 404", resp.StatusCode)
	}
	if resp, _ := g.post("/golden/drop", "question", " "); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("drop nothing = %d, want 422", resp.StatusCode)
	}
	wants(t, "the list of changes", g.page("/changes"), "Ann", `"when are you open" is answered by visits#when-are-you-open`, "is no golden question any more")
}

// TestGoldenQuestionsAreAskedOnce opens the page twice before what it shows is known: the second time asks nothing anew.
func TestGoldenQuestionsAreAskedOnce(t *testing.T) {
	h := newHouse(t, clinic, nil)
	h.patience = 0
	busy := make(chan struct{})
	h.chores <- func(context.Context) error { <-busy; return nil }
	all := []publish.GoldenAnswer{{GoldenQuestion: publish.GoldenQuestion{Question: "where can I park my car"}}}
	if _, ok := h.tested(t.Context(), all); ok {
		t.Error("tested() does not wait for Run")
	}
	var first *tested
	h.chores <- func(context.Context) error { first = h.golden.Load(); return nil }
	h.tested(t.Context(), all)
	close(busy)
	h.rest()
	if now := h.golden.Load(); first == nil || now != first {
		t.Errorf("the questions were asked again: %v, then %v", first, now)
	}
	if got, ok := h.tested(t.Context(), all); !ok || got[publish.Question{Text: "where can I park my car"}].Section == "" {
		t.Errorf("tested() = %v, %v, want the section", got, ok)
	}
}
