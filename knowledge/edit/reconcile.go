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
	joined := wanted
	conflict := &ConflictError{File: now.File, Theirs: data, Text: &now}
	base, known := b.texts.get(revision)
	if !known { // so nobody can tell what was taken away
		joined.Body = trimBlankLines(strings.Join(marked(split(wanted.Body+"\n"), split(now.Body+"\n")), ""))
		joined.Phrasings = append(slices.Clone(now.Phrasings), without(wanted.Phrasings, now.Phrasings)...)
		conflict.Joined = joined
		return wanted, conflict
	}
	title, titleOK := merge(line(base.Title), line(wanted.Title), line(now.Title))
	body, bodyOK := merge(split(base.Body+"\n"), split(wanted.Body+"\n"), split(now.Body+"\n"))
	if titleOK {
		joined.Title = strings.TrimSuffix(title[0], "\n")
	}
	joined.Body = trimBlankLines(strings.Join(body, ""))
	joined.Phrasings = without(now.Phrasings, without(base.Phrasings, wanted.Phrasings))
	for _, p := range without(wanted.Phrasings, base.Phrasings) {
		if !slices.Contains(joined.Phrasings, p) {
			joined.Phrasings = append(joined.Phrasings, p)
		}
	}
	if !titleOK || !bodyOK {
		conflict.Joined = joined
		return wanted, conflict
	}
	return joined, nil
}

func line(s string) []string { return []string{s + "\n"} }
