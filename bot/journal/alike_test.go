package journal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestLikeness(t *testing.T) {
	for _, pair := range []struct {
		a, b string
		same bool
	}{
		{"can I bring my dog", "can I bring my dog", true},
		{"can I bring my dog", "Can I bring my dog?!", true},
		{"can I bring my dog", "may I bring a dog", true},
		{"can I bring my dog", "is it ok to bring dogs", true},
		{"how much does it cost", "what does it cost", true},
		{"how much does it cost", "how much are the costs", true},
		{"how long does parking take", "parking", true},
		{"do you take blue cross insurance", "do you accept blue cross insurance", true},
		{"¿cuánto cuesta la sesión?", "cuanto cuesta una sesion", true},
		{"apointment tomorow", "appointment tomorrow", true},
		{"my name is [name], can I bring my dog", "can I bring my dog", true},
		{"where can i park my car", "is there car parking", true},
		{"can I park there", "parking?", true},
		{"where can I park my car", "parking", true},
		{"do you offer group therapy", "group therapy sessions?", true},
		{"can I bring my dog", "can I bring my wife", false},
		{"do you have group therapy", "do you have couples therapy", false},
		{"can my wife sit with me in the session", "can I record the session", false},
		{"how much does it cost", "how long does it take", false},
		{"what are the side effects", "what are the opening hours", false},
		{"can I drive home after the session", "can I eat before the session", false},
		{"do you treat depression", "do you treat anxiety", false},
		{"is it safe", "is it legal", false},
		{"[name] [number]", "[name] [number]", false},
	} {
		got := newFeatures(pair.a).likeness(newFeatures(pair.b))
		if (got >= alike) != pair.same || got < 0 || got > 1.000001 {
			t.Errorf("likeness(%q, %q) = %.2f, want alike %v (from %v on)", pair.a, pair.b, got, pair.same, alike)
		}
		if back := newFeatures(pair.b).likeness(newFeatures(pair.a)); back != got {
			t.Errorf("likeness(%q, %q) = %v, the other way round %v", pair.a, pair.b, got, back)
		}
	}
}

func TestClusterDependsOnNoOrder(t *testing.T) {
	texts := manyTexts(300)
	want := partners(texts)
	for range 5 {
		rand.Shuffle(len(texts), func(a, b int) { texts[a], texts[b] = texts[b], texts[a] })
		if got := partners(texts); !slices.Equal(got, want) {
			t.Fatalf("cluster of another order = %v, want %v", got, want)
		}
	}
	if n := len(want); n < 10 || n > 200 {
		t.Errorf("cluster of 300 texts about 40 things makes %d groups", n)
	}
}

// partners returns the groups of texts as sorted lines.
func partners(texts []wording) []string {
	groups := map[int][]string{}
	for i, g := range cluster(texts) {
		groups[g] = append(groups[g], texts[i].text)
	}
	var all []string
	for _, g := range groups {
		slices.Sort(g)
		all = append(all, strings.Join(g, "|"))
	}
	slices.Sort(all)
	return all
}

// manyTexts returns n different questions about some things, always the same.
func manyTexts(n int) []wording {
	things := strings.Fields("parking insurance dogs children music food driving alcohol coffee sleep depression anxiety pain doses nausea privacy records refunds payment invoices referrals blood pressure pregnancy travel therapy lozenges injections visits video forms vouchers language wheelchair toilets lunch vitamins exercise driving")
	asks := []string{"what about %s", "can I have %s", "tell me about %s please", "do you offer %s", "is %s allowed", "I want to know more about %s", "when can I get %s", "why is there no %s"}
	seen := map[string]bool{}
	var all []wording
	for i := 0; len(all) < n; i++ {
		text := fmt.Sprintf(asks[i%len(asks)], things[(i*7+i/13)%len(things)])
		if i >= len(asks)*len(things) {
			text += fmt.Sprintf(" with %s", things[(i*5+i/len(things))%len(things)])
		}
		if i >= 30*len(asks)*len(things) {
			text += fmt.Sprintf(" and %s", things[(i*3+i/200)%len(things)])
		}
		if !seen[text] {
			seen[text] = true
			all = append(all, wording{text: text, people: 1 + i%3})
		}
	}
	return all
}

func BenchmarkCluster(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		texts := manyTexts(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				cluster(texts)
			}
		})
	}
}
