package safety

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	mathbits "math/bits"
	"slices"
	"strings"
	"sync"
)

// A program is all rules as one nondeterministic automaton that reads a word at a time.
type program struct {
	words    *lexicon
	states   []state
	begin    [][]int32 // by word: the states that a pattern starts with and that accept the word
	patterns []pattern // what the states' done numbers mean
	longest  int       // words in the longest match possible
	crowds   sync.Pool // of *[2]crowd, since a crowd is larger than most messages
}

// A state waits for a word of its set.
type state struct {
	set  bits    // the words that it accepts; nil for any but a sentence's end
	next []int32 // states to wait in afterwards
	done []int32 // patterns that are complete afterwards
}

// A pattern belongs to a rule, and either makes a finding or takes findings back.
type pattern struct {
	finding Finding // the rule's; zero for an exception
	rule    int32   // which rule it makes or takes back; all when negative
	takes   bool    // it takes back
	of      []Kind  // when rule is negative: of which kinds; empty for all
}

// excuses reports whether p, an exception, takes back what q found.
func (p pattern) excuses(q pattern) bool {
	if p.rule >= 0 {
		return p.rule == q.rule
	}
	return len(p.of) == 0 || slices.Contains(p.of, q.finding.Kind)
}

// A bits is a set of word numbers.
type bits []uint64

func (b bits) has(w int32) bool { return int(w)>>6 < len(b) && b[w>>6]&(1<<(w&63)) != 0 }

func (b *bits) add(w int32) {
	if n := int(w)>>6 + 1; len(*b) < n {
		*b = append(*b, make(bits, n-len(*b))...)
	}
	(*b)[w>>6] |= 1 << (w & 63)
}

// all yields the numbers in b.
func (b bits) all(yield func(int32) bool) {
	for i, part := range b {
		for ; part != 0; part &= part - 1 {
			if !yield(int32(i*64 + mathbits.TrailingZeros64(part))) {
				return
			}
		}
	}
}

// A compiler turns sources into a program.
type compiler struct {
	p       *program
	sets    map[string]bits            // sets seen, so that equal ones are shared
	classes map[string]map[string]node // by language, by name
	errs    []error
}

// compile returns the program of all rules that are sound; the error says what is wrong with the others.
func compile(sources []source) (p *program, err error) {
	defer func() {
		if defect := recover(); defect != nil { // no file may stop the desk
			p, err = nil, fmt.Errorf("compiling rules: %v", defect)
		}
	}()
	c := &compiler{
		p:       &program{words: newLexicon(sources)},
		sets:    map[string]bits{},
		classes: map[string]map[string]node{},
	}
	for _, s := range sources {
		c.readClasses(s)
	}
	named := map[string]bool{}
	var rules int32
	var starts []int32
	for _, s := range sources {
		for _, r := range s.Rules {
			if named[s.Lang+" "+r.Name.text] {
				c.errs = append(c.errs, r.fault("there is a rule of that name already"))
			}
			named[s.Lang+" "+r.Name.text] = true
			f := Finding{Kind: r.Kind, Rule: r.Name.text, Lang: s.Lang}
			starts = append(starts, c.add(s.Lang, r.When, pattern{finding: f, rule: rules}, r.fault)...)
			starts = append(starts, c.add(s.Lang, r.Unless, pattern{rule: rules, takes: true}, r.fault)...)
			rules++
		}
		for _, e := range s.Exceptions {
			starts = append(starts, c.add(s.Lang, e.When, pattern{rule: -1, takes: true, of: e.Of}, e.fault)...)
		}
	}
	c.p.finish(starts)
	return c.p, errors.Join(c.errs...)
}

// readClasses parses a source's classes. A class that the language already has gains the alternatives.
func (c *compiler) readClasses(s source) {
	if c.classes[s.Lang] == nil {
		c.classes[s.Lang] = map[string]node{}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Classes)) {
		all := node{op: opAlt, kids: c.classes[s.Lang][name].kids}
		for _, l := range s.Classes[name] {
			n, err := parsePattern(l.text)
			if err != nil {
				c.errs = append(c.errs, fmt.Errorf("line %d: class %q: %w", l.at, name, err))
				continue
			}
			all.kids = append(slices.Clip(all.kids), n)
		}
		c.classes[s.Lang][name] = all
	}
}

// add compiles patterns that mean p and returns the states that they start with. A pattern at fault is left out.
func (c *compiler) add(code string, lines []line, p pattern, fault func(string, ...any) error) []int32 {
	var starts []int32
	for _, l := range lines {
		n, err := parsePattern(l.text)
		if err == nil {
			n, err = c.expand(code, n, 0)
		}
		if err == nil {
			err = soundStart(n)
		}
		if err != nil {
			c.errs = append(c.errs, fault("line %d: pattern %q: %w", l.at, l.text, err))
			continue
		}
		c.p.longest = max(c.p.longest, length(n))
		id := int32(len(c.p.patterns))
		c.p.patterns = append(c.p.patterns, p)
		starts = append(starts, c.build(n, target{done: []int32{id}}).next...)
	}
	return starts
}

