package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// embeddings is an endpoint that finds everything alike.
func embeddings(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Input []string }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Errorf("the endpoint is asked: %v", err)
		}
		var data []map[string]any
		for i := range asked.Input {
			data = append(data, map[string]any{"index": i, "embedding": []float32{1, 0}})
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"data": data}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// smallFolder is a folder with one section, which is indexed quicker than the sample.
func smallFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"desk.yaml": "contact: https://clinic.example/contact\n", "costs.md": "## What does it cost?\n\nNothing.\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestVectorsOfQuestionsAreNotKept asks with an endpoint and a data folder, which keeps vectors of staff's texts alone.
func TestVectorsOfQuestionsAreNotKept(t *testing.T) {
	folder, data, endpoint := smallFolder(t), t.TempDir(), embeddings(t)
	vectors := filepath.Join(data, "vectors")
	sizeAfter := func(question string) int64 {
		t.Helper()
		env := map[string]string{"FRONTDESK_KNOWLEDGE": folder, "FRONTDESK_EMBEDDINGS": endpoint, "FRONTDESK_EMBEDDINGS_MODEL": "toy", "FRONTDESK_DATA": data}
		var out bytes.Buffer
		p := program{in: strings.NewReader(""), out: &out, errs: &out, env: func(key string) string { return env[key] }}
		if err := p.ask(t.Context(), []string{question}); err != nil {
			t.Fatalf("ask %q: %v\n%s", question, err, &out)
		}
		info, err := os.Stat(vectors)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	before := sizeAfter("what does it cost")
	if after := sizeAfter("nobody has ever asked this of anybody"); before == 0 || after != before {
		t.Errorf("%s grows from %d to %d bytes by a question", vectors, before, after)
	}
}

// TestVectorsAreClosed leaves the file with the vectors closed behind a command.
func TestVectorsAreClosed(t *testing.T) {
	const handles = "/proc/self/fd"
	data := t.TempDir()
	env := map[string]string{"FRONTDESK_KNOWLEDGE": smallFolder(t), "FRONTDESK_EMBEDDINGS": embeddings(t), "FRONTDESK_EMBEDDINGS_MODEL": "toy", "FRONTDESK_DATA": data}
	var out bytes.Buffer
	p := program{in: strings.NewReader(""), out: &out, errs: &out, env: func(key string) string { return env[key] }}
	if err := p.ask(t.Context(), []string{"what does it cost"}); err != nil {
		t.Fatalf("ask: %v\n%s", err, &out)
	}
	open, err := os.ReadDir(handles)
	if err != nil {
		t.Skip("this system does not list what is open:", err)
	}
	for _, handle := range open {
		if file, _ := os.Readlink(filepath.Join(handles, handle.Name())); file == filepath.Join(data, "vectors") {
			t.Errorf("%s is still open", file)
		}
	}
}

// TestEmbeddingsWithoutADataFolder has nowhere to keep vectors: people are answered all the same.
func TestEmbeddingsWithoutADataFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"FRONTDESK_KNOWLEDGE": smallFolder(t), "FRONTDESK_EMBEDDINGS": embeddings(t), "FRONTDESK_EMBEDDINGS_MODEL": "toy", "FRONTDESK_DATA": filepath.Join(file, "data")}
	var out, errs bytes.Buffer
	p := program{in: strings.NewReader(""), out: &out, errs: &errs, env: func(key string) string { return env[key] }}
	if err := p.ask(t.Context(), []string{"what does it cost"}); err != nil || out.Len() == 0 || !strings.Contains(errs.String(), "vectors are not kept") {
		t.Errorf("ask = %v, with %q and %q, want an answer and a warning", err, &out, &errs)
	}
}

// TestEndpointThatRefusesLater answers by the vectors that were kept, and says what is wrong.
func TestEndpointThatRefusesLater(t *testing.T) {
	endpoint := embeddings(t)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	defer refusing.Close()
	env := map[string]string{"FRONTDESK_KNOWLEDGE": smallFolder(t), "FRONTDESK_EMBEDDINGS_MODEL": "toy", "FRONTDESK_DATA": t.TempDir()}
	for _, step := range []struct{ address, warning, meaning string }{
		{endpoint, "", "meaning: compared by a vector of 2 dimensions"},
		{refusing.URL, "is the key right?", "meaning: no vector came in time"},
	} {
		env["FRONTDESK_EMBEDDINGS"] = step.address
		var out, errs bytes.Buffer
		p := program{in: strings.NewReader(""), out: &out, errs: &errs, env: func(key string) string { return env[key] }}
		if err := p.ask(t.Context(), []string{"-explain", "what does it cost"}); err != nil {
			t.Fatalf("ask: %v\n%s", err, &errs)
		}
		if got := errs.String(); !strings.Contains(got, step.warning) || step.warning == "" && got != "" {
			t.Errorf("ask warns %q, want %q in it", got, step.warning)
		}
		if !strings.Contains(out.String(), step.meaning) || !strings.Contains(out.String(), "What does it cost?") {
			t.Errorf("ask prints\n%s\nwant %q and the answer", &out, step.meaning)
		}
	}
}

// An endpoint that fails now and then is not told; one that ceases to answer is, once, and once when it is back.
func TestWatchedEndpoint(t *testing.T) {
	var told []string
	failing := errors.New("503")
	e := &endpoint{}
	w := &watched{Embedder: e, tell: func(err error) { told = append(told, fmt.Sprint(err)) }}
	for _, e.err = range []error{failing, failing, nil, failing, context.Canceled, failing, failing, failing, nil, nil} {
		if _, err := w.Embed(t.Context(), []string{"x"}); err != e.err {
			t.Errorf("Embed: %v, want %v", err, e.err)
		}
	}
	want := []string{"no meaning beside words until the endpoint answers: 503", "<nil>"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

// TestEndpointThatComesUpLater is told of once at the start, and once when it answers.
func TestEndpointThatComesUpLater(t *testing.T) {
	address, err := url.Parse(embeddings(t))
	if err != nil {
		t.Fatal(err)
	}
	answers, asked := httputil.NewSingleHostReverseProxy(address), 0
	late := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked <= 5 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		answers.ServeHTTP(w, r)
	}))
	defer late.Close()
	env := map[string]string{"FRONTDESK_EMBEDDINGS": late.URL, "FRONTDESK_EMBEDDINGS_MODEL": "toy", "FRONTDESK_DATA": t.TempDir()}
	var told []bool
	options, err := program{env: func(key string) string { return env[key] }}.indexOptions(t.Context(), func(err error) { told = append(told, err == nil) })
	if err != nil {
		t.Fatal(err)
	}
	for range 7 {
		_, _ = options.Embedder.Embed(t.Context(), []string{"x"})
	}
	if want := []bool{false, true}; !slices.Equal(told, want) {
		t.Errorf("told that it answers: %v, want %v", told, want)
	}
}

// An endpoint fails as it is told to.
type endpoint struct{ err error }

func (e *endpoint) Embed(context.Context, []string) ([][]float32, error) { return nil, e.err }
