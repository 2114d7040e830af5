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
		t.Error(`find("x") among none found it`)
	}
	text := func(i int32) string { return fmt.Sprintf("word %d", i) }
	for i := range int32(1000) {
		if n := s.add(text(i)); n != i {
			t.Fatalf("%q is number %d, want %d", text(i), n, i)
		}
	}
	a, b := s.clone(), s.clone() // as two snapshots made from one
	for i := int32(1000); i < 3000; i++ {
		a.add(text(i))
		b.add(text(-i))
		if _, ok := s.find(text(i)); ok {
			t.Fatalf("the original has %q of its clone", text(i))
		}
	}
	for i := range int32(3000) {
		other := i
		if i >= 1000 {
			other = -i
		}
		for c, want := range map[*symbols]string{&a: text(i), &b: text(other)} {
			if n, ok := c.find(want); !ok || n != i || c.texts[n] != want {
				t.Fatalf("%q is number %d, %v", want, n, ok)
			}
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
