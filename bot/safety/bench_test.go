package safety

import (
	"strings"
	"testing"
)

func BenchmarkCheck(b *testing.B) {
	r := Default()
	for name, text := range map[string]string{
		"usual":    "hi there, my appointment is on tuesday and i was wondering how long the infusion takes, can i drive home?",
		"crisis":   "i dont think i can do this anymore, i want to die and nobody would even notice",
		"64KB":     strings.Repeat("i want to know if my husband can take the pills and not wake up early. ", 900),
		"unspaced": strings.Repeat("wantto", 10_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Check(text)
			}
		})
	}
}

// BenchmarkCompile is what starting the desk, and each change of staff's rules, costs.
func BenchmarkCompile(b *testing.B) {
	r := Default()
	for b.Loop() {
		if _, err := compile(r.sources); err != nil {
			b.Fatal(err)
		}
	}
}
