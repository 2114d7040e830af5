package knowledge

import (
	"fmt"
	"strings"
)

// PhrasingsFile is the name of a file at the top of the folder with phrasings for sections in files that have no place
// for them, such as saved pages: one a line, a tab, and the section's id. Empty lines and lines that start with # are
// passed over.
const PhrasingsFile = "phrasings.tsv"

// addPhrasings adds what the file says to the sections.
func (l *loader) addPhrasings(name string, articles []Article) {
	if name == "" {
		return
	}
	text, ok := l.text(name)
	if !ok {
		return
	}
	at := map[SectionID]*Section{}
	for i := range articles {
		for j := range articles[i].Sections {
			s := &articles[i].Sections[j]
			at[s.ID] = s
		}
	}
	more := map[*Section][]string{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		phrasing, id, _ := strings.Cut(line, "\t")
		phrasing, id = strings.TrimSpace(phrasing), strings.TrimSpace(id)
		s, known := at[SectionID(id)]
		switch {
		case phrasing == "" || id == "":
			l.problems.add(Position{name, n}, Warning, "this line is not read", "write a phrasing, a tab and the section's id")
		case !known:
			l.problems.add(Position{name, n}, Warning, fmt.Sprintf("there is no section %q", id), "write an id that frontdesk check lists, or remove the line")
		default:
			more[s] = append(more[s], phrasing)
		}
	}
	for s, phrasings := range more {
		s.Phrasings = merge(s.Phrasings, phrasings)
	}
}
