package bot

import (
	"slices"
	"testing"

	"frontdesk/bot/safety"
)

// Every language has words for each kind of crisis, month and language. That none lacks a phrase is tested in knowledge/lang.
func TestPhrasesAreComplete(t *testing.T) {
	tongues, err := loadTongues()
	if err != nil {
		t.Fatalf("loadTongues() = %v", err)
	}
	var codes []string
	for _, tongue := range tongues {
		codes = append(codes, tongue.lang)
	}
	for _, code := range []string{"en", "es"} {
		if !slices.Contains(codes, code) {
			t.Errorf("loadTongues() has %v, want %q among them", codes, code)
		}
	}
	for _, tongue := range tongues {
		kinds := []safety.Kind{safety.Suicide, safety.SelfHarm, safety.Overdose, safety.Abuse, safety.Violence, safety.Emergency, "other"}
		for _, kind := range kinds {
			if tongue.say.Crisis[string(kind)] == "" {
				t.Errorf("%s: nothing to say for a crisis of kind %q", tongue.lang, kind)
			}
		}
		if len(tongue.say.Crisis) != len(kinds) {
			t.Errorf("%s: words for %d kinds of crisis, want %d", tongue.lang, len(tongue.say.Crisis), len(kinds))
		}
		if months := tongue.say.Months; len(months) != 12 || slices.Contains(months, "") {
			t.Errorf("%s: months %q, want twelve", tongue.lang, months)
		}
		for _, code := range codes {
			if tongue.say.Languages[code] == "" {
				t.Errorf("%s: no name for the language %q", tongue.lang, code)
			}
		}
	}
}
