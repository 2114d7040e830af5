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

// BenchmarkDefault is what starting the desk costs.
func BenchmarkDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := load(); err != nil {
			b.Fatal(err)
		}
	}
}
