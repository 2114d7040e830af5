package console

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRemoveSection takes a section out of its file, a row out of a table, and what staff count on only with a reason.
func TestRemoveSection(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	bring := "/section/" + string(h.key("What should I bring?"))
	wants(t, bring, g.page(bring), "Remove this section", "taken out of visits.md")
	seen := revision(t, g.page(bring))
	h.put("visits.md", strings.Replace(h.file("visits.md"), "An insurance card and time.", "An insurance card and a pen.", 1))
	h.files.Reload(t.Context())
	_, page := g.post(bring+"/remove", "revision", seen)
	wants(t, "remove what somebody has changed", page, "somebody has changed it since you opened it")
	if resp, _ := g.post(bring+"/remove", "revision", strings.Repeat("x", maxTitle+1)); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("remove with no revision of ours = %d, want 422", resp.StatusCode)
	}
	_, page = g.post(bring+"/remove", "revision", revision(t, g.page(bring)))
	wants(t, "remove", page, "“What should I bring?” is removed.", "It is live.", "Coming to us", "Where can I park my car?")
	if got := h.file("visits.md"); strings.Contains(got, "insurance card") || !strings.Contains(got, "Monday to Friday") {
		t.Errorf("visits.md = %s", got)
	}
	if resp, _ := g.post(bring + "/remove"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("remove it again = %d, want 404", resp.StatusCode)
	}
	wants(t, "the list of changes", g.page("/changes"), `removed "What should I bring?"`, "Ann")

	park := "/section/" + string(h.key("Where can I park my car?"))
	before := h.file("visits.md")
	_, page = g.post(park + "/remove")
	wants(t, "remove what is counted on", page, "Nothing was saved.", "1 golden question breaks", "Publish all the same")
	if h.file("visits.md") != before {
		t.Error("what the gate holds back was written")
	}
	_, page = g.post(park+"/remove", "reason", " ", "version", reported(t, page))
	wants(t, "remove it for no reason", page, "Nothing was saved.", "1 golden question breaks")
	_, page = g.post(park+"/remove", "reason", "the lot is sold", "version", reported(t, page))
	wants(t, "remove it with a reason", page, "is removed.", "It is live.")
	_, page = g.post("/golden/drop", "question", "where can I park my car")
	wants(t, "drop the golden question", page, "is no golden question any more.", "It is live.")

	for _, title := range []string{"How much does a session cost?", "How much is a first talk?"} {
		_, page = g.post("/section/" + string(h.key(title)) + "/remove")
		wants(t, "remove a row", page, "is removed.", "It is live.")
	}
	if _, err := os.Stat(filepath.Join(h.dir, "costs.csv")); !os.IsNotExist(err) {
		t.Errorf("an empty table is left: %v", err)
	}
	pets := "/section/" + string(h.key("Do you take pets?"))
	if strings.Contains(g.page(pets), "Remove this section") {
		t.Error("a section of a saved page is offered for removal")
	}
	resp, _ := g.post("/versions/" + h.firstVersion() + "/back")
	if resp.StatusCode != http.StatusOK || !strings.Contains(h.file("costs.csv"), "450 dollars") || !strings.Contains(h.file("visits.md"), "insurance card") {
		t.Errorf("the way back = %d, %s", resp.StatusCode, h.file("visits.md"))
	}
}
