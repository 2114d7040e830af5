package safety

import (
	"strings"
	"unicode/utf8"
)

// readPlain reads a file that keeps to the plain YAML of the built-in ones, many times as fast as parseSource: the
// desk starts with it. It is false for a file with anything else in it. TestReadPlain compares the two.
//
//	lang: en
//	# a comment, on a line of its own
//	fillers: [one, two words,
//	  "three"]
//	classes:
//	  name: [one, two]
//	rules:
//	  - name: one
//	    kind: suicide
//	    when:
//	      - a pattern
//	    must: [one, two]
//	exceptions:
//	  - name: one
//	    of: [suicide, abuse]
//	    when:
//	      - a pattern
func readPlain(data string) (source, bool) {
	var s source
	p := plain{rest: data}
	section := ""
	var items *[]line // where "- value" goes
	for p.next() {
		ok := false
		switch {
		case p.indent == 0 && !p.dash:
			section = p.key
			ok = s.setTop(p.statement)
		case p.indent == 2 && !p.dash && p.listed && section == "spellings":
			ok = setOnce(&s.Spellings, p.key, p.list)
		case p.indent == 2 && !p.dash && p.listed && section == "classes":
			ok = setOnce(&s.Classes, p.key, p.list)
		case p.indent == 2 && p.dash && p.key == "name" && section == "rules":
			s.Rules = append(s.Rules, rule{Name: p.value})
			items, ok = nil, true
		case p.indent == 4 && !p.dash && len(s.Rules) > 0 && section == "rules":
			items, ok = s.Rules[len(s.Rules)-1].set(p.statement)
		case p.indent == 2 && p.dash && p.key == "name" && section == "exceptions":
			s.Exceptions = append(s.Exceptions, exception{Name: p.value})
			items, ok = nil, true
		case p.indent == 4 && !p.dash && len(s.Exceptions) > 0 && section == "exceptions":
			items, ok = s.Exceptions[len(s.Exceptions)-1].set(p.statement)
		case p.indent == 6 && p.dash && p.key == "" && items != nil:
			*items = append(*items, p.value)
			ok = true
		}
		if !ok {
			return source{}, false
		}
	}
	return s, !p.strange
}

// setTop sets what stands at a file's left margin.
func (s *source) setTop(st statement) bool {
	words := func(to *[]string) bool {
		ok := st.listed
		for _, l := range st.list {
			*to = append(*to, l.text)
			ok = ok && isText(l.text)
		}
		return ok
	}
	switch st.key {
	case "lang":
		s.Lang = st.value.text
		return isText(s.Lang)
	case "fillers":
		return words(&s.Fillers)
	case "telling":
		return words(&s.Telling)
	case "ordinary":
		return words(&s.Ordinary)
	case "spellings", "classes", "rules", "exceptions":
		return st.value.text == "" && !st.listed
	}
	return false
}

// set sets a part of a rule, and returns the list that the items below go to, if any.
func (r *rule) set(st statement) (items *[]line, ok bool) {
	switch st.key {
	case "kind":
		r.Kind = Kind(st.value.text)
		return nil, isText(st.value.text)
	case "when":
		items = &r.When
	case "maybe":
		items = &r.Maybe
	case "unless":
		items = &r.Unless
	case "must":
		items = &r.Must
	case "not":
		items = &r.Not
	}
	return items, fillOnce(items, st)
}

// set sets a part of an exception, and returns the list that the items below go to, if any.
func (e *exception) set(st statement) (items *[]line, ok bool) {
	switch st.key {
	case "of":
		ok = st.listed && len(e.Of) == 0
		for _, l := range st.list {
			e.Of = append(e.Of, Kind(l.text))
			ok = ok && isText(l.text)
		}
		return nil, ok
	case "when":
		items = &e.When
	case "must":
		items = &e.Must
	case "not":
		items = &e.Not
	}
	return items, fillOnce(items, st)
}

