package teach

import (
	"slices"
	"sync"
)

// A shelf keeps the last things that were put on it, by a key. It is safe for concurrent use.
type shelf[T any] struct {
	most int

	mu    sync.Mutex
	known map[string]T
	order []string // of the keys, the oldest first
}

func newShelf[T any](most int) *shelf[T] { return &shelf[T]{most: most, known: map[string]T{}} }

// put keeps v; the oldest gives way where there are too many.
func (s *shelf[T]) put(key string, v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[key]; !ok {
		if len(s.order) == s.most {
			delete(s.known, s.order[0])
			s.order = s.order[1:]
		}
		s.order = append(s.order, key)
	}
	s.known[key] = v
}

// get returns what was put under a key, unless it has given way.
func (s *shelf[T]) get(key string) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.known[key]
	return v, ok
}

// take is get, and takes it off the shelf.
func (s *shelf[T]) take(key string) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.known[key]
	delete(s.known, key)
	s.order = slices.DeleteFunc(s.order, func(k string) bool { return k == key })
	return v, ok
}

// drop takes things off the shelf.
func (s *shelf[T]) drop(gone func(T) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rest []string
	for _, key := range s.order {
		if gone(s.known[key]) {
			delete(s.known, key)
			continue
		}
		rest = append(rest, key)
	}
	s.order = rest
}
