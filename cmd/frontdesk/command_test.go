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

func TestTakeVersion(t *testing.T) {
	for args, want := range map[string]string{
		"":                      "|",
		"-1":                    "-1|",
		"-1 -reason x":          "-1|-reason x",
		"-reason x -2":          "-2|-reason x",
		"-reason x -2 -data d":  "-2|-reason x -data d",
		"-reason -1":            "|-reason -1",
		"-reason -1 -2":         "-2|-reason -1",
		"3f9a12c4 -reason x":    "|3f9a12c4 -reason x",
		"3f9a12c4 -1":           "-1|3f9a12c4",
		"-reason=x reason -1 y": "-1|-reason=x reason y",
	} {
		f := flag.NewFlagSet("test", flag.ContinueOnError)
		f.String("reason", "", "")
		f.String("data", "", "")
		spec, rest := takeVersion(f, strings.Fields(args))
		if got := spec + "|" + strings.Join(rest, " "); got != want {
			t.Errorf("takeVersion(%q) = %q, want %q", args, got, want)
		}
	}
}
