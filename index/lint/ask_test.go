package lint_test

import (
	"strings"
	"testing"
)

// hotel is an article whose sections are told apart by their phrasings. $1 and $2 stand for more of them.
const hotel = dated + `# The hotel

## Breakfast

<!-- also: when do you serve breakfast | what is there for breakfast | can I have breakfast in my room $1 -->

From seven to ten in the room beside the kitchen: bread, eggs and fruit.

## Swimming pool

<!-- also: is there a pool | how warm is the pool | when can we swim $2 -->

On the roof, heated, from May to September.

## Pets

<!-- also: can I bring my dog | are animals allowed -->

Dogs and cats are welcome for $10 a night.
`

func hotelWith(first, second string) map[string]string {
	files := map[string]string{"desk.yaml": desk}
	files["hotel.md"] = strings.NewReplacer("$10", "$10", "$1", first, "$2", second).Replace(hotel)
	return files
}

// TestAsking shows the rules that ask the index.
func TestAsking(t *testing.T) {
	tests := []struct {
		name          string
		first, second string // phrasings of the breakfast's and the pool's section
		want          string
	}{
		{"nothing to improve", "", "", ""},
		{"small words", "", "| is there the pool", `hotel.md:16 needless-phrasing: the phrasing "is there the pool" adds nothing to "is there a pool"`},
		{"another section's words", "| dogs and cats | animals welcome at night", "",
			`hotel.md:8 contested: people who ask for "Breakfast" in other words may get "Pets" (hotel.md:20)`},
	}
	for _, test := range tests {
		got := strings.Join(run(t, hotelWith(test.first, test.second)), "\n")
		if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) || strings.Count(got, "\n") > 0 {
			t.Errorf("%s: Run = %s, want %s", test.name, got, test.want)
		}
	}
}
