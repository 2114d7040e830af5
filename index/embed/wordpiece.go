package embed

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A wordPiece cuts text into the pieces of words that a model has vectors for, the longest that fits first.
//
// Source: https://arxiv.org/abs/1810.04805 (BERT) and https://huggingface.co/docs/tokenizers for the file.
type wordPiece struct {
	ids          map[string]int
	prefix       string // of pieces inside a word, such as "##"
	maxWord      int    // longer words, in characters, are unknown
	lowercase    bool
	stripAccents bool
	splitChinese bool
}

// maxText bounds how much of a text is read, in bytes.
const maxText = 1 << 16

func parseWordPiece(file []byte) (*wordPiece, error) {
	var t struct {
		Normalizer *struct {
			Type         string `json:"type"`
			Lowercase    *bool  `json:"lowercase"`
			StripAccents *bool  `json:"strip_accents"`
			Chinese      *bool  `json:"handle_chinese_chars"`
		} `json:"normalizer"`
		Model struct {
			Type    string         `json:"type"`
			Prefix  *string        `json:"continuing_subword_prefix"`
			MaxWord int            `json:"max_input_chars_per_word"`
			Vocab   map[string]int `json:"vocab"`
			Unknown string         `json:"unk_token"`
		} `json:"model"`
	}
	if err := json.Unmarshal(file, &t); err != nil {
		return nil, err
	}
	if t.Model.Type != "" && t.Model.Type != "WordPiece" {
		return nil, fmt.Errorf("a model of type %q, want WordPiece", t.Model.Type)
	}
	if len(t.Model.Vocab) == 0 {
		return nil, errors.New("no vocabulary")
	}
	for piece, id := range t.Model.Vocab {
		if id < 0 {
			return nil, fmt.Errorf("piece %q has the number %d", piece, id)
		}
	}
	w := &wordPiece{ids: t.Model.Vocab, prefix: "##", maxWord: 100}
	delete(w.ids, t.Model.Unknown) // an unknown word has no meaning to add
	if t.Model.Prefix != nil {
		w.prefix = *t.Model.Prefix
	}
	if t.Model.MaxWord > 0 {
		w.maxWord = t.Model.MaxWord
	}
	if n := t.Normalizer; n != nil && n.Type == "BertNormalizer" {
		w.lowercase = n.Lowercase == nil || *n.Lowercase
		w.stripAccents = w.lowercase && n.StripAccents == nil || n.StripAccents != nil && *n.StripAccents
		w.splitChinese = n.Chinese == nil || *n.Chinese
	}
	return w, nil
}

// tokens returns the numbers of a text's pieces. Words that cannot be put together from pieces are left out.
func (w *wordPiece) tokens(text string) []int {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	var ids []int
	for _, word := range w.words(text) {
		ids = append(ids, w.cut(word)...)
	}
	return ids
}

// words brings text into the form that the vocabulary was made from and cuts it at white space and around punctuation.
func (w *wordPiece) words(text string) []string {
	if w.lowercase {
		text = strings.ToLower(text)
	}
	if w.stripAccents {
		text = norm.NFD.String(text)
	}
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	for _, r := range text {
		switch {
		case w.stripAccents && unicode.Is(unicode.Mn, r), r == 0, r == unicode.ReplacementChar:
		case unicode.IsSpace(r):
			end()
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		case isPunctuation(r), w.splitChinese && unicode.Is(unicode.Han, r):
			end()
			words = append(words, string(r))
		default:
			word = append(word, r)
		}
	}
	end()
	return words
}

// isPunctuation follows BERT: all of ASCII that is neither letter, digit nor space counts.
func isPunctuation(r rune) bool {
	if r < 128 {
		return r > ' ' && !('0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}
	return unicode.IsPunct(r)
}

// cut returns the numbers of a word's pieces; none when some part of it is unknown.
func (w *wordPiece) cut(word string) []int {
	runes := []rune(word)
	if len(runes) > w.maxWord {
		return nil
	}
	var ids []int
	for start := 0; start < len(runes); {
		end := len(runes)
		for ; end > start; end-- {
			piece := string(runes[start:end])
			if start > 0 {
				piece = w.prefix + piece
			}
			if id, ok := w.ids[piece]; ok {
				ids = append(ids, id)
				break
			}
		}
		if end == start {
			return nil
		}
		start = end
	}
	return ids
}
