package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"frontdesk": main})
}

// TestScripts runs the program as people do; each script in testdata says what it shows.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata"})
}

// TestHelpCoversEverything keeps help and commands in step: every command explains itself with an example.
func TestHelpCoversEverything(t *testing.T) {
	for _, c := range commands() {
		if c.summary == "" {
			t.Errorf("command %s has no summary", c.name)
		}
		p := program{out: os.NewFile(0, os.DevNull), errs: os.Stderr, env: func(string) string { return "" }}
		if code := p.run(context.Background(), []string{"help", c.name}); code != exitOK {
			t.Errorf("help %s exits with %d, want %d", c.name, code, exitOK)
		}
	}
}
