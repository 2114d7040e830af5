package importer

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// markdown writes the draft as a file, without a record.
func (d Draft) markdown() (front, body string) {
	var b strings.Builder
	var above []string
	for i, s := range d.article.Sections {
		kept := 0
		for kept < len(above) && kept < len(s.Above) && above[kept] == s.Above[kept] {
			kept++
		}
		if isOpening(d.article, i) {
			b.WriteString(passage(s) + "\n")
			continue
		}
		for n := kept; n < len(s.Above); n++ { // headings that only hold others
			fmt.Fprintf(&b, "%s %s\n\n", hashes(n), heading(s.Above[n]))
		}
		fmt.Fprintf(&b, "%s %s {#%s}\n\n%s\n", hashes(len(s.Above)), heading(s.Title), s.ID, passage(s))
		above = append(slices.Clone(s.Above), s.Title)
	}
	return d.front(), strings.TrimRight(b.String(), "\n") + "\n"
}

// isOpening reports whether section i is the text above the first heading.
func isOpening(a knowledge.Article, i int) bool {
	s := a.Sections[i]
	return i == 0 && s.Kind == knowledge.Introduction && s.Title == a.Title
}

// hashes begin a heading within so many others; the article's title stands above them all.
func hashes(depth int) string { return strings.Repeat("#", min(depth+2, 6)) }

// passage writes a section's phrasings and text.
func passage(s knowledge.Section) string {
	return also(s.Phrasings) + shielded(s.Body) + "\n"
}

// also writes phrasings as the comment in which they stand below a heading.
func also(phrasings []string) string {
	var all []string
	for _, p := range phrasings {
		p = strings.NewReplacer("|", "/", "-->", "->").Replace(strings.Join(strings.Fields(p), " "))
		all = append(all, p)
	}
	switch {
	case len(all) == 0:
		return ""
	case len(strings.Join(all, " | ")) < 90:
		return "<!-- also: " + strings.Join(all, " | ") + " -->\n\n"
	}
	return "<!-- also:\n" + strings.Join(all, "\n") + "\n-->\n\n"
}

// heading writes a title so that it is read as it stands.
func heading(title string) string {
	title = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "~", `\~`, "<", `\<`).Replace(title)
	if strings.HasSuffix(title, "#") {
		title = strings.TrimSuffix(title, "#") + `\#`
	}
	return title
}

// shielded keeps text from being read as more than one section: headings in it become bold lines, and what it opens and
// leaves open is closed.
func shielded(body string) string {
	const probe = "probe for an open end"
	outline, _ := knowledge.OutlineOf("body.md", body)
	for _, c := range slices.Backward(outline.Chapters) {
		if c.Level > 0 {
			body = body[:c.Start] + "**" + heading(c.Title) + "**\n" + body[c.Text:]
		}
	}
	for _, end := range []string{"", "\n```", "\n~~~", "\n-->", "\n</pre>", "\n</script>", "\n</style>", "\n</textarea>", "\n?>", "\n]]>", "\n>"} {
		outline, _ := knowledge.OutlineOf("body.md", body+end+"\n\n## "+probe+"\n\nx\n")
		if n := len(outline.Chapters); n > 0 && outline.Chapters[n-1].Title == probe {
			return body + end
		}
	}
	return body
}

// front writes the front matter, without the lines of dashes and without a record.
func (d Draft) front() string {
	a := d.article
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nid: %s\nlang: %s\n", scalar(a.Title), scalar(string(a.ID)), scalar(a.Lang))
	if a.URL != "" {
		fmt.Fprintf(&b, "url: %s\n", scalar(a.URL))
	}
	if !a.Handoff.IsZero() {
		fmt.Fprintf(&b, "contact: %s\n", contact(a.Handoff))
	}
	if len(a.Tags) > 0 {
		fmt.Fprintf(&b, "tags: %s\n", list(a.Tags))
	}
	b.WriteString(dates("", a.Reviewed, a.ReviewBy, a.Expires, knowledge.Article{}))
	notes := ""
	for _, s := range a.Sections {
		notes += note(a, s)
	}
	if notes != "" {
		b.WriteString("sections:\n" + notes)
	}
	return b.String()
}

// note writes what front matter says of one section; empty when it has nothing of its own.
func note(a knowledge.Article, s knowledge.Section) string {
	var b strings.Builder
	opening := isOpening(a, 0) && s.ID == a.Sections[0].ID
	if usual := knowledge.SectionID(fmt.Sprintf("%s#%s", a.ID, knowledge.Introduction)); opening && s.ID != usual {
		fmt.Fprintf(&b, "    id: %s\n", scalar(string(s.ID)))
	}
	if s.URL != a.URL {
		fmt.Fprintf(&b, "    url: %s\n", scalar(s.URL))
	}
	if s.Handoff != a.Handoff && !s.Handoff.IsZero() {
		fmt.Fprintf(&b, "    contact: %s\n", contact(s.Handoff))
	}
	own := slices.DeleteFunc(slices.Clone(s.Tags), func(tag string) bool { return slices.Contains(a.Tags, tag) })
	if len(own) > 0 {
		fmt.Fprintf(&b, "    tags: %s\n", list(own))
	}
	b.WriteString(dates("    ", s.Reviewed, s.ReviewBy, s.Expires, a))
	if b.Len() == 0 {
		return ""
	}
	name := string(s.ID)
	if opening {
		name = string(knowledge.Introduction)
	}
	return "  " + scalar(name) + ":\n" + b.String()
}

// section returns a section of the draft by its id.
func (d Draft) section(id knowledge.SectionID) knowledge.Section {
	for _, s := range d.article.Sections {
		if s.ID == id {
			return s
		}
	}
	return knowledge.Section{}
}

// check makes sure that the file is read as the draft is meant: with its sections, none more or less.
func (d Draft) check(written page) error {
	got, want := written.sections, d.article.Sections
	if len(got) != len(want) {
		return fmt.Errorf("what would be written is read as %s instead of %d", count(len(got)), len(want))
	}
	for i, s := range want {
		if got[i].ID != s.ID || got[i].Title != s.Title || strings.TrimSpace(got[i].Body) == "" {
			return fmt.Errorf("what would be written does not hold the section %q as the source has it, but %q (%s)", s.Title, got[i].Title, got[i].ID)
		}
	}
	return nil
}
