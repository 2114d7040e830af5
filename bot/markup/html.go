package markup

import (
	"fmt"
	"html"
	"strings"
)

// HTML returns the document for a web page: escaped, with links restricted to https, http, mailto and tel. Headings
// start at h3, since the page has its own above.
func (d Doc) HTML() string {
	w := htmlWriter{}
	for _, b := range d.blocks {
		w.block(b)
	}
	w.lists(0, "")
	w.quote(false)
	return w.String()
}

// An htmlWriter nests the flat blocks again.
type htmlWriter struct {
	strings.Builder
	open   []string // list elements that are open, outermost first
	quoted bool
}

func (w *htmlWriter) block(b block) {
	depth, list := 0, "ul"
	if b.level > 0 && b.kind != heading {
		depth = b.level
	}
	if strings.HasSuffix(b.marker, ".") {
		list = "ol"
	}
	if b.quote != w.quoted {
		w.lists(0, "")
		w.quote(b.quote)
	}
	if b.marker != "" {
		w.lists(depth, list)
	} else {
		w.lists(min(depth, len(w.open)), "")
	}
	switch b.kind {
	case rule:
		w.WriteString("<hr>")
	case code:
		w.WriteString("<pre>" + html.EscapeString(b.text()) + "</pre>")
	case heading:
		level := min(b.level+2, 6)
		fmt.Fprintf(w, "<h%d>%s</h%d>", level, htmlRuns(b.runs), level)
	default:
		w.WriteString("<p>" + htmlRuns(b.runs) + "</p>")
	}
}

// lists opens and closes list elements until depth of them are open. With a list element given, a new item begins.
func (w *htmlWriter) lists(depth int, list string) {
	for len(w.open) > depth || list != "" && len(w.open) == depth && depth > 0 && w.open[depth-1] != list {
		last := len(w.open) - 1
		w.WriteString("</li></" + w.open[last] + ">")
		w.open = w.open[:last]
	}
	if list == "" {
		return
	}
	if len(w.open) == depth {
		w.WriteString("</li><li>")
		return
	}
	for len(w.open) < depth {
		w.WriteString("<" + list + "><li>")
		w.open = append(w.open, list)
	}
}

func (w *htmlWriter) quote(on bool) {
	if on && !w.quoted {
		w.WriteString("<blockquote>")
	}
	if !on && w.quoted {
		w.WriteString("</blockquote>")
	}
	w.quoted = on
}

// htmlTags are opened in this order and closed in the reverse one.
var htmlTags = []struct {
	style style
	tag   string
}{{strong, "strong"}, {emphasis, "em"}, {strike, "s"}, {mono, "code"}}

func htmlRuns(runs []run) string {
	var s strings.Builder
	for _, r := range runs {
		t := strings.ReplaceAll(html.EscapeString(r.text), "\n", "<br>")
		for i := len(htmlTags) - 1; i >= 0; i-- {
			if tag := htmlTags[i]; r.style&tag.style != 0 {
				t = "<" + tag.tag + ">" + t + "</" + tag.tag + ">"
			}
		}
		if r.link != "" {
			t = `<a href="` + html.EscapeString(r.link) + `" rel="noopener">` + t + "</a>"
		}
		s.WriteString(t)
	}
	return s.String()
}
