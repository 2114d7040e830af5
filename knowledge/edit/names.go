package edit

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"frontdesk/knowledge"
)

// canMake returns an error when a file by that name would clash with one that is there, also on systems that do not
// tell upper from lower case, or its folder is not there.
func (b *Book) canMake(file string) error {
	entries, err := fs.ReadDir(b.FS(), path.Dir(file))
	if err != nil {
		return fmt.Errorf("%q: %w: there is no such folder", file, ErrName)
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), path.Base(file)) {
			return fmt.Errorf("%q: %w: there is %q", file, ErrName, e.Name())
		}
	}
	return nil
}

// checkName returns an error for a name that no new article should have, on any system.
func checkName(file string) error {
	wrong := func(why string) error { return fmt.Errorf("%.100q: %w: %s", file, ErrName, why) }
	switch extension := strings.ToLower(path.Ext(file)); {
	case !fs.ValidPath(file) || len(file) > 240:
		return wrong("it leaves the folder, or is too long")
	case extension != ".md" && extension != ".markdown":
		return wrong("it must end in .md")
	}
	for part := range strings.SplitSeq(file, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(part), ".")
		switch {
		case len(part) > 100:
			return wrong("it is too long")
		case strings.ContainsAny(part, `\:*?"<>|`) || strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsPrint(r) }):
			return wrong("it holds characters that not every system can store")
		case knowledge.Hidden(part) || strings.TrimRight(part, ". ") != part || strings.TrimSpace(part) != part:
			return wrong("it would not be read")
		case slices.Contains(reserved, stem) || len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9':
			return wrong("the name is taken by the system")
		case stem == "readme":
			return wrong("a README describes the folder")
		}
	}
	return nil
}

// reserved are names that Windows keeps for devices.
var reserved = []string{"con", "prn", "aux", "nul", "conin$", "conout$"}

// slug makes a title fit for a file's name or an id: its letters and digits in lower case, joined by hyphens.
func slug(title string) string {
	var out strings.Builder
	gap := false
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			gap = true
		}
		if out.Len() > 56 {
			break
		}
	}
	name := out.String()
	if name == "" || checkName(name+".md") != nil {
		name = "answer-" + name
	}
	return strings.TrimRight(name, "-")
}