// expand replaces classes by what they stand for.
func (c *compiler) expand(code string, n node, depth int) (node, error) {
	if n.op == opWord && c.p.words.fillers[n.word] {
		return n, fmt.Errorf("%q is a filler, which is dropped from messages; leave it out", n.word)
	}
	if right, known := c.p.words.spelt[n.word]; known && n.op == opWord {
		seq := node{op: opSeq}
		for _, w := range right {
			seq.kids = append(seq.kids, node{op: opWord, word: w})
		}
		return seq, nil
	}
	if n.op == opClass {
		if n.word == "digits" || n.word == "digits2" {
			return n, nil
		}
		class, known := c.classes[code][n.word]
		if !known {
			return n, fmt.Errorf("there is no class <%s> for %q", n.word, code)
		}
		if depth > maxDepth {
			return n, fmt.Errorf("class <%s> contains itself, or classes are nested deeper than %d", n.word, maxDepth)
		}
		return c.expand(code, class, depth+1)
	}
	var kids []node
	for _, kid := range n.kids {
		kid, err := c.expand(code, kid, depth)
		if err != nil {
			return n, err
		}
		if n.op == opSeq && kid.op == opSeq {
			kids = append(kids, kid.kids...)
		} else {
			kids = append(kids, kid)
		}
	}
	n.kids = kids
	return n, nil
}

// A target is where a part of a pattern leads: states to wait in, patterns complete.
type target struct{ next, done []int32 }

func (t target) or(u target) target {
	return target{union(t.next, u.next), union(t.done, u.done)}
}

func union(a, b []int32) []int32 {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// build adds the states of n in front of t, from the back to the front, and returns where n starts.
func (c *compiler) build(n node, t target) target {
	switch n.op {
	case opSeq:
		for _, kid := range slices.Backward(n.kids) {
			t = c.build(kid, t)
		}
		return t
	case opAlt:
		return c.buildAlt(n.kids, t)
	case opMaybe:
		return c.build(n.kids[0], t).or(t)
	case opGap:
		end := t
		for range n.max {
			t = c.state(nil, t).or(end)
		}
		return t
	default:
		var set bits
		c.literal(n, &set)
		return c.state(set, t)
	}
}

// buildAlt puts the alternatives of one word into one state.
func (c *compiler) buildAlt(kids []node, t target) target {
	var single bits
	var starts target
	for _, kid := range factor(flatten(kids)) {
		switch kid.op {
		case opWord, opEnd, opClass:
			c.literal(kid, &single)
		default:
			starts = starts.or(c.build(kid, t))
		}
	}
	if len(single) > 0 {
		starts = starts.or(c.state(single, t))
	}
	return starts
}

// flatten opens alternatives within alternatives.
func flatten(kids []node) []node {
	var out []node
	for _, kid := range kids {
		for kid.op == opSeq && len(kid.kids) == 1 {
			kid = kid.kids[0]
		}
		if kid.op == opAlt {
			out = append(out, flatten(kid.kids)...)
		} else {
			out = append(out, kid)
		}
	}
	return out
}

// factor makes of alternatives that begin with the same word one, since the automaton has a state for each:
// be here|be alive becomes be (here|alive).
func factor(kids []node) []node {
	var out []node
	place := map[string]int{} // by first word
	for _, kid := range kids {
		if kid.op != opSeq || len(kid.kids) == 0 || kid.kids[0].op != opWord {
			out = append(out, kid)
			continue
		}
		rest := node{op: opSeq, kids: kid.kids[1:]}
		if i, seen := place[kid.kids[0].word]; seen {
			alt := &out[i].kids[1]
			alt.kids = append(alt.kids, rest)
			continue
		}
		place[kid.kids[0].word] = len(out)
		out = append(out, node{op: opSeq, kids: []node{kid.kids[0], {op: opAlt, kids: []node{rest}}}})
	}
	return out
}

// literal adds to set the words that a word, a sentence's end or a built-in class stands for.
func (c *compiler) literal(n node, set *bits) {
	switch {
	case n.op == opEnd:
		set.add(wordEnd)
	case n.op == opClass && n.word == "digits":
		set.add(wordSmall)
		set.add(wordLarge)
	case n.op == opClass:
		set.add(wordLarge)
	default:
		set.add(c.p.words.learn(n.word))
	}
}

// state adds one and returns the way to it.
func (c *compiler) state(set bits, t target) target {
	if set != nil {
		var b []byte
		for _, part := range set {
			b = binary.LittleEndian.AppendUint64(b, part)
		}
		key := string(b)
		if _, seen := c.sets[key]; !seen {
			c.sets[key] = set
		}
		set = c.sets[key]
	}
	c.p.states = append(c.p.states, state{set: set, next: t.next, done: t.done})
	return target{next: []int32{int32(len(c.p.states) - 1)}}
}

// finish indexes the states that patterns start with by word. A number that a pattern writes out still counts as a
// number elsewhere.
func (p *program) finish(starts []int32) {
	p.words.finish()
	var any bits
	for id := range p.words.names {
		if int32(id) != wordEnd {
			any.add(int32(id))
		}
	}
	for i := range p.states {
		if p.states[i].set == nil {
			p.states[i].set = any
		}
	}
	for id, w := range p.words.names {
		if w == "" || strings.Trim(w, "0123456789") != "" {
			continue
		}
		for i := range p.states {
			if set := &p.states[i].set; len(w) > 1 && set.has(wordLarge) || len(w) == 1 && set.has(wordSmall) {
				set.add(int32(id))
			}
		}
	}
	p.begin = make([][]int32, p.words.size())
	for _, s := range starts {
		for w := range p.states[s].set.all {
			p.begin[w] = append(p.begin[w], s)
		}
	}
}
