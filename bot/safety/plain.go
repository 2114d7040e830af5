package safety

import "strings"

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
	var section any   // where what is below the key at the left margin goes
	var entry fields  // of the rule or exception at hand
	var items *[]line // where "- value" goes
	top := s.fields()
	p := plain{rest: data}
	for p.next() {
		ok := false
		switch {
		case p.indent == 0 && !p.dash:
			section, entry = top[p.key], nil
			items, ok = p.fill(section)
		case p.indent == 2 && !p.dash && p.listed:
			ok = p.fillTable(section)
		case p.indent == 2 && p.dash:
			entry = newEntry(section)
			_, ok = p.fill(entry[p.key])
			items, ok = nil, ok && p.key == "name"
		case p.indent == 4 && !p.dash:
			items, ok = p.fill(entry[p.key])
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

// newEntry adds an empty rule or exception to section and returns its fields; nil when section holds neither.
func newEntry(section any) fields {
	switch all := section.(type) {
	case *[]rule:
		*all = append(*all, rule{})
		return (*all)[len(*all)-1].fields()
	case *[]exception:
		*all = append(*all, exception{})
		return (*all)[len(*all)-1].fields()
	}
	return nil
}

// fill puts what a statement says into a field, which has nothing yet. Where its list stands below it, items is where
// that goes.
func (st statement) fill(field any) (items *[]line, ok bool) {
	valued := st.value.text != "" // there is text behind the colon
	switch field := field.(type) {
	case *line:
		ok = valued && *field == line{}
		*field = st.value
	case *[]line:
		ok = !valued && len(*field) == 0
		if *field = st.list; !st.listed {
			items = field
		}
	case nil:
	default:
		ok = !valued && !st.listed
	}
	return items, ok
}

// fillTable puts the list of a statement under its key into a table, which has none there yet.
func (st statement) fillTable(field any) bool {
	table, ok := field.(*map[string][]line)
	if !ok {
		return false
	}
	if *table == nil {
		*table = map[string][]line{}
	}
	_, twice := (*table)[st.key]
	(*table)[st.key] = st.list
	return !twice
}

// A statement is "key: value", "key: [list]", "- key: value" or "- value".
type statement struct {
	indent int
	dash   bool
	key    string
	value  line
	listed bool // there is a list between brackets
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
		strings.ContainsAny(text, not) || strings.HasSuffix(text, ":") || strings.HasSuffix(text, " ") ||
		strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.Contains(text, "\t")
	return text
}
