package index

import (
	"fmt"
	"slices"
	"testing"
)

// TestSymbols holds that strings keep their numbers as more come, and that a clone's do not show in the original.
func TestSymbols(t *testing.T) {
	var s symbols
	if _, ok := s.find("x"); ok {
		t.Error("found x among none")
	}
	text := func(i int32) string { return fmt.Sprintf("word %d", i) }
	for i := range int32(1000) {
		if n := s.add(text(i)); n != i {
			t.Fatalf("%q is number %d, want %d", text(i), n, i)
		}
	}
	c := s.clone()
	for i := int32(1000); i < 3000; i++ {
		c.add(text(i))
		if _, ok := s.find(text(i)); ok {
			t.Fatalf("the original has %q of its clone", text(i))
		}
	}
	for i := range int32(3000) {
		if n, ok := c.find(text(i)); !ok || n != i || c.texts[n] != text(i) {
			t.Fatalf("%q is number %d, %v", text(i), n, ok)
		}
	}
}

func TestLists(t *testing.T) {
	l := newLists[string]([]int32{2, 0, 1})
	l.add(2, "c")
	l.add(0, "a")
	l.add(0, "b")
	for i, want := range [][]string{{"a", "b"}, {}, {"c"}} {
		if got := l.of(int32(i)); !slices.Equal(got, want) {
			t.Errorf("list %d is %q, want %q", i, got, want)
		}
	}
}
