package edit

import (
	"strings"

	"frontdesk/knowledge"
)

// Loaded returns a section as Section does, and reads no other file than the section's own: for a page that has to be
// fast in a large folder. It returns false when that file is not any more what s was loaded from; ask Section then. What
// others changed since s was loaded is merged by Replace, as with Section.
func (b *Book) Loaded(s knowledge.Section) (Text, bool) {
	f := found{file: s.Source.File, section: s}
	var err error
	if f.data, err = b.read(f.file); err != nil {
		return Text{}, false
	}
	p, markdown, err := f.page()
	switch {
	case err != nil:
		return Text{}, false
	case markdown && p.chapter().Level > 0 && p.chapter().Title != s.Title:
		return Text{}, false
	case markdown && s.Body != p.body() && !strings.HasPrefix(s.Body, p.body()+"\n\n["): // link definitions from elsewhere
		return Text{}, false
	}
	t, err := f.text()
	if err != nil {
		return Text{}, false
	}
	b.texts.keep(t)
	return t, true
}
