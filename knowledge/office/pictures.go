package office

import "regexp"

// alternative returns what to read of something that was saved in two forms.
func alternative(n *node) *node {
	if choice := n.child("Choice"); choice != nil {
		return choice
	}
	return n.child("Fallback")
}

// picture takes the description of a picture and the text boxes in a drawing.
func (w *writer) picture(in *inline, n *node) {
	n.walk(func(c *node) bool {
		switch c.name {
		case "txbxContent":
			in.boxes = append(in.boxes, c)
			return false
		case "docPr":
			in.describe(c.value("descr"))
		case "shape", "rect":
			in.describe(c.value("alt"))
		case "Fallback":
			return false
		}
		return true
	})
}

// machineMade marks descriptions that nobody wrote.
var machineMade = regexp.MustCompile(`(?i)automatically generated|AI-generated`)

var fileName = regexp.MustCompile(`(?i)^[^.]*\.(png|jpe?g|gif|webp|svg|bmp|tiff?|emf|wmf|avif)$`)

func (in *inline) describe(text string) {
	if text = oneLine(text); text == "" || machineMade.MatchString(text) || fileName.MatchString(text) {
		return
	}
	in.pictures = append(in.pictures, text)
}
