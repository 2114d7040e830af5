package knowledge

// readText reads plain text as people paste it from a web page.
func readText(name, text string, p *problems) Article {
	return Article{Sections: []Section{{Kind: Introduction, Body: trimBlankLines(text), Source: Position{Line: 1}}}}
}
