package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoadTable(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string
		problems         []string
	}{
		{"plain", "faq.csv", "id,question,alternates,answer\nA 1,How?,\"so\nthus\",Like *this*.\n",
			[]string{"A 1 | answer | How? | Like *this*."}, nil},
		{"any order, any case, a mark, semicolons", "faq.csv", "\ufeffAnswer;ID;Question\r\nYes;x;Is it?\r\n",
			[]string{"x | answer | Is it? | Yes"}, nil},
		{"tabs", "faq.tsv", "id\tquestion\tanswer\nx\tIs it 5\" wide?\tYes\n", []string{`x | answer | Is it 5" wide? | Yes`}, nil},
		{"separator line", "faq.csv", "sep=;\nid;question;answer\nx;a;b\n", []string{"x | answer | a | b"}, nil},
		{"missing column", "faq.csv", "id,question\nx,y\n", nil, []string{"faq.csv:1: error: the first line names no column answer"}},
		{"holes", "faq.csv", "id,question,answer,note\n,a,b,\ny,,b,\nz,a,,\n\nok,a,b,hm\n", []string{"ok | answer | a | b"}, []string{
			`faq.csv:1: notice: the column "note" is not read`, "faq.csv:2: error: row left out: it has no id",
			"faq.csv:3: error: row left out: it has no question", "faq.csv:4: warning: row left out: it has no answer"}},
		{"repeated id", "faq.csv", "id,question,answer\nx,a,b\nx,c,d\n", []string{"x | answer | a | b"},
			[]string{`faq.csv:3: error: id "x" is taken by faq.csv:2`}},
		{"too many cells", "faq.csv", "id,question,answer\nx,a,b,c\ny,a,b,\n", []string{"y | answer | a | b"},
			[]string{"faq.csv:2: error: row left out: it has more cells"}},
		{"open quotation mark", "faq.csv", "id,question,answer\nx,a,b\ny,\"a,b\nz,a,b\n", nil, []string{"faq.csv:3: error: broken table"}},
		{"links", "faq.csv", "id,question,answer,url,contact,tags,lang\nx,a,b,javascript:x,javascript:y,\"t, u\",es-MX\n",
			[]string{"x | answer | a | b"}, []string{`faq.csv:2: error: contact "javascript:y" is no link`, `faq.csv:2: error: url "javascript:x" is no web`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, problems := Load(files(test.file, test.text, "z.md", "Other.", "desk.yaml", "lang: en"), contact)
			got := show(base)
			if diff := cmp.Diff(append(test.want, "z#introduction | introduction | Z | Other."), got); diff != "" {
				t.Errorf("Load(%q): %s", test.text, diff)
			}
			wantProblems(t, problems, test.problems...)
		})
	}
	base, _ := Load(files("faq.csv", "id,question,alternates,answer,lang,tags\nx,a,\"b\n\n c \",d,es,\"t; u\"\n"), contact)
	s := base.Sections()[0]
	if !slices.Equal(s.Phrasings, []string{"b", "c"}) || s.Lang != "es" || !slices.Equal(s.Tags, []string{"t", "u"}) || s.Handoff.Label != "Contacto" {
		t.Errorf("row = %+v, want phrasings b and c, Spanish, tags t and u, the contact named in Spanish", s)
	}
}

func BenchmarkLoadTable(b *testing.B) {
	var text strings.Builder
	text.WriteString("id,question,alternates,answer\n")
	for i := range 1500 {
		fmt.Fprintf(&text, "id%d,question %d,\"%s\",the answer\n", i, i, strings.Repeat("another way to ask\n", 9))
	}
	folder := files("faq.csv", text.String())
	for b.Loop() {
		Load(folder, contact)
	}
}
