package web

import (
	"container/list"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What one address may use. Suggestions, of which typing asks for several a second, cost one; questions four: two a
// second, thirty at once, which is enough for an office behind one address and little for a program.
const (
	perSecond           = 8
	atOnce              = 120
	rememberedAddresses = 10_000
	costQuestion        = 4
	costSuggestion      = 1
	retryAfter          = "2" // seconds that somebody over the limit is asked to wait
)

// limits hold how much each address has used, of the addresses seen last. They are safe for concurrent use.
type limits struct {
	size int
	now  func() time.Time

	mu    sync.Mutex
	order *list.List // of *usage, the latest in front
	at    map[netip.Addr]*list.Element
}

type usage struct {
	address netip.Addr
	limiter *rate.Limiter
}

func newLimits(size int, now func() time.Time) *limits {
	return &limits{size: size, now: now, order: list.New(), at: map[netip.Addr]*list.Element{}}
}

// allow takes the cost of a request; false when the address has used up what it may.
func (l *limits) allow(address netip.Addr, cost int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.at[address]
	if !ok {
		e = l.order.PushFront(&usage{address, rate.NewLimiter(perSecond, atOnce)})
		l.at[address] = e
		if l.order.Len() > l.size {
			oldest := l.order.Remove(l.order.Back()).(*usage)
			delete(l.at, oldest.address)
		}
	}
	l.order.MoveToFront(e)
	return e.Value.(*usage).limiter.AllowN(l.now(), cost)
}

// addressOf returns the address that a request is counted under: the one that connects, or what the proxies in front
// say about who connected to them. Whoever has an IPv6 address has 2^64 of them, which count as one.
func addressOf(r *http.Request, proxies []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := peer.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		trusted := slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(address) })
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if !trusted || err != nil {
			break
		}
		address = before.Unmap().WithZone("")
	}
	if address.Is6() {
		network, _ := address.Prefix(64) // an IPv6 address has 64 bits to mask
		return network.Addr()
	}
	return address
}

// allowed reports whether a request may be answered. Words of danger always are.
func (s *server) allowed(r *http.Request, cost int, text string) bool {
	return s.limits.allow(addressOf(r, s.config.Proxies), cost) || text != "" && s.desk.Danger(text)
}
