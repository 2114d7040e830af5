package knowledge

import (
	"slices"
	"strings"
)

// sectionFinder returns a function that finds the first section of an id, of a heading or of a heading's slug; -1 when there
// is none. Ids may change between its calls.
func sectionFinder(sections []Section) func(name string) int {
	titles, others := map[string]int{}, map[string]int{}
	for i, s := range slices.Backward(sections) {
		titles[matchable(s.Title)] = i
		if others[slug(s.Title)] = i; s.Title == "" {
			others[string(s.Kind)] = i
		}
	}
	return func(name string) int {
		if i := slices.IndexFunc(sections, func(s Section) bool { return string(s.ID) == name }); i >= 0 {
			return i
		}
		title, titled := titles[matchable(name)]
		other, known := others[name]
		switch {
		case titled && known:
			return min(title, other)
		case titled:
			return title
		case known:
			return other
		}
		return -1
	}
}

// matchable returns a heading with case, spaces and closing marks taken away.
func matchable(s string) string {
	return strings.TrimRight(strings.ToLower(oneLine(PlainText(s))), " ?!.:")
}
