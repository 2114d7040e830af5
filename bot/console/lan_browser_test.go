package console

import (
	"strings"
	"testing"

	"frontdesk/bot/browsertest"
)

// TestBrowserWithoutCertificate signs in and changes an answer over plain HTTP at an address that is not this machine's:
// there browsers do not say of a form which site sent it.
func TestBrowserWithoutCertificate(t *testing.T) {
	h := newHouse(t, clinic, nil)
	h.Server.URL = strings.Replace(h.Server.URL, "127.0.0.1", browsertest.LAN, 1)
	b := h.open(1024, 768)
	b.enter()
	b.at("/section/" + string(h.key("When are you open?")))
	b.write("body", "Monday to Friday, 8 to 6.")
	b.press("Save and publish")
	b.says("It is live.")
	if got := h.file("visits.md"); !strings.Contains(got, "8 to 6") {
		t.Errorf("the file is\n%s", got)
	}
}
