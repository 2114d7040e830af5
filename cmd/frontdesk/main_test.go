package main

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

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

func TestStopTimeout(t *testing.T) {
	for _, test := range []struct {
		value string
		want  time.Duration // 0 where it is refused
	}{
		{"", 20 * time.Second}, {"1s", time.Second}, {"1m30s", 90 * time.Second},
		{"0s", 0}, {"0", 0}, {"-20s", 0}, {"999ms", 0}, {"20", 0}, {"soon", 0},
	} {
		c, err := readConfig(func(name string) string {
			if name == "FRONTDESK_STOP_TIMEOUT" {
				return test.value
			}
			return ""
		})
		if test.want == 0 {
			if err == nil || !strings.HasPrefix(err.Error(), "FRONTDESK_STOP_TIMEOUT: ") || !strings.Contains(err.Error(), "1s or more") {
				t.Errorf("%q reads as %v, %v, want an error that names the setting and what it may be", test.value, c.StopTimeout, err)
			}
		} else if err != nil || c.StopTimeout != test.want {
			t.Errorf("%q reads as %v, %v, want %v", test.value, c.StopTimeout, err, test.want)
		}
	}
}
