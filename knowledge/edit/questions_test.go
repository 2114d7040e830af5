package edit

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"frontdesk/knowledge"
)

// TestChangeQuestions takes golden questions away and lets other sections answer them, and leaves all other rows as they
// are.
func TestChangeQuestions(t *testing.T) {
	const rows = mark + "question\tsection\tlang\r\n# ours\r\nhow much\ta#fee\r\n\"say \"\"hello\"\"\"\tNONE\r\nhow much\ta#fee\tES\r\n# how much\ta#fee\r\nhow much\ta#where|a#fee"
	for name, c := range map[string]struct {
		question, lang string
		aim            string
		want           string
		err            error
	}{
		"drop":             {"how much", "", "", mark + "question\tsection\tlang\r\n# ours\r\n\"say \"\"hello\"\"\"\tNONE\r\nhow much\ta#fee\tES\r\n# how much\ta#fee\r\n", nil},
		"drop in Spanish":  {"how much", "es", "", mark + "question\tsection\tlang\r\n# ours\r\nhow much\ta#fee\r\n\"say \"\"hello\"\"\"\tNONE\r\n# how much\ta#fee\r\nhow much\ta#where|a#fee", nil},
		"drop with quotes": {`say "hello"`, "", "", mark + "question\tsection\tlang\r\n# ours\r\nhow much\ta#fee\r\nhow much\ta#fee\tES\r\n# how much\ta#fee\r\nhow much\ta#where|a#fee", nil},

		"aim":            {"how much", "", "a#where", mark + "question\tsection\tlang\r\n# ours\r\nhow much\ta#where\r\n\"say \"\"hello\"\"\"\tNONE\r\nhow much\ta#fee\tES\r\n# how much\ta#fee\r\nhow much\ta#where", nil},
		"aim in Spanish": {"how much", "es", "a#where", mark + "question\tsection\tlang\r\n# ours\r\nhow much\ta#fee\r\n\"say \"\"hello\"\"\"\tNONE\r\nhow much\ta#where\tES\r\n# how much\ta#fee\r\nhow much\ta#where|a#fee", nil},
		"aim at nothing": {"how much", "", "a#gone", rows, ErrGone},
		"aim as it is":   {"how much", "es", "a#fee", rows, ErrSame},
	} {
		t.Run(name, func(t *testing.T) {
			b, dir := folderOf(t, map[string]string{"a.md": "## Fee\n\nTen.\n\n## Where\n\nHere.\n", "questions.tsv": rows})
			change, err := b.DropQuestion(c.question, c.lang)
			if c.aim != "" {
				change, err = b.AimQuestion(c.question, c.lang, knowledge.SectionID(c.aim))
			}
			if !errors.Is(err, c.err) {
				t.Fatalf("the change = %v, want %v", err, c.err)
			}
			if err == nil {
				if err := b.Apply(t.Context(), "ann", change); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := os.ReadFile(filepath.Join(dir, "questions.tsv")); err != nil || string(got) != c.want {
				t.Errorf("questions.tsv = %q, %v\nwant %q", got, err, c.want)
			}
		})
	}
	b, _ := folderOf(t, map[string]string{"a.md": "## Fee\n\nTen.\n", "questions.tsv": rows})
	if _, err := b.OutOfScope(`Say "hello"`, ""); !errors.Is(err, ErrSame) {
		t.Errorf("OutOfScope() of what stands there in quotes = %v, want ErrSame", err)
	}
	b, _ = folderOf(t, map[string]string{"a.md": "## Fee\n\nTen.\n"})
	var refused *RefusedError
	if _, err := b.DropQuestion("how much", ""); !errors.As(err, &refused) {
		t.Errorf("DropQuestion() without a file = %v, want that it is refused", err)
	}
	if _, err := b.AimQuestion("how much", "", "a|b"); !errors.As(err, &refused) {
		t.Errorf("AimQuestion() at %q = %v, want that it is refused", "a|b", err)
	}
}
