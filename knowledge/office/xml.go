package office

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds on XML from outside.
const (
	maxDepth = 200       // of elements within elements
	maxNodes = 1_000_000 // elements in one part
)

// A node is an XML element, or text when name is empty. Names go without their namespaces, which differ between the
// transitional and the strict form of the same document.
type node struct {
	name     string
	attr     []xml.Attr
	children []*node
	text     string
}

// A scanner reads one part's elements, one child of the root at a time, so that a large part is not held as nodes.
type scanner struct {
	decoder *xml.Decoder
	nodes   int
}

func newScanner(data []byte) *scanner {
	return &scanner{decoder: xml.NewDecoder(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))}
}

// enter goes into the first element called name; false when there is none.
func (s *scanner) enter(name string) (bool, error) {
	for {
		token, err := s.decoder.Token()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, brokenXML(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == name {
			return true, nil
		}
	}
}

// next returns the next element within the one entered; nil at its end.
func (s *scanner) next() (*node, error) {
	for {
		token, err := s.decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, brokenXML(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			return s.read(token)
		case xml.EndElement:
			return nil, nil
		}
	}
}

// read reads an element whole.
func (s *scanner) read(start xml.StartElement) (*node, error) {
	root := newNode(start)
	if err := s.count(); err != nil {
		return nil, err
	}
	open := []*node{root}
	for len(open) > 0 {
		token, err := s.decoder.Token()
		if err != nil {
			return nil, brokenXML(err)
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := newNode(token)
			top.children = append(top.children, child)
			if open = append(open, child); len(open) > maxDepth {
				return nil, refuse("the document is nested too deeply", saveAnew)
			}
			if err := s.count(); err != nil {
				return nil, err
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.children = append(top.children, &node{text: string(token)})
		}
	}
	return root, nil
}

// count counts one more element.
func (s *scanner) count() error {
	if s.nodes++; s.nodes > maxNodes {
		return refuse("the document has too many parts", "split it")
	}
	return nil
}

func newNode(start xml.StartElement) *node {
	return &node{name: start.Name.Local, attr: start.Copy().Attr}
}

func brokenXML(err error) error {
	return refuse(fmt.Sprintf("the document is broken: %v", err), saveAnew)
}

// parse reads a small part whole.
func parse(data []byte) (*node, error) {
	s := newScanner(data)
	root, err := s.next()
	if err == nil && root == nil {
		err = refuse("the document is broken: a part is empty", saveAnew)
	}
	return root, err
}

// child returns the first child called name; nil when there is none, also of nil.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var found *node
		for _, c := range n.children {
			if c.name == name {
				found = c
				break
			}
		}
		n = found
	}
	return n
}

// value returns the attribute called name; empty when there is none, also of nil.
func (n *node) value(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// val returns what a child's val attribute says.
func (n *node) val(child string) string { return n.child(child).value("val") }

// content returns the text below n.
func (n *node) content() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.walk(func(c *node) bool {
		b.WriteString(c.text)
		return true
	})
	return b.String()
}

// walk calls visit for n and what is below it, as long as visit wants to go further down.
func (n *node) walk(visit func(*node) bool) {
	if !visit(n) {
		return
	}
	for _, c := range n.children {
		c.walk(visit)
	}
}

// on reports whether a switch such as <w:b/> is there and not off.
func (n *node) on(name string) bool {
	c := n.child(name)
	return c != nil && !off(c.value("val"))
}

func off(val string) bool { return val == "0" || val == "false" || val == "off" || val == "none" }
