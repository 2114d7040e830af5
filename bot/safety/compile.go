package safety

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// A compiler turns sources into a program.
type compiler struct {
	*resolver
	p *program
}

// compile returns the program of all rules that are sound; the error says what is wrong with the others.
func compile(sources []source) (p *program, err error) {
	defer func() {
		if defect := recover(); defect != nil { // no file may stop the desk
			p, err = nil, fmt.Errorf("compiling rules: %v", defect)
		}
	}()
	r := newResolver(sources)
	p = &program{words: r.words, sets: r.sets, states: make([]state, 0, 24<<10), links: make([]int32, 0, 64<<10)}
	c := &compiler{resolver: r, p: p}
	named := map[string]bool{}
	rules := int32(0)
	for _, s := range sources {
		for _, r := range s.Rules {
			if named[s.Lang.text+" "+r.Name.text] {
				c.errs = append(c.errs, r.fault(r.Name.at, "there is a rule of that name already; give it another name"))
			}
			named[s.Lang.text+" "+r.Name.text] = true
			f := Finding{Kind: Kind(r.Kind.text), Rule: r.Name.text, Lang: s.Lang.text}
			c.add(s.Lang.text, r.When, pattern{finding: f, rule: rules}, r.fault)
			c.add(s.Lang.text, r.Maybe, pattern{finding: f, rule: rules, unsure: true}, r.fault)
			c.add(s.Lang.text, r.Unless, pattern{rule: rules, takes: true}, r.fault)
			rules++
		}
		for _, e := range s.Exceptions {
			c.add(s.Lang.text, e.When, pattern{rule: -1, takes: true, of: e.kinds()}, e.fault)
		}
	}
	for _, s := range sources {
		for _, name := range slices.Sorted(maps.Keys(s.Classes)) {
			c.class(s.Lang.text, name) // for the faults of those that no pattern names
		}
	}
	p.finish()
	return p, errors.Join(c.errs...)
}

// add compiles patterns that mean p. A pattern at fault is left out.
func (c *compiler) add(lang string, lines []line, p pattern, fault faulter) {
	for _, l := range lines {
		n, err := c.parse(lang, l.text)
		if err == nil {
			err = soundStart(n)
		}
		if err != nil {
			c.errs = append(c.errs, fault(l.at, "pattern %q: %w", l.text, err))
			continue
		}
		c.p.longest = max(c.p.longest, length(n))
		c.p.patterns = append(c.p.patterns, p)
		start := c.build(n, target{done: c.one(len(c.p.patterns) - 1)})
		c.p.starts = append(c.p.starts, c.p.list(start.next)...)
	}
}

// A target is where a part of a pattern leads: states to wait in, patterns complete. Both lists are in order.
type target struct{ next, done links }

// build adds the states of n in front of t, from the back to the front, and returns where n starts.
func (c *compiler) build(n node, t target) target {
	switch n.op {
	case opSeq:
		for _, kid := range slices.Backward(n.kids) {
			t = c.build(kid, t)
		}
		return t
	case opAlt:
		var starts target
		for _, kid := range n.kids {
			starts = c.either(starts, c.build(kid, t))
		}
		return starts
	case opMaybe:
		return c.either(c.build(n.kids[0], t), t)
	case opGap:
		end := t
		for range n.max {
			t = c.either(c.state(setAny, t), end)
		}
		return t
	default:
		return c.state(n.set, t)
	}
}

// either leads where a or b does.
func (c *compiler) either(a, b target) target {
	return target{c.union(a.next, b.next), c.union(a.done, b.done)}
}

// state adds one and returns the way to it.
func (c *compiler) state(accepts set, t target) target {
	c.p.states = append(c.p.states, state{accepts: accepts, next: t.next, done: t.done})
	return target{next: c.one(len(c.p.states) - 1)}
}

// one returns a list of one number.
func (c *compiler) one(number int) links {
	c.p.links = append(c.p.links, int32(number))
	return links{int32(len(c.p.links) - 1), int32(len(c.p.links))}
}

// union returns what is in one of two lists, or in both.
func (c *compiler) union(a, b links) links {
	switch {
	case a.from == a.to:
		return b
	case b.from == b.to:
		return a
	}
	from := len(c.p.links)
	c.p.links = append(append(c.p.links, c.p.list(a)...), c.p.list(b)...)
	both := c.p.links[from:]
	slices.Sort(both)
	c.p.links = c.p.links[:from+len(slices.Compact(both))]
	return links{int32(from), int32(len(c.p.links))}
}
