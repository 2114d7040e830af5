package office

import (
	"regexp"
	"strconv"
	"strings"
)

// A style is what a paragraph or a character style says that matters here.
type style struct {
	level        int // of a heading, from 1; 0 for none
	title        bool
	contents     bool // an entry of the table of contents
	bold, italic bool
	numbering    *node // numPr; nil for none
	depth        int   // of a list, from 0, where the style's name says it
}

// A styleSheet holds the styles by id.
type styleSheet map[string]style

// heading knows headings by their style's name. Word writes the English name whatever language it is used in; others
// write their own.
var heading = regexp.MustCompile(`(?i)^(?:heading|überschrift|titre|t[ií]tulo|titolo|rubrik|kop|nagłówek|заголовок|otsikko|overskrift|nadpis|başlık|tajuk|cím|antraštė|标题|標題|見出し|제목)\s*([1-9])$`)

// bareHeading knows them by their style's id, which has no spaces and lost letters that are not ASCII.
var bareHeading = regexp.MustCompile(`(?i)^(?:heading|berschrift|titre|t?tulo|titolo|rubrik|kop|nagwek|otsikko|overskrift|nadpis)([1-9])$`)

var (
	titleName    = regexp.MustCompile(`(?i)^(title|titel|titre|t[ií]tulo|titolo|название|tytuł|otsikko|tittel|název|başlık|标题|標題|表題|제목)$`)
	listName     = regexp.MustCompile(`(?i)^list (?:bullet|number) ([2-5])$`)
	contentsName = regexp.MustCompile(`(?i)^(toc|verzeichnis|tm|tdc|sommario|inhopg|innehåll|spis treści|оглавление|contents)\s*(\d|heading|überschrift)$`)
)

// readStyles reads word/styles.xml; no styles when there is none.
func readStyles(data []byte) (styleSheet, error) {
	sheet := styleSheet{}
	if len(data) == 0 {
		return sheet, nil
	}
	root, err := parse(data)
	if err != nil {
		return nil, err
	}
	nodes := map[string]*node{}
	for _, n := range root.children {
		if n.name == "style" {
			nodes[n.value("styleId")] = n
		}
	}
	for id := range nodes {
		sheet[id] = resolve(nodes, id)
	}
	return sheet, nil
}

// resolve follows a style to those that it is based on: the nearest one that says something counts.
func resolve(nodes map[string]*node, id string) style {
	var s style
	var bold, italic, level, named bool
	for depth := 0; depth < 20; depth++ {
		n, ok := nodes[id]
		if !ok {
			break
		}
		name := strings.TrimSpace(n.val("name"))
		if !named && !level {
			if m := heading.FindStringSubmatch(name); m != nil {
				s.level, _ = strconv.Atoi(m[1])
				named = true
			}
			s.title = s.title || depth == 0 && titleName.MatchString(name)
			if m := listName.FindStringSubmatch(name); m != nil {
				s.depth, _ = strconv.Atoi(m[1])
				s.depth--
			}
		}
		s.contents = s.contents || contentsName.MatchString(name)
		if outline := n.child("pPr", "outlineLvl"); outline != nil && !named && !level {
			s.level, level = outlineLevel(outline.value("val")), true
		}
		if b := n.child("rPr", "b"); b != nil && !bold {
			s.bold, bold = !off(b.value("val")), true
		}
		if i := n.child("rPr", "i"); i != nil && !italic {
			s.italic, italic = !off(i.value("val")), true
		}
		if num := n.child("pPr", "numPr"); num != nil && s.numbering == nil {
			s.numbering = num
		}
		id = n.val("basedOn")
	}
	if s.contents || s.title {
		s.level = 0
	}
	return s
}

// outlineLevel turns Word's levels, 0 to 8 and 9 for text, into ours.
func outlineLevel(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// style returns the style with an id. One that the document does not define is known by its id.
func (s styleSheet) style(id string) style {
	found, ok := s[id]
	if ok || id == "" {
		return found
	}
	if m := bareHeading.FindStringSubmatch(id); m != nil {
		found.level, _ = strconv.Atoi(m[1])
	}
	found.title = titleName.MatchString(id)
	return found
}
