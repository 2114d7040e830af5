package main

import (
	"flag"
	"slices"
	"strings"
	"testing"
)

func TestOptionsFirst(t *testing.T) {
	for args, want := range map[string]string{
		"":                   "--",
		"-json what":         "-json -- what",
		"what -json":         "-json -- what",
		"a -max 3 b -json c": "-max 3 -json -- a b c",
		"a -max -3":          "-max -3 -- a",
		"a --max=3 b":        "--max=3 -- a b",
		"a -max":             "-max",
		"a -max -- -json":    "-max -- -json -- a", // as package flag reads it
		"-json -- -max a":    "-json -- -max a",
		"a -- b -- c":        "-- a b -- c",
		"a - b":              "-- a - b",
		"a -nonsense b":      "-nonsense -- a b",
		"a -json=false -h":   "-json=false -h -- a",
	} {
		f := flag.NewFlagSet("test", flag.ContinueOnError)
		f.Bool("json", false, "")
		f.Int("max", 0, "")
		if got := optionsFirst(f, strings.Fields(args)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("optionsFirst(%q) = %q, want %q", args, strings.Join(got, " "), want)
		}
	}
}
