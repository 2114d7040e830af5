package main

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// notWritable returns a path at which no folder can be made, whoever runs the test.
func notWritable(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestServeWithoutItsDataFolder answers people although nothing can be kept, and says so everywhere.
func TestServeWithoutItsDataFolder(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"desk.yaml": deskYAML, "visits.md": parking("behind the house")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := serveConsole(t, map[string]string{"FRONTDESK_KNOWLEDGE": dir, "FRONTDESK_DATA": notWritable(t)})
	serving := r.log.String()
	address := func(door string) string {
		return "http://" + regexp.MustCompile(`"msg":"serving".*"` + door + `":"([^"]+)"`).FindStringSubmatch(serving)[1]
	}
	resp, err := http.Post(address("web")+"/v1/ask", "application/json", strings.NewReader(`{"question": "where can I park"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("POST /v1/ask = %d, want an answer", resp.StatusCode)
	}
	if code, body := r.send(http.MethodGet, address("health")+"/healthz", nil); code != http.StatusOK || !strings.Contains(body, `"status":"impaired"`) || !strings.Contains(body, `"failing":true`) || !strings.Contains(body, "make the data folder") {
		t.Errorf("GET /healthz = %d %s, want 200, impaired and why", code, body)
	}
	if _, body := r.send(http.MethodGet, address("health")+"/metrics", nil); !strings.Contains(body, "frontdesk_data_failing 1") {
		t.Errorf("GET /metrics does not say that the data folder fails:\n%s", body)
	}
	link := printedLink.FindStringSubmatch(r.out.String())
	if code, body := r.send(http.MethodPost, link[1], url.Values{"name": {"Ann"}}); code != http.StatusOK || !strings.Contains(body, "Data folder") || !strings.Contains(body, "The journal cannot be read now") {
		t.Errorf("the console's first page = %d %s, want what is wrong", code, body)
	}
	if !strings.Contains(serving, "the data folder cannot be written to") {
		t.Errorf("the log does not say what is wrong:\n%s", serving)
	}
}

// TestDataFolderComesBack notices that a folder can be written to again.
func TestDataFolderComesBack(t *testing.T) {
	core, logs := observer.New(zap.InfoLevel)
	path := notWritable(t)
	d := openData(path, zap.New(core))
	if d.look(zap.New(core)); d.Fault() == "" || logs.Len() != 1 {
		t.Errorf("Fault() = %q, %d lines in the log; want a fault that is told once", d.Fault(), logs.Len())
	}
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
		t.Fatal(err)
	}
	if d.look(zap.New(core)); d.Fault() != "" || logs.Len() != 2 {
		t.Errorf("Fault() = %q, %d lines in the log once it is back; want none, and that told", d.Fault(), logs.Len())
	}
	if left, err := os.ReadDir(path); err != nil || len(left) > 0 {
		t.Errorf("the folder holds %v, %v; want nothing", left, err)
	}
}
