package score

import (
	_ "embed"
	"sync"

	"frontdesk/knowledge/lang"
)

//go:embed weights.bin
var shipped []byte

// Default returns the built-in model, which is shared. The error says what is wrong with its files.
var Default = sync.OnceValues(func() (*Model, error) { return Load(shipped, BuiltIn()) })

// BuiltIn returns the concepts of all languages that have some, from their crisis-classes.txt.
func BuiltIn() *Concepts {
	var files []File
	for _, code := range lang.Languages() {
		if data, err := lang.File(code, "crisis-classes.txt"); err == nil {
			files = append(files, File{code, string(data)})
		}
	}
	return ReadConcepts(files...)
}
