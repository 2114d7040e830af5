package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIndexOnDisk serves with the index in a folder in which a program that was killed left one.
func TestIndexOnDisk(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "index-1")
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"FRONTDESK_INDEX": dir, "FRONTDESK_WEB_ADDR": "127.0.0.1:0", "FRONTDESK_HEALTH_ADDR": "127.0.0.1:0", "FRONTDESK_CONSOLE_ADDR": "off"}
	log, errs := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := program{out: io.Discard, errs: errs, env: func(name string) string { return env[name] }}
	code := make(chan int, 1)
	go func() {
		code <- p.run(ctx, []string{"serve"})
		errs.Close()
	}()
	for dec := json.NewDecoder(log); ; {
		var line struct{ Msg string }
		if err := dec.Decode(&line); err != nil {
			t.Fatalf("serve does not begin to serve: %v", err)
		}
		if line.Msg == "serving" {
			break
		}
	}
	go io.Copy(io.Discard, log)
	indexes := func() []string {
		found, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := indexes(); len(found) != 1 || found[0] == left {
		t.Errorf("while it serves the folder holds %q, want its own index alone", found)
	}
	cancel()
	if got := <-code; got != exitOK {
		t.Errorf("serve exits with %d, want %d", got, exitOK)
	}
	if found := indexes(); len(found) != 0 {
		t.Errorf("after it has stopped the folder holds %q, want nothing", found)
	}
}

// TestIndexFolderMistaken names the setting.
func TestIndexFolderMistaken(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	p := program{out: io.Discard, errs: &errs, env: func(name string) string { return map[string]string{"FRONTDESK_INDEX": file}[name] }}
	if got := p.run(t.Context(), []string{"serve"}); got == exitOK || !strings.Contains(errs.String(), "FRONTDESK_INDEX: ") {
		t.Errorf("serve exits with %d and says %q, want that it names FRONTDESK_INDEX", got, &errs)
	}
}
