package office

import (
	"strconv"
	"strings"
)

// A span is text in one form. A line break in it is one that the document has there.
type span struct {
	text                 string
	bold, italic, struck bool
	link                 string // an address; empty for none
}

// inline is what a paragraph holds.
type inline struct {
	spans    []span
	notes    []note
	pictures []string // their descriptions
	boxes    []*node  // text boxes
}

// before puts what a paragraph before held in front.
func (in *inline) before(first inline) {
	in.spans = append(first.spans, in.spans...)
	in.notes = append(first.notes, in.notes...)
	in.pictures = append(first.pictures, in.pictures...)
	in.boxes = append(first.boxes, in.boxes...)
}

// inline reads a paragraph's content.
func (w *writer) inline(n *node) inline {
	var in inline
	style := w.styles.style(n.child("pPr").val("pStyle"))
	form := span{bold: style.bold, italic: style.italic}
	if style.level > 0 || style.title {
		form = span{}
	}
	for _, c := range n.children {
		w.part(&in, c, form)
	}
	return in
}

// part reads one element within a paragraph; form is that of the text around it.
func (w *writer) part(in *inline, n *node, form span) {
	switch n.name {
	case "r":
		w.run(in, n, form)
		return
	case "del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "instrText", "fldData":
		return
	case "drawing", "pict", "object":
		w.picture(in, n)
		return
	case "AlternateContent":
		if n = alternative(n); n == nil {
			return
		}
	case "sdt":
		if n.child("sdtPr", "showingPlcHdr") != nil {
			return // nobody has filled it in
		}
	case "hyperlink":
		form.link = address(w.links[n.value("id")])
	case "fldSimple":
		form.link = fieldLink(n.value("instr"))
	case "t": // of a formula
		in.add(n.content(), form)
		return
	}
	for _, c := range n.children {
		w.part(in, c, form)
	}
}

// run reads text in one form.
func (w *writer) run(in *inline, n *node, form span) {
	properties := n.child("rPr")
	if properties.on("vanish") {
		return
	}
	character := w.styles[properties.val("rStyle")]
	form.bold = toggled(properties, "b", form.bold || character.bold)
	form.italic = toggled(properties, "i", form.italic || character.italic)
	form.struck = properties.on("strike") || properties.on("dstrike")
	for _, c := range n.children {
		switch c.name {
		case "fldChar":
			w.fieldMark(c.value("fldCharType"))
			continue
		case "instrText":
			if k := len(w.fields); k > 0 {
				w.fields[k-1].instruction += c.content()
			}
			continue
		}
		if !w.hidden() {
			form := form
			if link := w.fieldLink(); link != "" {
				form.link = link
			}
			w.runPart(in, c, form)
		}
	}
}

// toggled returns what a switch says, else what holds without it.
func toggled(n *node, name string, otherwise bool) bool {
	if c := n.child(name); c != nil {
		return !off(c.value("val"))
	}
	return otherwise
}

// symbols are the characters of Wingdings and Symbol that people use as marks.
var symbols = map[string]string{"F0FC": "✓", "F0FB": "✗", "F0E0": "→", "F0B7": "•", "F0A7": "▪"}

// lineEnds of the XML file are no line breaks of the document.
var lineEnds = strings.NewReplacer("\n", " ", "\r", " ")

func (w *writer) runPart(in *inline, c *node, form span) {
	switch c.name {
	case "t":
		in.add(lineEnds.Replace(c.content()), form)
	case "tab", "ptab":
		in.add("\t", form)
	case "br":
		if kind := c.value("type"); kind != "page" && kind != "column" {
			in.add("\n", form)
		}
	case "cr":
		in.add("\n", form)
	case "noBreakHyphen":
		in.add("-", form)
	case "sym":
		in.add(symbols[strings.ToUpper(c.value("char"))], form)
	case "footnoteReference", "endnoteReference":
		w.refer(in, strings.TrimSuffix(c.name, "Reference")+" "+c.value("id"), form)
	default:
		w.part(in, c, form)
	}
}

// refer adds a reference to a note, and the note.
func (w *writer) refer(in *inline, id string, form span) {
	n, ok := w.notes[id]
	if !ok {
		return
	}
	delete(w.notes, id) // a note that refers to itself has no end
	w.marked++
	mark := superscript(w.marked)
	in.add(mark, form)
	var text inline
	for _, c := range n.children {
		if c.name == "p" {
			text.add(" ", span{})
			text.spans = append(text.spans, w.inline(c).spans...)
		}
	}
	in.notes = append(in.notes, note{mark: mark, spans: onOneLine(text.spans)})
}

func superscript(n int) string {
	return strings.Map(func(r rune) rune { return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'] }, strconv.Itoa(n))
}

// add adds text.
func (in *inline) add(text string, form span) {
	form.text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == '\ufeff' || r == '\u200b' || r == 0:
			return -1 // shown by nobody
		case r == '\r' || r == '\v' || r == '\u2028':
			return '\n'
		}
		return r
	}, text)
	if form.text != "" {
		in.spans = append(in.spans, form)
	}
}
