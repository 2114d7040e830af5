package safety

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"
	yamltoken "github.com/goccy/go-yaml/token"
)

// readYAML reads a crisis.yaml as staff may write it, with all that YAML allows but anchors, and says all that is wrong
// with its shape.
func readYAML(data []byte) (source, []error) {
	var s source
	file, err := yamlparser.ParseBytes(data, 0)
	if err != nil {
		return s, []error{broken(err)}
	}
	var r yamlReader
	for i, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case i > 0:
			r.fault(doc, `below "---" begins a second file within the file, which is not read; remove the "---"`)
		default:
			r.mapping(doc.Body, "the file", s.fields())
		}
	}
	return s, r.errs
}

// slips are mistakes that the YAML parser tells of in words of its own.
var slips = []struct{ says, plain string }{
	{"found character '\t'", "there is a tab here; indent with spaces"},
	{"tab character", "there is a tab here; indent with spaces"},
	{`sequence end token ']' not found`, "the list that [ begins has no end; write ] behind its last item"},
	{`end token '}' not found`, "the table that { begins has no end; write } behind its last value"},
	{`end character of double-quoted`, `the text that " begins has no end; write " behind it`},
	{`end character of single-quoted`, "the text that ' begins has no end; write ' behind it"},
	{`already defined`, "this key is written twice; keep one of the two"},
}

// broken says in plain words why the YAML parser gave up.
func broken(err error) error {
	at, message := 1, err.Error()
	if located := (yaml.Error)(nil); errors.As(err, &located) {
		message = located.GetMessage()
		if t := located.GetToken(); t != nil && t.Position != nil {
			at = t.Position.Line
		}
	}
	for _, slip := range slips {
		if strings.Contains(message, slip.says) {
			return faultAt(at, "%s", slip.plain)
		}
	}
	return faultAt(at, `the file cannot be read from here on; indent with spaces, and put quotes around text that holds ": " or " #"`)
}

// A yamlReader goes through a parsed file and gathers its faults.
type yamlReader struct{ errs []error }

func (r *yamlReader) fault(n ast.Node, format string, args ...any) {
	r.errs = append(r.errs, faultAt(lineOf(n), format, args...))
}

// lineOf returns the line that n begins on.
func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}

// mapping fills into by the keys of n. what names n in faults.
func (r *yamlReader) mapping(n ast.Node, what string, into fields) {
	for _, pair := range r.pairs(n, what) {
		key := r.text(pair.Key, what).text
		to, known := into[key]
		if !known {
			r.fault(pair.Key, "%s has an unknown key %q; the keys are %s", what, key, strings.Join(slices.Sorted(maps.Keys(into)), ", "))
			continue
		}
		r.value(pair.Value, key, to)
	}
}

// value stores n, which stands under a key. Nothing under a key is as good as no key.
func (r *yamlReader) value(n ast.Node, key string, to any) {
	if n.Type() == ast.NullType {
		return
	}
	switch to := to.(type) {
	case *line:
		*to = r.text(n, key)
	case *[]line:
		*to = r.texts(n, key)
	case *map[string][]line:
		*to = map[string][]line{}
		for _, pair := range r.pairs(n, key) {
			name := r.text(pair.Key, key).text
			(*to)[name] = r.texts(pair.Value, name)
		}
	case *[]rule:
		for _, item := range r.items(n, key) {
			var one rule
			r.entry(item, "a rule", one.fields(), &one.Name)
			*to = append(*to, one)
		}
	case *[]exception:
		for _, item := range r.items(n, key) {
			var one exception
			r.entry(item, "an exception", one.fields(), &one.Name)
			*to = append(*to, one)
		}
	}
}

// entry fills the fields of a rule or an exception, which must have a name.
func (r *yamlReader) entry(n ast.Node, what string, into fields, name *line) {
	before := len(r.errs)
	if r.mapping(n, what, into); name.text == "" && len(r.errs) == before {
		r.fault(n, "%s has no name; write name: above the rest", what)
	}
}

// pairs returns the keys and values of n.
func (r *yamlReader) pairs(n ast.Node, what string) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	r.fault(n, `%s must have lines such as "key: value"; docs/safety.md has an example`, what)
	return nil
}

// items returns the items of a list.
func (r *yamlReader) items(n ast.Node, what string) []ast.Node {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(n, `%s must be a list; begin each of its items with "- ", or write [one, two]`, what)
		return nil
	}
	return list.Values
}

// texts returns a list of pieces of text.
func (r *yamlReader) texts(n ast.Node, what string) []line {
	if n.Type() == ast.NullType {
		return nil
	}
	var all []line
	for _, item := range r.items(n, what) {
		all = append(all, r.text(item, what))
	}
	return all
}

// text returns a piece of text as it is written, so that 2, no and null are words.
func (r *yamlReader) text(n ast.Node, what string) line {
	l := line{at: lineOf(n)}
	switch n := n.(type) {
	case *ast.LiteralNode: // behind | or >
		l.text = strings.TrimSpace(n.Value.Value)
	case *ast.NullNode:
		if n.Token.Type == yamltoken.ImplicitNullType {
			r.fault(n, "%s: there is nothing here; write a piece of text, or remove the line", what)
			break
		}
		l.text = n.Token.Value
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		l.text = n.GetToken().Value
	default:
		r.fault(n, `%s: there must be one piece of text here; put quotes around text that holds ": " or begins with a sign`, what)
	}
	return l
}
