package bot

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// A grammar recognises the small talk of one language. It is a finite automaton over words: one walk over a message
// finds every pattern that the message begins with.
//
// Its file, smalltalk.txt, has one pattern a line under the name of its intent:
//
//	# a comment
//	@human = human | person | someone (real | alive)
//
//	person:
//	(talk | speak) to a @human [please]
//
// ( | ) are alternatives, what stands in [ ] may be missing, @name stands for the list of that name, given above, and
// # for a whole number. Case, accents, apostrophes and punctuation do not count. "~ you: u ya" gives other spellings of a
// word, which stand for it in all patterns below.
type grammar struct {
	lang  string
	nodes []node // the first is where every pattern begins
	first map[string][]int
}

type node struct {
	edges   []edge // what may come next
	free    []int  // nodes reached without a word
	accepts intent // of the pattern that ends here; empty when none does
}

type edge struct {
	word string // "#" stands for any whole number
	to   int
}

// A match says that a message's first words are of an intent.
type match struct {
	words  int
	intent intent
}

// or returns the longer of two matches, the more telling where they are equally long.
func (m match) or(other match) match {
	if other.words > m.words || other.words == m.words && telling(m.intent, other.intent) == other.intent {
		return other
	}
	return m
}

// matches returns the patterns that words begin with, the shorter first.
func (g *grammar) matches(words []word) []match {
	var found []match
	var active []int
	for n, w := range words {
		var next []int
		if n == 0 {
			if next = g.first[w.text]; isNumber(w.text) {
				next = slices.Concat(next, g.first["#"])
			}
		} else {
			for _, at := range active {
				for _, e := range g.nodes[at].edges {
					if e.word == w.text || e.word == "#" && isNumber(w.text) {
						next = g.reach(next, e.to)
					}
				}
			}
		}
		if len(next) == 0 {
			break
		}
		for _, at := range next {
			if in := g.nodes[at].accepts; in != "" {
				found = append(found, match{n + 1, in})
			}
		}
		active = next
	}
	return found
}

// reach adds a node to a set, with all that it reaches without a word.
func (g *grammar) reach(set []int, at int) []int {
	if slices.Contains(set, at) {
		return set
	}
	set = append(set, at)
	for _, next := range g.nodes[at].free {
		set = g.reach(set, next)
	}
	return set
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// parseGrammar reads a smalltalk.txt. The error names the line.
func parseGrammar(lang string, file []byte) (*grammar, error) {
	b := builder{grammar: &grammar{lang: lang, nodes: make([]node, 1), first: map[string][]int{}}, lists: map[string][]string{}, spelling: map[string][]string{}}
	lines := bufio.NewScanner(bytes.NewReader(file))
	for n := 1; lines.Scan(); n++ {
		if err := b.line(strings.TrimSpace(lines.Text())); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	for _, start := range b.reach(nil, 0) {
		for _, e := range b.nodes[start].edges {
			b.first[e.word] = b.reach(b.first[e.word], e.to)
		}
	}
	return b.grammar, nil
}

// A builder adds patterns to a grammar, one line of the file at a time.
type builder struct {
	*grammar
	lists    map[string][]string // by "@name", in tokens
	spelling map[string][]string // other spellings of a word
	intent   intent              // under which the next patterns stand
}

func (b *builder) line(text string) error {
	if text == "" || text == "#" || strings.HasPrefix(text, "# ") {
		return nil
	}
	if spelled, ok := strings.CutPrefix(text, "~ "); ok {
		word, others, _ := strings.Cut(spelled, ":")
		words, spellings := split(word), tokens(others)
		if len(words) != 1 || len(spellings) == 0 {
			return fmt.Errorf("%q gives no spellings of one word", text)
		}
		b.spelling[words[0].text] = append(b.spelling[words[0].text], spellings...)
		return nil
	}
	if name, ok := strings.CutSuffix(text, ":"); ok {
		b.intent = intent(name)
		if !slices.Contains(intents, b.intent) {
			return fmt.Errorf("no intent is called %q", name)
		}
		return nil
	}
	if name, list, ok := strings.Cut(text, "="); ok {
		b.lists[strings.TrimSpace(name)] = slices.Concat([]string{"("}, tokens(list), []string{")"})
		return nil
	}
	if b.intent == "" {
		return fmt.Errorf("a pattern stands before the first intent")
	}
	end, rest, err := b.alternatives(0, tokens(text))
	if err != nil {
		return fmt.Errorf("pattern %q: %w", text, err)
	}
	if len(rest) > 0 {
		return fmt.Errorf("pattern %q: %q closes nothing", text, rest[0])
	}
	b.nodes[end].accepts = b.intent
	return nil
}

// add returns a new node.
func (b *builder) add() int {
	b.nodes = append(b.nodes, node{})
	return len(b.nodes) - 1
}

// alternatives adds "a b | c" between a node and a new one, which it returns with the tokens that follow.
func (b *builder) alternatives(from int, rest []string) (end int, after []string, err error) {
	end = b.add()
	at := from
	for len(rest) > 0 && rest[0] != ")" && rest[0] != "]" {
		token := rest[0]
		rest = rest[1:]
		if token == "|" {
			b.nodes[at].free = append(b.nodes[at].free, end)
			at = from
			continue
		}
		if at, rest, err = b.item(at, token, rest); err != nil {
			return 0, nil, err
		}
	}
	b.nodes[at].free = append(b.nodes[at].free, end)
	return end, rest, nil
}

// item adds a word, a list or a bracketed part.
func (b *builder) item(from int, token string, rest []string) (end int, after []string, err error) {
	switch {
	case token == "(" || token == "[":
		end, rest, err = b.alternatives(from, rest)
		closing := map[string]string{"(": ")", "[": "]"}[token]
		if err == nil && (len(rest) == 0 || rest[0] != closing) {
			err = fmt.Errorf("%q is never closed", token)
		}
		if err != nil {
			return 0, nil, err
		}
		if token == "[" {
			b.nodes[from].free = append(b.nodes[from].free, end)
		}
		return end, rest[1:], nil
	case strings.HasPrefix(token, "@"):
		list, ok := b.lists[token]
		if !ok {
			return 0, nil, fmt.Errorf("no list is called %q above this line", token)
		}
		end, _, err = b.item(from, list[0], list[1:])
		return end, rest, err
	}
	return b.step(from, token), rest, nil
}

// step adds one word behind a node, in all its spellings.
func (b *builder) step(from int, word string) int {
	to := b.add()
	b.nodes[from].edges = append(b.nodes[from].edges, edge{word, to})
	for _, other := range b.spelling[word] {
		b.nodes[from].edges = append(b.nodes[from].edges, edge{other, to})
	}
	return to
}

// tokens cuts a pattern into words, in the form that messages are read in, and signs.
func tokens(pattern string) []string {
	var all []string
	for rest := strings.TrimSpace(pattern); rest != ""; rest = strings.TrimLeftFunc(rest, unicode.IsSpace) {
		end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()[]|", r) })
		switch end {
		case 0:
			end = 1
		case -1:
			end = len(rest)
		}
		if token := rest[:end]; strings.ContainsAny(token[:1], "()[]|@#") {
			all = append(all, token)
		} else {
			for _, w := range split(token) {
				all = append(all, w.text)
			}
		}
		rest = rest[end:]
	}
	return all
}
