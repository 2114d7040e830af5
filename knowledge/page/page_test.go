package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "write what Cut returns to testdata/*.golden")

// TestCut reads pages that were pasted in quite different ways. Each .golden file shows what a careful reader would
// make of the .txt beside it; changes to it are reviewed like code.
func TestCut(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatalf("testdata: %d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			got := outline(Cut(text))
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("Cut(%s) =\n%s\nwant\n%s", file, got, want)
			}
			checkNothingLost(t, text)
		})
	}
}

// outline prints a page for reading.
func outline(p Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: %s\n", p.Line, p.Title)
	for _, part := range p.Parts {
		role := []string{"answer", "introduction", "conclusion", "contact"}[part.Role]
		fmt.Fprintf(&b, "\n%d: %s: %s\n", part.Line, role, strings.Join(append(slices.Clone(part.Above), part.Title), " / "))
		for line := range strings.Lines(part.Body) {
			b.WriteString(strings.TrimSuffix("    "+line, "\n") + "\n")
		}
	}
	if len(p.LeftOut) > 0 {
		b.WriteString("\nleft out\n")
	}
	for _, l := range p.LeftOut {
		fmt.Fprintf(&b, "    %d: %s (%s)\n", l.Line, l.Text, l.Why)
	}
	return b.String()
}

var notWord = regexp.MustCompile(`[^\pL\pN]+`)

// checkNothingLost holds that every word of a text is in a title, a part or among what was left out.
func checkNothingLost(t *testing.T, text string) {
	t.Helper()
	p := Cut(text)
	kept := p.Title + " "
	for _, part := range p.Parts {
		kept += strings.Join(part.Above, " ") + " " + part.Title + " " + part.Body + " "
	}
	for _, l := range p.LeftOut {
		kept += l.Text + " "
	}
	count := func(s string) map[string]int {
		words := map[string]int{}
		for _, w := range strings.Fields(notWord.ReplaceAllString(invisible.Replace(s), " ")) {
			words[w]++
		}
		return words
	}
	have := count(kept)
	for w, n := range count(text) {
		if have[w] < n && !isLabel(w) {
			t.Errorf("Cut(%.300q) loses %q: %d of %d left", text, w, have[w], n)
		}
	}
}

// isLabel reports whether a word may be one of a FAQ's labels, "Q" or "Answer 3", which Cut takes off.
func isLabel(w string) bool {
	return Words().labels.MatchString(w+": ") || strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

func FuzzCut(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		data, _ := os.ReadFile(file)
		f.Add(string(data))
	}
	for _, seed := range []string{"", "a", "\n\nQ:\nA: b\n", "Title\n===\n\n•\nx\n", "1.\n2. b\n", "A?\nB?\nC?\n\x00", "# \n**a**\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 10_000 {
			checkNothingLost(t, strings.ToValidUTF8(text, "?"))
		}
	})
}

func TestRoleOf(t *testing.T) {
	tests := []struct {
		heading string
		want    Role
	}{
		{"Reach out to us", Contact}, {"Contact", Contact}, {"CONTACT US TODAY!", Contact}, {"Get in touch", Contact},
		{"Book now", Contact}, {"Book your free consultation", Contact}, {"Still have questions?", Contact},
		{"Talk to a human", Contact}, {"Schedule an appointment", Contact}, {"Contacto", Contact}, {"Contáctanos", Contact},
		{"Reserva tu cita", Contact}, {"¿Tienes preguntas?", Contact}, {"Ponte en contacto con nosotros", Contact},
		{"How do I contact my therapist?", Answer}, {"Contact lenses", Answer}, {"Booking a machine", Answer},
		{"What should I do if I get in touch with poison ivy?", Answer}, {"Call costs", Answer}, {"Reservas y cancelaciones", Answer},
		{"Conclusion", Conclusion}, {"Final Thoughts", Conclusion}, {"Para terminar", Conclusion}, {"Introduction", Introduction},
		{"", Answer},
	}
	for _, test := range tests {
		if got := RoleOf(test.heading); got != test.want {
			t.Errorf("RoleOf(%q) = %v, want %v", test.heading, got, test.want)
		}
	}
}
