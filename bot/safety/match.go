package safety

import (
	"slices"
	"sync"
)

// A program is all rules as one nondeterministic automaton that reads a word at a time.
type program struct {
	words    *lexicon
	sets     *sets
	states   []state
	links    []int32   // the states' lists, one after the other
	starts   []int32   // the states that patterns start with
	begin    [][]int32 // of these, by word, those that accept the word
	patterns []pattern // what the states' done numbers mean
	longest  int       // words in the longest match possible
	crowds   sync.Pool // of *[2]crowd, since a crowd is larger than most messages
}

// A state waits for a word.
type state struct {
	accepts set
	next    links // states to wait in afterwards
	done    links // patterns that are complete afterwards
}

// links is a list of numbers: where it lies among the program's.
type links struct{ from, to int32 }

func (p *program) list(l links) []int32 { return p.links[l.from:l.to] }

// A pattern belongs to a rule, and either makes a finding or takes findings back.
type pattern struct {
	finding Finding // the rule's; zero for an exception
	rule    int32   // which rule it makes or takes back; all when negative
	takes   bool    // it takes back
	unsure  bool    // the score may overrule it
	of      []Kind  // when rule is negative: of which kinds; empty for all
}

// excuses reports whether p, an exception, takes back what q found.
func (p pattern) excuses(q pattern) bool {
	if p.rule >= 0 {
		return p.rule == q.rule
	}
	return len(p.of) == 0 || slices.Contains(p.of, q.finding.Kind)
}

// finish makes the tables for reading, after the last word was learnt.
func (p *program) finish() {
	p.words.finish()
	p.sets.finish(p.words.names)
	counts := make([]int, p.words.size())
	all := 0
	for _, s := range p.starts {
		p.sets.each(p.states[s].accepts, func(w int32) { counts[w]++; all++ })
	}
	room := make([]int32, all)
	p.begin = make([][]int32, p.words.size())
	for w, n := range counts {
		p.begin[w], room = room[:0:n], room[n:]
	}
	for _, s := range p.starts {
		p.sets.each(p.states[s].accepts, func(w int32) { p.begin[w] = append(p.begin[w], s) })
	}
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

// run returns what the rules find in the words of a message, what they find by patterns that the score may overrule, and
// what exceptions match.
func (p *program) run(words []int32) (sure, unsure []Finding, excused []hit) {
	found, excused := p.hits(words)
	for _, h := range found {
		q := &p.patterns[h.pattern]
		into := &sure
		if q.unsure {
			into = &unsure
		}
		if !p.isExcused(h, excused) && !slices.Contains(*into, q.finding) {
			*into = append(*into, q.finding)
		}
	}
	return sure, unsure, excused
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
			for _, to := range p.list(s.next) {
				if p.sets.has(p.states[to].accepts, following) {
					next.add(thread{to, t.from})
				}
			}
			for _, id := range p.list(s.done) {
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
