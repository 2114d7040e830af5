package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
)

func TestTooManyQuestions(t *testing.T) {
	s := newSite(t, Config{})
	status, asked := http.StatusOK, 0
	for ; status == http.StatusOK; asked++ {
		status, _ = s.post("/v1/ask", map[string]string{"question": "hello"})
	}
	if want := atOnce/costQuestion + 1; status != http.StatusTooManyRequests || asked != want {
		t.Fatalf("question %d = %d, want 429 to question %d", asked, status, want)
	}
	if _, body := s.do(http.MethodPost, "/v1/ask", `{"question":"hello"}`, "Content-Type", "application/json"); !strings.Contains(body, `"handoff":{`) || !strings.Contains(body, office.URL) {
		t.Errorf("over the limit, the API says %s, want the way to a human", body)
	}
	for range 3 {
		if status, a := s.post("/v1/ask", map[string]string{"question": "i want to kill myself"}); status != http.StatusOK || a.Outcome != bot.Crisis {
			t.Fatalf("over the limit, a cry for help = %d %s, want 200 %s", status, a.Outcome, bot.Crisis)
		}
	}
	resp, body := s.submit(url.Values{"question": {"hello"}})
	if resp.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, office.URL) || resp.Header.Get("Retry-After") == "" {
		t.Errorf("over the limit, the page = %d %s, want 429 with the way to a human", resp.StatusCode, body)
	}
	if resp, body := s.submit(url.Values{"question": {"i want to kill myself"}}); resp.StatusCode != http.StatusOK || !strings.Contains(body, "tel:988") {
		t.Errorf("over the limit, a cry for help on the page = %d %s", resp.StatusCode, body)
	}
}

func TestLimits(t *testing.T) {
	now := time.Now()
	l := newLimits(2, func() time.Time { return now })
	a, b, c := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2"), netip.MustParseAddr("192.0.2.3")
	use := func(address netip.Addr) (n int) {
		for l.allow(address, costQuestion) {
			n++
		}
		return n
	}
	if got := use(a); got != atOnce/costQuestion {
		t.Errorf("%d questions at once, want %d", got, atOnce/costQuestion)
	}
	if got := use(b); got != atOnce/costQuestion {
		t.Errorf("another address has %d, want %d: it has its own", got, atOnce/costQuestion)
	}
	now = now.Add(time.Second)
	if got := use(a); got != perSecond/costQuestion {
		t.Errorf("a second later %d, want %d", got, perSecond/costQuestion)
	}
	l.allow(c, costQuestion)
	if len(l.at) != 2 || l.order.Len() != 2 {
		t.Errorf("%d addresses are remembered, want 2", len(l.at))
	}
	if got := use(a); got != 0 {
		t.Errorf("the address seen last but one is forgotten")
	}
}

func TestAddressOf(t *testing.T) {
	proxies := append([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, loopback...)
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:4000", "", "192.0.2.1"},
		{"192.0.2.1:4000", "203.0.113.9", "192.0.2.1"}, // nobody believes a stranger
		{"127.0.0.1:4000", "", "127.0.0.1"},
		{"127.0.0.1:4000", "203.0.113.9", "203.0.113.9"},
		{"127.0.0.1:4000", "198.51.100.7, 203.0.113.9", "203.0.113.9"}, // what the person wrote in comes first
		{"10.1.2.3:4000", "203.0.113.9, 10.9.9.9", "203.0.113.9"},
		{"127.0.0.1:4000", "nonsense", "127.0.0.1"},
		{"[::1]:4000", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
		{"[2001:db8::1]:4000", "", "2001:db8::"},
		{"[::ffff:192.0.2.1]:4000", "", "192.0.2.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := addressOf(r, proxies).String(); got != c.want {
			t.Errorf("addressOf(%s for %q) = %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func FuzzAddressOf(f *testing.F) {
	f.Add("192.0.2.1:1", "203.0.113.9")
	f.Add("[::1%eth0]:1", "fe80::1%eth0, ::ffff:10.0.0.1,,")
	f.Add("nowhere", ",")
	f.Fuzz(func(t *testing.T, remote, forwarded string) {
		r := &http.Request{RemoteAddr: remote, Header: http.Header{"X-Forwarded-For": {forwarded}}}
		got := addressOf(r, loopback)
		if got.Zone() != "" || got.Is4In6() {
			t.Errorf("addressOf(%q for %q) = %s, want one form for one address", remote, forwarded, got)
		}
		if b := got.As16(); got.Is6() && [8]byte(b[8:]) != [8]byte{} {
			t.Errorf("addressOf(%q for %q) = %s, want its network", remote, forwarded, got)
		}
	})
}
