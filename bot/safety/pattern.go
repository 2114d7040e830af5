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

// A node is a parsed pattern.
type node struct {
	op   op
	word string // of opWord; the class's name of opClass
	max  int    // of opGap
	kids []node // of opSeq, opAlt and opMaybe (one)
}

type op byte

const (
	opSeq op = iota
	opAlt
	opMaybe
	opWord
	opClass
	opGap
	opEnd
)

// maxGap keeps matches readable: what is further apart belongs to another thought.
const maxGap = 8

// maxDepth bounds groups within groups.
const maxDepth = 20

// parsePattern reads a pattern.
func parsePattern(text string) (node, error) {
	p := parser{rest: lexPattern(text)}
	n, err := p.alternatives(0)
	if err != nil {
		return node{}, err
	}
	if len(p.rest) > 0 {
		return node{}, fmt.Errorf("%q closes nothing", p.rest[0])
	}
	return n, nil
}

// lexPattern splits a pattern into words, classes and signs.
func lexPattern(text string) []string {
	var out []string
	for _, field := range strings.Fields(text) {
		from := 0
		for i, r := range field {
			if strings.ContainsRune("()|?", r) {
				if from < i {
					out = append(out, field[from:i])
				}
				out = append(out, string(r))
				from = i + 1
			}
		}
		if from < len(field) {
			out = append(out, field[from:])
		}
	}
	return out
}

type parser struct{ rest []string }

func (p *parser) peek() string {
	if len(p.rest) == 0 {
		return ""
	}
	return p.rest[0]
}

// alternatives reads sequences with bars between them, up to a closing parenthesis or the end.
func (p *parser) alternatives(depth int) (node, error) {
	if depth > maxDepth {
		return node{}, fmt.Errorf("groups are nested deeper than %d", maxDepth)
	}
	var alts []node
	for {
		seq, err := p.sequence(depth)
		if err != nil {
			return node{}, err
		}
		alts = append(alts, seq)
		if p.peek() != "|" {
			break
		}
		p.rest = p.rest[1:]
	}
	if len(alts) == 1 {
		return alts[0], nil
	}
	return node{op: opAlt, kids: alts}, nil
}

// sequence reads items one after the other; none at all is an error, since x? says "or nothing".
func (p *parser) sequence(depth int) (node, error) {
	seq := node{op: opSeq}
	for len(p.rest) > 0 && p.peek() != "|" && p.peek() != ")" {
		item, err := p.item(depth)
		if err != nil {
			return node{}, err
		}
		for p.peek() == "?" {
			p.rest = p.rest[1:]
			item = node{op: opMaybe, kids: []node{item}}
		}
		seq.kids = append(seq.kids, item)
	}
	if len(seq.kids) == 0 {
		return node{}, fmt.Errorf("an empty alternative; write (a|b)? for one that may be absent")
	}
	if len(seq.kids) == 1 {
		return seq.kids[0], nil
	}
	return seq, nil
}

// item reads a word, class, gap, end or group.
func (p *parser) item(depth int) (node, error) {
	text := p.rest[0]
	p.rest = p.rest[1:]
	switch {
	case text == "(":
		n, err := p.alternatives(depth + 1)
		if err != nil {
			return node{}, err
		}
		if p.peek() != ")" {
			return node{}, fmt.Errorf("a ( is never closed")
		}
		p.rest = p.rest[1:]
		return n, nil
	case text == "?":
		return node{}, fmt.Errorf("? follows nothing")
	case text == ".":
		return node{op: opEnd}, nil
	case strings.HasPrefix(text, ".."):
		n, err := strconv.Atoi(text[2:])
		if err != nil || n < 1 || n > maxGap {
			return node{}, fmt.Errorf("gap %q: want ..1 to ..%d", text, maxGap)
		}
		return node{op: opGap, max: n}, nil
	case strings.HasPrefix(text, "<"):
		if !strings.HasSuffix(text, ">") || len(text) < 3 {
			return node{}, fmt.Errorf("class %q: want <name>", text)
		}
		return node{op: opClass, word: text[1 : len(text)-1]}, nil
	}
	return wordNode(text)
}

// wordNode is a literal, folded as messages are: self-harm becomes two words, can't becomes cant.
func wordNode(text string) (node, error) {
	if strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == "" {
		return node{op: opWord, word: text}, nil
	}
	var seq []node
	for _, w := range split(fold(text)) {
		if !w.end {
			seq = append(seq, node{op: opWord, word: w.text})
		}
	}
	switch len(seq) {
	case 0:
		return node{}, fmt.Errorf("%q holds no letter", text)
	case 1:
		return seq[0], nil
	}
	return node{op: opSeq, kids: seq}, nil
}
