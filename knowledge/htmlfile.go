package knowledge

// readHTML reads a page saved from a website.
func readHTML(name, text string, p *problems) Article { return Article{} }
