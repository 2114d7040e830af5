package office

import (
	"errors"
	"path"
	"strings"
)

// ReadDocx reads a .docx file. isField says which keys, in lower case, the table of fields may have: that is a first
// table whose rows all are such a key and its value, and it is no part of the text. An error is a *Refusal, whose text
// is for staff.
//
// Tracked changes count as accepted. Hidden text, comments, headers, footers and the table of contents are left out.
func ReadDocx(data []byte, isField func(key string) bool) (Document, error) {
	a, err := open(data, ".docx", usual)
	if err != nil {
		return Document{}, err
	}
	main, err := a.mainPart()
	if err != nil {
		return Document{}, err
	}
	text, err := a.part(main)
	if err != nil {
		return Document{}, asRefusal(err)
	}
	w, err := newWriter(a, main)
	if err != nil {
		return Document{}, asRefusal(err)
	}
	if err := w.body(text); err != nil {
		return Document{}, asRefusal(err)
	}
	doc := Document{LeftOut: w.leftOut}
	doc.Fields, w.blocks = cutFields(w.blocks, isField)
	promote(w.blocks)
	doc.Markdown, doc.numbers = markdown(w.blocks)
	a.properties(&doc)
	return doc, nil
}

// asRefusal makes sure that staff are told something that they can act on.
func asRefusal(err error) error {
	if _, ok := errors.AsType[*Refusal](err); ok {
		return err
	}
	return refuse("the document is broken: "+err.Error(), saveAnew)
}

// mainPart finds the part that holds the text.
func (a archive) mainPart() (string, error) {
	data, err := a.part("_rels/.rels")
	if err == nil {
		root, err := parse(data)
		if err != nil {
			return "", err
		}
		for _, n := range root.children {
			if strings.HasSuffix(n.value("Type"), "/officeDocument") {
				return a.document(within("", n.value("Target")))
			}
		}
	}
	return a.document("word/document.xml")
}

// document returns name if the part looks like a text document's.
func (a archive) document(name string) (string, error) {
	if _, ok := a.files[name]; ok && strings.HasSuffix(name, ".xml") && !strings.HasPrefix(name, "xl/") && !strings.HasPrefix(name, "ppt/") {
		return name, nil
	}
	kind := "no text document"
	switch {
	case a.holds("xl/"):
		kind = "a spreadsheet with another name"
	case a.holds("ppt/"):
		kind = "a presentation"
	case a.holds("content.xml"):
		kind = "an OpenDocument file with another name"
	}
	return "", refuse("this is "+kind, "open it, and save its text as .docx")
}

func (a archive) holds(prefix string) bool {
	for name := range a.files {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// newWriter reads what the text refers to: styles, lists, links and notes.
func newWriter(a archive, main string) (*writer, error) {
	folder := path.Dir(main)
	w := &writer{links: map[string]string{}, notes: map[string]*node{}}
	parts := map[string]string{"styles": "styles.xml", "numbering": "numbering.xml", "footnotes": "footnotes.xml", "endnotes": "endnotes.xml"}
	relations, err := a.optional(path.Join(folder, "_rels", path.Base(main)+".rels"))
	if err != nil {
		return nil, err
	}
	if len(relations) > 0 {
		root, err := parse(relations)
		if err != nil {
			return nil, err
		}
		for _, n := range root.children {
			switch kind := path.Base(n.value("Type")); {
			case kind == "hyperlink":
				w.links[n.value("Id")] = n.value("Target")
			case parts[kind] != "":
				parts[kind] = n.value("Target")
			}
		}
	}
	read := map[string][]byte{}
	for kind, target := range parts {
		if read[kind], err = a.optional(within(folder, target)); err != nil {
			return nil, err
		}
	}
	if w.styles, err = readStyles(read["styles"]); err != nil {
		return nil, err
	}
	if w.numbering, err = readNumbering(read["numbering"]); err != nil {
		return nil, err
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if err := w.readNotes(kind, read[kind+"s"]); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// optional unpacks a part that need not be there.
func (a archive) optional(name string) ([]byte, error) {
	data, err := a.part(name)
	if errors.Is(err, errMissing) {
		return nil, nil
	}
	return data, err
}

// readNotes keeps footnotes or endnotes by kind and id.
func (w *writer) readNotes(kind string, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	root, err := parse(data)
	if err != nil {
		return err
	}
	for _, n := range root.children {
		if kindOf := n.value("type"); n.name == kind && (kindOf == "" || kindOf == "normal") {
			w.notes[kind+" "+n.value("id")] = n
		}
	}
	return nil
}

// properties reads what the document says of itself. A fault there is no fault of the text.
func (a archive) properties(doc *Document) {
	data, err := a.optional("docProps/core.xml")
	if err != nil || len(data) == 0 {
		return
	}
	root, err := parse(data)
	if err != nil {
		return
	}
	doc.Title = oneLine(root.child("title").content())
	doc.Lang = oneLine(root.child("language").content())
	for _, word := range strings.FieldsFunc(root.child("keywords").content(), func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if word = oneLine(word); word != "" {
			doc.Keywords = append(doc.Keywords, word)
		}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
