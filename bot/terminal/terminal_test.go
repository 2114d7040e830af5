package terminal

import (
	"bufio"
	"io"
	"strings"
	"testing"
)

// TestReadLine expects each line once: whole up to the bound, and the line behind a longer one as if that had been short.
func TestReadLine(t *testing.T) {
	long := strings.Repeat("what are the side effects? ", 400_000) // 10 MB
	longer := strings.Repeat("x", maxLine+5)
	in := bufio.NewReader(strings.NewReader("one\r\n\n" + long + "\n" + longer + "\nlast"))
	for i, want := range []string{"one", "", long, longer[:maxLine], "last"} {
		if got, err := ReadLine(in); err != nil || got != want {
			t.Errorf("line %d is %d bytes with %v, want %d", i, len(got), err, len(want))
		}
	}
	if got, err := ReadLine(in); err != io.EOF || got != "" {
		t.Errorf("ReadLine behind the last line = %q, %v, want io.EOF", got, err)
	}
}
