package edit

import (
	"reflect"
	"strings"
	"testing"
)

// TestLoaded reads every section the fast way and the whole way, and the fast way gives up where the file has changed.
func TestLoaded(t *testing.T) {
	b, dir := open(t)
	base := b.look("", nil).base
	for _, s := range base.Sections() {
		want, err := b.Section(s)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := b.Loaded(s); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("Loaded(%q) = %+v, %v, want %+v", s.ID, got, ok, want)
		}
	}
	s := section(t, b, "privacy")
	for _, edit := range []func(string) string{
		func(text string) string { return strings.Replace(text, "We tell nobody.", "We tell no one.", 1) },
		func(text string) string {
			return strings.Replace(text, "Is it confidential?\n---", "Is it secret?\n---", 1)
		},
		func(text string) string {
			return strings.Replace(text, "Yes.", "<!-- also: who knows -->\n\nYes, sure.", 1)
		},
	} {
		write(t, dir, map[string]string{s.Source.File: edit(read(t, dir, s.Source.File))})
		if got, ok := b.Loaded(s); ok {
			t.Errorf("Loaded(%q) of a file that has changed = %+v, want none", s.ID, got)
		}
		write(t, dir, map[string]string{s.Source.File: therapy})
	}
	s.Source.File = "../outside.md"
	if got, ok := b.Loaded(s); ok {
		t.Errorf("Loaded of %q = %+v, want none", s.Source.File, got)
	}
}
