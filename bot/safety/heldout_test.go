package safety

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/totals.golden anew")

// A sentence of a labelled file: its kind is what stands after the ## above it, "none" for ordinary ones.
type sentence struct {
	kind Kind
	text string
}

func labelled(t *testing.T, path string) []sentence {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var kind Kind
	var out []sentence
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "## "); ok {
			kind = Kind(name)
		} else if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, sentence{kind, line})
		}
	}
	return out
}

// TestTotals measures the built-in rules and weights, which have seen them, on labelled sentences, by file and kind, and holds the totals in a golden
// file so that a review sees them change. Run with -v for the sentences that went wrong.
func TestTotals(t *testing.T) {
	var report bytes.Buffer
	fmt.Fprintln(&report, "file, kind: sentences, noticed, of these as that very kind")
	for _, file := range []string{"dev.en.txt", "dev.es.txt", "independent.en.txt", "independent.es.txt", "heldout.en.txt", "heldout.es.txt", "second.en.txt", "second.es.txt"} {
		type total struct{ all, noticed, exact int }
		totals := map[Kind]*total{}
		for _, s := range labelled(t, "testdata/"+file) {
			if totals[s.kind] == nil {
				totals[s.kind] = &total{}
			}
			found, ok := Default().Check(s.text)
			totals[s.kind].all++
			if ok {
				totals[s.kind].noticed++
			}
			if ok && found.Kind == s.kind {
				totals[s.kind].exact++
			}
			if ok != (s.kind != "none") {
				t.Logf("%s: Check(%q) = %v, %v, want kind %s", file, s.text, found, ok, s.kind)
			}
		}
		for _, kind := range append(slices.Clone(urgency), "none") {
			if n := totals[kind]; n != nil {
				fmt.Fprintf(&report, "%s, %s: %d, %d, %d\n", file, kind, n.all, n.noticed, n.exact)
			}
		}
	}
	if *update {
		if err := os.WriteFile("testdata/totals.golden", report.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/totals.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got := report.String(); got != string(want) {
		t.Errorf("totals have changed; run go test ./bot/safety -update if that is meant.\ngot:\n%s\nwant:\n%s", got, want)
	}
}
