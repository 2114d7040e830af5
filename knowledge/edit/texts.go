package edit

import "sync"

// maxTexts bounds how many texts are kept for merging.
const maxTexts = 512

// A texts keeps what people had before them when they began to write, so that it can be told what they changed.
type texts struct {
	mu    sync.Mutex
	known map[string]Text
	order []string
}

func newTexts() *texts { return &texts{known: map[string]Text{}} }

func (t *texts) keep(text Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.known[text.Revision]; ok {
		return
	}
	if len(t.order) == maxTexts {
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
	t.known[text.Revision] = text
	t.order = append(t.order, text.Revision)
}

func (t *texts) get(revision string) (Text, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, ok := t.known[revision]
	return text, ok
}
