package bot

import (
	"sync"
	"time"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// Bounds of what the desk remembers.
const (
	memoryPlaces = 10_000             // people in rooms; whoever has been silent longest is forgotten first
	memoryTime   = 15 * time.Minute   // after which a message is taken on its own
	absence      = 7 * 24 * time.Hour // after which somebody is greeted with the disclaimer again
)

// A place is a person in a room: two people in one room do not share a conversation.
type place struct {
	room RoomID
	from PersonID
}

// A past is what the desk remembers of the last exchange in a place. It holds keys, never words. Its slices are never
// changed once remembered.
type past struct {
	at      time.Time     // of the last message; zero for a stranger
	lang    string        // of the last reply
	version string        // of the knowledge base that shown and offers are about
	shown   view          // the section last shown
	topic   knowledge.Key // the section that questions go on from: one found without help of the memory, if only offered
	offers  []offer       // the buttons of the last reply
	unsure  bool          // the last reply asked which of the offers was meant
	left    []offer       // what one was picked from last, for who wants another of them
}

// A view is a section and the part of it that was shown, all of it when the part is empty.
type view struct {
	key  knowledge.Key
	part index.Span
}

// An offer is a button, with the part of its section that answered the question it was offered for.
type offer struct {
	press Press
	part  index.Span
}

// A memory holds the last exchange of each place, within bounds. It is safe for concurrent use.
type memory struct {
	mu sync.Mutex
	recent[place, past]
}

func newMemory(places int) *memory { return &memory{recent: newRecent[place, past](places)} }

// recall returns what was remembered: nothing of the exchange when that is too long ago, nothing at all for a stranger
// or somebody who has been absent.
func (m *memory) recall(p place, now time.Time) past {
	m.mu.Lock()
	defer m.mu.Unlock()
	remembered := m.get(p)
	switch silent := now.Sub(remembered.at); {
	case silent >= absence:
		return past{}
	case silent >= memoryTime:
		return past{at: remembered.at}
	}
	return remembered
}

// remember puts what happened last in the place of what happened before.
func (m *memory) remember(p place, what past) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(p, what)
}

// forget drops a place.
func (m *memory) forget(p place) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(p)
}