// fillOnce puts the list of a statement, if it has one, into items, which has none yet.
func fillOnce(items *[]line, st statement) bool {
	if items == nil || len(*items) > 0 || st.value.text != "" {
		return false
	}
	*items = st.list
	return true
}

func setOnce(m *map[string][]line, key string, list []line) bool {
	if *m == nil {
		*m = map[string][]line{}
	}
	_, twice := (*m)[key]
	(*m)[key] = list
	return !twice
}

// A statement is "key: value", "key: [list]", "- key: value" or "- value".
type statement struct {
	indent int
	dash   bool
	key    string
	value  line
	listed bool // there is a list
	list   []line
}

// plain reads a file statement by statement.
type plain struct {
	statement
	rest    string
	at      int  // the line before rest, counted from 1
	strange bool // something is no plain YAML
}

// next goes to the next statement, past blank lines and comments.
func (p *plain) next() bool {
	for !p.strange && p.rest != "" {
		text := p.line()
		words := strings.TrimLeft(text, " ")
		if words == "" || words[0] == '#' {
			continue
		}
		p.statement = statement{indent: len(text) - len(words)}
		words, p.dash = strings.CutPrefix(words, "- ")
		if key, value, keyed := strings.Cut(words, ":"); keyed && (value == "" || value[0] == ' ') {
			p.key, words = p.scalar(key, ""), strings.TrimSpace(value)
			p.strange = p.strange || !isText(p.key)
		} else if !p.dash {
			p.strange = true
		}
		switch {
		case strings.HasPrefix(words, "[") && !p.dash:
			p.flow(words[1:])
		case words != "":
			p.value = line{p.scalar(words, ""), p.at}
		case p.dash:
			p.strange = true
		}
		return !p.strange
	}
	return false
}

func (p *plain) line() string {
	text, rest, _ := strings.Cut(p.rest, "\n")
	p.rest = rest
	p.at++
	return strings.TrimRight(text, " ")
}

// flow reads a list between brackets, over as many lines as it has; text follows the opening one.
func (p *plain) flow(text string) {
	p.listed = true
	for {
		end := itemEnd(text)
		if item := strings.TrimSpace(text[:end]); item != "" {
			p.list = append(p.list, line{p.scalar(item, ",[]{}"), p.at})
		}
		switch {
		case end < len(text) && text[end] == ']':
			p.strange = p.strange || len(p.list) == 0 || strings.TrimSpace(text[end+1:]) != ""
			return
		case end < len(text):
			text = text[end+1:]
		case p.rest == "" || strings.TrimSpace(text[:end]) != "":
			p.strange = true // an item goes on in the next line, or the list never ends
			return
		default:
			text = strings.TrimLeft(p.line(), " ")
		}
	}
}

// itemEnd is where an item of a list ends: at a comma or a bracket outside quotes, or with the line.
func itemEnd(text string) int {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case !quoted && (text[i] == ',' || text[i] == ']'):
			return i
		}
	}
	return len(text)
}

// isText reports whether a full parser would not take s for a number, a truth value or nothing.
func isText(s string) bool {
	switch strings.ToLower(s) {
	case "", "null", "true", "false":
		return false
	}
	return 'a' <= s[0] && s[0] <= 'z' || 'A' <= s[0] && s[0] <= 'Z' || s[0] >= utf8.RuneSelf
}

// scalar returns what a piece of text says, as it stands or between double quotes. Text that could mean anything else
// in YAML, or that holds one of the characters in not, is strange.
func (p *plain) scalar(text, not string) string {
	if inner, quoted := strings.CutPrefix(text, `"`); quoted {
		inner, quoted = strings.CutSuffix(inner, `"`)
		p.strange = p.strange || !quoted || strings.ContainsAny(inner, `"\`)
		return inner
	}
	p.strange = p.strange || text == "" || text == "~" || text == "null" ||
		strings.ContainsAny(text[:min(1, len(text))], " -?:,[]{}#&*!|>'%@`\t") ||
		strings.ContainsAny(text, not) || strings.HasSuffix(text, ":") ||
		strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.Contains(text, "\t")
	return text
}
