package knowledge

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLoadEndlessMarkup reads small files that parsers take minutes or gigabytes for, next to large ones that are fine.
func TestLoadEndlessMarkup(t *testing.T) {
	var stairs, steps strings.Builder
	for i := range 2000 {
		stairs.WriteString(strings.Repeat("  ", i) + "- step\n")
		steps.WriteString(strings.Repeat("  ", i%20) + "- step\n")
	}
	wide := strings.Repeat("|a", 2000) + "\n" + strings.Repeat("|-", 2000) + "\n" + strings.Repeat("|\n", 2000)
	for _, test := range []struct{ name, file, text, problem string }{
		{"list in list by indentation", "a.md", "## Q\n\n" + stairs.String(), "a.md:103: error: lists or quotations are nested too deeply"},
		{"list in list, again and again", "a.md", "## Q\n\n" + steps.String(), ""},
		{"list in list in one line", "a.md", "x\n\n" + strings.Repeat("1. ", 50_000), "a.md:3: error: lists or quotations are nested too deeply"},
		{"rule across the page", "a.md", "x\n\n" + strings.Repeat("- ", 300) + "\n\n" + strings.Repeat("*", 300) + "\n", ""},
		{"indented far", "a.md", "x\n" + strings.Repeat(" ", 300) + "y\n", ""},
		{"marks below front matter", "a.md", "---\ntitle: A\n---\nx\n\n" + strings.Repeat("[", 20_000), "a.md:6: error: a paragraph has too many brackets"},
		{"wide table of short rows", "a.md", "## Q\n\n" + wide, "a.md:"},
		{"long table", "a.md", "## Q\n\n|a|b|\n|-|-|\n" + strings.Repeat("|x|y|\n", 5000), ""},
		{"wide table of a page", "a.html", "<h2>Q</h2><table><tr>" + strings.Repeat("<td>a</td>", 2000) + "</tr>" + strings.Repeat("<tr><td>b</td><td>c</td></tr>", 2000) + "</table>",
			"a.html: error: a table has too many cells"},
		{"cells that span millions", "a.html", "<h2>Q</h2><table><tr><td colspan=9999999999999999999999 rowspan=900000000>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, problems := Load(files(test.file, test.text, "good.md", "# Good\nIt works."), contact)
			if test.problem == "" {
				wantProblems(t, problems)
			} else if len(problems) == 0 || !strings.HasPrefix(problems[0].String(), test.problem) {
				t.Errorf("problems = %v, want first %q", problems, test.problem)
			}
		})
	}
}

// TestLoadEndlessYAML reads settings and crisis rules that YAML readers take minutes or gigabytes for.
func TestLoadEndlessYAML(t *testing.T) {
	for _, file := range []string{"desk.yaml", "crisis.yaml"} {
		for name, test := range map[string]struct{ text, problem string }{
			"lists":           {strings.Repeat("[", 100_000), "the YAML is nested too deeply"},
			"lists, in lines": {strings.Repeat("[\n", 50_000), "the YAML is nested too deeply"},
			"commas":          {"a: [" + strings.Repeat(",", 200_000) + "]", "a line of the YAML has more than 8 KB"},
			"keys":            {strings.Repeat("? ", 50_000), "a line of the YAML has more than 8 KB"},
			"aliases":         {"a: &a [x, x]\nb: [*a, *a]", "anchors and aliases are not read"},
			"size":            {strings.Repeat("# x\n", 300_000), "the YAML has more than"},
		} {
			base, problems := Load(files(file, test.text, "good.md", "# Good\nIt works."), contact)
			if !slices.ContainsFunc(problems, func(q Problem) bool {
				return q.Source.File == file && q.Level == Error && strings.Contains(q.Text, test.problem)
			}) {
				t.Errorf("%s of %s: problems = %v, want %q", file, name, problems, test.problem)
			}
			if base.Settings.CrisisFile != nil {
				t.Errorf("%s of %s is handed on", file, name)
			}
		}
	}
}

func TestLoadOddNames(t *testing.T) {
	folder := files("good.md", "x", "new\nline.md", "x", "red\x1b[31m.md", "x", "\u202etxt.md", "x", "Icon\r", "x", "\U0001F469\u200D\U0001F52C caf\u00e9.md", "x", "a\tb/c.md", "x")
	base, problems := Load(folder, contact)
	const text = "left out: its name holds a line break or another character that cannot be shown"
	wantProblems(t, problems, `"Icon\r": notice: `+text, `"\u202etxt.md": error: `+text, `"a\tb": error: `+text, `"new\nline.md": error: `+text, `"red\x1b[31m.md": error: `+text)
	if len(base.Articles) != 2 {
		t.Errorf("articles = %q, want two", show(base))
	}
	for _, problem := range problems {
		if strings.ContainsAny(problem.String(), "\n\r\x1b\u202e") {
			t.Errorf("problem %q gives a terminal orders", problem)
		}
	}
}

