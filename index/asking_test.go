package index

import "testing"

func TestAsks(t *testing.T) {
	for _, test := range []struct {
		lang, sentence string
		want           bool
	}{
		{"en", "How long is the wait", true},
		{"en", "and the wait?", true},
		{"en", "I have nothing left", false},
		{"en", "they are beating her", false},
		{"es", "cuánto cuesta", true},
		{"es", "¿Y el precio", true},
		{"es", "no puedo más", false},
		{"xx", "how long", false},
		{"xx", "how long?", true},
		{"en", "", false},
	} {
		if got, err := Asks(test.lang, test.sentence); got != test.want || err != nil {
			t.Errorf("Asks(%q, %q) = %v, %v, want %v", test.lang, test.sentence, got, err, test.want)
		}
	}
}
