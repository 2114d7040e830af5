package knowledge

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge/page"
)

// TestEscapedTextShowsAsWritten reads what package page writes with the Markdown parser that shows it.
func TestEscapedTextShowsAsWritten(t *testing.T) {
	for _, text := range []string{
		"plain", "5 * 3 is *not* _this_ snake_case", "# no heading", "#hash", "- no item", "+ no", "> no quote", "1. no list", "2) no",
		"---", "===", "***", "| a | b |", "|---|", "<b>bold</b> a<b", "&amp; &copy; & co", `back\slash \* C:\dir\`, "`code`", "~~gone~~",
		"[text](https://a.example)", "[a]: https://a.example", "![x](y)", "[1] and [2][3]", "__x__", "<https://a.example>", "* * *", "a  b",
	} {
		checkEscape(t, text)
	}
}

func checkEscape(t *testing.T, text string) {
	t.Helper()
	if got, want := PlainText(page.Escape(text)), oneLine(text); got != want {
		t.Errorf("PlainText(Escape(%q)) = %q by %q", text, got, page.Escape(text))
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("a *b* [c](d) \\")
	f.Fuzz(func(t *testing.T, text string) {
		text = oneLine(text)
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }) {
			return
		}
		// sentences are shown one by one, so what separates them does not count
		if got := PlainText(page.Escape(text)); oneLine(got) != text {
			t.Errorf("PlainText(Escape(%q)) = %q by %q", text, got, page.Escape(text))
		}
	})
}
