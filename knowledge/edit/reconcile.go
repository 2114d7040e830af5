package edit

import (
	"slices"
	"strings"
)

// reconcile merges what somebody wants with what others did since the text they began from. data is the file as it is.
func (b *Book) reconcile(wanted, now Text, revision string, data []byte) (Text, error) {
	if revision == now.Revision || wanted.says(now) {
		return wanted, nil
	}
	conflict := func(lines []string) error {
		return &ConflictError{File: now.File, Theirs: data, Merged: []byte(strings.Join(lines, "")), Text: &now}
	}
	base, known := b.texts.get(revision)
	if !known {
		return wanted, conflict(marked(whole(wanted), whole(now)))
	}
	merged := wanted
	title, titleOK := merge(line(base.Title), line(wanted.Title), line(now.Title))
	body, bodyOK := merge(split(base.Body+"\n"), split(wanted.Body+"\n"), split(now.Body+"\n"))
	if !titleOK || !bodyOK {
		if !titleOK {
			body = append(append(title, "\n"), body...)
		}
		return wanted, conflict(body)
	}
	merged.Title = strings.TrimSuffix(title[0], "\n")
	merged.Body = trimBlankLines(strings.Join(body, ""))
	merged.Phrasings = without(now.Phrasings, without(base.Phrasings, wanted.Phrasings))
	for _, p := range without(wanted.Phrasings, base.Phrasings) {
		if !slices.Contains(merged.Phrasings, p) {
			merged.Phrasings = append(merged.Phrasings, p)
		}
	}
	return merged, nil
}

func line(s string) []string { return []string{s + "\n"} }

// whole returns a text as lines, with its title where a conflict is about that as well.
func whole(t Text) []string { return append([]string{t.Title + "\n", "\n"}, split(t.Body+"\n")...) }
