package bot

import "container/list"

// A recent holds a value for each of the keys that were put last; whichever was put longest ago gives way when there are
// too many. It is not safe for concurrent use.
type recent[K comparable, V any] struct {
	most  int
	order *list.List // of *entry[K, V], the latest in front
	at    map[K]*list.Element
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](most int) recent[K, V] {
	return recent[K, V]{most: most, order: list.New(), at: map[K]*list.Element{}}
}

// get returns what was put for a key; the zero value for nothing.
func (r *recent[K, V]) get(key K) V {
	if e, ok := r.at[key]; ok {
		return e.Value.(*entry[K, V]).value
	}
	var nothing V
	return nothing
}

func (r *recent[K, V]) put(key K, value V) {
	if e, ok := r.at[key]; ok {
		e.Value.(*entry[K, V]).value = value
		r.order.MoveToFront(e)
		return
	}
	r.at[key] = r.order.PushFront(&entry[K, V]{key, value})
	if r.order.Len() > r.most {
		oldest := r.order.Remove(r.order.Back()).(*entry[K, V])
		delete(r.at, oldest.key)
	}
}

func (r *recent[K, V]) drop(key K) {
	if e, ok := r.at[key]; ok {
		r.order.Remove(e)
		delete(r.at, key)
	}
}
