package knowledge

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds on YAML from outside.
const (
	maxYAML      = 256 << 10 // bytes
	maxCrisis    = 1 << 20   // bytes of crisis rules
	maxYAMLLine  = 8 << 10   // bytes
	maxYAMLDepth = 32        // of nested lists and mappings
)

// A yamlReader reads staff's YAML node by node, so that every mistake is told with its line, not only the first.
type yamlReader struct {
	file     string
	above    int   // lines of the file above the YAML
	strict   Level // how bad an unknown key is
	problems *problems
}

// parse returns the document's mapping; nil when there is none, which is a problem unless the document is empty.
func (y *yamlReader) parse(text string) ast.Node {
	const advice = `indent with spaces, and put quotes around text that holds ": " or " #"`
	if err := bounded(text, maxYAML); err != nil {
		y.problems.add(Position{y.file, y.above + 1}, Error, err.Error(), "shorten it, and put quotes around text that begins with * or &")
		return nil
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		at, message := Position{y.file, y.above + 1}, err.Error()
		var located yaml.Error
		if errors.As(err, &located) {
			message = located.GetMessage()
			if t := located.GetToken(); t != nil && t.Position != nil {
				at.Line = y.above + t.Position.Line
			}
		}
		if m := twice.FindStringSubmatch(message); m != nil {
			first, _ := strconv.Atoi(m[2])
			y.problems.add(at, Error, fmt.Sprintf("broken YAML: the key %q is written twice, first in line %d", m[1], y.above+first), "keep one of the two")
			return nil
		}
		y.problems.add(at, Error, "broken YAML: "+oneLine(message), advice)
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil
	}
	if len(file.Docs) > 1 {
		y.add(file.Docs[1], Error, `"---" begins a second YAML document, which is not read`, "remove the line")
	}
	return file.Docs[0].Body
}

// twice is how the YAML reader tells of a key that comes again.
var twice = regexp.MustCompile(`mapping key "(.*)" already defined at \[(\d+):`)

// bounded refuses YAML that is large, deep or made to grow while it is read.
func bounded(text string, most int) error {
	if len(text) > most {
		return fmt.Errorf("the YAML has more than %d KB", most>>10)
	}
	for line := range strings.Lines(text) {
		if strings.Count(line, "[")+strings.Count(line, "{") > maxYAMLDepth*4 || strings.Count(line, "- ") > 256 {
			return errors.New("the YAML is nested too deeply")
		}
		if len(line) > maxYAMLLine {
			return fmt.Errorf("a line of the YAML has more than %d KB", maxYAMLLine>>10)
		}
	}
	depth := 0
	for _, t := range lexer.Tokenize(text) {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return fmt.Errorf("%q: anchors and aliases are not read", t.Value)
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > maxYAMLDepth || t.Position != nil && t.Position.IndentNum > maxYAMLDepth*8 {
			return errors.New("the YAML is nested too deeply")
		}
	}
	return nil
}

// at returns where a node stands in the file.
func (y *yamlReader) at(n ast.Node) Position {
	line := y.above + 1
	if t := n.GetToken(); t != nil && t.Position != nil {
		line = y.above + t.Position.Line
	}
	return Position{y.file, line}
}

func (y *yamlReader) add(n ast.Node, level Level, text, advice string) {
	y.problems.add(y.at(n), level, text, advice)
}

// pairs returns a mapping's keys and values; false when n is none.
func pairs(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// mapping hands the value of every key to its function. what names the mapping in problems.
func (y *yamlReader) mapping(n ast.Node, what string, keys map[string]func(ast.Node)) {
	values, ok := pairs(n)
	if !ok {
		y.add(n, Error, what+` is not written as "key: value" lines`, "see docs/articles.md for an example")
		return
	}
	seen := map[string]bool{}
	for _, pair := range values {
		key := scalar(pair.Key)
		read, known := keys[key]
		switch {
		case !known:
			y.unknown(pair, what, key, keys)
		case seen[key]:
			y.add(pair.Key, Error, fmt.Sprintf("%s has %q twice", what, key), "keep one of the two")
		case pair.Value.Type() != ast.NullType:
			read(pair.Value)
		}
		seen[key] = true
	}
}

func (y *yamlReader) unknown(pair *ast.MappingValueNode, what, key string, keys map[string]func(ast.Node)) {
	known := slices.Sorted(maps.Keys(keys))
	advice := "known are " + strings.Join(known, ", ")
	if meant := closest(strings.ToLower(key), known); meant != "" {
		advice = fmt.Sprintf("did you mean %q?", meant)
	}
	y.add(pair.Key, y.strict, fmt.Sprintf("%s has an unknown key %q", what, key), advice)
}

// text stores a scalar.
func (y *yamlReader) text(what string, into *string) func(ast.Node) {
	return func(n ast.Node) {
		if !isScalar(n) {
			y.add(n, Error, what+" must be text", "write it on one line, in quotes if need be")
			return
		}
		*into = strings.TrimSpace(scalar(n))
	}
}

// list stores a list of scalars, or a single one.
func (y *yamlReader) list(what string, into *[]string) func(ast.Node) {
	return func(n ast.Node) {
		for _, item := range oneOrMore(n) {
			if !isScalar(item) {
				y.add(item, Error, what+" must be a list of texts", `put quotes around text that holds ": "`)
				continue
			}
			if s := strings.TrimSpace(scalar(item)); s != "" {
				*into = append(*into, s)
			}
		}
	}
}

// oneOrMore returns the items of a list, or what stands alone in the place of one.
func oneOrMore(n ast.Node) []ast.Node {
	if list, ok := n.(*ast.SequenceNode); ok {
		return list.Values
	}
	return []ast.Node{n}
}

// contact stores a contact: a link, or a mapping.
func (y *yamlReader) contact(into *Handoff) func(ast.Node) {
	return func(n ast.Node) {
		var h Handoff
		if isScalar(n) {
			h.URL = scalar(n)
		} else {
			y.mapping(n, "contact", map[string]func(ast.Node){
				"label": y.text("label", &h.Label), "url": y.text("url", &h.URL), "link": y.text("link", &h.URL),
				"phone": y.text("phone", &h.Phone), "hours": y.text("hours", &h.Hours),
			})
		}
		*into = h.checked(y.at(n), y.problems)
	}
}

// isScalar reports whether n is text, a number or the like.
func isScalar(n ast.Node) bool {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return true
	}
	return false
}

// scalar returns a scalar as it is written: 0988 stays 0988.
func scalar(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.NullNode:
		return ""
	}
	if t := n.GetToken(); t != nil {
		return t.Value
	}
	return ""
}
