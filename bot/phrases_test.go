package bot

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/safety"
)

var placeholder = regexp.MustCompile(`\{\w+\}`)

// Every language says everything, with the same things to fill in.
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
	english := reflect.ValueOf(tongueOf(t, "en").say)
	for _, tongue := range tongues {
		say := reflect.ValueOf(tongue.say)
		for i := range say.NumField() {
			name := tongue.lang + " " + say.Type().Field(i).Tag.Get("yaml")
			if say.Field(i).Kind() != reflect.String {
				continue
			}
			text := say.Field(i).String()
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s is empty", name)
			}
			got, want := placeholder.FindAllString(text, -1), placeholder.FindAllString(english.Field(i).String(), -1)
			if !slices.Equal(got, want) {
				t.Errorf("%s holds %v, want %v", name, got, want)
			}
		}
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
