package office

import (
	"slices"
	"strings"
)

// longestHeading is how many words a bold paragraph may have to be taken for a heading.
const longestHeading = 16

// promote settles which blocks are headings, and their levels. A paragraph in the style of titles names the document,
// so that the headings go one level down. A document without heading styles has bold paragraphs for headings, if it has
// any.
func promote(blocks []block) {
	styled := slices.ContainsFunc(blocks, func(b block) bool { return b.level > 0 })
	title := slices.IndexFunc(blocks, func(b block) bool { return b.title })
	if !styled {
		promoteBold(blocks, title < 0)
	}
	for i := range blocks {
		b := &blocks[i]
		switch {
		case i == title:
			b.level = 1
		case b.title:
			b.level = 2 // there is one title
		case b.level > 0 && title >= 0 && styled:
			b.level++
		}
		b.level = min(b.level, 6)
	}
}

// promoteBold makes headings of paragraphs that are nothing but a few bold words with other text below them. The first
// one on the page, centred or with another heading right below it, is the document's title if it may have one.
func promoteBold(blocks []block, mayTitle bool) {
	var found []int
	for i := range blocks {
		if blocks[i].isBold() && (blocks[i].mark == nil || i+1 < len(blocks) && !blocks[i+1].isBold() && blocks[i+1].mark == nil) {
			found = append(found, i)
		}
	}
	for len(found) > 0 && found[len(found)-1] == len(blocks)-1 {
		found = found[:len(found)-1] // nothing stands below it
	}
	for n, i := range found {
		b := &blocks[i]
		b.level, b.mark = 2, nil
		if n == 0 && i == 0 && mayTitle && len(found) > 1 && (b.centred || found[1] == 1) {
			b.level = 1
		}
	}
}

// isBold reports whether a paragraph is nothing but a few bold words.
func (b block) isBold() bool {
	if len(b.spans) == 0 || b.rows != nil || b.title {
		return false
	}
	for _, s := range b.spans {
		if !s.bold && strings.Trim(s.text, " \n:.") != "" {
			return false
		}
	}
	text := plainText(b.spans)
	return len(strings.Fields(text)) <= longestHeading && !strings.Contains(text, "\n")
}
