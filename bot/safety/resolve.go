package safety

import (
	"fmt"
	"slices"
	"strings"
)

// A resolver knows what the words and the classes in patterns stand for.
type resolver struct {
	words   *lexicon
	sets    *sets
	classes map[className]*class
	errs    []error // what is wrong with classes
	pending []node  // items of the sequences being parsed, the innermost last
}

type className struct{ lang, name string }

// A class is a named alternative. It is parsed once, when a pattern first names it.
type class struct {
	lines []line
	begun bool
	done  bool
	node  node
}

// newResolver returns one that knows the words and classes of sources.
func newResolver(sources []source) *resolver {
	r := &resolver{words: newLexicon(sources), sets: newSets(), classes: map[className]*class{}}
	for _, s := range sources {
		for name, lines := range s.Classes {
			key := className{s.Lang.text, name}
			if r.classes[key] == nil {
				r.classes[key] = &class{}
			}
			r.classes[key].lines = append(r.classes[key].lines, lines...)
		}
	}
	return r
}

// class returns what a class stands for. What is wrong within it goes to r.errs.
func (r *resolver) class(lang, name string) (node, error) {
	switch name {
	case "digits":
		return node{set: setDigits}, nil
	case "digits2":
		return node{set: setDigits2}, nil
	}
	c, known := r.classes[className{lang, name}]
	switch {
	case !known:
		return node{}, fmt.Errorf("there is no class <%s> for %q; add it under classes", name, lang)
	case c.begun && !c.done:
		return node{}, fmt.Errorf("class <%s> contains itself", name)
	case c.done:
		return c.node, nil
	}
	c.begun = true
	var alts alternatives
	for _, l := range c.lines {
		n, err := r.parse(lang, l.text)
		if err != nil {
			r.errs = append(r.errs, faultAt(l.at, "class %q: %w", name, err))
			continue
		}
		alts.add(n)
	}
	c.node, c.done = alts.node(r.sets), true
	return c.node, nil
}

// literal returns the words that text stands for. It is folded as messages are (self-harm becomes two words, can't
// becomes cant), and another spelling gives way to the right one.
func (r *resolver) literal(text string) (node, error) {
	if id, known := r.words.ids[text]; known && id != wordFiller && r.words.spelt[text] == nil {
		return node{set: set(id)}, nil // most of the time
	}
	tokens := []token{{text: text}}
	if !plainWord(text) {
		tokens = split(fold(text))
	}
	var room [4]node
	seq := room[:0]
	for _, w := range tokens {
		if w.end {
			continue
		}
		if right := r.words.spelt[w.text]; right != nil {
			for _, w := range right {
				seq = append(seq, node{set: set(r.words.learn(w))})
			}
			continue
		}
		id := r.words.learn(w.text)
		if id == wordFiller {
			return node{}, fmt.Errorf("%q is a filler, which is dropped from messages; leave it out", w.text)
		}
		seq = append(seq, node{set: set(id)})
	}
	if len(seq) == 0 {
		return node{}, fmt.Errorf("%q holds no letter", text)
	}
	return sequence(seq), nil
}

func plainWord(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' })
}

// alternatives are collected by kind: single words become one set.
type alternatives struct {
	words  []set
	others []node
}

func (a *alternatives) add(n node) {
	switch n.op {
	case opSet:
		a.words = append(a.words, n.set)
	case opAlt:
		for _, kid := range n.kids {
			a.add(kid)
		}
	default:
		a.others = append(a.others, n)
	}
}

// node returns one node for all.
func (a *alternatives) node(ss *sets) node {
	kids := a.others
	if len(kids) > 1 {
		kids = factor(kids, ss)
	}
	if len(a.words) > 0 {
		kids = append(kids, node{set: ss.union(a.words)})
	}
	if len(kids) == 1 {
		return kids[0]
	}
	return node{op: opAlt, kids: kids}
}

// factor joins the sequences that begin with the same word, since the automaton has a state for each:
// be here|be alive becomes be (here|alive).
func factor(kids []node, ss *sets) []node {
	out := make([]node, 0, len(kids)+1)
	place := make(map[set]int, len(kids)) // in out, by first word
	rests := map[int]*alternatives{}      // by place, where there are several
	for _, kid := range kids {
		if kid.op != opSeq || kid.kids[0].op != opSet {
			out = append(out, kid)
			continue
		}
		first := kid.kids[0].set
		i, seen := place[first]
		if !seen {
			place[first] = len(out)
			out = append(out, kid)
			continue
		}
		if rests[i] == nil {
			rests[i] = &alternatives{}
			rests[i].add(sequence(out[i].kids[1:]))
		}
		rests[i].add(sequence(kid.kids[1:]))
	}
	for i, several := range rests {
		out[i] = sequence(slices.Concat(out[i].kids[:1], []node{several.node(ss)}))
	}
	return out
}
