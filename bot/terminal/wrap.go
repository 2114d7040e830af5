package terminal

import (
	"io"
	"os"
	"regexp"
	"strings"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// Columns returns how wide the terminal is that w writes to; 0 when it is none.
func Columns(w io.Writer) int {
	file, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// leader is what a line's continuation is set in by: white space, and the mark of a list, a quote or a choice.
var leader = regexp.MustCompile(`^\s*(• |— |→ |> |\d+\. |\[\d+\] )*`)

// Wrap breaks lines between words where they are wider than columns; 0 leaves them as they are. A word that is too wide
// for a line of its own, as an address may be, stays whole.
func Wrap(text string, columns int) string {
	if columns <= 0 {
		return text
	}
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		wrapLine(&out, line, columns)
	}
	return out.String()
}

func wrapLine(out *strings.Builder, line string, columns int) {
	if cells(line) <= columns {
		out.WriteString(line)
		return
	}
	head := leader.FindString(line)
	margin := cells(head)
	if margin > columns/2 {
		margin = 0
	}
	out.WriteString(head)
	at, empty := cells(head), true
	for _, word := range strings.Split(line[len(head):], " ") {
		n := cells(word)
		switch {
		case empty:
		case at+1+n > columns:
			out.WriteString("\n" + strings.Repeat(" ", margin))
			at = margin
		default:
			out.WriteByte(' ')
			at++
		}
		out.WriteString(word)
		at, empty = at+n, false
	}
}

// cells returns how many columns s takes: Chinese signs and most emoji take two.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
