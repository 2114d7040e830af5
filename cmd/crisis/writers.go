package main

import (
	"path/filepath"
	"strings"

	"frontdesk/bot/safety/score"
)

// writers names who wrote a file of sentences, by how its name starts. All others are by the authors of the rules, whose
// sentences are no measure of how people write who do not know the rules.
var writers = []struct{ start, writer string }{
	{"independent", "independent"}, {"second", "second"}, {"voices", "voices"},
	{"own-words", "own words"}, {"palabras-propias", "own words"},
	{"told", "told"}, {"long", "long"}, {"contado", "contado"}, {"short", "short"},
	{"peligro-breve", "breve"}, {"preguntas-corrientes", "breve"},
	{"clinic", "clinic"}, {"community", "community"}, {"body", "body"}, {"gente", "gente"},
	{"street", "street"}, {"family", "family"}, {"everyday", "everyday"}, {"barrio", "barrio"},
	{"night", "night"}, {"channel", "channel"}, {"letters", "letters"}, {"hours", "hours"}, {"counter", "counter"}, {"cartas", "cartas"},
}

// authors are who wrote the rules.
const authors = "authors"

// signed returns the sentences of a file with their writer.
func signed(examples []score.Example, path string) []score.Example {
	writer := authors
	for _, w := range writers {
		if strings.HasPrefix(filepath.Base(path), w.start) {
			writer = w.writer
			break
		}
	}
	for i := range examples {
		examples[i].Writer = writer
	}
	return examples
}
