package safety

import (
	"fmt"
	"strconv"
	"strings"
)

// A pattern is a small regular expression over words instead of letters:
//
//	want          the word, in any spelling that repair brings back to it
//	<name>        one of the class's alternatives
//	(a|b c|d)     one of these
//	x?            x or nothing; x is a word, a class or a group
//	..3           up to three words, whatever they are, within the sentence
//	.             where a sentence, or the message, starts or ends
//	<digits>      a number written in digits; <digits2> one of 10 or more
//
// It has no repetition without bound, so a match is never longer than the pattern is.

// A node is a pattern as parsed. Words have become sets of words, and classes what they stand for.
type node struct {
	op   op
	max  int8   // of opGap
	set  set    // of opSet
	kids []node // of opSeq and opAlt (two or more), and of opMaybe (one)
}

type op byte

const (
	opSet op = iota // one word out of a set
	opSeq
	opAlt
	opMaybe
	opGap
)

// maxGap keeps matches readable: what is further apart belongs to another thought.
const maxGap = 8

// maxDepth bounds groups within groups.
const maxDepth = 20

// parse reads a pattern; lang is the language whose classes it names.
func (r *resolver) parse(lang, text string) (node, error) {
	p := parser{resolver: r, lang: lang, text: text}
	p.advance()
	n, err := p.alternatives(0)
	if err != nil {
		return node{}, err
	}
	if p.token != "" {
		return node{}, fmt.Errorf("%q closes nothing", p.token)
	}
	return n, nil
}

// A parser reads a pattern piece by piece.
type parser struct {
	*resolver
	lang  string
	text  string
	token string // the word, class, gap or sign at hand; empty at the end
	next  int    // where the text goes on behind it
}

// advance goes to the next token.
func (p *parser) advance() {
	from := p.next
	for from < len(p.text) && p.text[from] <= ' ' {
		from++
	}
	to := from
	for to < len(p.text) && p.text[to] > ' ' && !isSign(p.text[to]) {
		to++
	}
	if to == from && to < len(p.text) {
		to++ // a sign
	}
	p.token, p.next = p.text[from:to], to
}

func isSign(b byte) bool { return b == '(' || b == ')' || b == '|' || b == '?' }

// alternatives reads sequences with bars between them, up to a closing parenthesis or the end.
func (p *parser) alternatives(depth int) (node, error) {
	if depth > maxDepth {
		return node{}, fmt.Errorf("groups are nested deeper than %d", maxDepth)
	}
	n, err := p.sequence(depth)
	if err != nil || p.token != "|" {
		return n, err
	}
	alts := alternatives{words: make([]set, 0, 16)} // enough for most
	alts.add(n)
	for p.token == "|" {
		p.advance()
		n, err := p.sequence(depth)
		if err != nil {
			return node{}, err
		}
		alts.add(n)
	}
	return alts.node(p.sets), nil
}

// sequence reads items one after the other; none at all is an error, since x? says "or nothing".
func (p *parser) sequence(depth int) (node, error) {
	began := len(p.pending)
	for p.token != "" && p.token != "|" && p.token != ")" {
		item, err := p.item(depth)
		if err != nil {
			return node{}, err
		}
		for p.token == "?" {
			p.advance()
			item = node{op: opMaybe, kids: []node{item}}
		}
		p.pending = append(p.pending, item)
	}
	seq := p.pending[began:]
	p.pending = p.pending[:began]
	if len(seq) == 0 {
		return node{}, fmt.Errorf("an empty alternative; write (a|b)? for one that may be absent")
	}
	return sequence(seq), nil
}

// sequence makes one node of a copy of items, one after the other, with no sequence within.
func sequence(items []node) node {
	if len(items) == 1 {
		return items[0]
	}
	flat := make([]node, 0, len(items))
	for _, n := range items {
		if n.op == opSeq {
			flat = append(flat, n.kids...)
		} else {
			flat = append(flat, n)
		}
	}
	return node{op: opSeq, kids: flat}
}

// item reads a word, class, gap, end or group.
func (p *parser) item(depth int) (node, error) {
	text := p.token
	p.advance()
	switch {
	case text == "(":
		n, err := p.alternatives(depth + 1)
		if err != nil {
			return node{}, err
		}
		if p.token != ")" {
			return node{}, fmt.Errorf("a ( is never closed")
		}
		p.advance()
		return n, nil
	case text == "?":
		return node{}, fmt.Errorf("? follows nothing")
	case text == ".":
		return node{set: set(wordEnd)}, nil
	case strings.HasPrefix(text, ".."):
		n, err := strconv.Atoi(text[2:])
		if err != nil || n < 1 || n > maxGap {
			return node{}, fmt.Errorf("gap %q: want ..1 to ..%d", text, maxGap)
		}
		return node{op: opGap, max: int8(n)}, nil
	case strings.HasPrefix(text, "<"):
		if !strings.HasSuffix(text, ">") || len(text) < 3 {
			return node{}, fmt.Errorf("class %q: want <name>", text)
		}
		return p.class(p.lang, text[1:len(text)-1])
	}
	return p.literal(text)
}
