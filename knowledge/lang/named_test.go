package lang

import "testing"

func TestNamed(t *testing.T) {
	for name, want := range map[string]string{
		"Spanish": "es", "español": "es", "ESPANOL": "es", "inglés": "en", "german": "de", "alemán": "de", "aleman": "de",
		"Norwegian": "nb", "": "", "en": "", "klingon": "",
	} {
		if got, ok := Named(name); got != want || ok != (want != "") {
			t.Errorf("Named(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
}
