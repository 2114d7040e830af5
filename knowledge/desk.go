package knowledge

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

//go:embed helplines.yaml
var builtinHelplines string

// settings reads desk.yaml and crisis.yaml and fills in what they leave open.
func (l *loader) settings(found folder, fallback Handoff) Settings {
	s := Settings{Limits: usualLimits, Gate: GateBlock}
	if found.desk != "" {
		if text, ok := l.text(found.desk); ok {
			s = readSettings(found.desk, text, &l.problems)
		}
	}
	if found.crisis != "" {
		s.CrisisFile = l.crisisRules(found.crisis)
	}
	if s.Lang == "" {
		s.Lang = "en"
	}
	if s.Contact.IsZero() {
		s.Contact = fallback.checked(Position{}, &l.problems)
	}
	if len(s.Helplines) == 0 {
		s.Helplines = readSettings("helplines.yaml", builtinHelplines, &l.problems).Helplines
	}
	return s
}

// crisisRules returns staff's crisis rules as they are, unless reading them would take too long or too much memory.
func (l *loader) crisisRules(name string) []byte {
	data, ok := l.bytes(name)
	if !ok {
		return nil
	}
	if err := bounded(string(data), maxCrisis); err != nil {
		l.problems.add(Position{File: name}, Error, err.Error(), "mend it: while this is so, only the built-in rules are used")
		return nil
	}
	return data
}

// readSettings reads desk.yaml. Its keys are those of the mapping below; docs/articles.md explains each.
func readSettings(name, text string, p *problems) Settings {
	s := Settings{Limits: usualLimits, Gate: GateBlock}
	y := yamlReader{file: name, strict: Error, problems: p}
	n := y.parse(text)
	if n == nil {
		return s
	}
	gate := string(s.Gate)
	y.mapping(n, "desk.yaml", map[string]func(ast.Node){
		"name": y.text("name", &s.Name), "lang": y.language(&s.Lang), "contact": y.contact(&s.Contact),
		"greeting": y.text("greeting", &s.Greeting), "disclaimer": y.text("disclaimer", &s.Disclaimer),
		"helplines": func(n ast.Node) { s.Helplines = y.helplines(n) },
		"synonyms":  func(n ast.Node) { s.Synonyms = y.synonyms(n) },
		"rooms":     func(n ast.Node) { s.Rooms = y.rooms(n) },
		"limits":    func(n ast.Node) { y.limits(n, &s.Limits) },
		"staff":     func(n ast.Node) { y.staff(n, &s.Staff) },
		"gate":      y.word("gate", &gate, string(GateWarn), string(GateBlock)),
		"timezone":  y.zone(&s.Zone),
	})
	s.Gate = GateMode(gate)
	return s
}

// helplines reads the list of helplines.
func (y *yamlReader) helplines(n ast.Node) []Helpline {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		y.add(n, Error, "helplines must be a list", `begin every helpline with "- name:"`)
		return nil
	}
	var all []Helpline
	for _, item := range list.Values {
		h := Helpline{Source: y.at(item)}
		y.mapping(item, "the helpline", map[string]func(ast.Node){
			"name": y.text("name", &h.Name), "call": y.text("call", &h.Call), "text": y.text("text", &h.Text),
			"chat": y.url(&h.Chat), "hours": y.text("hours", &h.Hours), "region": y.text("region", &h.Region),
			"for": y.kinds(&h.For), "checked": y.date("checked", &h.Checked),
		})
		switch {
		case h.Name == "":
			y.add(item, Error, "a helpline has no name", "write name:")
		case h.Call == "" && h.Text == "" && h.Chat == "":
			y.add(item, Error, fmt.Sprintf("the helpline %q cannot be reached", h.Name), "write call:, text: or chat:")
		default:
			y.warnOfNumber(item, h)
			all = append(all, h)
		}
	}
	return all
}

// dangers are what a helpline may be for; docs/articles.md lists them.
var dangers = []string{"suicide", "self-harm", "overdose", "abuse", "violence", emergency}

// emergency marks the emergency number, which is named in every crisis.
const emergency = "emergency"

// kinds stores what a helpline is for. One that is not understood makes it a helpline for everything: people in danger
// are better told one number too many than one too few.
func (y *yamlReader) kinds(into *[]string) func(ast.Node) {
	return func(n ast.Node) {
		var all []string
		understood := true
		for _, item := range oneOrMore(n) {
			var kind string
			y.word("for", &kind, dangers...)(item)
			if kind == "" {
				understood = false
				continue
			}
			all = append(all, kind)
		}
		if understood || slices.Contains(all, emergency) {
			*into = all
		}
	}
}

// oldLifeline is the number that 988 has replaced since July 2022; it still works, but nobody remembers it.
var oldLifeline = regexp.MustCompile(`800\D?273`)

// warnOfNumber looks at the number of a helpline.
func (y *yamlReader) warnOfNumber(n ast.Node, h Helpline) {
	switch {
	case oldLifeline.MatchString(h.Call):
		y.add(n, Warning, fmt.Sprintf("%s is the Lifeline's old number", h.Call), "write 988, which people can call and text")
	case h.Call != "" && !strings.ContainsFunc(h.Call, unicode.IsDigit):
		y.add(n, Warning, fmt.Sprintf("call: %q of the helpline %q has no digit, so nobody can call it", h.Call, h.Name), "write the number")
	}
}

// synonyms reads groups of words: a list of lists, or a mapping from a word to its synonyms.
func (y *yamlReader) synonyms(n ast.Node) [][]string {
	var groups [][]string
	add := func(at ast.Node, words []string) {
		if words = merge(nil, words); len(words) < 2 {
			y.add(at, Warning, "a group of synonyms needs two words or more", "add one, or remove the group")
			return
		}
		groups = append(groups, words)
	}
	if list, ok := n.(*ast.SequenceNode); ok {
		for _, item := range list.Values {
			var words []string
			y.list("a group of synonyms", &words)(item)
			if len(words) == 1 { // "- cost, price, fee" on one line
				words = labels(words[0])
			}
			add(item, words)
		}
		return groups
	}
	values, ok := pairs(n)
	if !ok {
		y.add(n, Error, "synonyms must be a list of lists", "write each group as - [cost, price, fee]")
		return nil
	}
	for _, pair := range values {
		words := []string{strings.TrimSpace(scalar(pair.Key))}
		var others []string
		y.list("a group of synonyms", &others)(pair.Value)
		if len(others) == 1 {
			others = labels(others[0])
		}
		add(pair.Key, append(words, others...))
	}
	return groups
}