func TestLoadFoldersNamedAsFiles(t *testing.T) {
	folder := files("good.md", "x", "more.md/b.md", "y")
	folder["desk.yaml"] = &fstest.MapFile{Mode: fs.ModeDir}
	folder["questions.tsv"] = &fstest.MapFile{Mode: fs.ModeDir}
	folder["pipe.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	base, problems := Load(folder, contact)
	wantProblems(t, problems, "desk.yaml: error: this is a folder with the name of a file", "pipe.md: warning: left out: not a file",
		"questions.tsv: error: this is a folder with the name of a file")
	if len(base.Articles) != 2 {
		t.Errorf("articles = %q, want two", show(base))
	}
}

func TestLoadMisplacedFrontMatter(t *testing.T) {
	for text, want := range map[string]string{
		"\n \n---\ntitle: A\n---\nx":    "a.md:3: error: front matter is read only where the file begins with it",
		"+++\ntitle = 'A'\n+++\nx":      `a.md:1: error: front matter between lines of "+++" is not read`,
		"\n\n---\n\nA day: the first\n": "",
		"+++ new +++\n\nx":              "",
	} {
		_, problems := Load(files("a.md", text), contact)
		if want == "" {
			wantProblems(t, problems)
		} else if !slices.ContainsFunc(problems, func(q Problem) bool { return strings.HasPrefix(q.String(), want) }) {
			t.Errorf("Load(%q) says %v, want %q", text, problems, want)
		}
	}
}

// TestLoadBrokenUTF8 keeps text with one broken character from being read as Windows-1252, which breaks all others.
func TestLoadBrokenUTF8(t *testing.T) {
	base, problems := Load(files("a.md", "## F\u00fcr wen?\n\nF\u00fcr alle.\nCaf\xe9.\n", "b.md", "x"), contact)
	wantProblems(t, problems, "a.md:4: error: a character here is broken, in a text that is UTF-8 otherwise")
	if len(base.Articles) != 1 {
		t.Errorf("articles = %q, want one", show(base))
	}
}

// TestLoadCountsProblems tells of very many problems of one kind a number, and loses none of another.
func TestLoadCountsProblems(t *testing.T) {
	_, problems := Load(files("a.csv", "id,question,answer"+strings.Repeat(",note", 1000)+"\n,Why?,So\n", "b.md", "## B\nx"), contact)
	if len(problems) > maxAlike+10 {
		t.Fatalf("%d problems, want about %d", len(problems), maxAlike)
	}
	want := []string{"a.csv:1: notice: and 800 more like these up to here", "a.csv:2: error: row left out"}
	for _, w := range want {
		if !slices.ContainsFunc(problems, func(q Problem) bool { return strings.HasPrefix(q.String(), w) }) {
			t.Errorf("problems = %v, want one that begins with %q", problems, w)
		}
	}
}

// TestOpenDirOfNothing says what to do.
func TestOpenDirOfNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	if _, _, err := OpenDir(path); err == nil || !strings.Contains(err.Error(), "frontdesk init "+path) {
		t.Errorf("OpenDir(%q) = %v, want what to do", path, err)
	}
}

// TestLoadManyNotes reads a file and its front matter, and a file of phrasings, with far more rows than staff write: what
// is done for each must not grow with the others.
func TestLoadManyNotes(t *testing.T) {
	var front, text, rows strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&front, "  What is it that nobody wrote of at all, number %d: [x]\n", i)
		fmt.Fprintf(&text, "## Something else that was written about, number %d\n\nx\n\n", i)
	}
	for i := range 20_000 {
		fmt.Fprintf(&rows, "asked in way %d\tb\n", i)
	}
	base, problems := Load(files("a.md", "---\nsections:\n"+front.String()+"---\n"+text.String(), "b.md", "## B {#b}\n\nx", "phrasings.tsv", rows.String()), contact)
	if len(problems) != maxAlike+1 {
		t.Errorf("%d problems, want %d", len(problems), maxAlike+1)
	}
	i := slices.IndexFunc(base.Sections(), func(s Section) bool { return s.ID == "b" })
	if got := base.Sections()[i].Phrasings; len(got) != 20_000 || got[0] != "asked in way 0" {
		t.Errorf("%d phrasings, want 20,000 in their order", len(got))
	}
}
