package index

import "testing"

func TestForms(t *testing.T) {
	l, err := loadLanguage("es")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"cuesta": "costar", "cuestan": "costar", "costo": "costar", "costaria": "costar", "voy": "ir", "hay": "haber",
		"apuntarme": "apuntar", "inscripcion": "inscribir", "abierto": "abrir", "recogida": "recoger", "recojo": "recoger",
		"casa": "casa", "nada": "nada", "estacion": "estacion", "piscina": "piscina", "": "",
	} {
		if got := l.forms.base(word); got != want {
			t.Errorf("base(%q) = %q, want %q", word, got, want)
		}
	}
	if l.stem("cuesta") != l.stem("costes") || l.stem("cuesta") == l.stem("duele") {
		t.Errorf("stems of cuesta, costes, duele = %q, %q, %q, want the first two alike", l.stem("cuesta"), l.stem("costes"), l.stem("duele"))
	}
	if en, err := loadLanguage("en"); err != nil || en.forms.base("costs") != "costs" {
		t.Errorf("base(%q) in English = %q, %v, want the word itself", "costs", en.forms.base("costs"), err)
	}
}

// TestFormsEndAtAWord looks for forms of forms, which would have another stem as a term than as a word, and for circles.
func TestFormsEndAtAWord(t *testing.T) {
	l, err := loadLanguage("es")
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []map[string]string{l.forms.words, l.forms.roots} {
		for form, word := range words {
			if got := l.forms.base(word); got != word {
				t.Errorf("base(%q) = %q, for which %q stands; want the word itself", word, got, form)
			}
		}
	}
}

func TestParseFormsRefuses(t *testing.T) {
	for _, line := range []string{"+ar o as", "= cuesta", "costar: cost", "costar +ar = cuesta", "costar ar: cost"} {
		if _, err := parseForms("# forms\n" + line + "\n"); err == nil {
			t.Errorf("parseForms(%q) gives no error", line)
		}
	}
	if _, err := parseForms("+ar: o as\n- nada\ncostar +ar: cuest = costo\nser = soy\n"); err != nil {
		t.Errorf("parseForms() = %v", err)
	}
}
