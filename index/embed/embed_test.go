package embed

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// toy is a model of seven pieces in two dimensions: the first is pain, the second money.
var toy = struct {
	vocab map[string]int
	rows  [][]float32
}{
	map[string]int{"[UNK]": 0, "hurt": 1, "pain": 2, "##ful": 3, "cost": 4, "price": 5, "##s": 6},
	[][]float32{{9, 9}, {1, 0.1}, {0.9, 0}, {0.05, 0.05}, {0, 1}, {0.1, 0.8}, {0.01, 0.01}},
}

// writeModel writes the toy in the Model2Vec layout, its numbers as dtype, and returns the folder.
func writeModel(t testing.TB, dtype string) string {
	t.Helper()
	dir := t.TempDir()
	tokenizer, err := json.Marshal(map[string]any{
		"normalizer": map[string]any{"type": "BertNormalizer", "lowercase": true},
		"model": map[string]any{
			"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
			"max_input_chars_per_word": 100, "vocab": toy.vocab,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"config.json":       []byte(`{"model_type": "model2vec", "normalize": true}`),
		"tokenizer.json":    tokenizer,
		"model.safetensors": safetensors(t, dtype),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func safetensors(t testing.TB, dtype string) []byte {
	t.Helper()
	var data []byte
	for _, row := range toy.rows {
		for _, x := range row {
			switch dtype {
			case "F32":
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
			case "BF16":
				data = binary.LittleEndian.AppendUint16(data, uint16(math.Float32bits(x)>>16))
			case "F16":
				data = binary.LittleEndian.AppendUint16(data, toHalf(x))
			}
		}
	}
	header, err := json.Marshal(map[string]any{
		"__metadata__": map[string]string{"format": "pt"},
		"embeddings":   map[string]any{"dtype": dtype, "shape": []int{len(toy.rows), 2}, "data_offsets": []int{0, len(data)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(file, header...), data...)
}

// toHalf truncates; the toy's numbers are normal in binary16.
func toHalf(x float32) uint16 {
	if x == 0 {
		return 0
	}
	bits := math.Float32bits(x)
	return uint16(bits>>16&0x8000 | (bits>>23&0xff-112)<<10 | bits>>13&0x3ff)
}

func TestStatic(t *testing.T) {
	for _, dtype := range []string{"F32", "F16", "BF16"} {
		m, err := OpenStatic(writeModel(t, dtype))
		if err != nil {
			t.Fatal(err)
		}
		v, err := m.Embed(context.Background(), []string{"Hurt!", "PAINFUL", "prices", "unknown words", ""})
		if err != nil {
			t.Fatal(err)
		}
		if near, far := dot(v[0], v[1]), dot(v[0], v[2]); near < 0.95 || far > 0.3 {
			t.Errorf("%s: hurt is %.2f from painful and %.2f from prices, want near 1 and near 0", dtype, near, far)
		}
		if dot(v[3], v[3]) != 0 || dot(v[4], v[4]) != 0 {
			t.Errorf("%s: unknown words have a vector, want none", dtype)
		}
		if n := dot(v[0], v[0]); math.Abs(float64(n)-1) > 1e-5 {
			t.Errorf("%s: length² %v, want 1", dtype, n)
		}
	}
}

func TestOpenStaticRefusesBrokenModels(t *testing.T) {
	for _, c := range []struct{ name, file, content, want string }{
		{"no tokenizer", "tokenizer.json", "", "tokenizer.json"},
		{"another tokenizer", "tokenizer.json", `{"model":{"type":"BPE","vocab":{"a":1}}}`, "BPE"},
		{"no tensors", "model.safetensors", "\x02\x00\x00\x00\x00\x00\x00\x00{}", "embeddings"},
		{"cut short", "model.safetensors", "\xff\x00\x00\x00", "shorter"},
		{"lying header", "model.safetensors", "\xff\xff\xff\xff\xff\xff\xff\xff{}", "longer"},
	} {
		dir := writeModel(t, "F32")
		if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenStatic(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: OpenStatic = %v, want an error with %q", c.name, err, c.want)
		}
	}
}

func FuzzSafetensors(f *testing.F) {
	f.Add(safetensors(f, "F32"))
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, file []byte) {
		tensors, err := parseSafetensors(file)
		if err != nil {
			return
		}
		for _, x := range tensors {
			out := make([]float32, x.len())
			_ = x.read(0, out)
		}
		m := &Static{pieces: &wordPiece{ids: toy.vocab, maxWord: 10}}
		if m.fill(tensors) == nil {
			m.embed("hurt prices")
		}
	})
}

// serveEmbeddings answers like an endpoint would, with the toy; each request's texts are counted.
func serveEmbeddings(t *testing.T, asked *[]int) *httptest.Server {
	m, err := OpenStatic(writeModel(t, "F32"))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req struct {
			Model string
			Input []string
		}
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil || r.URL.Path != "/v1/embeddings" {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		if r.Header.Get("Authorization") != "Bearer key" {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		*asked = append(*asked, len(req.Input))
		vectors, _ := m.Embed(r.Context(), req.Input)
		var data []any
		for i := len(vectors) - 1; i >= 0; i-- { // any order is allowed
			data = append(data, map[string]any{"index": i, "embedding": vectors[i]})
		}
		json.NewEncoder(w).Encode(map[string]any{"data": data})
	}))
	t.Cleanup(s.Close)
	return s
}

func TestRemoteAndCache(t *testing.T) {
	var asked []int
	s := serveEmbeddings(t, &asked)
	remote, err := NewRemote(s.URL+"/v1/", "toy", "key", s.Client())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "vectors")
	texts := make([]string, 100)
	for i := range texts {
		texts[i] = []string{"pain", "price"}[i%2] + strings.Repeat(" hurt", i)
	}
	open := func() *Cache {
		c, err := OpenCache(remote, path)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := open()
	first, err := c.Embed(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{64, 36}; !slices.Equal(asked, want) {
		t.Errorf("requests of %v texts, want %v", asked, want)
	}
	c.Close()
	// A crash in the middle of a record costs that record alone.
	info, _ := os.Stat(path)
	if err := os.Truncate(path, info.Size()-3); err != nil {
		t.Fatal(err)
	}
	c = open()
	defer c.Close()
	asked = nil
	again, err := c.Embed(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{1}; !slices.Equal(asked, want) {
		t.Errorf("after a restart requests of %v texts, want %v", asked, want)
	}
	for i := range texts {
		if !slices.Equal(first[i], again[i]) {
			t.Fatalf("text %d has another vector after a restart", i)
		}
	}
}

// sized is a model of vectors with so many dimensions; with none it fails.
type sized int

func (sized) Name() string { return "sized" }

func (n sized) Embed(_ context.Context, texts []string) ([][]float32, error) {
	if n == 0 {
		return nil, errors.New("no answer")
	}
	vectors := make([][]float32, len(texts))
	for i := range vectors {
		vectors[i] = make([]float32, n)
	}
	return vectors, nil
}

// TestCheckForgetsVectorsOfAnotherDimension has another model answer under the same name; while none answers, what was kept
// stays.
func TestCheckForgetsVectorsOfAnotherDimension(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors")
	for _, step := range []struct {
		model  sized
		refuse bool
		want   int // dimensions of a text known from before
	}{{4, false, 4}, {4, false, 4}, {0, true, 4}, {8, false, 8}, {0, true, 8}} {
		c, err := OpenCache(step.model, path)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Check(t.Context()); (err != nil) != step.refuse {
			t.Errorf("Check() with %d dimensions = %v, want an error: %v", step.model, err, step.refuse)
		}
		got, err := c.Embed(t.Context(), []string{"pain"})
		if err != nil || len(got[0]) != step.want {
			t.Errorf("Embed() with %d dimensions = %v, %v, want %d dimensions", step.model, got, err, step.want)
		}
		c.Close()
	}
}

// TestCacheOnABrokenDisk has the file be of no use any more: vectors come all the same.
func TestCacheOnABrokenDisk(t *testing.T) {
	m, err := OpenStatic(writeModel(t, "F32"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := OpenCache(m, filepath.Join(t.TempDir(), "vectors"))
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	want, err := m.Embed(t.Context(), []string{"pain"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := c.Embed(t.Context(), []string{"pain"}); err != nil || len(got) != 1 || !slices.Equal(got[0], want[0]) {
			t.Errorf("Embed() = %v, %v, want %v", got, err, want)
		}
	}
}

func TestRemoteErrors(t *testing.T) {
	for _, c := range []struct {
		name, answer string
		status       int
	}{
		{"refused", "no", http.StatusForbidden},
		{"not JSON", "<html>", http.StatusOK},
		{"nothing", `{"data":[]}`, http.StatusOK},
		{"twice", `{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`, http.StatusOK},
		{"cut off", "", 0},
		{"out of range", `{"data":[{"index":7,"embedding":[1]}]}`, http.StatusOK},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if c.status == 0 {
				panic(http.ErrAbortHandler)
			}
			w.WriteHeader(c.status)
			w.Write([]byte(c.answer))
		}))
		remote, err := NewRemote(s.URL+"?key=planted", "toy", "planted-key", s.Client())
		if err != nil {
			t.Fatal(err)
		}
		_, err = remote.Embed(context.Background(), []string{"planted text"})
		if err == nil || strings.Contains(err.Error(), "planted") {
			t.Errorf("%s: Embed = %v, want an error that holds neither key nor text", c.name, err)
		}
		s.Close()
	}
}

func TestRemoteKeepsTheDeadline(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // only then does the server notice that the client is gone
		<-r.Context().Done()
	}))
	defer s.Close()
	remote, err := NewRemote(s.URL, "toy", "", s.Client())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := remote.Embed(ctx, []string{"x"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Embed = %v, want the deadline's error", err)
	}
}

func BenchmarkStatic(b *testing.B) {
	m, err := OpenStatic(writeModel(b, "F32"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		m.embed("does it hurt and what are the prices")
	}
}

// dot returns the cosine of two vectors of length 1.
func dot(a, b []float32) float32 {
	var sum float32
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}
