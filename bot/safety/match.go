package safety

import (
	"errors"
	"slices"
)

// length is the number of words in the longest match of n.
func length(n node) int {
	switch n.op {
	case opSeq:
		sum := 0
		for _, kid := range n.kids {
			sum += length(kid)
		}
		return sum
	case opAlt, opMaybe:
		most := 0
		for _, kid := range n.kids {
			most = max(most, length(kid))
		}
		return most
	case opGap:
		return n.max
	}
	return 1
}

// soundStart says what is wrong with a pattern that could match nothing, or that starts anywhere.
func soundStart(n node) error {
	switch first, empty := starting(n); {
	case empty:
		return errors.New("it matches no words at all; something in it must not be optional")
	case first:
		return errors.New("it starts with a gap; start with a word")
	}
	return nil
}

// starting reports whether n may start with a gap, and whether it may be empty.
func starting(n node) (gap, empty bool) {
	switch n.op {
	case opGap:
		return true, true
	case opMaybe:
		gap, _ = starting(n.kids[0])
		return gap, true
	case opAlt:
		for _, kid := range n.kids {
			g, e := starting(kid)
			gap, empty = gap || g, empty || e
		}
		return gap, empty
	case opSeq:
		for _, kid := range n.kids {
			g, e := starting(kid)
			if gap = gap || g; !e {
				return gap, false
			}
		}
		return gap, true
	}
	return false, false
}

// A hit is a match of a pattern on the words from, up to but without to.
type hit struct{ pattern, from, to int32 }

// A thread is a match under way: state accepts the word at hand, and it began at the word from.
type thread struct{ state, from int32 }

// A crowd is the set of threads at one word. Of two threads in one state the one that began later stays: the
// shortest match tells best which words an exception would have to explain.
type crowd struct {
	list []thread
	at   []int32 // by state: its place in list, right only if list agrees
}

func (c *crowd) add(t thread) {
	if i := c.at[t.state]; int(i) < len(c.list) && c.list[i].state == t.state {
		c.list[i].from = max(c.list[i].from, t.from)
		return
	}
	c.at[t.state] = int32(len(c.list))
	c.list = append(c.list, t)
}

// run returns what the rules find in the words of a message.
func (p *program) run(words []int32) []Finding {
	found, excused := p.hits(words)
	var out []Finding
	for _, h := range found {
		if !p.isExcused(h, excused) && !slices.Contains(out, p.patterns[h.pattern].finding) {
			out = append(out, p.patterns[h.pattern].finding)
		}
	}
	return out
}

// hits returns all matches of rules and of exceptions, each by the place where they end. The work for each word is
// bounded by the number of states, so the whole is linear in the words.
func (p *program) hits(words []int32) (found, excused []hit) {
	pair, _ := p.crowds.Get().(*[2]crowd)
	if pair == nil {
		pair = &[2]crowd{{at: make([]int32, len(p.states))}, {at: make([]int32, len(p.states))}}
	}
	defer p.crowds.Put(pair)
	now, next := &pair[0], &pair[1]
	now.list = now.list[:0]
	for i, w := range words {
		next.list = next.list[:0]
		following := wordFiller // which no state waits for
		if i+1 < len(words) {
			following = words[i+1]
		}
		step := func(t thread) {
			s := &p.states[t.state]
			for _, to := range s.next {
				if p.states[to].set.has(following) {
					next.add(thread{to, t.from})
				}
			}
			for _, id := range s.done {
				h := hit{id, t.from, int32(i + 1)}
				if p.patterns[id].takes {
					excused = append(excused, h)
				} else {
					found = append(found, h)
				}
			}
		}
		for _, t := range now.list {
			step(t)
		}
		for _, s := range p.begin[w] {
			step(thread{s, int32(i)})
		}
		now, next = next, now
	}
	return found, excused
}

// isExcused reports whether an exception overlaps h. Only those that end close to it can, since no match is longer
// than p.longest.
func (p *program) isExcused(h hit, excused []hit) bool {
	i, _ := slices.BinarySearchFunc(excused, h.from+1, func(e hit, to int32) int { return int(e.to - to) })
	for ; i < len(excused) && int(excused[i].to) <= int(h.to)+p.longest; i++ {
		if e := excused[i]; e.from < h.to && p.patterns[e.pattern].excuses(p.patterns[h.pattern]) {
			return true
		}
	}
	return false
}
