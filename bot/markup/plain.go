package markup

import "strings"

// Plain returns the document as text for a terminal: no markup, links as "text (address)".
func (d Doc) Plain() string { return join(d.blocks, plainBlock) }

func plainBlock(b block) string {
	if b.kind == rule {
		return "———"
	}
	out := indent(b) + lead(b)
	for _, r := range spelled(b.runs, func(string) bool { return false }) {
		out += r.text
	}
	if b.quote {
		return "> " + strings.ReplaceAll(out, "\n", "\n> ")
	}
	return out
}
