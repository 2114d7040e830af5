package office

import (
	"regexp"
	"strconv"
	"strings"
)

// A block is a paragraph, a heading, an item of a list or a table.
type block struct {
	number  int // of the paragraph; of a table, of its first row
	level   int // of a heading, from 1; 0 for none
	title   bool
	centred bool
	mark    *mark // of an item of a list; nil for none
	spans   []span
	rows    [][]cell // of a table; nil for none
	header  bool     // the table's first row names its columns
	notes   []note   // that the text refers to
}

// A cell is what stands in one cell of a table.
type cell []block

// A note is a footnote or an endnote.
type note struct {
	mark  string
	spans []span
}

// A writer turns the document's XML into blocks.
type writer struct {
	styles    styleSheet
	numbering *numbering
	links     map[string]string // by relationship
	notes     map[string]*node  // by kind and id, such as "footnote 2"
	blocks    []block
	leftOut   []LeftOut
	number    int     // of the last paragraph
	marked    int     // notes referred to so far
	fields    []field // that are open; they may go on over several paragraphs
	carried   inline  // of paragraphs whose end was deleted
}

// body reads the main part.
func (w *writer) body(data []byte) error {
	s := newScanner(data)
	found, err := s.enter("body")
	if err != nil {
		return err
	}
	if !found {
		return refuse("the document is broken: it has no text", saveAnew)
	}
	for {
		n, err := s.next()
		if err != nil {
			return err
		}
		if n == nil {
			w.flush()
			return nil
		}
		w.block(n)
	}
}

// flush adds what waits for a paragraph to be joined to, where none comes.
func (w *writer) flush() {
	for _, spans := range paragraphs(w.carried.spans) {
		w.add(block{spans: spans, notes: w.carried.notes})
		w.carried.notes = nil
	}
	w.carried = inline{}
}

// block reads what may stand where a paragraph may.
func (w *writer) block(n *node) {
	switch n.name {
	case "p":
		w.paragraph(n)
	case "tbl":
		w.table(n)
	case "del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "pPr", "tcPr":
	case "altChunk":
		w.leftOut = append(w.leftOut, LeftOut{Why: "a file that is embedded in the document", Paragraph: w.number + 1})
	case "sdt":
		if strings.EqualFold(n.child("sdtPr", "docPartObj", "docPartGallery").value("val"), "Table of Contents") {
			w.leave(n, "table of contents")
			return
		}
		w.children(n)
	case "AlternateContent":
		w.children(alternative(n))
	default:
		w.children(n)
	}
}

func (w *writer) children(n *node) {
	if n == nil {
		return
	}
	for _, c := range n.children {
		w.block(c)
	}
}

// leave leaves the paragraphs below n out.
func (w *writer) leave(n *node, why string) {
	n.walk(func(c *node) bool {
		if c.name != "p" {
			return true
		}
		if text := oneLine(plainText(w.inline(c).spans)); text != "" {
			w.number++
			w.leftOut = append(w.leftOut, LeftOut{Text: text, Why: why, Paragraph: w.number})
		}
		return false
	})
}

// typedBullet and typedNumber are marks of lists that somebody typed instead of making a list.
var (
	typedBullet = regexp.MustCompile(`^\s*[•▪◦‣●○·–-][ \t\x{a0}]+`)
	typedNumber = regexp.MustCompile(`^\s*(\d{1,3})[.)][ \t\x{a0}]+`)
)

// paragraph adds a paragraph, and after it what its pictures and text boxes hold.
func (w *writer) paragraph(n *node) {
	properties := n.child("pPr")
	style := w.styles.style(properties.val("pStyle"))
	contents := style.contents || w.inContents()
	in := w.inline(n)
	contents = contents || w.inContents()
	in.before(w.carried)
	w.carried = inline{}
	if gone := properties.child("rPr"); gone.child("del") != nil || gone.child("moveFrom") != nil {
		w.carried = in
		return
	}
	b := block{level: style.level, title: style.title, centred: properties.val("jc") == "center"}
	if outline := properties.child("outlineLvl"); outline != nil && !style.title {
		b.level = outlineLevel(outline.value("val"))
	}
	list := properties.child("numPr")
	if list == nil {
		list = style.numbering
	}
	for i, spans := range paragraphs(in.spans) {
		if contents {
			w.number++
			w.leftOut = append(w.leftOut, LeftOut{Text: oneLine(plainText(spans)), Why: "table of contents", Paragraph: w.number})
			continue
		}
		if i > 0 {
			w.add(block{spans: spans})
			continue
		}
		b.spans, b.notes = spans, in.notes
		if b.level == 0 && !b.title {
			if b.mark, b.spans = w.markOf(list, spans); b.mark != nil {
				b.mark.level = max(b.mark.level, style.depth)
			}
		}
		w.add(b)
	}
	for _, alt := range in.pictures {
		w.add(block{spans: []span{{text: alt, italic: true}}})
	}
	for _, box := range in.boxes {
		w.children(box)
	}
}

// add adds a block as the next paragraph.
func (w *writer) add(b block) {
	w.number++
	b.number = w.number
	w.blocks = append(w.blocks, b)
}

// markOf returns the mark of an item of a list, and its text; nil when the paragraph is none.
func (w *writer) markOf(list *node, spans []span) (*mark, []span) {
	if m, ok := w.numbering.mark(list); ok {
		return &m, spans
	}
	first := spans[0].text
	if m := typedBullet.FindString(first); m != "" && len(m) < len(first) {
		return &mark{list: "typed"}, cutStart(spans, len(m))
	}
	if m := typedNumber.FindStringSubmatch(first); m != nil && len(m[0]) < len(first) {
		number, _ := strconv.Atoi(m[1])
		if number > 0 {
			return &mark{list: "typed", number: number}, cutStart(spans, len(m[0]))
		}
	}
	return nil, spans
}

func cutStart(spans []span, n int) []span {
	rest := append([]span{}, spans...)
	rest[0].text = rest[0].text[n:]
	return rest
}

// cutFields takes the table of fields off the top of the document, below its title.
func cutFields(blocks []block, isField func(string) bool) ([]Field, []block) {
	for i, b := range blocks {
		if b.rows == nil && (b.title || b.level > 0 && i == 0) {
			continue
		}
		var fields []Field
		for at, row := range b.rows {
			if len(row) != 2 {
				return nil, blocks
			}
			key := strings.ToLower(strings.TrimRight(oneLine(row[0].plain()), ": "))
			if !isField(key) {
				return nil, blocks
			}
			fields = append(fields, Field{Key: key, Value: strings.TrimSpace(row[1].plain()), Paragraph: b.number + at})
		}
		if fields == nil {
			return nil, blocks
		}
		return fields, append(append([]block{}, blocks[:i]...), blocks[i+1:]...)
	}
	return nil, blocks
}
